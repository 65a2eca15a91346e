import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum GovernanceError: UInt32 {
    /// Nothing is proposed and executed now.
    case paused = 2
    /// Neither guardian, nor proposer while he has the votes.
    case notAllowed = 3
    /// The code is no newer than what is stored.
    case alreadyMigrated = 4
    /// Not 1 to 10 actions.
    case actionsOutOfRange = 700
    /// This contract does nothing of that name for itself, or with other arguments.
    case unknownAction = 701
    /// The proposer has too few votes.
    case belowThreshold = 702
    /// No such proposal.
    case notFound = 703
    /// Before or after the voting.
    case notActive = 704
    /// Not 0, 1 or 2.
    case supportOutOfRange = 705
    /// Once each.
    case alreadyVoted = 706
    /// None when voting began.
    case noVotes = 707
    /// Not accepted, or queued already.
    case notSucceeded = 708
    /// Not queued, done already, or too late.
    case notQueued = 709
    /// The timelock runs.
    case timelocked = 710
    /// Over.
    case notOpen = 711
    /// A setting is out of its bounds.
    case settingsOutOfRange = 712
    /// The guardian has paused once.
    case pauseSpent = 713
    /// More than 50.
    case tooMany = 714
}

/// Something is proposed.
@ContractEvent
struct Proposed {
    @Topic let id: UInt32
    @Topic let proposer: Address
    let actions: Vec<Action>
    let proposal: Proposal
}

/// Somebody voted.
@ContractEvent
struct Voted {
    @Topic let id: UInt32
    @Topic let voter: Address
    let support: UInt32
    let weight: Amount
}

/// It was accepted and waits.
@ContractEvent(data: .singleValue)
struct Queued {
    @Topic let id: UInt32
    let executableAt: UInt64
}

/// It was done.
@ContractEvent
struct Executed {
    @Topic let id: UInt32
}

/// It was withdrawn.
@ContractEvent
struct Cancelled {
    @Topic let id: UInt32
    @Topic let caller: Address
}

/// New proposals run under other terms.
@ContractEvent(name: "settings", data: .singleValue)
struct SettingsChanged {
    let settings: Settings
}

/// Another guardian, or none.
@ContractEvent(name: "guardian", data: .singleValue)
struct GuardianChanged {
    let guardian: Address?
}

/// Nothing is proposed and executed for a while: the guardian said so, or the holders, in whose
/// name this contract calls itself.
@ContractEvent(data: .singleValue)
struct Paused {
    @Topic let caller: Address
    let until: UInt64
}

/// The code was replaced.
@ContractEvent(data: .singleValue)
struct Upgraded {
    let wasmHash: BytesN<32>
}

/// What is stored was adapted to new code.
@ContractEvent(data: .singleValue)
struct Migrated {
    let version: UInt32
}
