public import SorobanHost
public import StellarXDR

/// What a contract invocation of a closed ledger did, call by call.
public struct TransactionTrace: Sendable {
    /// The transaction.
    public let hash: Hash
    /// Its ledger.
    public let ledger: UInt32
    /// What the invocation returned, or why it failed.
    public let result: Result<SCVal, HostError>
    /// The calls that its host function made: one for a call of a contract.
    public let calls: [TracedCall]
    /// The authorization that it came with.
    public let authorization: [SorobanAuthorizationEntry]
    /// What it cost, by type.
    public let costs: InvocationCosts
}

extension StellarSandbox {
    /// Runs the contract invocation of a transaction that is in a ledger once more, on the ledger
    /// as it was just then, and tells every call. Nothing changes.
    /// - Throws: ``SandboxError/nothingToTrace(_:)``.
    public func trace(_ hash: Hash) async throws(SandboxError) -> TransactionTrace {
        try await chain.trace(hash)
    }
}
