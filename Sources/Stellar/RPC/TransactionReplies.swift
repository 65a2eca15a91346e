public import StellarXDR

/// What a server says to a transaction that was sent.
public struct RPCSubmission: Hashable, Sendable {
    /// What became of it.
    public enum Status: String, Hashable, Sendable, Decodable {
        /// It waits for a ledger.
        case pending = "PENDING"
        /// It was there already.
        case duplicate = "DUPLICATE"
        /// There is no room now.
        case tryAgainLater = "TRY_AGAIN_LATER"
        /// It is not valid.
        case error = "ERROR"
    }

    /// What became of it.
    public var status: Status
    /// Its hash.
    public var hash: Hash
    /// The newest ledger.
    public var latestLedger: UInt32
    /// Why it is not valid.
    public var errorResult: TransactionResult?
    /// What happened until then.
    public var diagnosticEvents: [DiagnosticEvent]
}

extension RPCSubmission: Decodable {
    private enum CodingKeys: String, CodingKey {
        case status, hash, latestLedger, errorResultXdr, diagnosticEventsXdr
    }

    /// Reads the server's JSON.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        status = try values.decode(Status.self, forKey: .status)
        hash = try values.decode(HashField.self, forKey: .hash).value
        latestLedger = try values.decode(UInt32.self, forKey: .latestLedger)
        errorResult = try values.decodeIfPresent(
            XDRField<TransactionResult>.self, forKey: .errorResultXdr)?.value
        diagnosticEvents =
            try values.decodeIfPresent(
                [XDRField<DiagnosticEvent>].self, forKey: .diagnosticEventsXdr)?.map(\.value) ?? []
    }
}

/// A transaction in the ledger.
public struct RPCTransaction: Hashable, Sendable {
    /// Whether its operations took effect. Its fee is gone either way.
    public var isSuccessful: Bool
    /// The ledger that it is in.
    public var ledger: UInt32
    /// When that ledger closed, in Unix seconds.
    public var createdAt: UInt64
    /// Its place in the ledger, from 1.
    public var applicationOrder: UInt32
    /// What was sent.
    public var envelope: TransactionEnvelope
    /// What came of it.
    public var result: TransactionResult
    /// What it changed.
    public var meta: TransactionMeta

    /// What the called function returned.
    public var returnValue: SCVal? {
        switch meta {
        case .v4(let meta): meta.sorobanMeta?.returnValue
        case .v3(let meta): meta.sorobanMeta?.returnValue
        default: nil
        }
    }

    /// The events of contracts, operation by operation.
    public var contractEvents: [ContractEvent] {
        switch meta {
        case .v4(let meta): meta.operations.flatMap(\.events)
        case .v3(let meta): meta.sorobanMeta?.events ?? []
        default: []
        }
    }
}

/// The server's JSON.
struct TransactionReply: Decodable {
    var status: String
    var ledger: UInt32?
    var createdAt: IntegerField?
    var applicationOrder: UInt32?
    var envelopeXdr: XDRField<TransactionEnvelope>?
    var resultXdr: XDRField<TransactionResult>?
    var resultMetaXdr: XDRField<TransactionMeta>?

    func transaction() throws(RPCError) -> RPCTransaction? {
        switch status {
        case "NOT_FOUND": return nil
        case "SUCCESS", "FAILED":
            guard let envelopeXdr, let resultXdr, let resultMetaXdr, let ledger else {
                throw .badReply(method: "getTransaction", reason: "\(status) without its XDR")
            }
            return RPCTransaction(
                isSuccessful: status == "SUCCESS", ledger: ledger,
                createdAt: UInt64(clamping: createdAt?.value ?? 0),
                applicationOrder: applicationOrder ?? 0, envelope: envelopeXdr.value,
                result: resultXdr.value, meta: resultMetaXdr.value)
        default: throw .badReply(method: "getTransaction", reason: "status \(status)")
        }
    }
}
