public import Travel

/// Somebody who flies, as far as the airline needs to know.
public struct AirlinePassenger: Codable, Hashable, Sendable {
    /// The name as it stands on a ticket, `FAMILY/GIVEN`.
    public var name: String
    /// What they count as.
    public var type: PassengerType

    /// A passenger.
    public init(name: String, type: PassengerType) {
        self.name = name
        self.type = type
    }
}

/// A booking of a flight that an airline published.
public struct AirlineBooking: Codable, Hashable, Sendable {
    /// Its number in the Booking contract.
    public var number: UInt64
    /// The flight's number in the FlightRegistry contract.
    public var flightID: UInt64
    /// Carrier and number.
    public var flight: String
    /// When it leaves.
    public var departs: Instant
    /// The cabin.
    public var cabin: String?
    /// How many seats it still has.
    public var seats: Int
    /// What a seat cost.
    public var price: TokenAmount
    /// Where the money is.
    public var state: EscrowState
    /// What is in escrow for it.
    public var escrowed: TokenAmount
    /// What went back to the passenger.
    public var refunded: TokenAmount
    /// What the airline got.
    public var paidOut: TokenAmount
    /// When it was paid.
    public var bookedAt: Instant
    /// Until when it must be ticketed.
    public var ticketDeadline: Instant
    /// The account that paid.
    public var payer: String
    /// Until when arbiters decide; absent without a dispute.
    public var resolveBy: Instant?
    /// What the traveller said went wrong; absent without a dispute.
    public var complaint: String?
    /// What people call it; absent for one that was made elsewhere.
    public var locator: RecordLocator?
    /// Who flies: while the booking is open, until three days after arrival.
    public var passengers: [AirlinePassenger]

    private enum CodingKeys: String, CodingKey {
        case number, flight, departs, cabin, seats, price, state, escrowed, refunded, payer,
            complaint, locator, passengers
        case flightID = "flight_id"
        case paidOut = "paid_out"
        case bookedAt = "booked_at"
        case ticketDeadline = "ticket_deadline"
        case resolveBy = "resolve_by"
    }

    /// A booking.
    public init(
        number: UInt64, flightID: UInt64, flight: String, departs: Instant, cabin: String? = nil,
        seats: Int, price: TokenAmount, state: EscrowState, escrowed: TokenAmount,
        refunded: TokenAmount, paidOut: TokenAmount, bookedAt: Instant, ticketDeadline: Instant,
        payer: String, resolveBy: Instant? = nil, complaint: String? = nil,
        locator: RecordLocator? = nil,
        passengers: [AirlinePassenger]
    ) {
        self.number = number
        self.flightID = flightID
        self.flight = flight
        self.departs = departs
        self.cabin = cabin
        self.seats = seats
        self.price = price
        self.state = state
        self.escrowed = escrowed
        self.refunded = refunded
        self.paidOut = paidOut
        self.bookedAt = bookedAt
        self.ticketDeadline = ticketDeadline
        self.payer = payer
        self.resolveBy = resolveBy
        self.complaint = complaint
        self.locator = locator
        self.passengers = passengers
    }
}

/// What `GET /api/v1/airlines/{code}/bookings` answers.
public struct AirlineBookingsResponse: Codable, Hashable, Sendable {
    /// The newest first.
    public var bookings: [AirlineBooking]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case bookings
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(bookings: [AirlineBooking], nextCursor: String? = nil) {
        self.bookings = bookings
        self.nextCursor = nextCursor
    }
}

/// What `POST /api/v1/airlines/{code}/bookings/{number}/answer` takes.
public struct AnswerDisputeRequest: Codable, Hashable, Sendable {
    /// What the airline has to say, for those who decide; at most 4,000 bytes.
    public var statement: String

    /// An answer.
    public init(statement: String) { self.statement = statement }
}
