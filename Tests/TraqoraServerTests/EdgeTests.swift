import Cache
import Database
import HTTP
import Stellar
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct EdgeTests {
    private func server(
        _ world: TestWorld, _ change: (inout Edges.Configuration) -> Void
    ) -> TraqoraServer {
        var configuration = world.configuration
        change(&configuration.edges)
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(
                redisURL: nil, log: .silent, now: { Double(clock.now.seconds) }),
            client: world.client, log: .silent, now: { clock.now })
    }

    private func ask(
        _ server: TraqoraServer, _ target: String = Route.sessions.pattern,
        _ headers: HTTPHeaders = [:], method: HTTPMethod = .get, from address: String = "192.0.2.1"
    ) async -> HTTPResponse {
        await server.answer(
            to: HTTPRequest(method, target, headers: headers, remoteAddress: address))
    }

    @Test func `so many requests are answered, then none until the window has passed`() async throws
    {
        let world = try await TestWorld()
        let server = server(world) { $0.anonymous = RateLimit(3, seconds: 60) }
        for left in [2, 1, 0] {
            let response = await ask(server)
            #expect(response.status == .unauthorized)
            #expect(response.headers["RateLimit-Limit"] == "3")
            #expect(response.headers["RateLimit-Remaining"] == "\(left)")
        }
        let refused = await ask(server)
        #expect(refused.status == .tooManyRequests)
        #expect(refused.problemCode == "limits.too_many_requests")
        let wait = try #require(refused.headers["Retry-After"].flatMap { Int64($0) })
        // A token that is not ours is nobody: it opens no other bucket, nor does a header.
        for headers: HTTPHeaders in [
            ["Authorization": "Bearer x.y.z"], ["X-Forwarded-For": "198.51.100.7"],
        ] {
            #expect(await ask(server, Route.sessions.pattern, headers).status == .tooManyRequests)
        }
        #expect(await ask(server, from: "192.0.2.2").status == .unauthorized)
        #expect(await ask(server, Route.live.pattern).status == .ok)
        world.clock.advance(by: wait)
        #expect(await ask(server).status == .unauthorized)
        await world.close()
    }

    @Test func `attempts to sign in are counted by themselves`() async throws {
        let world = try await TestWorld()
        let server = server(world) { $0.signIn = RateLimit(2, seconds: 60) }
        let target = "/auth?account=\(world.traveller.address)"
        #expect(await ask(server, target).status == .ok)
        #expect(await ask(server, target).status == .ok)
        #expect(await ask(server, target).status == .tooManyRequests)
        #expect(await ask(server).status == .unauthorized)
        await world.close()
    }

    @Test func `behind proxies the address is the one that the outermost of ours saw`() async throws
    {
        let world = try await TestWorld()
        var configuration = Edges.Configuration()
        configuration.proxies = 2
        let cache = SharedCache(redisURL: nil, log: .silent, now: { 0 })
        let edges = Edges(
            configuration: configuration, identity: world.server.parts.identity, cache: cache,
            key: AdministrationKey(key: nil), operators: KnownOperators(now: { world.clock.now }),
            abuse: AbuseCounters(metrics: Metrics(), cache: cache, log: .silent))
        func address(_ forwarded: String?) -> String {
            var request = HTTPRequest(.get, "/", remoteAddress: "10.0.0.1")
            request.headers["X-Forwarded-For"] = forwarded
            return edges.address(of: request)
        }
        #expect(address("6.6.6.6, 192.0.2.9, 10.0.0.2") == "192.0.2.9")
        #expect(address("192.0.2.9") == "10.0.0.1")
        #expect(address(nil) == "10.0.0.1")
        await world.close()
    }

    @Test func `only the named pages may read answers, before and after they ask`() async throws {
        let world = try await TestWorld()
        let server = server(world) { $0.corsOrigins = ["https://traqora.example"] }
        let path = Route.sessions.pattern
        let ours = await ask(server, path, ["Origin": "https://traqora.example"])
        #expect(ours.headers["Access-Control-Allow-Origin"] == "https://traqora.example")
        #expect(ours.headers.values("Vary").contains("Origin"))
        let theirs = await ask(server, path, ["Origin": "https://evil.example"])
        #expect(theirs.headers["Access-Control-Allow-Origin"] == nil)
        let before = await ask(
            server, path,
            [
                "Origin": "https://traqora.example", "Access-Control-Request-Method": "DELETE",
                "Access-Control-Request-Headers": "authorization",
            ], method: .options)
        #expect(before.status == .noContent)
        #expect(before.headers["Access-Control-Allow-Methods"]?.contains("DELETE") == true)
        let toml = await ask(server, Route.stellarToml.pattern)
        #expect(toml.headers["Access-Control-Allow-Origin"] == "*")
        await world.close()
    }

    @Test func `every answer has a name and forbids what browsers would guess`() async throws {
        let world = try await TestWorld()
        for target in [Route.live.pattern, "/nowhere", Route.sessions.pattern] {
            let response = await ask(world.server, target)
            #expect(response.headers["X-Content-Type-Options"] == "nosniff")
            #expect(response.headers["X-Frame-Options"] == "DENY")
            #expect(response.headers["Content-Security-Policy"] != nil)
            #expect(response.headers["X-Request-ID"]?.count == 32)
        }
        let named = await ask(world.server, "/live", ["X-Request-ID": "mine-1"])
        #expect(named.headers["X-Request-ID"] == "mine-1")
        await world.close()
    }

    @Test func `the service says that it lives, is ready, and what it has done`() async throws {
        let world = try await TestWorld()
        #expect(await ask(world.server, "/live").status == .ok)
        #expect(await ask(world.server, "/ready").status == .ok)
        let metrics = await ask(world.server, "/metrics")
        let text = String(decoding: try await metrics.body.bytes(), as: UTF8.self)
        #expect(text.contains(#"http_requests_total{method="GET",status="200"} 2"#))
        #expect(text.contains("http_request_seconds_count 2"))
        await world.database.close()
        #expect(await ask(world.server, "/ready").status == 503)
        #expect(await ask(world.server, "/live").status == .ok)
        await world.close()
    }
}
