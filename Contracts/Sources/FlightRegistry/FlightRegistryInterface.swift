import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum FlightError: UInt32 {
    /// Nothing is taken in now.
    case paused = 2
    /// No such flight.
    case notFound = 300
    /// The carrier may not sell.
    case carrierNotActive = 301
    /// Does not act for the carrier.
    case notOperator = 302
    /// Not 1 to 9,999.
    case numberOutOfRange = 303
    /// Not three capitals each, or the same.
    case placesOutOfRange = 304
    /// Departure is past, arrival not after it, or more than 400 days away.
    case timesOutOfRange = 305
    /// Not 1 to 8 cabins, one twice, a price not 1 to 10^18, not 1 to 1,000 seats, or fewer than
    /// are sold.
    case faresOutOfRange = 306
    /// Bookings are not paid in this token.
    case tokenNotAccepted = 307
    /// The carrier has no such fare rule.
    case unknownPolicy = 308
    /// There is such a flight.
    case alreadyPublished = 309
    /// It is not sold any more.
    case closed = 310
    /// At departure or after.
    case departed = 311
    /// No such cabin.
    case unknownCabin = 312
    /// Not that many.
    case notEnoughSeats = 313
    /// Arrived, cancelled or diverted.
    case flightOver = 314
    /// That cannot be taken back.
    case final = 315
    /// It cannot have been then.
    case timeNotPlausible = 316
    /// Neither oracle nor acting for the carrier.
    case notReporter = 317
    /// The oracle said just that.
    case alreadyReported = 318
    /// More than 9, one twice, or not more than half of them.
    case oraclesOutOfRange = 319
    /// More than 50.
    case tooMany = 320
}

/// A flight is sold.
@ContractEvent(data: .singleValue)
struct Published {
    @Topic let id: UInt64
    @Topic let carrier: Symbol
    @Topic let `operator`: Address
    let flight: Flight
}

/// Who books from now on pays something else.
@ContractEvent(name: "fare")
struct FareChanged {
    @Topic let id: UInt64
    @Topic let cabin: Symbol
    let price: Amount
    let seats: UInt32
}

/// A flight is not sold any more.
@ContractEvent
struct Closed {
    @Topic let id: UInt64
    @Topic let carrier: Symbol
}

/// Seats were taken.
@ContractEvent(name: "held")
struct SeatsHeld {
    @Topic let id: UInt64
    @Topic let cabin: Symbol
    let seats: UInt32
    let sold: UInt32
}

/// Seats were given back.
@ContractEvent(name: "released")
struct SeatsReleased {
    @Topic let id: UInt64
    @Topic let cabin: Symbol
    let seats: UInt32
    let sold: UInt32
}

/// An oracle said something.
@ContractEvent
struct Reported {
    @Topic let id: UInt64
    @Topic let reporter: Address
    let status: FlightStatus
    let time: UInt64
}

/// Something became of a flight.
@ContractEvent(name: "status")
struct StatusChanged {
    @Topic let id: UInt64
    @Topic let carrier: Symbol
    let confirmed: Bool
    let status: FlightStatus
    let time: UInt64
}

/// Others are asked.
@ContractEvent(name: "oracles", data: .singleValue)
struct OraclesChanged {
    let panel: Panel
}
