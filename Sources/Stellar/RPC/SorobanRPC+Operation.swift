public import StellarXDR

/// One operation in a transaction of its own: what a contract call, an upload and a creation are.
extension SorobanRPC {
    /// A transaction of `source` that does `operation`, simulated, ready to be signed.
    /// - Parameters:
    ///   - source: the account as the ledger has it now; its next number is used.
    ///   - inclusionFeeStroops: what it may cost beside its resources.
    ///   - validUntil: in Unix seconds; 0 is without end.
    /// - Throws: ``RPCError``, ``TransactionError``.
    public func prepare(
        _ operation: StellarXDR.Operation, from source: AccountEntry,
        inclusionFeeStroops: UInt32 = 100, validUntil: UInt64 = 0
    ) async throws -> Transaction {
        var builder = try TransactionBuilder(
            next: source, feePerOperationStroops: inclusionFeeStroops)
        builder.validUntil = validUntil
        builder.operations = [operation]
        return try await prepare(builder.build())
    }

    /// Does `operation` with `key` as source, and waits until a ledger has it.
    /// - Parameters:
    ///   - inclusionFeeStroops: what it may cost beside its resources.
    ///   - validUntil: in Unix seconds; 0 is without end.
    /// - Throws: ``RPCError``, ``TransactionError``, ``TransactionFailure`` when it is in a ledger
    ///   and had no effect.
    @discardableResult
    public func perform(
        _ operation: StellarXDR.Operation, by key: KeyPair, on network: Network,
        inclusionFeeStroops: UInt32 = 100, validUntil: UInt64 = 0
    ) async throws -> RPCTransaction {
        let prepared = try await prepare(
            operation, from: account(key.accountID), inclusionFeeStroops: inclusionFeeStroops,
            validUntil: validUntil)
        let transaction = try await submit(prepared.signed(by: [key], on: network))
        guard transaction.isSuccessful else {
            throw TransactionFailure(
                hash: try prepared.hash(on: network), transaction: transaction)
        }
        return transaction
    }
}

/// A transaction that is in a ledger and had no effect.
public struct TransactionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which.
    public var hash: Hash
    /// What is known of it.
    public var transaction: RPCTransaction

    /// A failure.
    public init(hash: Hash, transaction: RPCTransaction) {
        self.hash = hash
        self.transaction = transaction
    }

    /// A sentence.
    public var description: String {
        "the transaction \(hash) is in a ledger, without effect: \(transaction.result.result)"
    }
}
