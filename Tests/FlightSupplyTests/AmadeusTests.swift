import Foundation
import HTTP
import Support
import Telemetry
import Testing
import Travel

@testable import FlightSupply

/// What is read of Amadeus' recorded replies, and what is asked.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct AmadeusTests {
    @Test func `a recorded offer is read whole`() async throws {
        let world = try await AmadeusWorld()
        let offer = try #require(try await world.search().first)
        #expect(offer.supplier == "amadeus")
        #expect("\(offer.total)" == "1590.78 EUR")
        #expect(offer.taxes.map { "\($0)" } == "200.78 EUR")
        #expect(offer.prices.map { "\($0.type) \($0.count) \($0.each)" } == ["adult 2 795.39 EUR"])
        #expect(offer.itinerary.segments.map(\.flight.description) == ["TG476", "TG475"])
        // Times are local, without an offset: the airports' clocks make them instants.
        #expect(offer.itinerary.segments.map(\.minutes) == [560, 540])
        #expect("\(offer.itinerary.departs.instant)" == "2020-08-01T00:00:00Z")
        #expect(offer.itinerary.slices[1].dayShift == 1)
        #expect(
            offer.fare.baggage
                == Baggage(carryOnPieces: 0, checkedPieces: 1, checkedKilograms: 30))
        #expect(offer.fare.segments?.map(\.bookingClass) == ["W", "W"])
        #expect(offer.fare.conditions == .unknown && offer.fare.isRefundable == nil)
        #expect(offer.fare.policy == FarePolicy.light.rawValue)
        #expect(offer.seatsLeft == 9)
        #expect(offer.expiresAt == AmadeusWorld.now.adding(seconds: 1_200))
        #expect(
            try await world.supply.airlineName(AirlineCode(parsing: "TG"))
                == "Thai Airways International")
        await world.close()
    }

    @Test func `a search asks what was searched for, with one token for all`() async throws {
        let world = try await AmadeusWorld()
        async let one = world.search()
        async let other = world.search()
        _ = try await (one, other)
        #expect(world.server.count("POST /v1/security") == 1)
        let token = try #require(world.server.asked.first)
        #expect(
            token.body
                == "grant_type=client_credentials&client_id=our%20name&client_secret=our%26key")
        let asked = try #require(world.server.asked.last)
        #expect(asked.headers["Authorization"] == "Bearer token1")
        #expect(asked.headers["X-HTTP-Method-Override"] == "GET")
        #expect(
            asked.body == """
                {"currencyCode":"USD","originDestinations":[{"departureDateTimeRange":\
                {"date":"2020-08-01"},"destinationLocationCode":"BKK","id":"1",\
                "originLocationCode":"SYD"},{"departureDateTimeRange":{"date":"2020-08-05"},\
                "destinationLocationCode":"SYD","id":"2","originLocationCode":"BKK"}],\
                "searchCriteria":{"flightFilters":{"cabinRestrictions":[{"cabin":"ECONOMY",\
                "coverage":"MOST_SEGMENTS","originDestinationIds":["1","2"]}],\
                "connectionRestriction":{"maxNumberOfConnections":2}},"maxFlightOffers":100},\
                "sources":["GDS"],"travelers":[{"id":"1","travelerType":"ADULT"},\
                {"id":"2","travelerType":"ADULT"}]}
                """)
        await world.close()
    }

    @Test func `an offer is shown again as it came, and its rules come with the price`()
        async throws
    {
        let world = try await AmadeusWorld()
        let offer = try await world.priced()
        let asked = try #require(world.server.asked.last)
        let body = try JSONSerialization.jsonObject(with: Data(asked.body.utf8)) as? NSDictionary
        let sent = (body?["data"] as? NSDictionary)?["flightOffers"] as? NSArray
        let recorded = try Recorded.object("amadeus/flight_offers_search_v2_get.json")
        #expect(sent == recorded["data"] as? NSArray)
        #expect("\(offer.total)" == "2778.98 USD")
        #expect(offer.passengers == (try PassengerCounts(adults: 1, children: 1)))
        #expect(offer.itinerary.slices.map(\.connections) == [1, 1])
        // Business there, economy back: what holds for the whole trip is the lesser.
        #expect(offer.fare.cabin == .economy && offer.fare.baggage.checkedPieces == 2)
        #expect(offer.fare.segments?.map(\.cabin) == [.business, .business, .economy, .economy])
        #expect(
            offer.fare.notes == [FareNote(title: "PENALTIES", text: "CANCELLATIONS ANY TIME")])
        // Priced again it is good for longer, under the name it has now.
        let later = AmadeusWorld.now.adding(seconds: 600)
        let again = try await world.supply.price(offer.id, at: later)
        #expect(again.expiresAt == later.adding(seconds: 1_200))
        await world.close()
    }

    static let rules: [(String, FareTerm.Permission, String?, FarePolicy)] = [
        (#"{"category": "REFUND", "notApplicable": true}"#, .refused, nil, .light),
        (#"{"category": "REFUND", "maxPenaltyAmount": "0.00"}"#, .allowed, "0.00", .flex),
        (#"{"category": "REFUND", "maxPenaltyAmount": "200.00"}"#, .allowed, "200.00", .standard),
        (#"{"category": "REFUND"}"#, .allowed, nil, .light),
        (#"{"category": "EXCHANGE"}"#, .unknown, nil, .light),
    ]

    @Test(arguments: rules)
    func `structured rules become terms`(
        rule: String, permission: FareTerm.Permission, penalty: String?, policy: FarePolicy
    ) async throws {
        let world = try await AmadeusWorld()
        try world.setFareRules(#"{"currency": "USD", "rules": [\#(rule)]}"#)
        let fare = try await world.priced().fare
        #expect(fare.conditions?.refund.permission == permission)
        #expect(fare.conditions?.refund.penalty?.amount == penalty)
        #expect(fare.policy == policy.rawValue)
        await world.close()
    }

    @Test func `an order says who flies, and is given up by its own name`() async throws {
        let world = try await AmadeusWorld()
        let request = try await world.request(airlineReference: "QVH2BX")
        #expect(
            await world.supply.order(request, at: AmadeusWorld.now)
                == .confirmed(SupplierOrder(reference: "QVH2BX", tickets: [])))
        let asked = try #require(world.server.asked.last)
        let travelers = """
            "travelers":[{"contact":{"emailAddress":"amelia@example.com","phones":[\
            {"countryCallingCode":"44","deviceType":"MOBILE","number":"2080160509"}]},\
            "dateOfBirth":"2012-10-11","gender":"FEMALE","id":"2",\
            "name":{"firstName":"GRACE","lastName":"EARHART"}},
            """
        #expect(asked.body.contains(travelers.trimmingCharacters(in: .newlines)))
        #expect(asked.body.contains(#""text":"TRAQORA 0f0f""#))
        let found = try await world.supply.order(placedAs: request, at: AmadeusWorld.now)
        #expect(found?.reference == "2ZYVAL")
        try await world.supply.cancelOrder(placedAs: request, at: AmadeusWorld.now)
        #expect(world.server.count("DELETE ") == 1)
        try await world.supply.cancelOrder(placedAs: request, at: AmadeusWorld.now)
        #expect(world.server.count("DELETE ") == 1)
        #expect(try await world.supply.order(placedAs: request, at: AmadeusWorld.now) == nil)
        await world.close()
    }
}
