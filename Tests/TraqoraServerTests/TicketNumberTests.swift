import Database
import FlightSupply
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Numbers of tickets that come after the order.
@Suite struct TicketNumberTests {
    /// Takes each order, and tells the numbers when it is told to.
    private struct Late: FlightSupplier {
        let tickets = Lock<[String]>([])
        let isDown = Lock(false)

        var name: String { "simulator" }
        func owns(_ id: OfferID) -> Bool { true }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] { [] }
        func price(_ id: OfferID, at now: Instant) async throws -> Offer {
            throw SupplyError.unknownOffer
        }
        func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
            .confirmed(SupplierOrder(reference: "LATE01", tickets: []))
        }
        func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
            -> SupplierOrder?
        {
            if isDown.withLock({ $0 }) { throw .timedOut }
            return SupplierOrder(reference: "LATE01", tickets: tickets.withLock { $0 })
        }
        func cancelOrder(placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError)
        {}
        func airlineName(_ code: AirlineCode) async throws -> String? { nil }
    }

    @Test(arguments: Engine.all)
    func `they are asked for until they are there`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let parts = world.server.parts
        let late = Late()
        let suppliers = Suppliers([late])
        let tickets = TicketNumbers(
            bookings: parts.bookings, suppliers: suppliers, outbox: parts.fulfilment.outbox,
            mail: nil, holder: "test", log: .silent, now: { world.clock.now })
        let own = parts.fulfilment
        let fulfilment = FulfilmentWorker(
            bookings: own.bookings, escrows: own.escrows, update: own.update, outbox: own.outbox,
            suppliers: suppliers, tickets: tickets, chain: own.chain, escrow: own.escrow,
            indexer: own.indexer, holder: "test", log: .silent,
            now: own.now)
        let made = try await world.book()
        _ = try await world.pay(made)
        for _ in 0..<4 {
            for round in [parts.submitter.run, parts.indexer.run, fulfilment.run] {
                _ = try await round()
            }
        }
        let confirmed = try await world.read(made)
        #expect(confirmed.status == .confirmed && confirmed.tickets.isEmpty)
        #expect(confirmed.airlineReference == "LATE01")
        #expect(try await tickets.run() == 0)
        late.isDown.withLock { $0 = true }
        world.clock.advance(by: TicketNumbers.pauseSeconds)
        #expect(try await tickets.run() == 0)
        late.isDown.withLock { $0 = false }
        late.tickets.withLock { $0 = ["125-2400000001"] }
        #expect(try await tickets.run() == 0, "it is not time yet")
        world.clock.advance(by: 2 * TicketNumbers.pauseSeconds)
        #expect(try await tickets.run() == 1)
        #expect(try await world.read(made).tickets == ["125-2400000001"])
        let left: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM outbox WHERE topic = 'tickets'")
        #expect(left == 0)
        await world.close()
    }

    @Test func `they are not asked for when the flight has left, or the booking is given up`()
        async throws
    {
        let world = try await TestWorld()
        let parts = world.server.parts
        let late = Late()
        let tickets = TicketNumbers(
            bookings: parts.bookings, suppliers: Suppliers([late]),
            outbox: parts.fulfilment.outbox, mail: nil, holder: "test", log: .silent,
            now: { world.clock.now })
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        try await world.database.execute("UPDATE bookings SET tickets = NULL")
        try await world.database.transaction { transaction in
            try await tickets.ask(for: made.booking.id, in: transaction)
        }
        late.tickets.withLock { $0 = ["125-2400000001"] }
        let departs = made.booking.itinerary.departs.instant
        world.clock.advance(by: world.clock.now.seconds(until: departs))
        #expect(try await tickets.run() == 0)
        let left: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM outbox WHERE topic = 'tickets'")
        #expect(left == 0)
        await world.close()
    }
}
