internal import StellarXDR

extension RPCService {
    struct TransactionParameters: Decodable {
        let hash: String?
        let xdrFormat: String?
    }

    /// What is known of a transaction in a ledger.
    struct TransactionDetails: Encodable {
        var status = "NOT_FOUND"
        var txHash: String
        var applicationOrder: UInt32 = 0
        var feeBump = false
        var envelopeXdr: String?
        var envelopeJson: JSONValue?
        var resultXdr: String?
        var resultJson: JSONValue?
        var resultMetaXdr: String?
        var resultMetaJson: JSONValue?
        var diagnosticEventsXdr: [String]?
        var diagnosticEventsJson: [JSONValue]?
        var events = Events()
        var ledger: UInt32 = 0

        struct Events: Encodable {
            var transactionEventsXdr: [String]?
            var transactionEventsJson: [JSONValue]?
            var contractEventsXdr: [[String]]?
            var contractEventsJson: [[JSONValue]]?
        }

        /// Of a transaction that is in no ledger.
        init(unknown hash: Hash) { txHash = hash.description }

        init(_ record: TransactionRecord, _ form: XDRForm) throws {
            let applied = record.applied
            let meta = applied.meta
            status = applied.result.isSuccess ? "SUCCESS" : "FAILED"
            txHash = applied.frame.hash.description
            applicationOrder = record.order
            feeBump = applied.frame.feeBump != nil
            envelopeXdr = try form.text(applied.frame.envelope)
            envelopeJson = try form.json(applied.frame.envelope)
            resultXdr = try form.text(applied.result)
            resultJson = try form.json(applied.result)
            resultMetaXdr = try form.text(TransactionMeta.v4(meta))
            resultMetaJson = try form.json(TransactionMeta.v4(meta))
            diagnosticEventsXdr = try form.texts(meta.diagnosticEvents)
            diagnosticEventsJson = try form.jsons(meta.diagnosticEvents)
            events.transactionEventsXdr = try form.texts(meta.events)
            events.transactionEventsJson = try form.jsons(meta.events)
            if !meta.operations.isEmpty {
                let said = meta.operations.map(\.events)
                switch form {
                case .base64:
                    events.contractEventsXdr = try said.map { try form.texts($0) ?? [] }
                case .json:
                    events.contractEventsJson = try said.map { try form.jsons($0) ?? [] }
                }
            }
            ledger = record.ledger
        }
    }

    struct OneTransaction: Encodable {
        let latestLedger: UInt32
        let latestLedgerCloseTime: String
        let oldestLedger: UInt32
        let oldestLedgerCloseTime: String
        let details: TransactionDetails
        let createdAt: String

        private enum Key: String, CodingKey {
            case latestLedger, latestLedgerCloseTime, oldestLedger, oldestLedgerCloseTime
            case createdAt
        }

        func encode(to encoder: any Encoder) throws {
            try details.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(latestLedger, forKey: .latestLedger)
            try container.encode(latestLedgerCloseTime, forKey: .latestLedgerCloseTime)
            try container.encode(oldestLedger, forKey: .oldestLedger)
            try container.encode(oldestLedgerCloseTime, forKey: .oldestLedgerCloseTime)
            try container.encode(createdAt, forKey: .createdAt)
        }
    }

    func transaction(_ parameters: TransactionParameters?) async throws -> OneTransaction {
        let form = try XDRForm(parameters?.xdrFormat)
        let text = parameters?.hash ?? ""
        guard text.utf8.count == 64 else {
            throw RPCError.parameters("unexpected hash length (\(text.utf8.count))")
        }
        guard let hash = Hash(hex: text) else {
            throw RPCError.parameters("incorrect hash: \(text)")
        }
        let range = try await chain.range
        let record = try await chain.transaction(hash)
        return OneTransaction(
            latestLedger: range.latest.sequence,
            latestLedgerCloseTime: String(range.latest.closeTime),
            oldestLedger: range.oldest.sequence,
            oldestLedgerCloseTime: String(range.oldest.closeTime),
            details: try record.map { try TransactionDetails($0, form) }
                ?? TransactionDetails(unknown: hash),
            createdAt: String(record?.closeTime ?? 0))
    }

    struct SendParameters: Decodable {
        let transaction: String?
        let xdrFormat: String?
    }

    struct SendResult: Encodable {
        let status: String
        let hash: String
        let latestLedger: UInt32
        let latestLedgerCloseTime: String
        var errorResultXdr: String?
        var errorResultJson: JSONValue?
        var diagnosticEventsXdr: [String]?
        var diagnosticEventsJson: [JSONValue]?
    }

    func send(_ parameters: SendParameters?) async throws -> SendResult {
        let form = try XDRForm(parameters?.xdrFormat)
        let envelope = try Self.envelope(parameters?.transaction, or: "invalid_xdr")
        let before = try await chain.seenLatest
        let submission = try await chain.receive(envelope)
        var result: TransactionResult?
        var diagnostics: [DiagnosticEvent] = []
        let status: String
        switch submission {
        case .pending: status = "PENDING"
        case .duplicate: status = "DUPLICATE"
        case .tryAgainLater: status = "TRY_AGAIN_LATER"
        case .refused(_, let why, let told):
            (status, result, diagnostics) = ("ERROR", why, told)
        }
        return SendResult(
            status: status, hash: submission.hash.description, latestLedger: before.sequence,
            latestLedgerCloseTime: String(before.closeTime),
            errorResultXdr: try form.text(result), errorResultJson: try form.json(result),
            diagnosticEventsXdr: try form.texts(diagnostics),
            diagnosticEventsJson: try form.jsons(diagnostics))
    }

    /// Reads a transaction of at most a megabyte.
    static func envelope(
        _ text: String?, or message: String
    ) throws(RPCError) -> TransactionEnvelope {
        guard let text, text.utf8.count <= 1_400_000,
            let envelope = try? TransactionEnvelope(base64: text)
        else { throw .parameters(message) }
        return envelope
    }
}
