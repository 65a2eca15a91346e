public import StellarXDR

/// A call of a contract as it happened, with the calls that it made.
public struct TracedCall: Sendable, Hashable {
    /// How a ledger entry was used.
    public enum Access: String, Sendable, Hashable {
        /// It was looked at.
        case read
        /// It was written, removed, or brought back from the archive.
        case write
    }

    /// Use of a ledger entry.
    public struct Use: Sendable, Hashable {
        /// The entry's key.
        public let key: LedgerKey
        /// The most that was done to it.
        public internal(set) var access: Access
    }

    /// Whose function it is.
    public let contract: ContractID
    /// The function's name.
    public let function: String
    /// What it was called with.
    public let arguments: [SCVal]
    /// What it returned, or why it failed; `nil` if the invocation ended first.
    public internal(set) var result: Result<SCVal, HostError>?
    /// Whose authorization it required.
    public internal(set) var authorizers: [SCAddress] = []
    /// Which ledger entries it used itself, in the order in which it first did.
    public internal(set) var storage: [Use] = []
    /// What it announced itself, in order, also what a failure took back.
    public internal(set) var events: [ContractEventV0] = []
    /// What it made others do.
    public internal(set) var calls: [TracedCall] = []
    /// Instructions from its beginning to its end, with those of the calls that it made.
    public internal(set) var instructions: UInt64 = 0
    /// The most memory in use until its end, in bytes.
    public internal(set) var memory: UInt64 = 0
}
