import Foundation
import HTTP
import Telemetry
import Testing
import TraqoraAPI

/// The settings of traces, as the built program takes them.
@Suite struct TraceSettingsTests {
    @Test func `a marked search arrives at the collector that the settings name`() async throws {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let bodies = Lock<[(key: String?, text: String)]>([])
        let collector = HTTPServer { request in
            let text = String(decoding: request.body, as: UTF8.self)
            bodies.withLock { $0.append((request.headers["X-Key"], text)) }
            return request.path == "/otel/v1/traces" ? .text("{}") : .empty(.notFound)
        }
        let port = try await collector.start()
        try await withScratchFolder { folder in
            let program = try BuiltProgram(
                ["up", "--network-port", "0"],
                environment: [
                    "PORT": "0", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port)/otel",
                    "OTEL_SERVICE_NAME": "traqora-here", "OTEL_TRACES_SAMPLER_ARG": "0",
                    "OTEL_EXPORTER_OTLP_HEADERS": "X-Key=secret-of-the-collector",
                ], folder: folder)
            let lines = try await program.lines(until: "Try: traqora demo")
            let api = try #require(address(in: lines, after: "API")).replacing("/health", with: "")
            let client = HTTPClient()
            defer { client.shutDown() }
            let day = Date(timeIntervalSinceNow: 40 * 86_400).ISO8601Format().prefix(10)
            for headers: HTTPHeaders in [
                [:], ["traceparent": "00-\(trace)-00f067aa0ba902b7-01"],
            ] {
                let answer = try await client.send(
                    HTTPClient.Request(
                        .get,
                        "\(api)\(Route.searchFlights.pattern)?origin=LIS&destination=LHR&date=\(day)",
                        headers: headers))
                #expect(answer.status == .ok)
            }
            // What is gathered goes before the program ends.
            #expect(try await program.stop() == 0)
        }
        await collector.stop()
        let sent = bodies.withLock { $0 }
        #expect(sent.allSatisfy { $0.key == "secret-of-the-collector" })
        let text = sent.map(\.text).joined()
        #expect(text.contains(#""name":"GET /api/v1/flights/search""#))
        #expect(text.contains(#"{"key":"service.name","value":{"stringValue":"traqora-here"}}"#))
        // Nobody marked the other, and the share is none.
        let traces = Set(text.matches(of: /"traceId":"([0-9a-f]+)"/).map { String($0.1) })
        #expect(traces == [trace])
    }
}
