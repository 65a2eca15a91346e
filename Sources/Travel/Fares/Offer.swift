/// What a supplier calls an offer; only that supplier can read it.
public struct OfferID: Hashable, Sendable {
    /// The text: letters, digits and `._-`, at most 400.
    public let text: String

    /// How long one may be.
    public static let lengthMax = 400

    /// Reads an id.
    /// - Throws: `malformedOffer`.
    public init(parsing text: String) throws(TravelError) {
        let allowed = text.utf8.allSatisfy { byte in
            isLetter(byte & 0xDF) && byte < 0x80 || isDigit(byte) || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        }
        guard (1...Self.lengthMax).contains(text.utf8.count), allowed else {
            throw .malformedOffer(text)
        }
        self.text = text
    }
}

extension OfferID: TextCodable {
    /// The id.
    public var description: String { text }
}

/// What each passenger of a type pays, everything included.
public struct PassengerPrice: Hashable, Codable, Sendable {
    /// The type.
    public let type: PassengerType
    /// How many there are of it.
    public let count: Int
    /// The price for each.
    public let each: Money

    /// A line of the price.
    public init(type: PassengerType, count: Int, each: Money) {
        self.type = type
        self.count = count
        self.each = each
    }
}

/// A trip that can be bought at a price, for a while.
public struct Offer: Hashable, Codable, Sendable {
    /// What its supplier calls it.
    public let id: OfferID
    /// Who sells it: `simulator`.
    public let supplier: String
    /// The flights.
    public let itinerary: Itinerary
    /// The conditions.
    public let fare: Fare
    /// For whom.
    public let passengers: PassengerCounts
    /// What each pays; none where the supplier tells only what all pay.
    public let prices: [PassengerPrice]
    /// What all pay together: the supplier's own word, fees included.
    public let total: Money
    /// What of that are taxes, where the supplier says so.
    public let taxes: Money?
    /// How many seats are left at this price; nine stands for nine or more.
    public let seatsLeft: Int
    /// When it was made.
    public let quotedAt: Instant
    /// Until when it can be bought; at this instant it cannot any more.
    public let expiresAt: Instant
    /// One of these is wanted of each passenger before it can be booked; absent where none is.
    public let documentsRequired: [IdentityDocument.Kind]?
    /// The ages of those from 2 to 17 that it was made for, where the price depends on them.
    public var ages: [Int]?
    /// What the supplier wants to see again when it is ordered: nobody's business but its own, so
    /// it is not in JSON, and who keeps the offer keeps this beside it.
    public var supplierData: String?

    private enum CodingKeys: String, CodingKey {
        case id, supplier, itinerary, fare, passengers, prices, total, taxes, ages
        case documentsRequired = "documents_required"
        case seatsLeft = "seats_left"
        case quotedAt = "quoted_at"
        case expiresAt = "expires_at"
    }

    /// An offer whose total is the sum of its lines.
    /// - Throws: `amountOutOfRange`, `currencyMismatch`.
    public init(
        id: OfferID, supplier: String, itinerary: Itinerary, fare: Fare,
        passengers: PassengerCounts, prices: [PassengerPrice], seatsLeft: Int, quotedAt: Instant,
        expiresAt: Instant
    ) throws(TravelError) {
        guard let first = prices.first else { throw .amountOutOfRange }
        var total = Money(minorUnits: 0, currency: first.each.currency)
        for price in prices { total = try total.adding(price.each.multiplied(by: price.count)) }
        self.init(
            id: id, supplier: supplier, itinerary: itinerary, fare: fare, passengers: passengers,
            prices: prices, total: total, seatsLeft: seatsLeft, quotedAt: quotedAt,
            expiresAt: expiresAt)
    }

    /// An offer whose total the supplier has said.
    public init(
        id: OfferID, supplier: String, itinerary: Itinerary, fare: Fare,
        passengers: PassengerCounts, prices: [PassengerPrice], total: Money, taxes: Money? = nil,
        seatsLeft: Int, quotedAt: Instant, expiresAt: Instant,
        documentsRequired: [IdentityDocument.Kind]? = nil, ages: [Int]? = nil,
        supplierData: String? = nil
    ) {
        self.id = id
        self.supplier = supplier
        self.itinerary = itinerary
        self.fare = fare
        self.passengers = passengers
        self.prices = prices
        self.total = total
        self.taxes = taxes
        self.seatsLeft = seatsLeft
        self.quotedAt = quotedAt
        self.expiresAt = expiresAt
        self.documentsRequired = documentsRequired
        self.ages = ages
        self.supplierData = supplierData
    }

    /// Whether it can be bought at `now`.
    public func isOpen(at now: Instant) -> Bool { now < expiresAt }
}
