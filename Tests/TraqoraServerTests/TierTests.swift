import Cache
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Who is counted as what.
@Suite struct TierTests {
    private static let key = "7vX2mQ9zLkTr"

    private func server(
        _ world: TestWorld, log: Logger = .silent,
        _ change: (inout Edges.Configuration) -> Void
    ) -> TraqoraServer {
        var configuration = world.configuration
        configuration.adminKey = Secret(Self.key)
        change(&configuration.edges)
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: log, now: { clock.now })
    }

    private func ask(
        _ server: TraqoraServer, _ route: Route, _ headers: HTTPHeaders = [:],
        from address: String = "192.0.2.1"
    ) async -> HTTPResponse {
        await server.answer(
            to: HTTPRequest(
                route.method, route.pattern, headers: headers, remoteAddress: address))
    }

    private func signIn(_ world: TestWorld, _ server: TraqoraServer) async throws -> HTTPHeaders {
        let challenge = try await world.post(
            .signInChallenge, nil, SignInChallengeRequest(account: world.traveller.address),
            to: server
        ).json(as: SignInChallengeResponse.self)
        let signature = Base64.encode(
            world.traveller.signMessage(Array(challenge.message.utf8)))
        let pair = try await world.post(
            .signIn, nil, SignInRequest(id: challenge.id, signature: signature), to: server
        ).json(as: SignInResponse.self)
        return ["Authorization": "Bearer \(pair.accessToken)"]
    }

    @Test func `administration has a limit of its own, which its key alone opens`() async throws {
        let world = try await TestWorld()
        let server = server(world) {
            $0.anonymous = RateLimit(1, seconds: 60)
            $0.admin = RateLimit(3, seconds: 60)
            $0.signIn = RateLimit(2, seconds: 60)
        }
        let right: HTTPHeaders = ["X-Admin-Key": Self.key]
        for left in [2, 1, 0] {
            let answer = await ask(server, .audit, right)
            #expect(answer.status == .ok)
            #expect(answer.headers["RateLimit-Remaining"] == "\(left)")
        }
        #expect(await ask(server, .audit, right).status == .tooManyRequests)
        // It counts as such nowhere else, and a wrong key counts as nobody's.
        #expect(await ask(server, .sessions, right).status == .unauthorized)
        #expect(await ask(server, .sessions, right).status == .tooManyRequests)
        await world.close()
    }

    @Test func `whoever tries keys is not told even of the right one`() async throws {
        let world = try await TestWorld()
        let server = server(world) { $0.signIn = RateLimit(3, seconds: 60) }
        for number in 0..<3 {
            let answer = await ask(server, .audit, ["X-Admin-Key": "wrong-\(number)-key"])
            #expect(answer.status == .unauthorized)
        }
        #expect(await ask(server, .audit, ["X-Admin-Key": "wrong-again"]).status == 429)
        #expect(await ask(server, .audit, ["X-Admin-Key": Self.key]).status == 429)
        // Somebody else is not in that way.
        let other = await ask(server, .audit, ["X-Admin-Key": Self.key], from: "192.0.2.9")
        #expect(other.status == .ok)
        world.clock.advance(by: 121)
        #expect(await ask(server, .audit, ["X-Admin-Key": Self.key]).status == .ok)
        await world.close()
    }

    @Test func `administration spelt otherwise is counted like administration`() async throws {
        let world = try await TestWorld()
        let server = server(world) { $0.signIn = RateLimit(1, seconds: 60) }
        let path = Route.audit.pattern.replacing("admin", with: "%61dmin")
        let statuses = await [
            server.answer(to: HTTPRequest(.get, path, headers: ["X-Admin-Key": "wrong"])),
            server.answer(to: HTTPRequest(.get, path, headers: ["X-Admin-Key": "wrong"])),
            server.answer(to: HTTPRequest(.get, path, headers: ["X-Admin-Key": Self.key])),
        ].map(\.status.code)
        #expect(statuses == [401, 429, 429])
    }

    @Test func `an account that acts for an airline has more, while the contract says so`()
        async throws
    {
        let world = try await TestWorld()
        let server = server(world) {
            $0.user = RateLimit(1, seconds: 3_600)
            $0.airline = RateLimit(5, seconds: 3_600)
        }
        let bearer = try await signIn(world, server)
        #expect(await ask(server, .sessions, bearer).headers["RateLimit-Limit"] == "1")
        #expect(await ask(server, .sessions, bearer).status == .tooManyRequests)
        server.parts.operators.remember(world.traveller.address)
        #expect(await ask(server, .sessions, bearer).headers["RateLimit-Limit"] == "5")
        world.clock.advance(by: KnownOperators.seconds)
        #expect(await ask(server, .sessions, bearer).status == .tooManyRequests)
        await world.close()
    }

    @Test func `what is refused is counted by reason, and an address that goes on is told once`()
        async throws
    {
        let world = try await TestWorld()
        let lines = Lock<[String]>([])
        let log = Logger(level: .warning, now: { 0 }) { record in
            lines.withLock { $0.append(record.jsonLine) }
        }
        let server = server(world, log: log) { $0.anonymous = RateLimit(120, seconds: 3_600) }
        for _ in 0..<125 { _ = await ask(server, .sessions) }
        _ = await ask(server, .audit, ["X-Admin-Key": "wrong"], from: "192.0.2.7")
        let metrics = await ask(server, .metrics)
        let text = String(decoding: try await metrics.body.bytes(), as: UTF8.self)
        #expect(text.contains(#"requests_refused_total{reason="token"} 120"#))
        #expect(text.contains(#"requests_refused_total{reason="limit_anonymous"} 5"#))
        #expect(text.contains(#"requests_refused_total{reason="admin_key"} 1"#))
        let told = lines.withLock { $0 }.filter { $0.contains("again and again") }
        #expect(told.count == 1)
        #expect(told.first?.contains(#""address":"192.0.2.1""#) == true)
        await world.close()
    }
}
