import Cache
import HTTP
import Telemetry
import Testing
import TraqoraAPI

@testable import TraqoraServer

/// What the server refuses before anyone looks for a handler is an answer like any other: with a
/// name, what browsers need, the limits, a line in the log, and a place in the counts.
@Suite struct RefusedRequestTests {
    private static let page = "https://traqora.example"

    /// Lets `body` ask a server behind its socket, and says what the server said of itself.
    private func lines(
        until last: String = "", _ change: (inout TraqoraServer.Configuration) -> Void = { _ in },
        _ body: (TestWorld, _ base: String) async throws -> Void
    ) async throws -> (log: [String], metrics: String) {
        let world = try await TestWorld()
        var configuration = world.configuration
        configuration.edges.corsOrigins = [Self.page]
        configuration.edges.anonymous = RateLimit(100, seconds: 60)
        change(&configuration)
        let (clock, lines) = (world.clock, Lock<[String]>([]))
        let server = TraqoraServer(
            configuration, database: world.database, cache: SharedCache(now: { 0 }),
            client: world.client,
            log: Logger(now: { 0 }) { record in lines.withLock { $0.append(record.jsonLine) } },
            now: { clock.now })
        let port = try await server.start()
        try await body(world, "http://127.0.0.1:\(port)")
        await server.stop()
        // What nobody waits for any more may end later.
        for _ in 0..<200 where lines.withLock({ !$0.contains { $0.contains(last) } }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        let metrics = await server.answer(to: HTTPRequest(.get, Route.metrics.pattern))
        let text = String(decoding: try await metrics.body.bytes(), as: UTF8.self)
        await world.close()
        return (lines.withLock { $0 }, text)
    }

    private func check(
        _ answer: HTTPResponse, _ code: String, _ status: HTTPStatus, isCounted: Bool = true
    ) {
        #expect(answer.status == status)
        #expect(answer.problemCode == code)
        #expect(answer.headers["Content-Type"] == "application/problem+json")
        #expect(answer.headers["X-Request-ID"] == "mine-1")
        #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
        #expect(answer.headers["X-Frame-Options"] == "DENY")
        #expect(answer.headers["Content-Security-Policy"] != nil)
        #expect(answer.headers["Access-Control-Allow-Origin"] == Self.page)
        #expect((answer.headers["RateLimit-Limit"] == "100") == isCounted)
    }

    @Test func `each is told, logged and counted as what it is`() async throws {
        let headers: HTTPHeaders = ["Origin": Self.page, "X-Request-ID": "mine-1"]
        let (log, metrics) = try await lines {
            $0.http.bodyBytesMax = 1_000
        } _: { world, base in
            let ask = { (method: HTTPMethod, target: String, more: HTTPHeaders, body: [UInt8]) in
                var headers = headers
                headers.append(contentsOf: more)
                return try await world.client.send(
                    HTTPClient.Request(method, base + target, headers: headers, body: body))
            }
            let long = String(repeating: "x", count: 9_000)
            check(
                try await ask(.post, Route.createBooking.pattern, [:], Array(long.utf8)),
                "http.body_too_large", .contentTooLarge)
            check(
                try await ask(.get, Route.findPlaces.pattern + "?q=" + long, [:], []),
                "http.target_too_long", .targetTooLong)
            check(
                try await ask(.get, Route.findPlaces.pattern, ["X-Long": long], []),
                "http.head_too_large", .headTooLarge)
        }
        for status in [413, 414, 431] {
            let told = log.filter {
                $0.contains(#""status":\#(status)"#) && $0.contains(#""request_id":"mine-1""#)
            }
            #expect(told.count == 1, "\(status)")
            #expect(metrics.contains(#"status="\#(status)"} 1"#))
        }
        #expect(metrics.contains(#"requests_refused_total{reason="malformed"} 3"#))
    }

    @Test func `a handler that takes too long is answered for, and its own answer is not counted`()
        async throws
    {
        let headers: HTTPHeaders = ["Origin": Self.page, "X-Request-ID": "mine-1"]
        let (log, metrics) = try await lines(until: "request given up") {
            $0.http.handlerTimeMax = .milliseconds(100)
        } _: { world, base in
            await world.ledger.set(delay: .seconds(2))
            let answer = try await world.client.send(
                HTTPClient.Request(.get, base + Route.health.pattern, headers: headers))
            check(answer, "http.took_too_long", .serviceUnavailable, isCounted: false)
            #expect(answer.headers["Retry-After"] == "5")
            await world.ledger.set(delay: .zero)
        }
        let told = log.filter { $0.contains(#""request_id":"mine-1""#) }
        #expect(told.filter { $0.contains("request answered") }.count == 1)
        #expect(told.filter { $0.contains("request given up") }.count == 1)
        #expect(metrics.contains(#"http_requests_total{method="GET",status="503"} 1"#))
        #expect(metrics.contains("http_requests_unheard_total 1"))
    }

    @Test func `whoever sends too much of it is refused as whoever asks too often`() async throws {
        _ = try await lines {
            $0.http.bodyBytesMax = 10
            $0.edges.anonymous = RateLimit(2, seconds: 60)
        } _: { world, base in
            var statuses: [HTTPStatus] = []
            for _ in 0..<3 {
                let answer = try await world.client.send(
                    HTTPClient.Request(
                        .post, base + Route.createBooking.pattern,
                        body: [UInt8](repeating: 1, count: 100)))
                statuses.append(answer.status)
            }
            #expect(statuses == [.contentTooLarge, .contentTooLarge, .tooManyRequests])
        }
    }
}
