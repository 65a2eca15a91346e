import Soroban

/// What can go wrong. If two apply, the first.
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
    /// At the ticket deadline or after.
    case deadlinePassed = 405
    /// Before the ticket deadline.
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
    /// Fee or ticket window.
    case settingsOutOfRange = 416
    /// Tiers do not descend, are none or more than 8, or return more than all.
    case policyOutOfRange = 417
    /// More tokens, policies or bookings than may be.
    case tooMany = 418
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
    let refund: Int128
}

/// Seats were cancelled; penalty less fee went to the seller.
@ContractEvent
struct Cancelled {
    @Topic let id: UInt64
    @Topic let passenger: Address
    let fee: Int128
    let penalty: Int128
    let refund: Int128
    let seats: UInt32
    let seatsLeft: UInt32
}

/// A payment could not be delivered, and waits to be withdrawn.
@ContractEvent(data: .singleValue)
struct Credited {
    @Topic let address: Address
    @Topic let token: Address
    let amount: Int128
}

/// A credit was paid out.
@ContractEvent
struct Withdrawn {
    @Topic let address: Address
    @Topic let token: Address
    let amount: Int128
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
