internal import Cryptography
internal import StellarXDR

/// A transaction as it was sent, with what follows from it: hashes, who pays, what it bids. An
/// object, since it goes through many hands and never changes.
final class TransactionFrame: Sendable {
    /// Who pays for a transaction in place of its source.
    struct FeeBump: Sendable {
        let transaction: FeeBumpTransaction
        let signed: SignedHash
    }

    /// As it was sent.
    let envelope: TransactionEnvelope
    /// What it is known by: the fee bump's hash, if there is one.
    let hash: Hash
    /// The fee bump around it.
    let feeBump: FeeBump?
    /// The transaction itself, in the form of version 1.
    let transaction: Transaction
    /// The hash of ``transaction``, with its signatures.
    let signed: SignedHash
    /// The size of the envelope without its fee bump, in bytes: what bandwidth is paid for.
    let byteCount: Int

    /// Reads an envelope for the network `networkID`.
    init(_ envelope: TransactionEnvelope, networkID: Hash) throws(XDRError) {
        self.envelope = envelope
        let inner = envelope.signedTransaction
        transaction = inner.tx
        let bytes = try TransactionEnvelope.tx(inner).xdr()
        byteCount = bytes.count
        signed = Self.signedHash(bytes, inner.signatures, networkID)
        guard case .txFeeBump(let bump) = envelope else {
            feeBump = nil
            hash = signed.hash
            return
        }
        let outer = Self.signedHash(try envelope.xdr(), bump.signatures, networkID)
        feeBump = FeeBump(transaction: bump.tx, signed: outer)
        hash = outer.hash
    }

    /// What is signed: the hash of the network and of the encoded envelope without its signatures,
    /// with which an envelope ends. So what is measured need not be encoded again.
    private static func signedHash(
        _ envelope: [UInt8], _ signatures: [DecoratedSignature], _ networkID: Hash
    ) -> SignedHash {
        let length = signatures.reduce(4) { $0 + 8 + ($1.signature.bytes.count + 3) / 4 * 4 }
        let hash = SHA256.hash(networkID.bytes + envelope.dropLast(length))
        return SignedHash(hash, signatures)
    }
}

extension TransactionFrame: Hashable {
    static func == (left: TransactionFrame, right: TransactionFrame) -> Bool {
        left === right || left.envelope == right.envelope && left.hash == right.hash
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension TransactionFrame {
    /// The hash of ``transaction``, which its signatures sign.
    var innerHash: Hash { signed.hash }

    /// The account whose sequence number it takes.
    var source: AccountID { transaction.sourceAccount.accountID }

    /// The account that pays.
    var feeSource: AccountID { feeBump?.transaction.feeSource.accountID ?? source }

    /// The most that is paid, in stroops.
    var feeBid: Int64 { feeBump?.transaction.fee ?? Int64(transaction.fee) }

    /// What Soroban resources it declares.
    var sorobanData: SorobanTransactionData? {
        guard case .v1(let data) = transaction.ext else { return nil }
        return data
    }

    /// Whether its operation is one of the three of Soroban.
    var isSoroban: Bool {
        transaction.operations.contains { $0.body.isSoroban }
    }

    /// What of the fee is for resources, in stroops.
    var resourceFee: Int64 { isSoroban ? sorobanData?.resourceFee ?? 0 : 0 }

    /// How many operations are paid for: a fee bump counts as one more.
    var paidOperationCount: Int64 {
        max(1, Int64(transaction.operations.count)) + (feeBump == nil ? 0 : 1)
    }

    /// What is bid for inclusion, in stroops. It may be negative in an inner transaction.
    var inclusionFeeBid: Int64 { feeBid - resourceFee }

    /// The least that inclusion costs.
    func inclusionFeeMin(baseFee: Int64) -> Int64 { baseFee * paidOperationCount }

    /// What is charged before it runs: resources in full, inclusion at the ledger's fee.
    func feeCharged(baseFee: Int64) -> Int64 {
        resourceFee + min(inclusionFeeBid, inclusionFeeMin(baseFee: baseFee))
    }
}

extension TransactionEnvelope {
    /// The transaction without its fee bump; version 0 in the form of version 1, CAP-15.
    var signedTransaction: TransactionV1Envelope {
        switch self {
        case .txV0(let old):
            TransactionV1Envelope(tx: Transaction(old.tx), signatures: old.signatures)
        case .tx(let signed): signed
        case .txFeeBump(let bump):
            switch bump.tx.innerTx {
            case .tx(let signed): signed
            }
        }
    }
}

extension OperationBody {
    /// Whether it is one of the three of Soroban.
    var isSoroban: Bool {
        switch self {
        case .invokeHostFunction, .extendFootprintTtl, .restoreFootprint: true
        default: false
        }
    }
}

extension Transaction {
    /// A transaction of version 0 in the form of version 1.
    init(_ old: TransactionV0) {
        self.init(
            sourceAccount: .ed25519(old.sourceAccountEd25519), fee: old.fee, seqNum: old.seqNum,
            cond: old.timeBounds.map(Preconditions.time) ?? .none, memo: old.memo,
            operations: old.operations, ext: .v0)
    }
}
