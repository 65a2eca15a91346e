public import Travel

/// One journey of a search.
public struct SearchedJourney: Hashable, Sendable {
    /// Where from: an airport or a city.
    public var origin: AirportCode
    /// Where to.
    public var destination: AirportCode
    /// The day of departure.
    public var date: LocalDate

    /// A journey.
    public init(origin: AirportCode, destination: AirportCode, date: LocalDate) {
        self.origin = origin
        self.destination = destination
        self.date = date
    }

    /// Reads `LHR-JFK-2026-12-24`; `nil` for anything else.
    init?(_ text: Substring) {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let origin = try? AirportCode(parsing: String(parts[0])),
            let destination = try? AirportCode(parsing: String(parts[1])),
            let date = try? LocalDate(parsing: String(parts[2]))
        else { return nil }
        self.init(origin: origin, destination: destination, date: date)
    }

    /// `LHR-JFK-2026-12-24`.
    var text: String { "\(origin)-\(destination)-\(date)" }
}

/// What is asked for in the query of `GET /api/v1/flights/search`.
public struct FlightSearchQuery: Hashable, Sendable {
    /// The journeys in order: one, there and back, or up to six.
    public var journeys: [SearchedJourney]
    /// Who travels; one adult unless said otherwise.
    public var passengers: PassengerCounts
    /// How old those are on the last day of the trip who are from 2 to 17; empty if it is not said.
    public var ages: [Int] = []
    /// The cabin; any unless said otherwise.
    public var cabin: Cabin?
    /// How often one may have to change on each journey: 0, 1 or 2.
    public var connectionsMax: Int
    /// Which of the offers are wanted.
    public var filter: OfferFilter
    /// In which order.
    public var sort: OfferSort
    /// Behind which offer to go on.
    public var cursor: OfferCursor?
    /// How many offers are wanted, 1 to 100.
    public var limit: Int

    /// How many offers come unless said otherwise.
    public static let defaultLimit = 20
    /// How many offers may be asked for.
    public static let limitMax = 100

    /// A query.
    public init(
        _ journeys: [SearchedJourney], passengers: PassengerCounts, cabin: Cabin? = nil,
        connectionsMax: Int = 2, filter: OfferFilter = OfferFilter(), sort: OfferSort = .price,
        cursor: OfferCursor? = nil, limit: Int = FlightSearchQuery.defaultLimit
    ) {
        self.journeys = journeys
        self.passengers = passengers
        self.cabin = cabin
        self.connectionsMax = connectionsMax
        self.filter = filter
        self.sort = sort
        self.cursor = cursor
        self.limit = limit
    }

    /// A query for one journey.
    public init(
        origin: AirportCode, destination: AirportCode, date: LocalDate,
        passengers: PassengerCounts, cabin: Cabin? = nil, connectionsMax: Int = 2,
        limit: Int = FlightSearchQuery.defaultLimit
    ) {
        self.init(
            [SearchedJourney(origin: origin, destination: destination, date: date)],
            passengers: passengers, cabin: cabin, connectionsMax: connectionsMax, limit: limit)
    }

    /// The query as the address has it.
    public var items: [(name: String, value: String)] {
        var items =
            journeyItems + [
                ("adults", String(passengers.adults)), ("children", String(passengers.children)),
                ("infants", String(passengers.infants)),
                ("connections_max", String(connectionsMax)), ("limit", String(limit)),
                ("sort", sort.rawValue),
            ]
        if !ages.isEmpty {
            items.append(("ages", ages.sorted().map(String.init).joined(separator: ",")))
        }
        if let cabin { items.append(("cabin", cabin.rawValue)) }
        if let cursor { items.append(("cursor", cursor.text)) }
        return items + filterItems
    }

    private var journeyItems: [(name: String, value: String)] {
        guard let first = journeys.first, journeys.count <= 2 else {
            return [("journeys", journeys.map(\.text).joined(separator: ","))]
        }
        var items = [
            ("origin", first.origin.text), ("destination", first.destination.text),
            ("date", first.date.description),
        ]
        guard journeys.count == 2 else { return items }
        let back = journeys[1]
        guard back.origin == first.destination, back.destination == first.origin else {
            return [("journeys", journeys.map(\.text).joined(separator: ","))]
        }
        items.append(("return_date", back.date.description))
        return items
    }

    private var filterItems: [(name: String, value: String)] {
        let list = { (codes: Set<AirlineCode>) in
            codes.isEmpty ? nil : codes.map(\.text).sorted().joined(separator: ",")
        }
        let items: [(String, String?)] = [
            ("departs", filter.departs?.description), ("arrives", filter.arrives?.description),
            ("return_departs", filter.returnDeparts?.description),
            ("return_arrives", filter.returnArrives?.description),
            ("airlines", list(filter.airlines)),
            ("exclude_airlines", list(filter.excludedAirlines)),
            ("checked_bags_min", filter.checkedBagsMin > 0 ? "\(filter.checkedBagsMin)" : nil),
            ("carry_on_bags_min", filter.carryOnBagsMin > 0 ? "\(filter.carryOnBagsMin)" : nil),
            ("refundable", filter.isRefundable ? "true" : nil),
            ("minutes_max", filter.minutesMax.map(String.init)),
        ]
        return items.compactMap { name, value in value.map { (name, $0) } }
    }
}
