public import Travel

/// The money of a flight that an airline published.
public struct FlightSettlement: Codable, Hashable, Sendable {
    /// The flight's number in the FlightRegistry contract.
    public var flightID: UInt64
    /// Carrier and number.
    public var flight: String
    /// When it leaves.
    public var departs: Instant
    /// How many bookings there were.
    public var bookings: Int
    /// What the airline got.
    public var paidOut: TokenAmount
    /// What the platform got.
    public var fees: TokenAmount
    /// What went back to passengers.
    public var refunded: TokenAmount
    /// What is still in escrow.
    public var pending: TokenAmount

    private enum CodingKeys: String, CodingKey {
        case flight, departs, bookings, fees, refunded, pending
        case flightID = "flight_id"
        case paidOut = "paid_out"
    }

    /// A flight.
    public init(
        flightID: UInt64, flight: String, departs: Instant, bookings: Int, paidOut: TokenAmount,
        fees: TokenAmount, refunded: TokenAmount, pending: TokenAmount
    ) {
        self.flightID = flightID
        self.flight = flight
        self.departs = departs
        self.bookings = bookings
        self.paidOut = paidOut
        self.fees = fees
        self.refunded = refunded
        self.pending = pending
    }
}

/// What `GET /api/v1/airlines/{code}/settlements/flights` answers.
public struct FlightSettlementsResponse: Codable, Hashable, Sendable {
    /// The settlement token.
    public var token: String
    /// In the order in which they leave.
    public var flights: [FlightSettlement]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case token, flights
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(token: String, flights: [FlightSettlement], nextCursor: String? = nil) {
        self.token = token
        self.flights = flights
        self.nextCursor = nextCursor
    }
}

/// The money of a day (UTC).
public struct DaySettlement: Codable, Hashable, Sendable {
    /// The day.
    public var day: LocalDate
    /// How many payments the airline got.
    public var payments: Int
    /// How much they were.
    public var paidOut: TokenAmount
    /// What the platform got with them.
    public var fees: TokenAmount
    /// What is in escrow and settled on this day at the earliest.
    public var pending: TokenAmount

    private enum CodingKeys: String, CodingKey {
        case day, payments, fees, pending
        case paidOut = "paid_out"
    }

    /// A day.
    public init(
        day: LocalDate, payments: Int, paidOut: TokenAmount, fees: TokenAmount, pending: TokenAmount
    ) {
        self.day = day
        self.payments = payments
        self.paidOut = paidOut
        self.fees = fees
        self.pending = pending
    }
}

/// What `GET /api/v1/airlines/{code}/settlements/days` answers.
public struct DaySettlementsResponse: Codable, Hashable, Sendable {
    /// The settlement token.
    public var token: String
    /// Where the airline's money goes.
    public var payout: String
    /// What could not be delivered there, and waits in the Booking contract.
    public var credit: TokenAmount
    /// The days on which something was or may be paid.
    public var days: [DaySettlement]

    /// An answer.
    public init(token: String, payout: String, credit: TokenAmount, days: [DaySettlement]) {
        self.token = token
        self.payout = payout
        self.credit = credit
        self.days = days
    }
}
