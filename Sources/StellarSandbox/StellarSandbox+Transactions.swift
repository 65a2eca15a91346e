public import StellarXDR

extension StellarSandbox {
    /// What becomes of a transaction that is sent.
    public enum Submission: Hashable, Sendable {
        /// It is, or will be, in a ledger.
        case pending(Hash)
        /// It waits already.
        case duplicate(Hash)
        /// Its source has another one waiting.
        case tryAgainLater(Hash)
        /// It cannot be in a ledger, and why.
        case refused(Hash, TransactionResult)
    }

    /// Sends transactions, as RPC's `sendTransaction` does, into one ledger.
    /// - Throws: ``SandboxError/unsupported(_:)`` with the name of an operation.
    @discardableResult
    public func send(
        _ envelopes: [TransactionEnvelope]
    ) async throws(SandboxError) -> [Submission] {
        let submissions = try await chain.submit(envelopes)
        try await chain.flush()
        return submissions.map { submission in
            switch submission {
            case .pending(let hash): .pending(hash)
            case .duplicate(let hash): .duplicate(hash)
            case .tryAgainLater(let hash): .tryAgainLater(hash)
            case .refused(let hash, let result, _): .refused(hash, result)
            }
        }
    }

    /// What a transaction came to, `nil` if it is in no ledger.
    public func result(of hash: Hash) async throws(SandboxError) -> TransactionResult? {
        try await chain.transaction(hash, for: .other)?.applied.result
    }
}
