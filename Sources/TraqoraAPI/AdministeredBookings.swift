public import Travel

/// A booking without who flies.
public struct BookingSummary: Codable, Hashable, Sendable {
    /// Its id.
    public var id: BookingID
    /// What people call it.
    public var locator: RecordLocator
    /// The account it belongs to; absent if it belongs to whoever has its token.
    public var owner: String?
    /// The account that pays.
    public var payer: String
    /// What people see of it.
    public var status: BookingStatus
    /// Where the money is.
    public var escrow: EscrowState
    /// Where our side is.
    public var fulfilment: Fulfilment
    /// The price in the settlement token.
    public var price: TokenAmount
    /// Its number in the Booking contract.
    public var escrowID: UInt64?
    /// The airline's own locator.
    public var airlineReference: String?
    /// When it was made.
    public var createdAt: Instant
    /// Until when it had to be paid.
    public var holdExpiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, locator, owner, payer, status, escrow, fulfilment, price
        case escrowID = "escrow_id"
        case airlineReference = "airline_reference"
        case createdAt = "created_at"
        case holdExpiresAt = "hold_expires_at"
    }

    /// A booking; its status follows from its two states.
    public init(
        id: BookingID, locator: RecordLocator, owner: String?, payer: String,
        escrow: EscrowState, fulfilment: Fulfilment, price: TokenAmount, escrowID: UInt64?,
        airlineReference: String?, createdAt: Instant, holdExpiresAt: Instant
    ) {
        self.id = id
        self.locator = locator
        self.owner = owner
        self.payer = payer
        status = BookingStatus(escrow: escrow, fulfilment: fulfilment)
        self.escrow = escrow
        self.fulfilment = fulfilment
        self.price = price
        self.escrowID = escrowID
        self.airlineReference = airlineReference
        self.createdAt = createdAt
        self.holdExpiresAt = holdExpiresAt
    }
}

/// What `POST /api/v1/admin/bookings/{id}/order` takes: one of the two.
public struct SettleOrderRequest: Codable, Hashable, Sendable {
    /// What the airline calls the order; it is looked up, and must be of the same passengers.
    public var reference: String?
    /// `true`: there is no order, and none can come any more; the money goes back.
    public var isAbsent: Bool?

    private enum CodingKeys: String, CodingKey {
        case reference
        case isAbsent = "is_absent"
    }

    /// What was found.
    public init(reference: String? = nil, isAbsent: Bool? = nil) {
        self.reference = reference
        self.isAbsent = isAbsent
    }
}

/// What `GET /api/v1/admin/bookings` answers.
public struct BookingSummariesResponse: Codable, Hashable, Sendable {
    /// The newest first.
    public var bookings: [BookingSummary]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case bookings
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(bookings: [BookingSummary], nextCursor: String?) {
        self.bookings = bookings
        self.nextCursor = nextCursor
    }
}

/// What `GET /api/v1/admin/bookings/{id}` answers.
public struct BookingHistoryResponse: Codable, Hashable, Sendable {
    /// A step of our side.
    public struct Step: Codable, Hashable, Sendable {
        /// Its place, from 1.
        public var number: Int
        /// What was heard.
        public var event: String
        /// Where the booking was.
        public var before: Fulfilment
        /// Where it went.
        public var after: Fulfilment
        /// What then had to be done.
        public var action: String?
        /// When.
        public var at: Instant

        /// A step.
        public init(
            number: Int, event: String, before: Fulfilment, after: Fulfilment, action: String?,
            at: Instant
        ) {
            self.number = number
            self.event = event
            self.before = before
            self.after = after
            self.action = action
            self.at = at
        }
    }

    /// What the ledger said of its money.
    public struct LedgerEvent: Codable, Hashable, Sendable {
        /// What: `booked`, `ticketed`, ….
        public var event: String
        /// The ledger.
        public var ledger: UInt32
        /// The transaction.
        public var hash: String
        /// When the ledger closed.
        public var at: String

        /// An event.
        public init(event: String, ledger: UInt32, hash: String, at: String) {
            self.event = event
            self.ledger = ledger
            self.hash = hash
            self.at = at
        }
    }

    /// The booking.
    public var booking: BookingSummary
    /// The journal of our side, in order.
    public var journal: [Step]
    /// The journal of the money's side, in order.
    public var events: [LedgerEvent]
    /// The transactions that were sent for it, the oldest first.
    public var transactions: [TransactionResponse]

    /// An answer.
    public init(
        booking: BookingSummary, journal: [Step], events: [LedgerEvent],
        transactions: [TransactionResponse]
    ) {
        self.booking = booking
        self.journal = journal
        self.events = events
        self.transactions = transactions
    }
}
