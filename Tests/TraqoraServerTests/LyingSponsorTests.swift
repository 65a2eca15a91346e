import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A server that says what is not so, about transactions that the platform makes and pays for.
@Suite(.serialized) struct LyingSponsorTests {
    private func worked(_ world: TestWorld, rounds: Int = 3) async {
        await world.workOn(world.server.parts.sponsorWorker.run, rounds: rounds)
    }

    private func spent(_ world: TestWorld) async throws -> Int64 {
        try await SponsoringRepository(database: world.database).day(world.clock.now).feeStroops
    }

    private func payments(_ world: TestWorld) async -> Int {
        await world.ledger.applied.filter { $0.value.envelope.isPayment }.count
    }

    @Test(arguments: Engine.all, [ScriptedLedger.Lie.mixesUp, .contradicts, .hidesEvents])
    func `what cannot be so is asked for again, and what is true is heard in the end`(
        engine: Engine, lie: ScriptedLedger.Lie
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        #expect(try await world.paySponsored(made).status == .accepted)
        await world.ledger.set(lie: lie)
        let sponsor = world.server.parts.sponsorWorker
        for _ in 0..<2 {
            _ = try? await sponsor.run()
            world.clock.advance(by: 3)
        }
        let told = try await world.read(made).chain.transactions.map(\.status)
        #expect(told == [lie == .hidesEvents ? .applied : .submitted])
        // What the contract tells is true; of what is said of the transaction nothing is believed.
        if lie == .hidesEvents {
            await worked(world)
            #expect(try await !world.hasOrder(made))
        }
        await world.ledger.set(lie: nil)
        world.clock.advance(by: 120)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(await payments(world) == 1)
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payment that is said to be in a ledger and is in none buys nothing`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.paySponsored(made)
        await world.ledger.set(lie: .swallows)
        await worked(world)
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.applied])
        #expect(try await world.read(made).status == .awaitingPayment)
        #expect(try await !world.hasOrder(made))
        await world.ledger.set(lie: nil)
        world.clock.advance(by: CreateBooking.holdSecondsMax + Expirer.graceSeconds + 1)
        try await world.work()
        #expect(try await world.read(made).status == .lapsed)
        #expect(await world.ledger.bookings.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func
        `a payment that a server denies counts when the contract tells of it, and costs what it did`(
            engine: Engine
        ) async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.paySponsored(made)
        await world.ledger.set(lie: .forgets)
        let sponsor = world.server.parts.sponsorWorker
        for _ in 0..<4 {
            _ = try? await sponsor.run()
            world.clock.advance(by: 3)
        }
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.failed])
        #expect(try await spent(world) == 0)
        await world.ledger.set(lie: nil)
        try await world.work()
        world.clock.advance(by: SponsorWorker.lateSeconds)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(await payments(world) == 1)
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        // Settled once: another round changes nothing.
        world.clock.advance(by: SponsorWorker.lateSeconds)
        _ = try await sponsor.run()
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an event that is read before our own transaction was heard of is settled all the same`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.paySponsored(made)
        let parts = world.server.parts
        // The process dies after sending; the contract's event comes first.
        await world.ledger.set(losingAnswers: ["sendTransaction"])
        _ = try? await parts.sponsorWorker.run()
        await world.ledger.set(losingAnswers: [])
        _ = try await parts.indexer.run()
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.applied])
        #expect(try await spent(world) > ScriptedLedger.feeCharged)
        world.clock.advance(by: 200)
        try await world.work()
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        let open: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM sponsorships WHERE NOT is_settled")
        #expect(open == 0)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a final row that an older release left unsettled is settled`(engine: Engine) async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.paySponsored(made)
        try await world.work()
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        try await world.database.execute(
            "UPDATE sponsorships SET is_settled = \(false), fee_stroops = fee_stroops + 500")
        try await world.database.execute(
            "UPDATE sponsored_days SET fee_stroops = fee_stroops + 500")
        world.clock.advance(by: SponsorWorker.lateSeconds)
        #expect(try await world.server.parts.sponsorWorker.run() == 1)
        #expect(try await spent(world) == ScriptedLedger.feeCharged)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `on another network nothing is paid, and on the right one it can be paid then`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.paySponsored(made)
        await world.ledger.set(lie: .otherNetwork)
        await worked(world)
        #expect(try await world.read(made).chain.transactions.map(\.status) == [.failed])
        #expect(try await spent(world) == 0)
        await world.ledger.set(lie: nil)
        #expect(try await world.paySponsored(made).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        #expect(await payments(world) == 1)
        await world.close()
    }
}

extension TestWorld {
    /// The traveller authorizes, the platform is to pay the network.
    func paySponsored(_ made: CreateBookingResponse) async throws -> HTTPResponse {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        let offered = try await post(
            .payBooking, made.booking.id, SigningRequest(sponsored: true), headers: headers
        ).json(as: UnsignedAuthorizationResponse.self)
        let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
        let signed = try entry.signed(
            by: traveller, until: offered.expirationLedger, on: ScriptedLedger.network)
        return try await post(
            .payBooking, made.booking.id,
            SigningRequest(authorization: try signed.base64()), headers: headers)
    }
}
