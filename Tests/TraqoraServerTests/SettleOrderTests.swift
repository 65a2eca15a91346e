import Database
import FlightSupply
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Orders whose supplier never said what became of them.
@Suite struct SettleOrderTests {
    /// Takes orders without a word, and knows them by what it calls them.
    private struct Silent: FlightSupplier {
        let traces = Lock<[String?]>([])
        let known = Lock<SupplierOrder?>(nil)
        let trace: String?

        var name: String { "simulator" }
        func owns(_ id: OfferID) -> Bool { true }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] { [] }
        func price(_ id: OfferID, at now: Instant) async throws -> Offer {
            throw SupplyError.unknownOffer
        }
        func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
            .unknown(.timedOut, trace: trace)
        }
        func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
            -> SupplierOrder?
        {
            traces.withLock { $0.append(request.trace) }
            guard request.trace != nil, let order = known.withLock({ $0 }) else {
                throw .orderUnconfirmed
            }
            return order
        }
        func order(called reference: String, placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError) -> SupplierOrder?
        {
            known.withLock { $0?.reference == reference ? $0 : nil }
        }
        func cancelOrder(placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError)
        {}
        func airlineName(_ code: AirlineCode) async throws -> String? { nil }
    }

    private func worker(_ world: TestWorld, _ silent: Silent) -> FulfilmentWorker {
        let own = world.server.parts.fulfilment
        return FulfilmentWorker(
            bookings: own.bookings, escrows: own.escrows, update: own.update, outbox: own.outbox,
            suppliers: Suppliers([silent]), tickets: own.tickets, changes: own.changes,
            chain: own.chain,
            escrow: own.escrow, indexer: own.indexer, holder: "test", log: .silent, now: own.now)
    }

    private func settle(_ world: TestWorld, _ silent: Silent) -> SettleOrder {
        let parts = world.server.parts
        return SettleOrder(
            bookings: parts.bookings, suppliers: Suppliers([silent]), update: parts.update,
            tickets: parts.tickets, now: { world.clock.now })
    }

    /// Paid and ordered, without an answer.
    private func uncertain(_ world: TestWorld, _ worker: FulfilmentWorker) async throws
        -> CreateBookingResponse
    {
        let made = try await world.book()
        _ = try await world.pay(made)
        let parts = world.server.parts
        for _ in 0..<3 {
            for round in [parts.submitter.run, parts.indexer.run, worker.run] {
                _ = try await round()
            }
        }
        #expect(try await world.read(made).fulfilment == .uncertain)
        return made
    }

    @Test(arguments: Engine.all)
    func `what was left of an answer is kept, and the order found by it`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let silent = Silent(trace: "its-own-name")
        let worker = worker(world, silent)
        let made = try await uncertain(world, worker)
        #expect(silent.traces.withLock { $0 } == ["its-own-name"])
        _ = try await worker.run()
        #expect(silent.traces.withLock { $0.count } == 1, "it is asked again later, not at once")
        silent.known.withLock { $0 = SupplierOrder(reference: "FOUND1", tickets: ["1"]) }
        world.clock.advance(by: FulfilmentWorker.findSeconds)
        for _ in 0..<3 {
            _ = try await worker.run()
            _ = try await world.server.parts.indexer.run()
        }
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed && booking.airlineReference == "FOUND1")
        await world.close()
    }

    @Test func `an order without a word is looked for less and less often`() async throws {
        let world = try await TestWorld()
        let silent = Silent(trace: nil)
        let worker = worker(world, silent)
        _ = try await uncertain(world, worker)
        for _ in 0..<400 {
            world.clock.advance(by: FulfilmentWorker.findSeconds)
            _ = try await worker.run()
        }
        let count = silent.traces.withLock { $0.count }
        #expect((15...40).contains(count), "in 2,000 seconds \(count) times")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what people found at the airline is looked up before it counts`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let silent = Silent(trace: nil)
        let made = try await uncertain(world, worker(world, silent))
        let settle = settle(world, silent)
        let row = try await settle.uncertain(made.booking.id)
        await #expect(
            throws: ProblemCode.orderNotOurs.problem(
                "The supplier has no order of these passengers under that reference.")
        ) { try await settle.found("FOUND1", for: row) }
        #expect(try await world.read(made).fulfilment == .uncertain)
        silent.known.withLock { $0 = SupplierOrder(reference: "FOUND1", tickets: ["1"]) }
        try await settle.found("FOUND1", for: row)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed && booking.airlineReference == "FOUND1")
        await #expect(throws: (any Error).self) { try await settle.uncertain(made.booking.id) }
        await world.close()
    }

    @Test func `where there is none, the money goes back, and who said so is written down`()
        async throws
    {
        let world = try await TestWorld()
        let made = try await uncertain(world, worker(world, Silent(trace: nil)))
        let server = world.administeredServer()
        let places = ["id": made.booking.id.text]
        for body in [
            SettleOrderRequest(), SettleOrderRequest(isAbsent: false),
            SettleOrderRequest(reference: "X1", isAbsent: nil),
            SettleOrderRequest(reference: "FOUND1", isAbsent: true),
        ] {
            let refused = try await world.administer(.settleOrder, server, places, body: body)
            #expect(refused.problemCode == "http.parameter_invalid")
        }
        let answer = try await world.administer(
            .settleOrder, server, places, body: SettleOrderRequest(isAbsent: true))
        #expect(try answer.json(as: BookingSummary.self).status == .refunding)
        let again = try await world.administer(
            .settleOrder, server, places, body: SettleOrderRequest(isAbsent: true))
        #expect(again.problemCode == "orders.not_uncertain")
        let audit = try await world.administer(.audit, server).json(as: AuditResponse.self)
        #expect(audit.entries.contains { $0.action == "admin.order_absent" })
        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        try await world.work()
        #expect(try await world.read(made).status == .refunded)
        await world.close()
    }
}
