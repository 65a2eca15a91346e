public import Travel

/// What `GET /api/v1/flights/search` answers.
public struct FlightSearchResponse: Codable, Sendable {
    /// The offers, the cheapest first.
    public var offers: [Offer]
    /// The airports that occur in them, by code.
    public var airports: [String: Airport]
    /// The names of the airlines that occur in them, by code.
    public var airlines: [String: String]
    /// When the supplier was asked.
    public var searchedAt: Instant
    /// Who was asked, and how each answered: where one failed, offers may be missing.
    public var suppliers: [SupplierReport]

    private enum CodingKeys: String, CodingKey {
        case offers, airports, airlines, suppliers
        case searchedAt = "searched_at"
    }

    /// An answer.
    public init(
        offers: [Offer], airports: [String: Airport], airlines: [String: String],
        searchedAt: Instant, suppliers: [SupplierReport]
    ) {
        self.offers = offers
        self.airports = airports
        self.airlines = airlines
        self.searchedAt = searchedAt
        self.suppliers = suppliers
    }
}

/// How one supplier answered a search.
public struct SupplierReport: Codable, Hashable, Sendable {
    /// Its name, as its offers have it: `simulator`, `registry`, `duffel`.
    public var name: String
    /// How many offers it had.
    public var offers: Int
    /// Why it had none to tell: a stable code such as `suppliers.timed_out`. Absent when it
    /// answered.
    public var code: String?
    /// How long it took.
    public var milliseconds: Int

    /// A report.
    public init(name: String, offers: Int, code: String?, milliseconds: Int) {
        self.name = name
        self.offers = offers
        self.code = code
        self.milliseconds = milliseconds
    }
}

/// What is asked for in the query of `GET /api/v1/flights/search`.
public struct FlightSearchQuery: Hashable, Sendable {
    /// Where from.
    public var origin: AirportCode
    /// Where to.
    public var destination: AirportCode
    /// The day of departure.
    public var date: LocalDate
    /// Who travels; one adult unless said otherwise.
    public var passengers: PassengerCounts
    /// The cabin; any unless said otherwise.
    public var cabin: Cabin?
    /// How often one may have to change: 0, 1 or 2.
    public var connectionsMax: Int
    /// How many offers are wanted, 1 to 100.
    public var limit: Int

    /// How many offers come unless said otherwise.
    public static let defaultLimit = 20
    /// How many offers may be asked for.
    public static let limitMax = 100

    /// A query.
    public init(
        origin: AirportCode, destination: AirportCode, date: LocalDate,
        passengers: PassengerCounts, cabin: Cabin? = nil, connectionsMax: Int = 2,
        limit: Int = FlightSearchQuery.defaultLimit
    ) {
        self.origin = origin
        self.destination = destination
        self.date = date
        self.passengers = passengers
        self.cabin = cabin
        self.connectionsMax = connectionsMax
        self.limit = limit
    }

    /// The query as the address has it.
    public var items: [(name: String, value: String)] {
        var items = [
            ("origin", origin.text), ("destination", destination.text),
            ("date", date.description), ("adults", String(passengers.adults)),
            ("children", String(passengers.children)), ("infants", String(passengers.infants)),
            ("connections_max", String(connectionsMax)), ("limit", String(limit)),
        ]
        if let cabin { items.append(("cabin", cabin.rawValue)) }
        return items
    }
}
