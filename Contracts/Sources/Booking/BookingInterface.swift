import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum BookingError: UInt32 {
    /// No bookings are taken now.
    case paused = 2
    /// No such booking.
    case notFound = 400
    /// Somebody else's booking.
    case notPassenger = 401
    /// Only who sold it tickets it.
    case notSeller = 402
    /// The booking is over, or already ticketed.
    case notOpen = 403
    /// At departure or after.
    case departed = 404
    /// At the deadline or after.
    case deadlinePassed = 405
    /// Before the deadline.
    case deadlineNotReached = 406
    /// The seller has no quote key.
    case unknownSeller = 407
    /// Bookings are not paid in this token.
    case tokenNotAccepted = 408
    /// No such fare rule.
    case unknownPolicy = 409
    /// Not 1 to 9 seats, or more than the booking has.
    case seatsOutOfRange = 410
    /// Not 1 to 10^18 a seat.
    case priceOutOfRange = 411
    /// Departure or arrival is past, in the wrong order, or too far ahead.
    case timesOutOfRange = 412
    /// The quote held until a moment ago.
    case quoteExpired = 413
    /// The quote is booked already.
    case quoteUsed = 414
    /// There is no credit.
    case nothingToWithdraw = 415
    /// Fee or a window.
    case settingsOutOfRange = 416
    /// Through so many contracts that Booking can call none any more.
    case calledTooDeep = 417
    /// More tokens or bookings than may be.
    case tooMany = 418
    /// The carrier may not sell.
    case carrierNotActive = 419
    /// A seat costs more.
    case priceAboveMax = 420
    /// The flight was not cancelled.
    case notCancelled = 421
    /// The flight did not arrive, or nobody said so.
    case notArrived = 422
    /// The window is not over.
    case tooEarly = 423
    /// There is no dispute.
    case notDisputed = 424
    /// The carrier answered already.
    case alreadyResponded = 425
    /// No arbiter, or a party.
    case notArbiter = 426
    /// More than 10,000.
    case shareOutOfRange = 427
    /// The passenger booked this already.
    case exists = 428
}

/// Money came in for seats.
@ContractEvent(data: .singleValue)
struct Booked {
    @Topic let id: UInt64
    @Topic let passenger: Address
    @Topic let seller: Address
    let booking: Booking
}

/// The ticket is issued.
@ContractEvent
struct Ticketed {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let ticketHash: BytesN<32>
}

/// No ticket came in time: all went back.
@ContractEvent
struct Expired {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let refund: Amount
}

/// Seats were cancelled; penalty less fee went to the seller.
@ContractEvent
struct Cancelled {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let fee: Amount
    let penalty: Amount
    let refund: Amount
    let seats: UInt32
    let seatsLeft: UInt32
}

/// All went back: the flight was cancelled.
@ContractEvent
struct Refunded {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let refund: Amount
}

/// The carrier was paid.
@ContractEvent
struct Settled {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let fee: Amount
    let seller: Amount
}

/// The arbiters were asked.
@ContractEvent
struct Disputed {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let evidence: BytesN<32>
    let resolveBy: UInt64
}

/// The carrier answered.
@ContractEvent
struct Responded {
    @Topic let id: UInt64
    @Topic let `operator`: Address
    let evidence: BytesN<32>
}

/// A dispute is over, by an arbiter or by its deadline.
@ContractEvent
struct Resolved {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let arbiter: Address?
    let fee: Amount
    let refund: Amount
    let seller: Amount
}

/// A payment could not be delivered, and waits to be withdrawn.
@ContractEvent(data: .singleValue)
struct Credited {
    @Topic let address: Address
    @Topic let token: Address
    let amount: Amount
}

/// A credit was paid out.
@ContractEvent
struct Withdrawn {
    @Topic let address: Address
    @Topic let token: Address
    let amount: Amount
    let to: Address
}

/// New bookings get other terms.
@ContractEvent(name: "settings", data: .singleValue)
struct SettingsChanged {
    let settings: Settings
}

/// A seller's quotes are signed by another key, or by none.
@ContractEvent(name: "quote_key", data: .singleValue)
struct QuoteKeyChanged {
    @Topic let seller: Address
    let key: BytesN<32>?
}

/// A token is accepted, or no longer.
@ContractEvent(name: "token", data: .singleValue)
struct TokenChanged {
    @Topic let token: Address
    let accepted: Bool
}

/// Somebody decides disputes, or no longer.
@ContractEvent(name: "arbiter", data: .singleValue)
struct ArbiterChanged {
    @Topic let arbiter: Address
    let enabled: Bool
}
