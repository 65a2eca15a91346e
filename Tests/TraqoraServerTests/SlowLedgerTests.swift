import Cache
import Database
import FlightSupply
import HTTP
import Stellar
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A network's server that is behind, and one that takes its time: what is known goes on being
/// told, what is not known is not made up, and health says what is wrong.
@Suite struct SlowLedgerTests {
    private static let ageMax: Int64 = 60

    /// A server that wants ledgers no older than a minute.
    private func server(_ world: TestWorld) -> TraqoraServer {
        var configuration = world.configuration
        configuration.ledgerAgeSecondsMax = Self.ageMax
        configuration.healthPatience = .seconds(4)
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    /// Workers' rounds, which may fail while the ledger does, as their loops let them.
    private func work(_ server: TraqoraServer, rounds: Int = 3) async {
        let parts = server.parts
        for _ in 0..<rounds {
            for round in [
                parts.submitter.run, parts.indexer.run, parts.fulfilment.run, parts.expirer.run,
            ] { _ = try? await round() }
        }
    }

    private func health(_ server: TraqoraServer) async throws -> (HTTPStatus, HealthResponse) {
        let response = await server.answer(to: HTTPRequest(.get, Route.health.pattern))
        return (response.status, try response.json())
    }

    private func rpcCheck(_ health: HealthResponse) throws -> HealthResponse.Check {
        try #require(health.checks.first { $0.name == "rpc" })
    }

    private func hasOrder(_ made: CreateBookingResponse, _ server: TraqoraServer) async throws
        -> Bool
    {
        let row = try #require(try await server.parts.bookings.find(made.booking.id))
        return try await server.parts.supplier.order(
            placedAs: row.order, at: made.booking.createdAt)
            != nil
    }

    @Test(arguments: Engine.all)
    func `a server that is behind confirms nothing, its age grows, and what was paid is not lost`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = server(world)
        let made = try await world.book()
        await work(server, rounds: 1)
        await world.ledger.set(isStale: true)
        _ = try await world.pay(made)
        var ages: [Int64] = []
        for _ in 0..<5 {
            await work(server)
            #expect(try await world.read(made, from: server).status == .awaitingPayment)
            #expect(try await !hasOrder(made, server))
            let (code, health) = try await health(server)
            let check = try rpcCheck(health)
            let age = try #require(check.ledgerAgeSeconds)
            ages.append(age)
            #expect((check.status == .failing) == (age > Self.ageMax))
            #expect((code == .serviceUnavailable) == (health.status == .failing))
            if age > Self.ageMax { #expect(code == .serviceUnavailable) }
            world.clock.advance(by: 30)
        }
        #expect(ages == [0, 30, 60, 90, 120])
        // The network had the payment all the time.
        #expect(await world.ledger.bookings.count == 1)

        await world.ledger.set(isStale: false)
        await work(server, rounds: 6)
        let booking = try await world.read(made, from: server)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        #expect(await world.ledger.bookings.count == 1)
        #expect(try await rpcCheck(health(server).1).status == .ok)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a server that stays behind for longer than seats are held loses no payment`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = server(world)
        let made = try await world.book()
        await work(server, rounds: 1)
        await world.ledger.set(isStale: true)
        _ = try await world.pay(made)
        for _ in 0..<4 {
            await work(server)
            world.clock.advance(by: (CreateBooking.holdSecondsMax + Expirer.graceSeconds) / 2)
        }
        // Neither confirmed nor given up: nobody knows yet.
        #expect(try await !hasOrder(made, server))
        #expect(try await world.read(made, from: server).status == .awaitingPayment)
        await world.ledger.set(isStale: false)
        await work(server, rounds: 8)
        // Ticketed in time, or paid back by the contract.
        let booking = try await world.read(made, from: server)
        #expect(
            [.confirmed, .confirming, .refunding, .refunded].contains(booking.status),
            "\(booking.status)")
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        await world.close()
    }

    @Test func `a server that takes its time keeps nobody waiting who does not need it`()
        async throws
    {
        let world = try await TestWorld()
        let server = server(world)
        let made = try await world.book()
        _ = try await world.pay(made)
        await world.ledger.set(delay: .milliseconds(300))
        await work(server, rounds: 4)
        #expect(try await world.read(made, from: server).status == .confirmed)

        await world.ledger.set(delay: .seconds(8))
        let isAnswered = Lock(false)
        async let slow = {
            defer { isAnswered.withLock { $0 = true } }
            return try await health(server)
        }()
        for target in [
            "/live", "/ready",
            "\(Route.searchFlights.pattern)?origin=LHR&destination=JFK&date=2026-12-24",
        ] {
            let answer = await server.answer(to: HTTPRequest(.get, target))
            #expect(answer.status == .ok)
        }
        #expect(try await world.read(made, from: server).status == .confirmed)
        // All of them before the look at the ledger was given up.
        #expect(!isAnswered.withLock { $0 })
        let (code, told) = try await slow
        #expect(code == .serviceUnavailable)
        #expect(try rpcCheck(told).detail == "no answer in time")
        await world.ledger.set(delay: .zero)
        await world.close()
    }
}
