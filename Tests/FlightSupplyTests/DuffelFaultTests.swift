import HTTP
import Support
import Telemetry
import Testing
import Travel

@testable import FlightSupply

/// What Duffel, the airlines behind it and the way there can do to us.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct DuffelFaultTests {
    static let search = "POST /air/offer_requests"
    static let place = "POST /air/orders"

    @Test func `a search that is turned away for a moment is asked again`() async throws {
        let world = try await DuffelWorld()
        world.server.fail(
            Self.search,
            .status(
                429, DuffelServer.failure("rate_limit_exceeded"),
                ["Retry-After": "0"]),
            .status(504, DuffelServer.failure("gateway_timeout_error")))
        #expect(try await world.search().count == 1)
        #expect(world.server.count(Self.search) == 3)
        await world.close()
    }

    static let failures: [(SupplierServer.Fault, String, Int)] = [
        (
            .status(429, DuffelServer.failure("rate_limit_exceeded"), ["Retry-After": "300"]),
            "suppliers.throttled", 1
        ),
        (.status(500, DuffelServer.failure("internal_server_error")), "suppliers.failed", 1),
        (.status(504, DuffelServer.failure("gateway_timeout_error")), "suppliers.failed", 3),
        (.page(502), "suppliers.failed", 3), (.page(200), "suppliers.unreadable", 1),
        (.cut, "suppliers.interrupted", 3),
        (.status(401, DuffelServer.failure("expired_access_token")), "suppliers.unauthorized", 1),
        (.status(422, DuffelServer.failure("validation_required")), "suppliers.rejected", 1),
    ]

    @Test(arguments: failures)
    func `a search that fails says how`(
        fault: SupplierServer.Fault, code: String, attempts: Int
    ) async throws {
        let world = try await DuffelWorld()
        world.server.fail(Self.search, fault, fault, fault, fault)
        let error = await #expect(throws: SupplyError.self) { try await world.search() }
        #expect(error?.code == code)
        #expect(world.server.count(Self.search) == attempts)
        await world.close()
    }

    @Test func `who is slow is late for a search, and an order of it is not known`() async throws {
        var world = try await DuffelWorld(searchTimeMax: .milliseconds(500))
        world.server.fail(Self.search, .slow(.seconds(4)))
        await #expect(throws: SupplyError.timedOut) { try await world.search() }
        await world.close()
        world = try await DuffelWorld(orderTimeMax: .milliseconds(500))
        let request = try await world.request()
        world.server.fail(Self.place, .slow(.seconds(4)))
        #expect(
            await world.supply.order(request, at: DuffelServer.now) == .unknown(.timedOut))
        await world.close()
    }

    @Test func `a supplier that is not there was not reached`() async throws {
        let world = try await DuffelWorld(searchTimeMax: .seconds(5))
        await world.server.stop()
        let error = await #expect(throws: SupplyError.self) { try await world.search() }
        #expect(error?.code == "suppliers.unreachable")
        await world.close()
    }

    /// What happens when an order is placed, and what that means: sent once, whatever comes.
    static let orders: [(SupplierServer.Fault, String)] = [
        (.status(422, DuffelServer.gone), "refused"),
        (.status(422, DuffelServer.failure("price_changed", "invalid_state_error")), "refused"),
        (.status(402, DuffelServer.failure("insufficient_balance")), "refused"),
        (.status(422, DuffelServer.failure("airline_unknown", "airline_error")), "unknown"),
        (.status(422, DuffelServer.failure("duplicate_booking", "airline_error")), "unknown"),
        (.status(429, DuffelServer.failure("rate_limit_exceeded")), "not placed"),
        (.status(502, DuffelServer.failure("order_not_created")), "not placed"),
        (.status(500, DuffelServer.failure("internal_server_error")), "unknown"),
        (.status(504, DuffelServer.failure("gateway_timeout_error")), "unknown"),
        (.status(202, "{\"data\": {}}"), "unknown"), (.page(502), "unknown"),
        (.page(200), "unknown"), (.doneThenCut, "unknown"),
    ]

    @Test(arguments: orders)
    func `an order is sent once, and only a certain no is a no`(
        fault: SupplierServer.Fault, expected: String
    ) async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        world.server.fail(Self.place, fault)
        let outcome = await world.supply.order(request, at: DuffelServer.now)
        switch outcome {
        case .confirmed: #expect(expected == "confirmed")
        case .refused: #expect(expected == "refused")
        case .notPlaced: #expect(expected == "not placed")
        case .unknown: #expect(expected == "unknown")
        }
        #expect(world.server.count(Self.place) == 1)
        await world.close()
    }

    @Test func `an order whose answer was lost is found by our reference`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        world.server.fail(Self.place, .doneThenCut)
        guard case .unknown = await world.supply.order(request, at: DuffelServer.now) else {
            Issue.record("it was told")
            return
        }
        #expect(world.duffel.isPlaced)
        let found = try await world.supply.order(placedAs: request, at: DuffelServer.now)
        #expect(found == SupplierOrder(reference: "RZPNX8", tickets: ["1252106312810"]))
        await world.close()
    }

    @Test func `an order that does not turn up is nowhere only when its offer is over`()
        async throws
    {
        let world = try await DuffelWorld()
        let request = try await world.request()
        world.server.fail(Self.place, .status(500, DuffelServer.failure("internal_server_error")))
        _ = await world.supply.order(request, at: DuffelServer.now)
        let end = request.offer.expiresAt.adding(seconds: DuffelSupply.settleSeconds)
        await #expect(throws: SupplyError.orderUnconfirmed) {
            try await world.supply.order(placedAs: request, at: end.adding(seconds: -1))
        }
        #expect(try await world.supply.order(placedAs: request, at: end) == nil)
        // Placed again then, it is refused without being sent: the offer is over.
        #expect(
            await world.supply.order(request, at: end)
                == .refused(.offerExpired(request.offer.expiresAt)))
        #expect(world.server.count(Self.place) == 1)
        await world.close()
    }

    @Test func `a look-up that fails does not say that there is none`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        let faults: [SupplierServer.Fault] = [
            .page(200), .status(500, DuffelServer.failure("internal_server_error")),
            .status(200, "{\"data\": [{\"id\": 1}], \"meta\": null}"),
        ]
        for fault in faults {
            world.server.fail("GET /air/orders", fault)
            await #expect(throws: SupplyError.self) {
                try await world.supply.order(placedAs: request, at: DuffelServer.later)
            }
        }
        await world.close()
    }

    @Test func `what became dearer or was sold meanwhile is not ordered`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        world.duffel.setTotal("45.01")
        let dearer = try Money(parsing: "45.01", currency: request.offer.total.currency)
        #expect(
            await world.supply.order(request, at: DuffelServer.now)
                == .refused(.priceChanged(dearer)))
        world.duffel.sellOut()
        #expect(await world.supply.order(request, at: DuffelServer.now) == .refused(.offerGone))
        world.server.fail("GET /air/offers", .status(500, DuffelServer.failure("x")))
        guard case .notPlaced = await world.supply.order(request, at: DuffelServer.now) else {
            Issue.record("nothing was placed")
            return
        }
        #expect(world.server.count(Self.place) == 0)
        await world.close()
    }

    @Test func `a cancellation that fails says so`() async throws {
        let world = try await DuffelWorld()
        let request = try await world.request()
        _ = await world.supply.order(request, at: DuffelServer.now)
        world.server.fail(
            "POST /air/order_cancellations", .page(502),
            .status(422, DuffelServer.failure("already_cancelled", "invalid_state_error")))
        let error = await #expect(throws: SupplyError.self) {
            try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.now)
        }
        #expect(error?.code == "suppliers.failed")
        try await world.supply.cancelOrder(placedAs: request, at: DuffelServer.now)
        await world.close()
    }
}
