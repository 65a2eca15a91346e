import Database
import FlightSupply
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// Bookings on the edges of what is known: late, lost, doubled, read anew.
@Suite(.serialized) struct BookingCertaintyTests {
    private func order(_ made: CreateBookingResponse, _ world: TestWorld) async throws
        -> SupplierOrder?
    {
        let parts = world.server.parts
        let row = try #require(try await parts.bookings.find(made.booking.id))
        return try await parts.supplier.order(placedAs: row.order, at: world.clock.now)
    }

    /// Booked, paid, and read of.
    private func paid(_ world: TestWorld, from: String = "LHR", to: String = "JFK") async throws
        -> CreateBookingResponse
    {
        let made = try await world.book(from, to)
        _ = try await world.pay(made)
        _ = try await world.server.parts.submitter.run()
        _ = try await world.server.parts.indexer.run()
        return made
    }

    @Test(arguments: Engine.all, [60, 61])
    func `nothing is ordered whose ticket would come too late, and the money goes back`(
        engine: Engine, secondsLeft: Int64
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await paid(world)
        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow) - secondsLeft)
        _ = try await world.server.parts.fulfilment.run()
        #expect(try await (order(made, world) != nil) == (secondsLeft > 60))
        if secondsLeft > 60 { return await world.close() }
        #expect(try await world.read(made).status == .refunding)
        world.clock.advance(by: secondsLeft)
        try await world.work()
        #expect(try await world.read(made).status == .refunded)
        #expect(try await order(made, world) == nil)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `seats that were given up on the ledger are not ordered`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        var request = try world.request(await world.offer("LHR", "JFK", "&adults=2"))
        request.passengers.append(
            Passenger(
                name: try PassengerName(given: "Grace", family: "Hopper"), type: .adult,
                bornOn: try LocalDate(parsing: "1986-12-09")))
        let made = try await world.create(request).json(as: CreateBookingResponse.self)
        _ = try await world.pay(made)
        _ = try await world.server.parts.submitter.run()
        var booking = try #require(await world.ledger.bookings[1])
        booking.seats = 1
        await world.ledger.add(booking, as: 1)
        await world.ledger.add(
            .init(
                ledger: 101, hash: Hash(fitting: [5]),
                topics: [.symbol("cancelled"), .u64(1), .address(booking.passenger)],
                value: .structure([
                    "fee": Int128(0).scVal, "penalty": Int128(0).scVal,
                    "refund": booking.price.scVal, "seats": .u32(1), "seats_left": .u32(1),
                ])))
        #expect(try await world.server.parts.indexer.run() == 2)
        _ = try await world.server.parts.fulfilment.run()
        #expect(try await order(made, world) == nil)
        #expect(try await world.read(made).status == .refunding)
        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        try await world.work()
        #expect(try await world.read(made).status == .refunded)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a ticket that a server swallowed is told to the ledger again`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await paid(world)
        let fulfilment = world.server.parts.fulfilment
        _ = try await fulfilment.run()
        #expect(try await order(made, world) != nil)
        await world.ledger.set(lie: .swallows)
        _ = try await fulfilment.run()
        await world.ledger.set(lie: nil)
        try await world.work()
        #expect(try await world.read(made).status == .confirming)
        world.clock.advance(by: FulfilmentWorker.echoSeconds)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        let left: Int? = try await world.database.value("SELECT COUNT(*) FROM outbox")
        #expect(left == 0)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a ticket is not forgotten while the ledger is read anew`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await paid(world)
        let fulfilment = world.server.parts.fulfilment
        _ = try await fulfilment.run()
        try await world.server.rebuildEscrow()
        _ = try await fulfilment.run()
        world.clock.advance(by: 10)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        #expect(await world.ledger.bookings.count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an order that came through after its booking had ended is cancelled`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await paid(world)
        let parts = world.server.parts
        // One process hears of the money, takes the order, and is slow.
        let row = try #require(try await parts.bookings.find(made.booking.id))
        try await parts.update.apply(.paid, to: made.booking.id)
        let taken = try await Outbox(world.database).take(
            topic: FulfilmentTask.topic, limit: 1, for: "a process that dies",
            seconds: FulfilmentWorker.taskSecondsMax, now: world.clock.now.seconds)
        #expect(taken.count == 1)
        await world.ledger.cancel(1)
        try await world.work()
        #expect(try await world.read(made).status == .cancelled)
        // Now it comes through at the supplier, and the process dies.
        guard case .confirmed = await parts.supplier.order(row.order, at: world.clock.now) else {
            Issue.record("not ordered")
            return
        }
        #expect(try await order(made, world) != nil)
        world.clock.advance(by: FulfilmentWorker.taskSecondsMax)
        try await world.work()
        #expect(try await order(made, world) == nil)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an answer that stays out after the end leaves an order that is looked for and cancelled`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await paid(world)
        let parts = world.server.parts
        for event in [Fulfilment.Event.paid, .cancelled] {
            try await parts.update.apply(event, to: made.booking.id)
        }
        try await world.database.execute("DELETE FROM outbox")
        #expect(try await parts.update.apply(.unanswered, to: made.booking.id) == .cancelled)
        let tasks = try await Outbox(world.database).take(
            topic: FulfilmentTask.topic, limit: 9, for: "me", seconds: 9,
            now: world.clock.now.seconds
        ).map { try JSONDecoder().decode(FulfilmentTask.self, from: Data($0.payload)) }
        #expect(tasks.map(\.action) == [.cancelOrder])
        await world.close()
    }

    @Test(arguments: Engine.all, ["settled", "disputed"])
    func `who was away when there was a ticket learns of it from what came after`(
        engine: Engine, end: String
    ) async throws {
        let airline = try await AirlineWorld(engine)
        let made = try await airline.book(5)
        if end == "disputed" {
            try await airline.dispute(5)
        } else {
            let passenger = SCVal.address(.account(airline.world.traveller.accountID))
            await airline.tell(
                ScriptedLedger.contract, "ticketed", [.u64(5), passenger],
                .structure(["ticket_hash": Hash.zero.scVal]))
            await airline.tell(
                ScriptedLedger.contract, "settled", [.u64(5), passenger],
                .structure(["fee": Int128(1).scVal, "seller": Int128(2).scVal]))
            _ = try await airline.server.parts.indexer.run()
        }
        _ = try await airline.server.parts.fulfilment.run()
        let booking = try await airline.world.read(made)
        #expect(booking.fulfilment == .ticketed)
        #expect(booking.status == (end == "settled" ? .completed : .disputed))
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `while one payment is on its way no other is taken`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let headers: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        let offered = try await world.post(
            .payBooking, made.booking.id, SigningRequest(sponsored: true), headers: headers
        ).json(as: UnsignedAuthorizationResponse.self)
        #expect(try await world.pay(made).status == .accepted)
        let signed = try SorobanAuthorizationEntry(base64: offered.authorization)
            .signed(
                by: world.traveller, until: offered.expirationLedger,
                on: ScriptedLedger.network
            ).base64()
        let second = try await world.post(
            .payBooking, made.booking.id, SigningRequest(authorization: signed), headers: headers)
        #expect(second.problemCode == "bookings.already_paid")
        // The first one again is the same payment.
        #expect(try await world.pay(made).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.applied])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `two processes send overdue money back once`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await paid(world, from: "LGW", to: "LHR")
        _ = try await world.server.parts.fulfilment.run()
        #expect(try await world.read(made).status == .refunding)
        let other = world.anotherServer()
        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        await world.ledger.set(delay: .milliseconds(30))
        let before = await world.ledger.applied.count
        async let first = world.server.parts.expirer.run()
        async let second = other.parts.expirer.run()
        async let third = world.server.parts.fulfilment.run()
        _ = try await (first, second, third)
        #expect(await world.ledger.applied.count == before + 1)
        try await world.work()
        #expect(try await world.read(made).status == .refunded)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `tokens that pile up beyond counting stop nobody's money`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let somebody = SCVal.address(.account(world.traveller.accountID))
        let junk = SCVal.address(.contract(Hash(fitting: [66])))
        for _ in 0..<3 {
            await world.ledger.add(
                .init(
                    ledger: 100, hash: Hash(fitting: [6]),
                    topics: [.symbol("credited"), somebody, junk],
                    value: Int128(9_000_000_000_000_000_000).scVal))
        }
        #expect(try await world.server.parts.indexer.run() == 3)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }
}
