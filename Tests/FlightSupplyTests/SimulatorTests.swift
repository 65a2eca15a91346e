import FareRules
import FlightSupply
import Testing
import Travel

/// Searches and their day, for the tests.
enum World {
    /// 2026-11-25T12:00:00Z.
    static let now = Instant(seconds: 1_795_608_000)

    static func airport(_ code: String) throws -> Airport {
        try Airports.all.require(AirportCode(parsing: code))
    }

    static func search(
        _ origin: String, _ destination: String, _ date: String = "2026-12-24",
        adults: Int = 1, children: Int = 0, infants: Int = 0, cabin: Cabin? = nil,
        connectionsMax: Int = 2
    ) throws -> FlightSearch {
        try FlightSearch(
            origin: airport(origin), destination: airport(destination),
            date: LocalDate(parsing: date),
            passengers: PassengerCounts(adults: adults, children: children, infants: infants),
            cabin: cabin, connectionsMax: connectionsMax, at: now)
    }

    static func passenger() throws -> Passenger {
        try Passenger(
            name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
            bornOn: LocalDate(parsing: "1990-12-10"))
    }
}

@Suite struct SimulatorTests {
    static let routes = [
        ("LHR", "JFK"), ("FRA", "SIN"), ("SFO", "NRT"), ("BHX", "PMI"), ("ABZ", "AKL"),
        ("TRD", "HKT"), ("LED", "GIG"), ("AAA", "LHR"), ("DUS", "YWG"), ("SYD", "DXB"),
        ("OSL", "BGO"), ("AKL", "WLG"), ("GRU", "CPT"), ("BOM", "DEL"), ("SEA", "BOS"),
    ]

    @Test(arguments: routes, ["2026-11-27", "2026-12-24", "2027-03-28", "2027-10-31"])
    func `a journey keeps the rules of time and place`(route: (String, String), date: String)
        async throws
    {
        let search = try World.search(route.0, route.1, date)
        let offers = try await Simulator().offers(for: search, at: World.now)
        #expect(!offers.isEmpty)
        for offer in offers {
            let slice = offer.itinerary.slices[0]
            #expect(slice.origin == search.slices[0].origin.code)
            #expect(slice.destination == search.slices[0].destination.code)
            #expect(slice.departs.local.date == search.slices[0].date)
            #expect(slice.connections <= 2)
            #expect(offer.total.minorUnits >= 1_000)
            #expect(offer.seatsLeft >= 1)
            #expect(offer.expiresAt > World.now)
            for segment in slice.segments {
                let speed = segment.distanceKilometers * 60 / segment.minutes
                #expect((90...950).contains(speed), "\(segment.flight): \(speed) km/h")
            }
            for (first, second) in zip(slice.segments, slice.segments.dropFirst()) {
                let hub = try World.airport(first.destination.text)
                let least = ConnectionRules.minutesMin(
                    from: try World.airport(first.origin.text).country, at: hub.country,
                    to: try World.airport(second.destination.text).country)
                let wait = first.arrives.instant.seconds(until: second.departs.instant) / 60
                #expect((Int64(least)...Int64(ConnectionRules.minutesMax)).contains(wait))
            }
        }
        #expect(offers.map(\.total.minorUnits) == offers.map(\.total.minorUnits).sorted())
        #expect(Set(offers.map(\.id)).count == offers.count)
    }

    @Test func `two simulators with one seed agree, with another they do not`() async throws {
        let search = try World.search("LHR", "JFK")
        let first = try await Simulator().offers(for: search, at: World.now)
        let again = try await Simulator().offers(for: search, at: World.now)
        let other = try await Simulator(configuration: .init(seed: 2))
            .offers(for: search, at: World.now)
        #expect(first == again)
        #expect(first.map(\.total) != other.map(\.total))
    }

    @Test func `there are ways without a stop and with one, in every cabin`() async throws {
        let offers = try await Simulator(configuration: .init(offersMax: 1_000))
            .offers(for: World.search("LHR", "JFK"), at: World.now)
        #expect(Set(offers.map(\.itinerary.slices[0].connections)).isSuperset(of: [0, 1]))
        #expect(Set(offers.map(\.fare.cabin)).isSuperset(of: [.economy, .business]))
        #expect(Set(offers.map(\.fare.policy)) == [1, 2, 3])
        #expect(offers.allSatisfy { $0.fare.rule.isValid })
    }

    @Test func `a search keeps to its cabin and its changes`() async throws {
        let offers = try await Simulator().offers(
            for: World.search("LHR", "JFK", cabin: .business, connectionsMax: 0), at: World.now)
        #expect(!offers.isEmpty)
        #expect(offers.allSatisfy { $0.fare.cabin == .business })
        #expect(offers.allSatisfy { $0.itinerary.slices[0].connections == 0 })
    }

    @Test func `where two changes are not enough there is no offer`() async throws {
        let offers = try await Simulator().offers(
            for: World.search("ABZ", "CHC"), at: World.now)
        #expect(offers.isEmpty)
    }

    @Test func `the total is what all pass together pay`() async throws {
        let offers = try await Simulator().offers(
            for: World.search("FRA", "MAD", adults: 2, children: 1, infants: 1), at: World.now)
        for offer in offers {
            #expect(offer.prices.map(\.count) == [2, 1, 1])
            let each = offer.prices.map(\.each.minorUnits)
            #expect(offer.total.minorUnits == 2 * each[0] + each[1] + each[2])
            #expect(each[0] > each[1] && each[1] > each[2] && each[2] > 0)
            #expect(offer.seatsLeft >= 3)
        }
    }

    @Test(arguments: [
        ("2026-11-24", false), ("2026-11-25", true), ("2027-11-20", true),
        ("2027-11-21", false),
    ])
    func `days that are past or too far are refused`(date: String, isSold: Bool) throws {
        if isSold {
            _ = try World.search("LHR", "JFK", date)
        } else {
            #expect(throws: SupplyError.self) { try World.search("LHR", "JFK", date) }
        }
        #expect(throws: SupplyError.sameAirport(try AirportCode(parsing: "LHR"))) {
            try World.search("LHR", "LHR")
        }
    }

    @Test func `today's flights are sold until two hours before they leave`() async throws {
        let offers = try await Simulator().offers(
            for: World.search("LHR", "CDG", "2026-11-25"), at: World.now)
        for offer in offers {
            #expect(World.now.seconds(until: offer.itinerary.departs.instant) > 7_200)
        }
    }
}
