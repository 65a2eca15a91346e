import Foundation
import HTTP
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Searching over the API.
@Suite struct FlightSearchTests {
    private func get(_ path: String, from world: TestWorld) async -> HTTPResponse {
        await world.server.respond(to: HTTPRequest(.get, path))
    }

    private func search(_ query: String, in world: TestWorld) async throws -> FlightSearchResponse {
        try await get("\(Route.searchFlights.pattern)?\(query)", from: world).json()
    }

    @Test func `there and back, and further, are trips whose journeys follow each other`()
        async throws
    {
        let world = try await TestWorld()
        let back = try await search(
            "origin=LHR&destination=JFK&date=2026-12-24&return_date=2027-01-03", in: world)
        #expect(!back.offers.isEmpty)
        for offer in back.offers {
            #expect(offer.itinerary.slices.map(\.origin.text) == ["LHR", "JFK"])
            #expect(offer.itinerary.slices.map(\.destination.text) == ["JFK", "LHR"])
            #expect("\(offer.itinerary.slices[1].departs.local.date)" == "2027-01-03")
        }
        let legs = ["LHR-FRA", "FRA-SIN", "SIN-SYD", "SYD-AKL", "AKL-LAX", "LAX-LHR"]
        let journeys = legs.enumerated().map { "\($1)-2026-12-\(10 + $0 * 3)" }
        let round = try await search("journeys=\(journeys.joined(separator: ","))", in: world)
        let offer = try #require(round.offers.first)
        #expect(offer.itinerary.slices.count == 6)
        // What was offered can be booked under its name.
        let read = await get("/api/v1/offers/\(offer.id)", from: world)
        #expect(try read.json(as: OfferResponse.self).offer.total == offer.total)
        await world.close()
    }

    @Test func `a city is all of its airports`() async throws {
        let world = try await TestWorld()
        let found = try await search(
            "origin=LON&destination=NYC&date=2026-12-24&limit=100", in: world)
        #expect(Set(found.offers.map(\.itinerary.slices[0].origin.text)).count > 1)
        await world.close()
    }

    @Test func `pages follow each other, in every order`() async throws {
        let world = try await TestWorld()
        for sort in OfferSort.allCases {
            let base = "origin=LHR&destination=JFK&date=2026-12-24&sort=\(sort.rawValue)&limit=7"
            var seen: [Offer] = []
            var cursor: String? = ""
            while let next = cursor {
                let page = try await search(
                    base + (next.isEmpty ? "" : "&cursor=\(PercentCoding.encode(next))"),
                    in: world)
                seen += page.offers
                cursor = page.nextCursor
                #expect(cursor == nil ? seen.count == page.count : page.offers.count == 7)
            }
            #expect(Set(seen.map(\.id)).count == seen.count && seen.count > 20)
            #expect(seen.map(sort.key) == seen.map(sort.key).sorted())
        }
        await world.close()
    }

    @Test func `filters leave what is wanted, and say how much that is`() async throws {
        let world = try await TestWorld()
        let base = "origin=LHR&destination=JFK&date=2026-12-24&limit=100"
        let all = try await search(base, in: world)
        let some = try await search(
            base + "&connections_max=0&checked_bags_min=1&refundable=true&departs=12:00-23:59",
            in: world)
        #expect((1..<all.count).contains(some.count))
        for offer in some.offers {
            #expect(offer.itinerary.slices[0].connections == 0)
            #expect(offer.fare.baggage.checkedPieces >= 1 && offer.fare.isRefundable == true)
            #expect(offer.itinerary.departs.local.secondOfDay >= 43_200)
        }
        let airline = try #require(all.offers.first?.itinerary.segments[0].flight.carrier.text)
        let without = try await search(base + "&exclude_airlines=\(airline)", in: world)
        let with = try await search(base + "&airlines=\(airline)", in: world)
        #expect(without.airlines[airline] == nil && Set(with.airlines.keys) == [airline])
        await world.close()
    }

    @Test(
        arguments: [
            ("journeys=LHR-JFK", "http.parameter_invalid"),
            ("journeys=LHR-JFK-2026-12-24&origin=LHR", "http.parameter_invalid"),
            ("origin=LHR&destination=JFK&date=2026-12-24&sort=cheap", "http.parameter_invalid"),
            ("origin=LHR&destination=JFK&date=2026-12-24&cursor=x", "http.parameter_invalid"),
            (
                "origin=LHR&destination=JFK&date=2026-12-24&sort=best&cursor=price~1~a",
                "http.parameter_invalid"
            ),
            ("origin=LHR&destination=JFK&date=2026-12-24&departs=noon", "travel.malformed_time"),
            ("origin=LHR&destination=JFK&date=2026-12-24&airlines=B", "travel.malformed_airline"),
            (
                "origin=LHR&destination=JFK&date=2026-12-24&return_date=2026-12-23",
                "flights.dates_out_of_order"
            ),
            ("origin=LON&destination=LHR&date=2026-12-24", "flights.same_airport"),
            (
                "journeys=LHR-JFK-2026-12-01,JFK-LHR-2026-12-02,LHR-JFK-2026-12-03,"
                    + "JFK-LHR-2026-12-04,LHR-JFK-2026-12-05,JFK-LHR-2026-12-06,"
                    + "LHR-JFK-2026-12-07", "flights.journey_count"
            ),
        ])
    func `what cannot be searched for is told`(query: String, code: String) async throws {
        let world = try await TestWorld()
        let response = await get("\(Route.searchFlights.pattern)?\(query)", from: world)
        #expect(response.problemCode == code)
        await world.close()
    }

    @Test func `a month has a price for each day that is on sale`() async throws {
        let world = try await TestWorld()
        let month = try await get(
            "/api/v1/flights/calendar?origin=LHR&destination=FRA&month=2026-12", from: world
        ).json(as: FareCalendarResponse.self)
        #expect(month.days.count == 31 && month.suppliers == ["simulator"])
        #expect(month.sources.map(\.basis) == [.searches] && month.sources[0].days == 31)
        let prices = month.days.compactMap(\.price?.minorUnits)
        #expect(month.cheapest?.price?.minorUnits == prices.min())
        let day = try #require(month.cheapest)
        let found = try await search(
            "origin=LHR&destination=FRA&date=\(day.date)&limit=1", in: world)
        #expect(found.offers.first?.total == day.price)
        // The clock of the test stands at 25 November: the days before are over.
        let rest = try await get(
            "/api/v1/flights/calendar?origin=LHR&destination=FRA&month=2026-11&nights=3",
            from: world
        ).json(as: FareCalendarResponse.self)
        #expect(rest.days.first.map { "\($0.date)" } == "2026-11-25" && rest.days.count == 6)
        let over = await get(
            "/api/v1/flights/calendar?origin=LHR&destination=FRA&month=2026-01", from: world)
        #expect(over.problemCode == "flights.date_out_of_range")
        let wrong = await get(
            "/api/v1/flights/calendar?origin=LHR&destination=FRA&month=december", from: world)
        #expect(wrong.problemCode == "http.parameter_invalid")
        await world.close()
    }

    @Test func `places are found by what is typed`() async throws {
        let world = try await TestWorld()
        let found = try await get("/api/v1/airports?q=londn&limit=3", from: world)
            .json(as: PlacesResponse.self)
        #expect(found.places.map(\.code.text) == ["LON", "LHR", "LGW"])
        #expect(found.places[0].airports.count == 6)
        for query in ["", "q=", "q=a&limit=0", "q=\(String(repeating: "a", count: 61))"] {
            let response = await get("/api/v1/airports?\(query)", from: world)
            #expect(response.status == .badRequest)
        }
        await world.close()
    }

    @Test func `an offer that is read again is as it stands, or a problem`() async throws {
        let world = try await TestWorld()
        let offer = try await world.offer("LHR", "STN")
        let read = await get("/api/v1/offers/\(offer.id)", from: world)
        let priced = try read.json(as: OfferResponse.self).offer
        #expect(priced.total.minorUnits == offer.total.minorUnits + 1_000)
        let gone = try await world.offer("LHR", "LGW")
        #expect(await get("/api/v1/offers/\(gone.id)", from: world).problemCode == "offers.gone")
        #expect(await get("/api/v1/offers/nobody", from: world).problemCode == "offers.unknown")
        world.clock.advance(by: 1_800)
        let late = await get("/api/v1/offers/\(offer.id)", from: world)
        #expect(late.problemCode == "offers.expired")
        await world.close()
    }
}
