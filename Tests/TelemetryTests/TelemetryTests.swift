import Foundation
import Testing

@testable import Telemetry

@Suite struct LoggerTests {
    private func lines(_ body: (Logger) -> Void) -> [String] {
        let lines = Lock<[String]>([])
        body(
            Logger(level: .info, now: { 1_790_000_000.25 }) { record in
                lines.withLock { $0.append(record.jsonLine) }
            })
        return lines.withLock { $0 }
    }

    @Test func `a record is one line of JSON with its keys in order`() {
        let lines = lines { logger in
            logger.with(["request_id": "r1"]).info(
                "booking paid", ["count": 3, "price": 1.5, "late": false, "text": "a\"b\n\u{1}é"])
        }
        #expect(
            lines == [
                #"{"time":"2026-09-21T14:13:20.250Z","level":"info","message":"booking paid","#
                    + #""request_id":"r1","count":3,"price":1.5,"late":false,"#
                    + #""text":"a\"b\n\u0001é"}"#
            ])
    }

    @Test func `a line can be read by any JSON reader`() throws {
        let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        let line = try #require(lines { $0.error("m", ["text": .string(text)]) }.first)
        let read = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(read["text"] == text)
        #expect(!line.contains("\n"))
    }

    @Test func `what is less than wanted is not written`() {
        #expect(lines { $0.debug("nothing") }.isEmpty)
    }

    @Test func `a key given twice is written as last given`() {
        let lines = lines { $0.with(["a": 1, "b": 2]).info("m", ["a": 3]) }
        #expect(lines.first?.hasSuffix(#""b":2,"a":3}"#) == true)
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00.000Z"), (951_827_696.789, "2000-02-29T12:34:56.789Z"),
        (4_107_542_399.999, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400.0, "2100-03-01T00:00:00.000Z"), (-0.5, "1969-12-31T23:59:59.500Z"),
    ])
    func `a time is RFC 3339 in UTC`(seconds: Double, text: String) {
        #expect(timestamp(seconds) == text)
    }
}

@Suite struct SecretTests {
    @Test func `a secret never shows`() {
        let secret = Secret("swordfish")
        var dumped = ""
        dump(["key": secret], to: &dumped)
        let shown = "\(secret) \(String(reflecting: secret)) \(dumped) \(LogValue.secret(secret))"
        #expect(!shown.contains("swordfish"))
        #expect(shown.contains("[redacted]"))
        #expect(secret.reveal() == "swordfish")
    }
}

@Suite struct MetricsTests {
    @Test func `metrics are Prometheus text in the order of their names`() {
        let metrics = Metrics()
        metrics.counter("requests_total", "Requests.", ["route": "/a\"b"]).increment(by: 2)
        metrics.counter("requests_total", "Requests.", ["route": "/a\"b"]).increment()
        metrics.gauge("open", "Open now.").set(1.5)
        let seconds = metrics.histogram("seconds", "Time.", bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] { seconds.observe(value) }
        #expect(
            metrics.prometheusText() == """
                # HELP open Open now.
                # TYPE open gauge
                open 1.5
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{route="/a\\"b"} 3
                # HELP seconds Time.
                # TYPE seconds histogram
                seconds_bucket{le="0.1"} 2
                seconds_bucket{le="1.0"} 3
                seconds_bucket{le="+Inf"} 4
                seconds_sum 7.65
                seconds_count 4

                """)
    }

    @Test func `labels without end do not fill the memory`() {
        let metrics = Metrics(seriesMax: 2)
        for number in 0..<10 { metrics.counter("n", "N.", ["id": "\(number)"]).increment() }
        #expect(metrics.prometheusText().split(separator: "\n").count == 4)
    }

    @Test func `counts from many tasks are all there`() async {
        let counter = Metrics().counter("n", "N.")
        await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { for _ in 0..<100 { counter.increment() } } }
        }
        #expect(counter.count == 10_000)
    }
}

@Suite struct RequestIDTests {
    @Test(arguments: [
        ("abc-DEF_1.2", true), ("", false), ("a b", false), ("a\nb", false), ("é", false),
    ])
    func `an id from outside must be fit for a log line`(text: String, isFit: Bool) {
        #expect((RequestID(text) != nil) == isFit)
    }

    @Test func `an id is 32 digits`() {
        #expect(RequestID(random: 1, .max).description == "0000000000000001ffffffffffffffff")
        #expect(RequestID(String(repeating: "a", count: 65)) == nil)
    }
}
