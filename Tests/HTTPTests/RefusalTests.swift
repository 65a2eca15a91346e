import HTTP
import Telemetry
import Testing

/// What the server itself refuses, before anyone looks for a handler.
@Suite struct RefusalTests {
    /// What the server of a test said of itself.
    private struct Heard: Sendable {
        var statuses: [Int] = []
        var unreadable: [Int] = []
        var lines: [String] = []
    }

    /// Sends `text` to a server behind middlewares, and returns its answer once it hangs up.
    private func answer(
        _ text: String, _ configuration: HTTPServer.Configuration = .init()
    ) async throws -> (answer: String, heard: Heard) {
        let heard = Lock(Heard())
        var router = Router()
        let log = Logger(now: { 0 }) { record in
            heard.withLock { $0.lines.append(record.jsonLine) }
        }
        router.use(
            RequestObservation(logger: log, metrics: Metrics()) { RequestID(random: 0, 1) }
                .middleware)
        router.use { request, next in
            var response = try await next(request)
            heard.withLock { $0.statuses.append(response.status.code) }
            response.headers["X-Carried"] = request.headers["Origin"] ?? "nobody"
            return response
        }
        router.post("/") { .text("<\($0.body.count)>") }
        router.get("/") { _ in .text("<served>") }
        let server = HTTPServer(
            configuration, refuse: router.refuser(),
            unreadable: { status in heard.withLock { $0.unreadable.append(status.code) } },
            handler: router.handler())
        let port = try await server.start()
        let connection = try RawConnection(port: port)
        connection.send(text)
        let answer = try await connection.receiveAll()
        await server.stop()
        return (answer, heard.withLock { $0 })
    }

    private func check(
        _ code: String, _ status: Int, _ text: String,
        _ configuration: HTTPServer.Configuration = .init()
    ) async throws {
        let (answer, heard) = try await answer(text, configuration)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(problemCode(answer) == code[...])
        #expect(answer.contains("application/problem+json"))
        #expect(answer.contains("X-Carried: https://page.example"))
        #expect(answer.contains("X-Request-ID: 00000000000000000000000000000001"))
        #expect(answer.contains("Connection: close"))
        #expect(heard.statuses == [status])
        #expect(heard.lines.count == 1)
        #expect(heard.lines.first?.contains("\"status\":\(status)") == true)
    }

    private static let origin = "Host: a\r\nOrigin: https://page.example\r\n"
    private static let close = "Connection: close\r\n"

    @Test(arguments: [
        "Content-Length: 2000\r\n\r\nLONG", "Transfer-Encoding: chunked\r\n\r\nCHUNKS0\r\n\r\n",
        "Content-Length: 2000\r\nExpect: 100-continue\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
    ])
    func `a body that is too long is refused as any answer is given`(rest: String) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.bodyBytesMax = 1_000
        let chunk = "64\r\n" + String(repeating: "x", count: 100) + "\r\n"
        try await check(
            "http.body_too_large", 413,
            "POST / HTTP/1.1\r\n" + Self.origin + Self.close
                + rest.replacing("LONG", with: String(repeating: "x", count: 2_000))
                .replacing("CHUNKS", with: String(repeating: chunk, count: 20)), configuration)
    }

    @Test func `a body without an end is refused once more has come than is thrown away`()
        async throws
    {
        var configuration = HTTPServer.Configuration()
        configuration.bodyBytesMax = 1_000
        let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
        let (_, heard) = try await answer(
            "POST / HTTP/1.1\r\n" + Self.origin + "Transfer-Encoding: chunked\r\n\r\n"
                + String(repeating: chunk, count: 130), configuration)
        // Whoever goes on sending may see the cut before the answer; the log has it.
        #expect(heard.statuses == [413])
    }

    @Test(arguments: [
        "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ])
    func `a length that is given twice is refused as any answer is given`(rest: String)
        async throws
    {
        try await check(
            "http.ambiguous_length", 400, "POST / HTTP/1.1\r\n" + Self.origin + rest)
    }

    @Test(arguments: ["gzip", "chunked, gzip", "gzip, chunked", "identity"])
    func `a body in a coding that is not known is refused as any answer is given`(coding: String)
        async throws
    {
        try await check(
            "http.unknown_coding", 501,
            "POST / HTTP/1.1\r\n" + Self.origin + "Transfer-Encoding: \(coding)\r\n\r\nabc")
    }

    @Test(arguments: [1, 250, 2_000])
    func `a query of many parameters is read, however many there are`(count: Int) async throws {
        let query = [String](repeating: "a=b", count: count).joined(separator: "&")
        let (answer, _) = try await answer(
            "GET /?\(query) HTTP/1.1\r\n" + Self.origin + Self.close + "\r\n")
        #expect(answer.hasSuffix("<served>"))
    }

    @Test(arguments: ["http://a/", "https://a:1/?b=c", "http://a", "http://a?b", "/"])
    func `a target may name the host`(target: String) async throws {
        let (answer, _) = try await answer(
            "GET \(target) HTTP/1.1\r\n" + Self.origin + Self.close + "\r\n")
        #expect(answer.hasSuffix("<served>"))
    }

    @Test(arguments: ["Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", ""])
    func `no host, or two, are refused`(hosts: String) async throws {
        try await check(
            "http.ambiguous_host", 400,
            "GET / HTTP/1.1\r\nOrigin: https://page.example\r\n" + hosts + "\r\n")
    }

    @Test(arguments: [8_193, 9_000, 12_000])
    func `an address that is too long is refused as any answer is given`(count: Int) async throws {
        let target = "/" + String(repeating: "a", count: count - 1)
        try await check(
            "http.target_too_long", 414, "GET \(target) HTTP/1.1\r\n" + Self.origin + "\r\n")
    }

    @Test(arguments: [
        (1, 8_200), (1, 12_000), (64, 1),
    ])
    func `a head that is too large is refused as any answer is given`(count: Int, length: Int)
        async throws
    {
        let value = String(repeating: "x", count: length)
        let fields = (0..<count).map { "X-\($0): \(value)\r\n" }.joined()
        try await check(
            "http.head_too_large", 431, "GET / HTTP/1.1\r\n" + Self.origin + fields + "\r\n")
    }

    @Test func `a head within the limits is read`() async throws {
        let fields = (0..<60).map { "X-\($0): \(String(repeating: "x", count: 110))\r\n" }.joined()
        let (answer, _) = try await answer(
            "GET / HTTP/1.1\r\n" + Self.origin + Self.close + fields + "\r\n")
        #expect(answer.hasSuffix("<served>"))
    }

    @Test func `a body that does not come in time is refused as any answer is given`()
        async throws
    {
        var configuration = HTTPServer.Configuration()
        configuration.bodyTimeMax = .milliseconds(100)
        try await check(
            "http.body_too_slow", 408,
            "POST / HTTP/1.1\r\n" + Self.origin + "Content-Length: 10\r\n\r\nabc", configuration)
    }

    /// What is beyond reading has no request that could be told of; the library answers it with a
    /// page of its own and closes. It is counted.
    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\nX-Long: LONG", 431), ("GET /LONG", 414),
        ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505),
        ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ])
    func `what cannot be read is counted`(text: String, status: Int) async throws {
        let (answer, heard) = try await answer(
            text.replacing("LONG", with: String(repeating: "x", count: 40_000)))
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(heard.unreadable == [status])
        #expect(heard.statuses == [])
    }
}
