import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum AirlineError: UInt32 {
    /// Nothing is taken in now.
    case paused = 2
    /// No such airline.
    case notFound = 200
    /// Not 2 or 3 capitals or digits.
    case codeOutOfRange = 201
    /// Not 1 to 64 bytes.
    case nameOutOfRange = 202
    /// There is such an airline.
    case codeTaken = 203
    /// Not what the airline's standing allows.
    case wrongStanding = 204
    /// Nobody is proposed as owner.
    case noProposedOwner = 205
    /// Not above zero, more than the bond, or a bond above 10³⁰.
    case amountOutOfRange = 206
    /// No withdrawal was announced, or nothing is left of it.
    case nothingRequested = 207
    /// Before the announced withdrawal is due.
    case coolingOff = 208
    /// Not 1 to 90 days.
    case coolingOffOutOfRange = 209
    /// More than 50.
    case tooMany = 210
    /// The announced withdrawal was due a week ago or longer: announce it again.
    case lapsed = 211
}

/// An airline wants to sell.
@ContractEvent(data: .singleValue)
struct Registered {
    @Topic let code: Symbol
    let airline: Airline
}

/// It may sell, or no longer.
@ContractEvent(name: "standing")
struct StandingChanged {
    @Topic let code: Symbol
    let reason: Symbol
    let standing: Standing
}

/// Somebody acts for it, or no longer.
@ContractEvent(name: "operator", data: .singleValue)
struct OperatorChanged {
    @Topic let code: Symbol
    @Topic let `operator`: Address
    let enabled: Bool
}

/// Its money goes elsewhere.
@ContractEvent(name: "payout", data: .singleValue)
struct PayoutChanged {
    @Topic let code: Symbol
    let payout: Address
}

/// It was offered to somebody.
@ContractEvent
struct OwnerProposed {
    @Topic let code: Symbol
    @Topic let newOwner: Address
}

/// Somebody else has it.
@ContractEvent(name: "owner")
struct OwnerChanged {
    @Topic let code: Symbol
    @Topic let newOwner: Address
}

/// The bond grew.
@ContractEvent(name: "deposited")
struct BondDeposited {
    @Topic let code: Symbol
    @Topic let token: Address
    let amount: Amount
    let from: Address
}

/// The bond will shrink.
@ContractEvent(name: "requested")
struct WithdrawalRequested {
    @Topic let code: Symbol
    @Topic let token: Address
    let amount: Amount
    let availableAt: UInt64
}

/// The bond shrank.
@ContractEvent(name: "withdrawn")
struct BondWithdrawn {
    @Topic let code: Symbol
    @Topic let token: Address
    let amount: Amount
    let to: Address
}

/// A passenger was compensated.
@ContractEvent(name: "slashed")
struct BondSlashed {
    @Topic let code: Symbol
    @Topic let token: Address
    let amount: Amount
    let to: Address
}
