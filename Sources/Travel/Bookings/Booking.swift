/// What a booking is called inside and in addresses: 32 hexadecimal digits, unguessable but no
/// secret.
public struct BookingID: Hashable, Sendable {
    /// The digits.
    public let text: String

    /// Reads 32 lower-case hexadecimal digits.
    /// - Throws: `malformedBookingID`.
    public init(parsing text: String) throws(TravelError) {
        let isHex = { (byte: UInt8) in
            isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        guard text.utf8.count == 32, text.utf8.allSatisfy(isHex) else {
            throw .malformedBookingID(text)
        }
        self.text = text
    }

    /// The id that sixteen random bytes make; `nil` for another number of them.
    public init?(randomBytes bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        text = bytes.map { padded(String($0, radix: 16), to: 2) }.joined()
    }
}

extension BookingID: TextCodable {
    /// The digits.
    public var description: String { text }
}

/// A trip somebody has taken an offer for: what was offered, who flies, where the money is and
/// where we are.
public struct Booking: Hashable, Sendable {
    /// Its id.
    public let id: BookingID
    /// The name that people use.
    public let locator: RecordLocator
    /// The offer as it was held.
    public let offer: Offer
    /// Who flies.
    public let passengers: [Passenger]
    /// What all of it costs: the offer and the seats.
    public let total: Money
    /// The Stellar account that pays.
    public let payer: String
    /// Where the traveller is written to.
    public let contact: EmailAddress?
    /// What goes into escrow.
    public let price: TokenAmount
    /// The quote that made tokens of the price.
    public let conversion: ConversionQuote
    /// Until when the transaction may be signed and sent.
    public let holdExpires: Instant
    /// When it was made.
    public let createdAt: Instant
    /// The money's side.
    public var escrow: EscrowState
    /// Our side.
    public var fulfilment: Fulfilment
    /// The booking's number in the contract, once the ledger has it.
    public var escrowID: UInt64?
    /// The supplier's own reference, once there is an order.
    public var airlineReference: String?

    /// A booking.
    /// - Parameter total: what the offer costs, if it is not said.
    public init(
        id: BookingID, locator: RecordLocator, offer: Offer, passengers: [Passenger],
        total: Money? = nil, payer: String, price: TokenAmount, conversion: ConversionQuote,
        holdExpires: Instant,
        createdAt: Instant, contact: EmailAddress? = nil, escrow: EscrowState = .unpaid,
        fulfilment: Fulfilment = .held,
        escrowID: UInt64? = nil, airlineReference: String? = nil
    ) {
        self.id = id
        self.locator = locator
        self.offer = offer
        self.passengers = passengers
        self.total = total ?? offer.total
        self.payer = payer
        self.contact = contact
        self.price = price
        self.conversion = conversion
        self.holdExpires = holdExpires
        self.createdAt = createdAt
        self.escrow = escrow
        self.fulfilment = fulfilment
        self.escrowID = escrowID
        self.airlineReference = airlineReference
    }

    /// What people see.
    public var status: BookingStatus { BookingStatus(escrow: escrow, fulfilment: fulfilment) }
}
