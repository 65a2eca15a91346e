import Database
import FlightSupply
import Foundation
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
        let isSlow = Lock(false)

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
            if isSlow.withLock({ $0 }) { try? await Task.sleep(for: .seconds(100)) }
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
            suppliers: suppliers, tickets: tickets, changes: own.changes, chain: own.chain,
            escrow: own.escrow,
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

    /// A booking that was ticketed without numbers, and a task to ask for them.
    private func waiting(_ world: TestWorld, _ tickets: TicketNumbers) async throws
        -> CreateBookingResponse
    {
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        try await world.database.execute("UPDATE bookings SET tickets = NULL")
        try await world.database.transaction { transaction in
            try await tickets.ask(for: made.booking.id, in: transaction)
        }
        return made
    }

    @Test(arguments: Engine.all)
    func `a booking that cannot be read now is not forgotten`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let late = Late()
        late.tickets.withLock { $0 = ["125-2400000001"] }
        let tickets = TicketNumbers(
            bookings: world.server.parts.bookings, suppliers: Suppliers([late]),
            outbox: world.server.parts.fulfilment.outbox, mail: nil, holder: "test", log: .silent,
            now: { world.clock.now })
        let made = try await waiting(world, tickets)
        let salt: [UInt8]? = try await world.database.value("SELECT salt FROM bookings")
        try await world.database.execute(
            "UPDATE bookings SET salt = \([UInt8](repeating: 0, count: 60))")
        #expect(try await tickets.run() == 0)
        try await world.database.execute("UPDATE bookings SET salt = \(salt)")
        world.clock.advance(by: TicketNumbers.pauseSeconds)
        #expect(try await tickets.run() == 1)
        #expect(try await world.read(made).tickets == ["125-2400000001"])
        await world.close()
    }

    @Test func `a supplier that takes too long is given up before anybody else asks`() async throws
    {
        let world = try await TestWorld()
        let late = Late()
        late.isSlow.withLock { $0 = true }
        let tickets = TicketNumbers(
            bookings: world.server.parts.bookings, suppliers: Suppliers([late]),
            outbox: world.server.parts.fulfilment.outbox, mail: nil, holder: "test", log: .silent,
            now: { world.clock.now }, lookUpTimeMax: .milliseconds(50))
        _ = try await waiting(world, tickets)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await tickets.run() == 0)
        #expect(clock.now - start < .seconds(50))
        let reason: String? = try await world.database.value(
            "SELECT last_error FROM outbox WHERE topic = 'tickets'")
        #expect(reason == "no numbers yet")
        await world.close()
    }

    @Test func `how old somebody is does not lie about unsealed`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        let row = try #require(try await world.server.parts.bookings.find(made.booking.id))
        var offer = row.booking.offer
        offer.ages = [4, 15]
        let booking = Booking(
            id: row.booking.id, locator: row.booking.locator, offer: offer,
            passengers: row.booking.passengers, payer: row.booking.payer,
            price: row.booking.price, conversion: row.booking.conversion,
            holdExpires: row.booking.holdExpires, createdAt: row.booking.createdAt)
        let text = String(decoding: try JSONEncoder().encode(StoredOffer(booking)), as: UTF8.self)
        #expect(!text.contains("ages") && text.contains(offer.id.text))
        await world.close()
    }
}
