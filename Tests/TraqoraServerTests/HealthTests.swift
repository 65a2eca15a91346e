import Cache
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct HealthTests {
    private func health(
        _ world: TestWorld, _ change: (inout TraqoraServer.Configuration) -> Void
    ) async throws -> (HTTPStatus, HealthResponse) {
        var configuration = world.configuration
        change(&configuration)
        let clock = world.clock
        let server = TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
        try await world.work(server)
        let response = await server.answer(to: HTTPRequest(.get, Route.health.pattern))
        return (response.status, try response.json())
    }

    /// A Horizon whose newest ledger closed so long ago.
    private func horizon(
        _ world: TestWorld, secondsAgo: Int64, status: HTTPStatus = .ok
    ) async throws -> (HTTPServer, String) {
        let closed = world.clock.now.adding(seconds: -secondsAgo)
        let server = HTTPServer { _ in
            .text(
                """
                {"history_latest_ledger": 77, "history_latest_ledger_closed_at": "\(closed)",
                "network_passphrase": "x"}
                """, status: status, contentType: "application/hal+json")
        }
        return (server, "http://127.0.0.1:\(try await server.start())")
    }

    @Test(arguments: [
        (Int64(0), HealthResponse.Status.ok), (Int64(60), .ok), (Int64(61), .degraded),
        (Int64(-5), .ok),
    ])
    func `Horizon's ledger may be a minute old, and without Horizon things go on`(
        secondsAgo: Int64, status: HealthResponse.Status
    ) async throws {
        let world = try await TestWorld()
        let (server, url) = try await horizon(world, secondsAgo: secondsAgo)
        let (code, answer) = try await health(world) {
            $0.horizonURL = url
            $0.ledgerAgeSecondsMax = 60
        }
        let check = try #require(answer.checks.first { $0.name == "horizon" })
        #expect(check.status == status)
        #expect(check.ledger == 77)
        #expect(check.ledgerAgeSeconds == max(0, secondsAgo))
        #expect(code == .ok)
        await server.stop()
        await world.close()
    }

    @Test func `a Horizon that is away or says nothing is degraded`() async throws {
        let world = try await TestWorld()
        let (server, url) = try await horizon(world, secondsAgo: 0, status: .badGateway)
        let (_, bad) = try await health(world) { $0.horizonURL = url }
        #expect(bad.checks.first { $0.name == "horizon" }?.detail == "status 502")
        await server.stop()
        world.clock.advance(by: 2)
        let (code, away) = try await health(world) { $0.horizonURL = url }
        #expect(away.checks.first { $0.name == "horizon" }?.status == .degraded)
        #expect(away.status == .degraded)
        #expect(code == .ok)
        await world.close()
    }

    @Test func `contracts are told by name and code, and what is said holds no secret`()
        async throws
    {
        let world = try await TestWorld()
        let (_, answer) = try await health(world) {
            $0.otherContracts = [("loyalty", Hash(fitting: [3]))]
        }
        let names = answer.checks.map(\.name).filter { $0.hasPrefix("contract.") }
        #expect(names == ["contract.booking", "contract.token", "contract.loyalty"])
        let text = "\(answer)"
        #expect(!text.contains(world.configuration.seller.address))
        #expect(!text.contains("postgres://") && !text.contains("127.0.0.1"))
        await world.close()
    }
}
