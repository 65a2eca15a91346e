import Soroban

/// A call that is made if the proposal is accepted. With this contract as `contract` the function
/// is one of `set_settings`, `set_guardian`, `pause`, `upgrade`.
@ContractType
struct Action {
    let args: Vec<Value>
    let contract: Address
    let function: Symbol
}

/// What holds for proposals made from now on; times in seconds.
@ContractType
struct Settings {
    /// From the proposal to the voting: 1 minute to 30 days.
    let delay: UInt64
    /// How long what succeeded may be queued, and what is queued executed: 1 to 30 days.
    let grace: UInt64
    /// How long a guardian's pause lasts: 1 hour to 14 days.
    let pause: UInt64
    /// Of the voting: 1 hour to 30 days.
    let period: UInt64
    /// Of all tokens: 1 to 5,000.
    let quorumBps: UInt32
    /// The votes that a proposer has: 1 or more.
    let threshold: Int128
    /// From queueing to execution: 1 hour to 30 days.
    let timelock: UInt64
}

extension Settings {
    static var pauses: ClosedRange<UInt64> { 3_600...14 * 86_400 }

    var isValid: Bool {
        let month: UInt64 = 30 * 86_400
        return delay >= 60 && delay <= month && period >= 3_600 && period <= month
            && timelock >= 3_600 && timelock <= month && grace >= 86_400 && grace <= month
            && Self.pauses ~= pause && quorumBps >= 1 && quorumBps <= 5_000 && threshold >= 1
    }
}

/// What was proposed, under the settings of its day.
@ContractType
struct Proposal {
    var abstain: Int128
    var against: Int128
    let descriptionHash: BytesN<32>
    /// The last second of voting.
    let end: UInt64
    /// 0 until it is queued.
    var executableAt: UInt64
    let grace: UInt64
    var isCancelled: Bool
    var isExecuted: Bool
    let proposer: Address
    let quorumBps: UInt32
    /// Whose votes count; voting begins a second later.
    let start: UInt64
    /// The votes for it.
    var support: Int128
    let threshold: Int128
    let timelock: UInt64
}

/// Where a proposal stands.
@ContractType
enum ProposalState: UInt32 {
    case pending = 0
    case active = 1
    case defeated = 2
    case succeeded = 3
    case queued = 4
    case expired = 5
    case executed = 6
    case cancelled = 7
}

extension ProposalState {
    /// Whether it may yet be executed.
    var isOpen: Bool {
        self == .pending || self == .active || self == .succeeded || self == .queued
    }
}

/// How somebody voted.
@ContractType
struct Ballot {
    let support: UInt32
    let weight: Int128
}

/// Who may pause, whether he has, and the last pause.
@ContractType
struct Safety {
    var guardian: Address?
    var isSpent: Bool
    var pausedAt: UInt64
    var pausedUntil: UInt64
    var version: UInt32
}
