import Database
import HTTP
import Stellar
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct RecoveryTests {
    @Test(
        arguments: Engine.all,
        ["sendTransaction", "getTransaction", "getEvents", "getLedgerEntries"])
    func `answers that get lost cost time, never money`(
        engine: Engine, method: String
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(losingAnswers: [method])
        // Rounds may fail while answers are lost, as a worker's loop lets them.
        for round in [
            world.server.parts.submitter.run, world.server.parts.indexer.run,
            world.server.parts.fulfilment.run,
        ] { _ = try? await round() }
        await world.ledger.set(losingAnswers: [])
        world.clock.advance(by: 120)
        let heir = world.anotherServer()
        try await world.work(heir)
        #expect(try await world.read(made, from: heir).status == .confirmed)
        #expect(await world.ledger.bookings.count == 1)
        #expect(await world.ledger.events.count == 2)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what a process took and never finished is taken over`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        let outbox = Outbox(world.database)
        let taken = try await outbox.take(
            topic: Submitter.topic, limit: 9, for: "a process that dies",
            seconds: Submitter.taskSecondsMax, now: world.clock.now.seconds)
        #expect(taken.count == 1)
        try await world.work()
        #expect(await world.ledger.applied.isEmpty)

        world.clock.advance(by: Submitter.taskSecondsMax)
        let heir = world.anotherServer()
        try await world.work(heir)
        #expect(try await world.read(made, from: heir).status == .confirmed)
        await world.close()
    }

    /// The points between which a process may die: after so many rounds of its workers.
    @Test(arguments: Engine.all, 0...6)
    func `a process that dies after any step leaves a booking that another one finishes`(
        engine: Engine, rounds: Int
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        let parts = world.server.parts
        let steps = [
            parts.submitter.run, parts.indexer.run, parts.fulfilment.run, parts.fulfilment.run,
            parts.indexer.run, parts.fulfilment.run,
        ]
        for step in steps.prefix(rounds) { _ = try await step() }
        // Whatever it held runs out.
        world.clock.advance(by: 2 * BookingOperator.secondsMax)
        let heir = world.anotherServer()
        try await world.work(heir)
        let booking = try await world.read(made, from: heir)
        #expect(booking.status == .confirmed)
        #expect(await world.ledger.state(of: 1) == "ticketed")
        #expect(await world.ledger.applied.count == 2)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `two processes share the work and do nothing twice`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        var made: [CreateBookingResponse] = []
        for _ in 0..<8 {
            // Each has an account of its own: an account has one transaction at a time.
            let key = try KeyPair.random()
            await world.ledger.fund(key.accountID)
            let request = try await world.request(world.offer(), payer: key.address)
            let response = try await world.create(request).json(as: CreateBookingResponse.self)
            _ = try await world.pay(response, world.sign(response.transaction, by: key))
            made.append(response)
        }
        let (one, other) = (world.server, world.anotherServer())
        for _ in 0..<10 {
            async let first: Void? = try? await world.work(one)
            async let second: Void? = try? await world.work(other)
            _ = await (first, second)
            // Whoever found the operator's account in use tries again a little later.
            world.clock.advance(by: 2)
        }
        for response in made {
            #expect(try await world.read(response).status == .confirmed)
        }
        #expect(await world.ledger.bookings.count == 8)
        #expect(await world.ledger.events.count == 16)
        let events: Int? = try await world.database.value("SELECT COUNT(*) FROM chain_events")
        #expect(events == 16)
        let moves: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM fulfilment_journal")
        #expect(moves == 24)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payment that no ledger took in time is given up, and the hold with it`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(isDown: true)
        _ = try? await world.server.parts.submitter.run()
        await world.ledger.set(isDown: false)
        world.clock.advance(by: CreateBooking.holdSecondsMax + TransactionJudge.graceSeconds + 1)
        try await world.work()
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.chain.transactions.map(\.status) == [.failed])
        #expect(booking.chain.transactions.first?.failure?.contains("Nothing was paid") == true)
        #expect(booking.status == .lapsed)
        #expect(await world.ledger.applied.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `money that arrives after its hold is given back, never ordered`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        _ = try await world.server.parts.submitter.run()
        // The hold is let go although the ledger has the money: the indexer was away.
        try await world.server.parts.update.apply(.lapsed, to: made.booking.id)
        try await world.work()
        #expect(try await world.read(made).status == .refunding)
        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        try await world.work()
        #expect(try await world.read(made).status == .refunded)
        #expect(try await world.read(made).tickets.isEmpty)
        await world.close()
    }
}
