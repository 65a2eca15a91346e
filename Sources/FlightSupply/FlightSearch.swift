public import Travel

/// Where a journey may begin or end: an airport, or a city with all of its airports.
public struct SearchPlace: Hashable, Sendable {
    /// What was asked for: `LHR`, `LON`.
    public let code: AirportCode
    /// The airports that will do; never none.
    public let airports: [Airport]

    /// An airport.
    public init(_ airport: Airport) {
        code = airport.code
        airports = [airport]
    }

    /// What a code stands for.
    /// - Throws: `unknownAirport`.
    public init(_ code: AirportCode) throws(TravelError) {
        let codes = Airports.all[code].map { [$0.code] } ?? CityGroup.all[code]?.airports ?? []
        let found = codes.compactMap { Airports.all[$0] }
        guard !found.isEmpty else { throw .unknownAirport(code.text) }
        self.code = code
        airports = found
    }

    /// The clock by which its days are counted.
    public var timeZone: String { airports[0].timeZone }
}

/// One journey somebody is looking for.
public struct SearchSlice: Hashable, Sendable {
    /// Where from.
    public let origin: SearchPlace
    /// Where to.
    public let destination: SearchPlace
    /// The day of departure, by the calendar there.
    public let date: LocalDate

    /// A journey.
    public init(origin: SearchPlace, destination: SearchPlace, date: LocalDate) {
        self.origin = origin
        self.destination = destination
        self.date = date
    }
}

/// What somebody is looking for: a journey, one there and back, or up to six.
public struct FlightSearch: Hashable, Sendable {
    /// The journeys in order; never none.
    public let slices: [SearchSlice]
    /// Who travels.
    public let passengers: PassengerCounts
    /// The cabin, or any.
    public let cabin: Cabin?
    /// How often one may have to change on each journey.
    public let connectionsMax: Int

    /// How old those are on the last day of the trip who are from 2 to 17; empty if it is not said.
    public let ages: [Int]

    /// Whose ages some airlines' prices depend on.
    public static let agesAsked = 2...17
    /// How far ahead flights are sold.
    public static let daysAheadMax = 360

    /// A search.
    /// - Throws: ``SupplyError``: `journeyCount`, `sameAirport`, `dateOutOfRange`,
    ///   `datesOutOfOrder`.
    public init(
        _ slices: [SearchSlice], passengers: PassengerCounts, ages: [Int] = [],
        cabin: Cabin? = nil, connectionsMax: Int = 2, at now: Instant
    ) throws {
        guard (1...Itinerary.slicesMax).contains(slices.count) else {
            throw SupplyError.journeyCount(slices.count)
        }
        for slice in slices {
            guard
                Set(slice.origin.airports.map(\.code))
                    .isDisjoint(with: slice.destination.airports.map(\.code))
            else { throw SupplyError.sameAirport(slice.origin.code) }
            let today = try ZonedTime(now, in: slice.origin.timeZone).local.date
            guard (today...today.adding(days: Self.daysAheadMax)).contains(slice.date) else {
                throw SupplyError.dateOutOfRange(slice.date, first: today)
            }
        }
        for (previous, next) in zip(slices, slices.dropFirst()) where next.date < previous.date {
            throw SupplyError.datesOutOfOrder(next.date, after: previous.date)
        }
        self.slices = slices
        self.passengers = passengers
        self.ages = ages
        self.cabin = cabin
        self.connectionsMax = max(0, min(2, connectionsMax))
    }

    /// A search for one journey between two airports.
    /// - Throws: ``SupplyError``: `sameAirport`, `dateOutOfRange`.
    public init(
        origin: Airport, destination: Airport, date: LocalDate, passengers: PassengerCounts,
        cabin: Cabin? = nil, connectionsMax: Int = 2, at now: Instant
    ) throws {
        let slice = SearchSlice(
            origin: SearchPlace(origin), destination: SearchPlace(destination), date: date)
        try self.init(
            [slice], passengers: passengers, cabin: cabin, connectionsMax: connectionsMax, at: now)
    }
}
