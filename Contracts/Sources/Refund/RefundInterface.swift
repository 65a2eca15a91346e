import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum RefundError: UInt32 {
    /// No fare rules are published now.
    case paused = 2
    /// Not the admin's address.
    case notAdmin = 3
    /// Not an operator of the carrier.
    case notOperator = 500
    /// Tiers do not descend, are none or more than 8, return more than all, or a time is over 400
    /// days.
    case policyOutOfRange = 501
    /// No such fare rule.
    case unknownPolicy = 502
    /// Not 1 to 10^30.
    case priceOutOfRange = 503
    /// Steps do not ascend, are none or more than 8; the date is past, or not after the last one.
    case scheduleOutOfRange = 504
    /// Somebody else's booking.
    case notPassenger = 505
    /// The booking was never ticketed, or its passenger cancelled it.
    case notFlown = 506
    /// The flight is not of the registry.
    case noFlight = 507
    /// Nothing was promised for this token when the booking was made.
    case noSchedule = 508
    /// In time, not confirmed, or cancelled early enough.
    case notDelayed = 509
    /// Paid to the end.
    case alreadyPaid = 510
    /// More than 50.
    case tooMany = 511
}

/// A carrier has a new fare rule.
@ContractEvent(name: "policy", data: .singleValue)
struct PolicyPublished {
    @Topic let id: UInt32
    @Topic let carrier: Symbol
    let policy: Policy
}

/// Delays pay otherwise from a date on.
@ContractEvent(name: "schedule", data: .singleValue)
struct ScheduleSet {
    @Topic let token: Address
    @Topic let version: UInt32
    let table: Schedule
}

/// A bond paid for a delay; `rest` waits for the bond to be filled.
@ContractEvent(name: "delay")
struct DelayClaimed {
    @Topic let booking: OpaqueUInt64
    @Topic let passenger: Address
    @Topic let carrier: Symbol
    let token: Address
    let owed: Amount
    let paid: Amount
    let rest: Amount
}

/// Of the contract Airline.
@ContractClient
protocol Airlines {
    func isOperator(_ code: Symbol, _ address: Address) -> Bool
    func slash(_ code: Symbol, _ token: Address, _ amount: Amount, _ to: Address) -> Amount
}

/// Of the contract FlightRegistry.
@ContractClient
protocol Flights {
    func status(_ id: OpaqueUInt64) -> Record
}

/// Of the contract Booking.
@ContractClient
protocol Bookings {
    func booking(_ id: OpaqueUInt64) -> Record
}
