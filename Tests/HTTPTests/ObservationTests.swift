import HTTP
import Telemetry
import Testing

@Suite struct ObservationTests {
    private func observed(_ request: HTTPRequest) async -> (HTTPResponse, [String], String) {
        let lines = Lock<[String]>([])
        let metrics = Metrics()
        let logger = Logger(now: { 0 }) { record in lines.withLock { $0.append(record.jsonLine) } }
        var router = Router()
        router.use(
            RequestObservation(logger: logger, metrics: metrics) { RequestID(random: 0, 1) }
                .middleware)
        router.get("/a") { .text($0.id?.description ?? "none") }
        let response = await router.respond(to: request)
        return (response, lines.withLock { $0 }, metrics.prometheusText())
    }

    @Test func `each request is one line and one count, found or not`() async throws {
        for (path, status) in [("/a", 200), ("/b", 404)] {
            let (_, lines, metrics) = await observed(HTTPRequest(.get, path))
            #expect(lines.count == 1)
            #expect(lines.first?.contains(#""path":"\#(path)","status":\#(status),"#) == true)
            #expect(
                metrics.contains(#"http_requests_total{method="GET",status="\#(status)"} 1"#))
            #expect(metrics.contains("http_request_seconds_count 1"))
        }
    }

    @Test func `the handler, the answer and the log agree on the id`() async throws {
        let request = HTTPRequest(.get, "/a", headers: ["X-Request-ID": "mine-1"])
        let (response, lines, _) = await observed(request)
        #expect(try await response.body.bytes() == Array("mine-1".utf8))
        #expect(response.headers["X-Request-ID"] == "mine-1")
        #expect(lines.first?.contains(#""request_id":"mine-1""#) == true)
    }

    @Test(arguments: [nil, "no good\"", ""] as [String?])
    func `an id that is missing or unfit is replaced`(given: String?) async {
        var request = HTTPRequest(.get, "/a")
        request.headers["X-Request-ID"] = given
        let (response, _, _) = await observed(request)
        #expect(response.headers["X-Request-ID"] == "00000000000000000000000000000001")
    }

    @Test func `an invented method makes no metric of its own`() async {
        let (_, _, metrics) = await observed(HTTPRequest("EVIL", "/a"))
        #expect(metrics.contains(#"method="other",status="405""#))
        #expect(!metrics.contains("EVIL"))
    }
}
