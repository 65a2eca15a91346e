import Foundation
import HTTP
import Support
import Telemetry
import Testing
import Travel

@testable import FlightSupply

/// What is read of Duffel's recorded replies, and what is asked.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct DuffelTests {
    @Test func `a recorded offer is read whole`() async throws {
        let world = try await DuffelWorld()
        let offer = try #require(try await world.search().first)
        #expect(offer.id.text == "duffel.off_00009htYpSCXrwaB9DnUm0")
        #expect(offer.supplier == "duffel")
        #expect("\(offer.total)" == "45.00 GBP")
        #expect(offer.taxes.map { "\($0)" } == "40.80 GBP")
        #expect(offer.prices.isEmpty)
        #expect("\(offer.expiresAt)" == "2020-01-17T10:42:14Z")
        let segment = try #require(offer.itinerary.segments.first)
        #expect(segment.flight.description == "BA1234")
        #expect(segment.operatedBy == nil)
        #expect(segment.originTerminal == "B" && segment.destinationTerminal == "5")
        // The recorded duration says 2:26; by the clocks of the two places it is five hours.
        #expect(segment.minutes == 300)
        #expect("\(segment.departs.instant)" == "2020-06-13T15:38:02Z")
        #expect(offer.fare.brand == "Basic" && offer.fare.cabin == .economy)
        #expect(offer.fare.baggage == Baggage(carryOnPieces: 0, checkedPieces: 1))
        #expect(offer.fare.segments?.first?.basis == "OXZ0RO")
        #expect(
            offer.fare.conditions
                == FareConditions(
                    refund: FareTerm(.allowed, penalty: try money("100.00")),
                    change: FareTerm(.allowed, penalty: try money("100.00"))))
        // The penalty is more than the price: the contract must not promise anything.
        #expect(offer.fare.policy == FarePolicy.light.rawValue)
        #expect(try await world.supply.airlineName(AirlineCode(parsing: "BA")) == "British Airways")
        await world.close()
    }

    @Test func `captured offers of two journeys that share an id are one, the first`() async throws
    {
        let world = try await DuffelWorld()
        let offers = try await world.search("capture-offer-request.json")
        #expect(offers.map(\.id.text) == ["duffel.off_0000Ab7taODHxn7GhD8DwK"])
        let offer = try #require(offers.first)
        #expect(
            offer.itinerary.slices.map { "\($0.origin)-\($0.destination)" } == [
                "ASU-PTY", "PTY-ASU",
            ])
        #expect(offer.fare.conditions?.refund == FareTerm(.refused))
        #expect(offer.fare.isRefundable == false)
        #expect(offer.fare.baggage == Baggage(carryOnPieces: 0, checkedPieces: 0))
        // A fraction of a second is dropped, not refused.
        #expect("\(offer.expiresAt)" == "2023-10-25T11:26:21Z")
        await world.close()
    }

    @Test func `a search asks what was searched for`() async throws {
        let world = try await DuffelWorld()
        let legs = [("LHR", "JFK", "2020-06-13"), ("JFK", "LHR", "2020-06-20")]
        let search = try FlightSearch(
            legs.map { from, to, date in
                SearchSlice(
                    origin: try SearchPlace(AirportCode(parsing: from)),
                    destination: try SearchPlace(AirportCode(parsing: to)),
                    date: try LocalDate(parsing: date))
            }, passengers: PassengerCounts(adults: 2, children: 1, infants: 1), cabin: .business,
            connectionsMax: 1, at: DuffelServer.now)
        _ = try await world.supply.offers(for: search, at: DuffelServer.now)
        let asked = try #require(world.server.asked.first)
        #expect(asked.line == "POST /air/offer_requests")
        #expect(asked.query == "return_offers=true&supplier_timeout=60000")
        #expect(asked.headers["Authorization"] == "Bearer duffel_test_key")
        #expect(asked.headers["Duffel-Version"] == "v2")
        #expect(
            asked.body == """
                {"data":{"cabin_class":"business","max_connections":1,"passengers":[\
                {"type":"adult"},{"type":"adult"},{"age":11},{"age":1}],"slices":[\
                {"departure_date":"2020-06-13","destination":"JFK","origin":"LHR"},\
                {"departure_date":"2020-06-20","destination":"LHR","origin":"JFK"}]}}
                """)
        await world.close()
    }

    @Test func `an offer is priced as it stands, and ends`() async throws {
        let world = try await DuffelWorld()
        world.duffel.setTotal("55.00")
        #expect("\(try await world.offer().total)" == "55.00 GBP")
        let id = try OfferID(parsing: "duffel.off_00009htYpSCXrwaB9DnUm0")
        let end = try Instant(parsing: "2020-01-17T10:42:14Z")
        await #expect(throws: SupplyError.offerExpired(end)) {
            try await world.supply.price(id, at: end)
        }
        world.duffel.demandDocuments()
        #expect(try await world.offer().documentsRequired == [.passport])
        world.duffel.sellOut()
        await #expect(throws: SupplyError.offerGone) { try await world.offer() }
        for text in ["duffel.off_other", "duffel.x", "sim1.x", "duffel.off_1..orders"] {
            await #expect(throws: SupplyError.unknownOffer) {
                try await world.supply.price(OfferID(parsing: text), at: DuffelServer.now)
            }
        }
        await world.close()
    }

    @Test func `an order says who flies, what it pays and our reference`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request("0f0f")
        #expect(
            await world.supply.order(request, at: DuffelServer.now)
                == .confirmed(SupplierOrder(reference: "RZPNX8", tickets: ["1252106312810"])))
        let asked = try #require(world.server.asked.last)
        #expect(
            asked.body == """
                {"data":{"metadata":{"traqora_reference":"0f0f"},"passengers":[\
                {"born_on":"1987-07-24","email":"amelia@example.com","family_name":"EARHART",\
                "gender":"f","given_name":"AMELIA","id":"pas_00009hj8USM7Ncg31cBCL",\
                "phone_number":"+442080160509","title":"mrs"}],"payments":[\
                {"amount":"45.00","currency":"GBP","type":"balance"}],\
                "selected_offers":["off_00009htYpSCXrwaB9DnUm0"],"type":"instant"}}
                """)
        let found = try await world.supply.order(placedAs: request, at: DuffelServer.now)
        #expect(found?.reference == "RZPNX8")
        #expect(world.server.asked.last?.query == "passenger_name%5B%5D=EARHART&limit=200")
        await world.close()
    }

    @Test func `an order is given up once, and what is not there is nothing`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        // Before the offer is over, an order that was sent may still turn up.
        await #expect(throws: SupplyError.orderUnconfirmed) {
            try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.now)
        }
        try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.later)
        #expect(world.server.count("POST /air/order_cancellations") == 0)
        _ = await world.supply.order(request, at: DuffelServer.now)
        try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.now)
        #expect(world.duffel.isCancelled)
        #expect(world.server.count("POST /air/order_cancellations") == 2)
        try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.now)
        #expect(world.server.count("POST /air/order_cancellations") == 2)
        await world.close()
    }

    @Test(arguments: ["title", "gender", "email", "phone"])
    func `what the airline has to know is asked for before money is taken`(field: String)
        async throws
    {
        let world = try await DuffelWorld()
        let amelia = try DuffelWorld.amelia()
        let passenger = Passenger(
            name: amelia.name, type: .adult, bornOn: amelia.bornOn,
            title: field == "title" ? nil : .mrs, gender: field == "gender" ? nil : .female,
            email: field == "email" ? nil : amelia.email,
            phone: field == "phone" ? nil : amelia.phone)
        let offer = try await world.offer()
        let error = #expect(throws: SupplyError.self) {
            try world.supply.check([passenger], for: offer)
        }
        #expect(error?.code == "bookings.details_missing")
        #expect(error?.description.contains(field) == true)
        await world.close()
    }

    @Test(arguments: [
        ("allowed", "0.00", FarePolicy.flex), ("allowed", "9.00", .standard),
        ("allowed", "9.01", .light), ("refused", "0.00", .light), ("unknown", "0.00", .light),
    ])
    func `the contract promises no more than the supplier gives back`(
        permission: String, penalty: String, policy: FarePolicy
    ) throws {
        let term = FareTerm(
            try #require(FareTerm.Permission(rawValue: permission)), penalty: try money(penalty))
        #expect(FarePolicy(promising: term, of: try money("45.00")) == policy)
    }

    private func money(_ text: String) throws -> Money {
        try Money(parsing: text, currency: Currency(parsing: "GBP"))
    }
}
