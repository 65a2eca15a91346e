import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct BookingFlowTests {
    @Test(arguments: Engine.all)
    func `a flight is booked, paid, ordered and ticketed`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        #expect(made.booking.status == .awaitingPayment)
        #expect(made.booking.price.baseUnits == made.booking.total.minorUnits * 100_000)
        #expect(made.transaction?.summary.joined().contains(made.booking.price.shortText) == true)
        #expect(made.transaction?.network == ScriptedLedger.network.passphrase)

        let paid = try await world.pay(made)
        #expect(paid.status == .accepted)
        #expect(try paid.json(as: BookingResponse.self).status == .awaitingPayment)
        try await world.work()

        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.escrow == .ticketed)
        #expect(booking.fulfilment == .ticketed)
        #expect(booking.airlineReference?.count == 6)
        #expect(booking.tickets.count == 1)
        #expect(booking.chain.escrowed == booking.price)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(booking.chain.transactions.map(\.hash) == [made.transaction?.hash])
        #expect(booking.chain.transactions.first?.ledger != nil)
        // All news of the money have been heard.
        #expect(try await world.database.value("SELECT COUNT(*) FROM escrow_news") == 0)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a cancelled booking gets its refund`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        let bearer: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        let prepared = try await world.post(.cancelBooking, made.booking.id, headers: bearer)
        #expect(prepared.status == .created)
        let preview = try prepared.json(as: CancellationResponse.self)
        #expect(
            preview.refund.baseUnits + preview.penalty.baseUnits == made.booking.price.baseUnits)
        #expect(preview.transaction.summary.joined().contains(preview.refund.shortText))
        let sent = try await world.post(
            .cancelBooking, made.booking.id,
            SignedTransactionRequest(transaction: world.sign(preview.transaction)),
            headers: bearer)
        #expect(sent.status == .accepted)
        try await world.work()

        let booking = try await world.read(made)
        #expect(booking.status == .cancelled)
        #expect(booking.fulfilment == .cancelled)
        #expect(booking.chain.refunded == preview.refund)
        #expect(booking.chain.escrowed.baseUnits == 0)
        let again = try await world.post(.cancelBooking, made.booking.id, headers: bearer)
        #expect(again.problemCode == "bookings.not_cancellable")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what was offered and never signed does not pile up`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        let bearer: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        for _ in 0..<5 {
            let offered = try await world.post(.cancelBooking, made.booking.id, headers: bearer)
            #expect(offered.status == .created)
            world.clock.advance(by: CancelBooking.secondsToSign)
        }
        let kept = try await world.server.parts.transactions.all(of: made.booking.id)
        #expect(kept.map(\.purpose) == [.payment, .cancellation])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what the supplier refuses is paid back at the deadline, not before`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book("LGW", "LHR")
        _ = try await world.pay(made)
        try await world.work()
        #expect(try await world.read(made).status == .refunding)

        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow) - 1)
        try await world.work()
        #expect(try await world.read(made).status == .refunding)

        world.clock.advance(by: 1)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .refunded)
        #expect(booking.fulfilment == .refunded)
        #expect(booking.chain.refunded == made.booking.price)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an order whose answer is lost is looked for, not placed again`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book("STN", "LHR")
        _ = try await world.pay(made)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        let journal = try await world.database.values(
            "SELECT event FROM fulfilment_journal ORDER BY number", as: String.self)
        #expect(journal == ["paid", "unanswered", "confirmed", "ticketed"])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a hold that nobody pays lapses`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        world.clock.advance(by: CreateBooking.holdSecondsMax)
        let late = try await world.pay(made)
        #expect(late.problemCode == "bookings.hold_expired")
        #expect(late.status == .gone)
        world.clock.advance(by: Expirer.graceSeconds + 1)
        try await world.work()
        #expect(try await world.read(made).status == .lapsed)
        #expect(await world.ledger.bookings.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `the same payment twice is one payment`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        #expect(try await world.pay(made).status == .accepted)
        #expect(try await world.pay(made).status == .accepted)
        try await world.work()
        #expect(try await world.pay(made).status == .accepted)
        try await world.work()
        #expect(await world.ledger.bookings.count == 1)
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `reading the ledger again from its beginning gives the same state`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        let before = try await world.read(made)
        try await world.server.rebuildEscrow()
        #expect(try await world.read(made).escrow == .unpaid)
        try await world.work()
        let after = try await world.read(made)
        #expect(after.escrow == before.escrow)
        #expect(after.chain == before.chain)
        #expect(after.fulfilment == before.fulfilment)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payment whose number was used up can be asked for again`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        // Two bookings of one account are offered the same number.
        let (first, second) = (try await world.book(), try await world.book("FRA", "MAD"))
        _ = try await world.pay(first)
        try await world.work()
        _ = try await world.pay(second)
        try await world.work()
        // Its own ledger may not have been heard of: a later one must have been.
        #expect(
            try await world.read(second).chain.transactions.map(\.status) == [.queued])
        world.clock.advance(by: 1)
        try await world.work()
        let failed = try await world.read(second)
        #expect(failed.chain.transactions.map(\.status) == [.failed])
        #expect(failed.status == .awaitingPayment)

        let bearer: HTTPHeaders = ["Authorization": "Bearer \(second.token)"]
        let again = try await world.post(.payBooking, second.booking.id, headers: bearer)
        #expect(again.status == .created)
        let transaction = try again.json(as: UnsignedTransactionResponse.self)
        #expect(transaction.hash != second.transaction?.hash)
        _ = try await world.pay(second, world.sign(transaction))
        let twice = try await world.post(.payBooking, second.booking.id, headers: bearer)
        #expect(twice.problemCode == "bookings.already_paid")
        try await world.work()
        #expect(try await world.read(second).status == .confirmed)
        #expect(await world.ledger.bookings.count == 2)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an order whose ticket came too late for the ledger is given up`(
        engine: Engine
    ) async throws {
        // The dangerous gap: the supplier has the order, the ledger has no ticket, and the deadline
        // passes. The traveller has the money back, so must not have the seat.
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        let parts = world.server.parts
        for round in [parts.submitter.run, parts.indexer.run, parts.fulfilment.run] {
            _ = try await round()
        }
        #expect(try await world.read(made).fulfilment == .ordered)
        let order = try #require(try await parts.bookings.find(made.booking.id)).order
        let now = world.clock.now
        #expect(try await parts.supplier.order(placedAs: order, at: now) != nil)

        world.clock.advance(by: Int64(ScriptedLedger.ticketWindow))
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .refunded)
        #expect(booking.fulfilment == .refunded)
        #expect(try await parts.supplier.order(placedAs: order, at: now) == nil)
        await world.close()
    }
}
