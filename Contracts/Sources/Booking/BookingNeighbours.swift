import Soroban

/// The contracts that Booking calls.
@ContractType
struct Contracts {
    var airline: Address
    var flights: Address
    var loyalty: Address
    var refund: Address
}

/// Of the contract FlightRegistry.
@ContractClient
protocol Flights {
    func hold(id: UInt64, cabin: Symbol, seats: UInt32) -> Held
    func release(id: UInt64, cabin: Symbol, seats: UInt32)
    func status(id: UInt64) -> Record
}

/// Of the contract Airline.
@ContractClient
protocol Airlines {
    func airline(code: Symbol) -> Record
    func isActive(code: Symbol) -> Bool
    func isOperator(code: Symbol, address: Address) -> Bool
    func payout(code: Symbol) -> Address
}

/// Of the contract Refund.
@ContractClient
protocol Refunds {
    func policy(id: UInt32) -> Value
    func quote(policy: UInt32, price: Amount, bookedAt: UInt64, departs: UInt64, now: UInt64)
        -> Refund
}

/// Of the contract Loyalty.
@ContractClient
protocol Loyalties {
    func accrue(
        booking: UInt64, passenger: Address, carrier: Symbol, spend: Amount, token: Address)
}

/// What a seat costs and when it flies.
@ContractType
struct Held {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var token: Address
}

/// What became of a flight, as FlightRegistry numbers it.
@ContractType
enum FlightStatus: UInt32 {
    case scheduled = 0
    case delayed = 1
    case departed = 2
    case arrived = 3
    case cancelled = 4
    case diverted = 5
}

/// As Airline numbers it.
var activeStanding: UInt32 { 1 }
