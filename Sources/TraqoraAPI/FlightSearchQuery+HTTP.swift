public import HTTP
public import Travel

extension FlightSearchQuery {
    /// Reads the query of an address.
    /// - Throws: ``Problem`` naming the parameter that is missing or wrong; `TravelError`.
    public init(_ query: HTTPQuery) throws {
        self.init(
            try Self.journeys(in: query), passengers: try PassengerCounts(query),
            cabin: try query.choice("cabin", of: Cabin.self),
            connectionsMax: try query.number("connections_max", 0...2) ?? 2,
            filter: try OfferFilter(query),
            sort: try query.choice("sort", of: OfferSort.self) ?? .price,
            limit: try query.number("limit", 1...Self.limitMax) ?? Self.defaultLimit)
        ages = try Self.ages(in: query, of: passengers)
        guard let text = query["cursor"] else { return }
        guard let cursor = OfferCursor(text), cursor.sort == sort else {
            throw Problem.invalidParameter(
                "cursor", "use the `next_cursor` of the answer before, with the same `sort`.")
        }
        self.cursor = cursor
    }

    /// All children have an age, and so may those of the adults who are under eighteen.
    private static func ages(in query: HTTPQuery, of passengers: PassengerCounts) throws -> [Int] {
        guard let text = query["ages"] else { return [] }
        let ages = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        let children = ages.compactMap { $0 }.count { PassengerType.child.ages.contains($0) }
        let young = ages.compactMap { $0 }.count { (12...17).contains($0) }
        guard children + young == ages.count, children == passengers.children,
            young <= passengers.adults
        else {
            throw Problem.invalidParameter(
                "ages",
                "use the age of each child and of each adult under 18, 2 to 17, with commas.")
        }
        return ages.compactMap { $0 }.sorted()
    }

    /// `journeys`, or one there and perhaps back.
    private static func journeys(in query: HTTPQuery) throws -> [SearchedJourney] {
        if let text = query["journeys"] {
            guard query["origin"] == nil, query["destination"] == nil, query["date"] == nil else {
                throw Problem.invalidParameter(
                    "journeys", "leave it out, or `origin`, `destination` and `date`.")
            }
            return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                guard let journey = SearchedJourney(part) else {
                    throw Problem.invalidParameter(
                        "journeys",
                        "use journeys like LHR-JFK-2026-12-24, separated by commas.")
                }
                return journey
            }
        }
        let there = SearchedJourney(
            origin: try AirportCode(parsing: query.require("origin")),
            destination: try AirportCode(parsing: query.require("destination")),
            date: try LocalDate(parsing: query.require("date")))
        guard let back = query["return_date"] else { return [there] }
        return [
            there,
            SearchedJourney(
                origin: there.destination, destination: there.origin,
                date: try LocalDate(parsing: back)),
        ]
    }
}

extension PassengerCounts {
    /// Reads `adults`, `children` and `infants`.
    init(_ query: HTTPQuery) throws {
        try self.init(
            adults: query.number("adults", 0...PassengerCounts.seatsMax) ?? 1,
            children: query.number("children", 0...PassengerCounts.seatsMax) ?? 0,
            infants: query.number("infants", 0...PassengerCounts.seatsMax) ?? 0)
    }
}

extension OfferFilter {
    /// How long a journey may be asked to take at most.
    public static let minutesLimit = 10_000

    /// Reads what is wanted.
    init(_ query: HTTPQuery) throws {
        self.init()
        departs = try query["departs"].map(ClockRange.init(parsing:))
        arrives = try query["arrives"].map(ClockRange.init(parsing:))
        returnDeparts = try query["return_departs"].map(ClockRange.init(parsing:))
        returnArrives = try query["return_arrives"].map(ClockRange.init(parsing:))
        airlines = try Self.airlines("airlines", in: query)
        excludedAirlines = try Self.airlines("exclude_airlines", in: query)
        checkedBagsMin = try query.number("checked_bags_min", 0...9) ?? 0
        carryOnBagsMin = try query.number("carry_on_bags_min", 0...9) ?? 0
        isRefundable = try query.optional("refundable", as: Bool.self) ?? false
        minutesMax = try query.number("minutes_max", 1...Self.minutesLimit)
    }

    private static func airlines(_ name: String, in query: HTTPQuery) throws -> Set<AirlineCode> {
        guard let text = query[name] else { return [] }
        let codes = try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try AirlineCode(parsing: String($0))
        }
        return Set(codes)
    }
}
