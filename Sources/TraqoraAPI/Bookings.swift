public import Travel

/// What `POST /api/v1/bookings` takes.
public struct CreateBookingRequest: Codable, Sendable {
    /// The offer, as the search gave it.
    public var offerID: OfferID
    /// What the traveller saw it would cost, chosen seats included: if it has become dearer since,
    /// nothing is booked.
    public var total: Money
    /// Who flies; as many of each type as the offer is for.
    public var passengers: [Passenger]
    /// The address that will pay: an account, `G…`, or a contract account, `C…`.
    public var payer: String
    /// Whether the platform shall pay the network's fee; of a contract account it always does.
    public var sponsored: Bool?
    /// Where news of the booking are mailed to; the first passenger's `email` if it is not said.
    public var contact: BookingContact?

    private enum CodingKeys: String, CodingKey {
        case total, passengers, payer, sponsored, contact
        case offerID = "offer_id"
    }

    /// A request.
    public init(
        offerID: OfferID, total: Money, passengers: [Passenger], payer: String,
        sponsored: Bool? = nil, contact: BookingContact? = nil
    ) {
        self.offerID = offerID
        self.total = total
        self.passengers = passengers
        self.payer = payer
        self.sponsored = sponsored
        self.contact = contact
    }
}

/// How the traveller hears of a booking.
public struct BookingContact: Codable, Hashable, Sendable {
    /// The address that mail goes to.
    public var email: EmailAddress

    /// A contact.
    public init(email: EmailAddress) { self.email = email }
}

/// What `POST /api/v1/bookings` answers: the booking, the key to it and what is to be signed.
public struct CreateBookingResponse: Codable, Sendable {
    /// The booking.
    public var booking: BookingResponse
    /// The key to it: `Authorization: Bearer …` in every later request. It is told once.
    public var token: String
    /// The transaction that pays, unless the platform pays the network's fee.
    public var transaction: UnsignedTransactionResponse?
    /// The authorization that pays, if the platform pays the network's fee.
    public var authorization: UnsignedAuthorizationResponse?

    /// An answer.
    public init(
        booking: BookingResponse, token: String, transaction: UnsignedTransactionResponse? = nil,
        authorization: UnsignedAuthorizationResponse? = nil
    ) {
        self.booking = booking
        self.token = token
        self.transaction = transaction
        self.authorization = authorization
    }
}

/// A booking as `GET /api/v1/bookings/{id}` gives it.
public struct BookingResponse: Codable, Sendable {
    /// Its id.
    public var id: BookingID
    /// The name to read out.
    public var locator: RecordLocator
    /// Where it stands.
    public var status: BookingStatus
    /// The same as a sentence.
    public var message: String
    /// The money's side.
    public var escrow: EscrowState
    /// Our side.
    public var fulfilment: Fulfilment
    /// The trip.
    public var itinerary: Itinerary
    /// The fare's conditions.
    public var fare: Fare
    /// Who flies.
    public var passengers: [Passenger]
    /// The price in the currency it was offered in, with the seats that were chosen.
    public var total: Money
    /// The price in the settlement token.
    public var price: TokenAmount
    /// The quote that made tokens of the price.
    public var conversion: ConversionQuote
    /// The account that pays.
    public var payer: String
    /// Where news of it are mailed to.
    public var contact: BookingContact?
    /// Until when it must be paid.
    public var holdExpiresAt: Instant
    /// When it was made.
    public var createdAt: Instant
    /// The airline's own locator, once there is an order.
    public var airlineReference: String?
    /// The numbers of the tickets, once there are any.
    public var tickets: [String]
    /// What the ledger knows of it.
    public var chain: ChainResponse
    /// What the traveller has said in a dispute, once there is one.
    public var dispute: DisputeResponse?

    private enum CodingKeys: String, CodingKey {
        case id, locator, status, message, escrow, fulfilment, itinerary, fare, passengers, total
        case price, conversion, payer, contact, tickets, chain, dispute
        case holdExpiresAt = "hold_expires_at"
        case createdAt = "created_at"
        case airlineReference = "airline_reference"
    }

    /// A booking with what surrounds it.
    public init(
        _ booking: Booking, tickets: [String], chain: ChainResponse,
        dispute: DisputeResponse? = nil
    ) {
        id = booking.id
        locator = booking.locator
        status = booking.status
        message = booking.status.sentence
        escrow = booking.escrow
        fulfilment = booking.fulfilment
        itinerary = booking.offer.itinerary
        fare = booking.offer.fare
        passengers = booking.passengers
        total = booking.total
        price = booking.price
        conversion = booking.conversion
        payer = booking.payer
        contact = booking.contact.map(BookingContact.init)
        holdExpiresAt = booking.holdExpires
        createdAt = booking.createdAt
        airlineReference = booking.airlineReference
        self.tickets = tickets
        self.chain = chain
        self.dispute = dispute
    }
}

/// A dispute, as far as it is known.
public struct DisputeResponse: Codable, Hashable, Sendable {
    /// What the traveller has said; absent if it was said elsewhere.
    public var statement: String?
    /// Until when arbiters decide.
    public var resolveBy: Instant
    /// Whether the airline has answered.
    public var hasAnswer: Bool
    /// What it answered; absent if it did so elsewhere.
    public var answer: String?

    private enum CodingKeys: String, CodingKey {
        case statement, answer
        case resolveBy = "resolve_by"
        case hasAnswer = "has_answer"
    }

    /// A dispute.
    public init(
        statement: String?, resolveBy: Instant, hasAnswer: Bool, answer: String? = nil
    ) {
        self.answer = answer
        self.statement = statement
        self.resolveBy = resolveBy
        self.hasAnswer = hasAnswer
    }
}

/// What the ledger knows of a booking.
public struct ChainResponse: Codable, Hashable, Sendable {
    /// The network's passphrase.
    public var network: String
    /// The Booking contract.
    public var contract: String
    /// The booking's number in it.
    public var escrowID: UInt64?
    /// What the contract holds for it now.
    public var escrowed: TokenAmount
    /// What was given back.
    public var refunded: TokenAmount?
    /// The deadline for the ticket, after which all goes back.
    public var ticketDeadline: Instant?
    /// The transactions that were sent for it, the oldest first.
    public var transactions: [TransactionResponse]

    private enum CodingKeys: String, CodingKey {
        case network, contract, escrowed, refunded, transactions
        case escrowID = "escrow_id"
        case ticketDeadline = "ticket_deadline"
    }

    /// What is known.
    public init(
        network: String, contract: String, escrowID: UInt64?, escrowed: TokenAmount,
        refunded: TokenAmount?, ticketDeadline: Instant?, transactions: [TransactionResponse]
    ) {
        self.network = network
        self.contract = contract
        self.escrowID = escrowID
        self.escrowed = escrowed
        self.refunded = refunded
        self.ticketDeadline = ticketDeadline
        self.transactions = transactions
    }
}
