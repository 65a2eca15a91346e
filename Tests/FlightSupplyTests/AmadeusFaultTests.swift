import HTTP
import Support
import Telemetry
import Testing
import Travel

@testable import FlightSupply

/// What Amadeus and the way there can do to us.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct AmadeusFaultTests {
    static let search = "POST /v2/shopping"
    static let place = "POST /v1/booking/flight-orders"

    static let failures: [(SupplierServer.Fault, String, Int)] = [
        (
            .status(429, AmadeusWorld.failure(38_194), ["Retry-After": "300"]),
            "suppliers.throttled", 1
        ),
        (.status(429, AmadeusWorld.failure(38_195)), "suppliers.quota_used_up", 1),
        (.status(500, AmadeusWorld.failure("141", "SYSTEM ERROR")), "suppliers.failed", 1),
        (.status(504, ""), "suppliers.failed", 3), (.page(502), "suppliers.failed", 3),
        (.page(200), "suppliers.unreadable", 1), (.cut, "suppliers.interrupted", 3),
        (.status(400, AmadeusWorld.failure(425)), "suppliers.rejected", 1),
        (.status(403, AmadeusWorld.failure("38197")), "suppliers.unauthorized", 2),
        (.status(200, #"{"data": [{"id": "1"}]}"#), "suppliers.unreadable", 1),
    ]

    @Test(arguments: failures)
    func `a search that fails says how`(
        fault: SupplierServer.Fault, code: String, attempts: Int
    ) async throws {
        let world = try await AmadeusWorld()
        world.server.fail(Self.search, fault, fault, fault, fault)
        let error = await #expect(throws: SupplyError.self) { try await world.search() }
        #expect(error?.code == code)
        #expect(world.server.count(Self.search) == attempts)
        await world.close()
    }

    @Test func `nothing found is no failure`() async throws {
        let world = try await AmadeusWorld()
        world.server.fail(Self.search, .status(200, #"{"meta": {"count": 0}, "data": []}"#))
        #expect(try await world.search().isEmpty)
        await world.close()
    }

    @Test func `a token that is taken no more is changed, and our key may be wrong`() async throws {
        let world = try await AmadeusWorld()
        _ = try await world.search()
        world.server.fail(Self.search, .status(401, AmadeusWorld.failure(38_192)))
        #expect(try await world.search().count == 1)
        #expect(world.server.asked.last?.headers["Authorization"] == "Bearer token2")
        let refusal = #"{"error": "invalid_client", "code": 38187, "title": "Invalid parameters"}"#
        world.server.fail(Self.search, .status(401, AmadeusWorld.failure(38_192)))
        world.server.fail("POST /v1/security", .status(401, refusal))
        let error = await #expect(throws: SupplyError.self) { try await world.search() }
        #expect(error?.code == "suppliers.unauthorized")
        #expect(error?.description.contains("our&key") == false)
        await world.close()
    }

    @Test func `an offer that is off the shelf, over or never was cannot be priced`() async throws {
        let world = try await AmadeusWorld()
        let offer = try #require(try await world.search().first)
        await #expect(throws: SupplyError.offerExpired(offer.expiresAt)) {
            try await world.supply.price(offer.id, at: offer.expiresAt)
        }
        world.server.fail(
            "POST /v1/shopping", .status(400, AmadeusWorld.failure(34_651)),
            .status(200, #"{"data": {"flightOffers": []}}"#))
        for _ in 0..<2 {
            await #expect(throws: SupplyError.offerGone) {
                try await world.supply.price(offer.id, at: AmadeusWorld.now)
            }
        }
        let other = offer.id.text.replacing(".0.", with: ".7.")
        for text in [other, "amadeus.x.0.1", "amadeus.\(String(repeating: "0", count: 32)).0.01"] {
            let error = await #expect(throws: SupplyError.self) {
                try await world.supply.price(OfferID(parsing: text), at: AmadeusWorld.now)
            }
            #expect(error == (text == other ? .offerGone : .unknownOffer))
        }
        world.kept.withLock { $0 = [:] }
        await #expect(throws: SupplyError.offerGone) {
            try await world.supply.price(offer.id, at: AmadeusWorld.now)
        }
        await world.close()
    }

    static let orders: [(SupplierServer.Fault, String)] = [
        (.status(400, AmadeusWorld.failure(34_651, "SEGMENT SELL FAILURE")), "refused"),
        (.status(400, AmadeusWorld.failure(37_200, "PRICE DISCREPANCY")), "refused"),
        (.status(400, AmadeusWorld.failure(477)), "refused"),
        (.status(429, AmadeusWorld.failure(38_194)), "not placed"),
        (.status(500, AmadeusWorld.failure(141)), "unknown"), (.status(504, ""), "unknown"),
        (.page(502), "unknown"), (.page(200), "unknown"), (.doneThenCut, "unknown"),
        (.status(201, #"{"data": {"id": "x"}}"#), "unknown"),
    ]

    @Test(arguments: orders)
    func `an order is sent once, and only a certain no is a no`(
        fault: SupplierServer.Fault, expected: String
    ) async throws {
        let world = try await AmadeusWorld()
        let request = try await world.request()
        world.server.fail(Self.place, fault)
        switch await world.supply.order(request, at: AmadeusWorld.now) {
        case .confirmed: #expect(expected == "confirmed")
        case .refused: #expect(expected == "refused")
        case .notPlaced: #expect(expected == "not placed")
        case .unknown: #expect(expected == "unknown")
        }
        #expect(world.server.count(Self.place) == 1)
        await world.close()
    }

    @Test func `who is slow leaves an order unknown until the airline has dropped it`()
        async throws
    {
        let world = try await AmadeusWorld(orderTimeMax: .milliseconds(500))
        let request = try await world.request()
        world.server.fail(Self.place, .slow(.seconds(4)))
        #expect(await world.supply.order(request, at: AmadeusWorld.now) == .unknown(.timedOut))
        let dropped = request.offer.expiresAt.adding(seconds: 2 * 86_400)
        for time in [AmadeusWorld.now, dropped.adding(seconds: -1)] {
            await #expect(throws: SupplyError.orderUnconfirmed) {
                try await world.supply.order(placedAs: request, at: time)
            }
            await #expect(throws: SupplyError.orderUnconfirmed) {
                try await world.supply.cancelOrder(placedAs: request, at: time)
            }
        }
        #expect(try await world.supply.order(placedAs: request, at: dropped) == nil)
        // Placed again then, it is refused without being sent.
        #expect(
            await world.supply.order(request, at: dropped)
                == .refused(.offerExpired(request.offer.expiresAt)))
        #expect(world.server.count(Self.place) == 1)
        await world.close()
    }

    @Test func `a cancellation that fails says so`() async throws {
        let world = try await AmadeusWorld()
        let request = try await world.request(airlineReference: "2ZYVAL")
        _ = await world.supply.order(request, at: AmadeusWorld.now)
        world.server.fail("DELETE ", .page(502))
        let error = await #expect(throws: SupplyError.self) {
            try await world.supply.cancelOrder(placedAs: request, at: AmadeusWorld.now)
        }
        #expect(error?.code == "suppliers.failed")
        world.server.fail("GET /v1/booking", .page(502), .page(502), .page(502))
        await #expect(throws: SupplyError.self) {
            try await world.supply.order(placedAs: request, at: AmadeusWorld.now)
        }
        await world.close()
    }
}
