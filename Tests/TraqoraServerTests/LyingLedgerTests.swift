import Database
import FlightSupply
import HTTP
import Stellar
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A server that says what is not so: what can be checked is checked, what cannot be is waited for,
/// and whatever it says, nothing is paid or ordered twice.
@Suite struct LyingLedgerTests {
    private func worked(_ world: TestWorld, rounds: Int = 3) async {
        await world.workOn(world.server.parts.submitter.run, rounds: rounds)
    }

    @Test(arguments: Engine.all, [ScriptedLedger.Lie.mixesUp, .contradicts, .hidesEvents])
    func `what cannot be so is asked for again, and what is true is heard in the end`(
        engine: Engine, lie: ScriptedLedger.Lie
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(lie: lie)
        await worked(world)
        // What the contract tells is true; of what is said of the transaction nothing is believed.
        if lie == .hidesEvents {
            #expect(try await world.read(made).status == .awaitingPayment)
            #expect(try await !world.hasOrder(made))
        }
        await world.ledger.set(lie: nil)
        world.clock.advance(by: 120)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(await world.ledger.bookings.count == 1)
        #expect(await world.ledger.events.count == 2)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payment that is said to be in a ledger and is in none buys nothing`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(lie: .swallows)
        await worked(world)
        let told = try await world.read(made)
        #expect(told.chain.transactions.map(\.status) == [.applied])
        #expect(told.status == .awaitingPayment)
        #expect(try await !world.hasOrder(made))
        // Its ledger has been read and it is not there: the seats need not wait for it for ever.
        await world.ledger.set(lie: nil)
        world.clock.advance(by: CreateBooking.holdSecondsMax + Expirer.graceSeconds + 1)
        try await world.work()
        #expect(try await world.read(made).status == .lapsed)
        #expect(await world.ledger.bookings.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payment that a server denies counts once the contract tells of it`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(lie: .forgets)
        let submitter = world.server.parts.submitter
        for _ in 0..<3 {
            _ = try await submitter.run()
            world.clock.advance(by: 1)
        }
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.failed])
        // Who believes that it failed and asks for another one gets none: the quote is used.
        let again = try await world.post(
            .payBooking, made.booking.id, headers: ["Authorization": "Bearer \(made.token)"])
        #expect(again.problemCode == "payments.refused_by_contract", "\(again)")
        await world.ledger.set(lie: nil)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(booking.chain.transactions.first?.failure == nil)
        #expect(await world.ledger.bookings.count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `events in the wrong order are not read at all`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        let parts = world.server.parts
        // Two events: paid, and cancelled by the traveller.
        _ = try await parts.submitter.run()
        await world.ledger.cancel(1)
        await world.ledger.set(lie: .reversesEvents)
        await #expect(throws: Indexer.Fault.unknownBooking(1)) { try await parts.indexer.run() }
        #expect(try await world.read(made).escrow == .unpaid)
        await world.ledger.set(lie: nil)
        #expect(try await parts.indexer.run() == 2)
        try await world.work()
        #expect(try await world.read(made).status == .cancelled)
        #expect(try await !world.hasOrder(made))
        await world.close()
    }

    @Test(arguments: Engine.all, [ScriptedLedger.Lie.invents, .failedCall])
    func `for a payment that nobody made nothing is ordered`(
        engine: Engine, lie: ScriptedLedger.Lie
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        await world.ledger.set(lie: lie)
        await worked(world, rounds: 5)
        #expect(try await !world.hasOrder(made))
        #expect(await world.ledger.applied.isEmpty)
        let booking = try await world.read(made)
        #expect(booking.tickets.isEmpty)
        #expect(booking.status == (lie == .invents ? .confirming : .awaitingPayment))
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an invented payment stops the reading, and reading anew finds the true one`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        let parts = world.server.parts
        await world.ledger.set(lie: .invents)
        #expect(try await parts.indexer.run() == 1)
        _ = try? await parts.fulfilment.run()
        #expect(try await !world.hasOrder(made))
        await world.ledger.set(lie: nil)
        _ = try await parts.submitter.run()
        // What was said in its place, or two payments of one quote: the reading does not go on.
        let read = try? await parts.indexer.run()
        #expect((read ?? 0) == 0)
        try await world.server.rebuildEscrow()
        world.clock.advance(by: 120)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        #expect(await world.ledger.bookings.count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all, [0, UInt32.max])
    func `a ledger of which there is none is not kept`(engine: Engine, ledger: UInt32) async throws
    {
        let world = try await TestWorld(engine)
        await world.ledger.set(sequence: ledger)
        await #expect(throws: Indexer.Fault.noLedger(ledger)) {
            try await world.server.parts.indexer.run()
        }
        await world.ledger.set(sequence: 100)
        _ = try await world.server.parts.indexer.run()
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a key that another took over makes no second booking`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let keys = IdempotencyRepository(database: world.database)
        let (first, second) = (try await world.book(), try await world.book())
        let now = world.clock.now
        _ = try await keys.claim(key: [1], request: [2], salt: [3], now: now)
        _ = try await keys.claim(
            key: [1], request: [2], salt: [3],
            now: now.adding(seconds: IdempotencyRepository.heldSecondsMax))
        let finished = try await world.database.transaction { scope in
            let first = try await keys.finish(key: [1], booking: first.booking.id, in: scope)
            let second = try await keys.finish(key: [1], booking: second.booking.id, in: scope)
            return [first, second]
        }
        #expect(finished == [true, false])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what was refused may be sent again though the order to send it is still there`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        // The submitter dies between what it wrote of the refusal and the end of its order.
        try await world.database.execute(
            "UPDATE transactions SET status = 'failed' WHERE hash = \(made.transaction?.hash)")
        _ = try await world.post(
            .payBooking, made.booking.id, headers: ["Authorization": "Bearer \(made.token)"])
        #expect(try await world.pay(made).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `on another network nothing is paid, and on the right one it can be paid then`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(lie: .otherNetwork)
        await worked(world)
        let refused = try await world.read(made)
        #expect(refused.chain.transactions.map(\.status) == [.failed])
        #expect(refused.status == .awaitingPayment)
        await world.ledger.set(lie: nil)
        let again = try await world.post(
            .payBooking, made.booking.id, headers: ["Authorization": "Bearer \(made.token)"]
        ).json(as: UnsignedTransactionResponse.self)
        // It is the very same: no ledger has it, so it may be sent again.
        #expect(again.hash == made.transaction?.hash)
        _ = try await world.pay(made)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(await world.ledger.bookings.count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `however slow the answers are, two processes do nothing twice`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(delay: .milliseconds(150))
        let other = world.anotherServer()
        for _ in 0..<12 where try await world.read(made).status != .confirmed {
            async let first: Void? = try? await world.work(roundsMax: 2)
            async let second: Void? = try? await world.work(other, roundsMax: 2)
            _ = await (first, second)
            world.clock.advance(by: 2)
        }
        #expect(try await world.read(made).status == .confirmed)
        #expect(await world.ledger.applied.count == 2)
        let moves: [String] = try await world.database.values(
            "SELECT event FROM fulfilment_journal ORDER BY number")
        #expect(moves == ["paid", "confirmed", "ticketed"])
        await world.close()
    }
}
