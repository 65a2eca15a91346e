import Soroban

/// A call that is made if the proposal is accepted. With this contract as `contract` the function
/// is one of `set_settings`, `set_guardian`, `pause`, `upgrade`,
/// `authorize`.
@ContractType
struct Action {
    var args: Vec<Value>
    var contract: Address
    var function: Symbol
}

/// What holds for proposals made from now on; times in seconds.
@ContractType
struct Settings {
    /// From the proposal to the voting: 1 minute to 30 days.
    var delay: UInt64
    /// How long what succeeded may be queued, and what is queued executed: 1 to 30 days.
    var grace: UInt64
    /// How long a guardian's pause lasts: 1 hour to 14 days.
    var pause: UInt64
    /// Of the voting: 1 hour to 30 days.
    var period: UInt64
    /// Of all tokens: 1 to 5,000.
    var quorumBps: UInt32
    /// The votes that a proposer has: 1 or more.
    var threshold: Amount
    /// From queueing to execution: 1 hour to 30 days.
    var timelock: UInt64
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
@ContractType(.kept)
struct Proposal {
    var abstain: Amount
    var against: Amount
    var descriptionHash: BytesN<32>
    /// The last second of voting.
    var end: UInt64
    /// 0 until it is queued.
    var executableAt: UInt64
    var grace: UInt64
    var isCancelled: Bool
    var isExecuted: Bool
    var proposer: Address
    var quorumBps: UInt32
    /// Whose votes count; voting begins a second later.
    var start: UInt64
    /// The votes for it.
    var support: Amount
    var threshold: Amount
    var timelock: UInt64
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
@ContractType(.kept)
struct Ballot {
    var support: UInt32
    var weight: Amount
}

/// A pause that is over.
@ContractType(.kept)
struct Pause {
    var at: UInt64
    var until: UInt64
}

/// Who may pause, whether he has, and the last pause.
@ContractType(.kept)
struct Safety {
    var guardian: Address?
    var isSpent: Bool
    var pausedAt: UInt64
    var pausedUntil: UInt64
    var version: UInt32
}
