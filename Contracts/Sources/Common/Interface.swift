public import Soroban

/// What can go wrong in any contract.
@ContractError
public enum CommonError: UInt32 {
    /// Nobody is proposed as admin.
    case noProposedAdmin = 1
    /// Nothing is taken in now.
    case paused = 2
    /// Neither admin nor guardian.
    case notAllowed = 3
    /// The code is no newer than what is stored.
    case alreadyMigrated = 4
}

/// Nothing is taken in.
@ContractEvent
struct Paused {
    @Topic let caller: Address
}

/// The pause is over.
@ContractEvent
struct Unpaused {}

/// Another guardian, or none.
@ContractEvent(name: "guardian", data: .singleValue)
struct GuardianChanged {
    let guardian: Address?
}

/// The administration was offered.
@ContractEvent(name: "proposed")
struct AdminProposed {
    @Topic let newAdmin: Address
}

/// The administration was taken.
@ContractEvent(name: "admin")
struct AdminChanged {
    @Topic let newAdmin: Address
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
