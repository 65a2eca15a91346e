internal import Cryptography
internal import StellarXDR

/// A transaction as it was sent, with what follows from it: hashes, who pays, what it bids.
struct TransactionFrame: Hashable, Sendable {
    /// Who pays for a transaction in place of its source.
    struct FeeBump: Hashable, Sendable {
        let transaction: FeeBumpTransaction
        let signatures: [DecoratedSignature]
    }

    /// As it was sent.
    let envelope: TransactionEnvelope
    /// What it is known by: the fee bump's hash, if there is one.
    let hash: Hash
    /// The fee bump around it.
    let feeBump: FeeBump?
    /// The transaction itself; version 0 is brought into the form of version 1, CAP-15.
    let transaction: Transaction
    /// The hash of ``transaction``, which its signatures sign.
    let innerHash: Hash
    /// The signatures of ``transaction``.
    let signatures: [DecoratedSignature]
    /// The size of the envelope without its fee bump, in bytes: what bandwidth is paid for.
    let byteCount: Int

    /// Reads an envelope for the network `networkID`.
    init(_ envelope: TransactionEnvelope, networkID: Hash) throws(XDRError) {
        self.envelope = envelope
        let inner: TransactionV1Envelope
        switch envelope {
        case .txV0(let old):
            inner = TransactionV1Envelope(tx: Transaction(old.tx), signatures: old.signatures)
            feeBump = nil
        case .tx(let signed):
            inner = signed
            feeBump = nil
        case .txFeeBump(let bump):
            let signed =
                switch bump.tx.innerTx {
                case .tx(let signed): signed
                }
            inner = signed
            feeBump = FeeBump(transaction: bump.tx, signatures: bump.signatures)
        }
        transaction = inner.tx
        signatures = inner.signatures
        byteCount = try TransactionEnvelope.tx(inner).xdr().count
        innerHash = try Self.hash(.tx(inner.tx), networkID)
        hash =
            try feeBump.map { bump throws(XDRError) in
                try Self.hash(.txFeeBump(bump.transaction), networkID)
            } ?? innerHash
    }

    private static func hash(
        _ tagged: TransactionSignaturePayloadTaggedTransaction, _ networkID: Hash
    ) throws(XDRError) -> Hash {
        let payload = TransactionSignaturePayload(networkId: networkID, taggedTransaction: tagged)
        return Hash(fitting: SHA256.hash(try payload.xdr()))
    }
}

extension TransactionFrame {
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
    func inclusionFeeMin(baseFee: UInt32) -> Int64 { Int64(baseFee) * paidOperationCount }

    /// What is charged before it runs: resources in full, inclusion at the base fee.
    func feeCharged(baseFee: UInt32) -> Int64 {
        resourceFee + min(inclusionFeeBid, inclusionFeeMin(baseFee: baseFee))
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
