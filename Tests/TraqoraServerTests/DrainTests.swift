import Cache
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// The end of a process that has work under way.
@Suite struct DrainTests {
    @Test(arguments: Engine.all)
    func `what is under way is answered before the end, and the work of the next goes on`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let (entered, hasEntered) = AsyncStream<Void>.makeStream()
        let (gate, open) = AsyncStream<Void>.makeStream()
        var configuration = world.configuration
        configuration.testDollars = TestDollars(token: configuration.settlementToken) { _, _ in
            hasEntered.yield()
            for await _ in gate { break }
            return Hash(fitting: [7])
        }
        let clock = world.clock
        let server = TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
        let port = try await server.start()
        let made = try await world.book()
        _ = try await world.pay(made)
        let slow = Task {
            try await TraqoraClient(base: "http://127.0.0.1:\(port)", http: world.client)
                .testDollars(for: world.traveller.address)
        }
        for await _ in entered { break }
        let stopping = Task { await server.stop() }
        // It listens no more, or says that it is stopping.
        var isClosed = false
        try await Patience.until {
            let answer = try? await world.client.send(
                HTTPClient.Request(.get, "http://127.0.0.1:\(port)/live"))
            isClosed = answer == nil || answer?.status == .serviceUnavailable
            return isClosed
        }
        #expect(isClosed)
        open.yield()
        #expect(try await slow.value.amount == GiveTestDollars.amount)
        await stopping.value
        // What a worker had in hand is taken over when its time is up.
        world.clock.advance(by: 2 * BookingOperator.secondsMax)
        let next = world.anotherServer()
        try await world.work(next)
        #expect(try await world.read(made, from: next).status == .confirmed)
        await world.close()
    }
}
