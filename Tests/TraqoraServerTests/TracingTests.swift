import Cache
import Foundation
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct TracingTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    /// A collector over HTTP, as OpenTelemetry's is.
    private final class Collector: Sendable {
        private let bodies = Lock<[JSONValue]>([])

        func answer(_ request: HTTPRequest) throws -> HTTPResponse {
            #expect(request.path == "/v1/traces")
            #expect(request.headers["Content-Type"] == "application/json")
            let body = try request.json(as: JSONValue.self)
            bodies.withLock { $0.append(body) }
            return .text("{}", contentType: "application/json")
        }

        /// The spans of a trace, by name.
        func spans(of trace: String) -> [String: JSONValue] {
            var found: [String: JSONValue] = [:]
            for body in bodies.withLock({ $0 }) {
                for resource in body["resourceSpans"]?.elements ?? [] {
                    for scope in resource["scopeSpans"]?.elements ?? [] {
                        for span in scope["spans"]?.elements ?? []
                        where span["traceId"]?.text == trace {
                            found[span["name"]?.text ?? ""] = span
                        }
                    }
                }
            }
            return found
        }
    }

    private func server(_ world: TestWorld, collector: String) -> TraqoraServer {
        var configuration = world.configuration
        let client = world.client
        configuration.traces = TraceConfiguration(
            serviceName: "traqora-test", sampledShare: 0, now: { 1_795_608_000 }
        ) { body in
            let request = HTTPClient.Request(
                .post, "\(collector)/v1/traces", headers: ["Content-Type": "application/json"],
                body: body, totalTimeMax: .seconds(2))
            guard let response = try? await client.send(request) else { return .unreachable }
            return response.status.isSuccess ? .taken : .refused
        }
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: client,
            log: .silent, now: { clock.now })
    }

    @Test(arguments: Engine.all)
    func `a marked request arrives at the collector with what was asked on its way`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let collector = Collector()
        let sink = HTTPServer { request in
            do { return try collector.answer(request) } catch { return .empty(.badRequest) }
        }
        let server = server(world, collector: "http://127.0.0.1:\(try await sink.start())")
        let port = try await server.start()
        let offer = try await world.offer()
        let wanted = try HTTPResponse.jsonEncoder.encode(world.request(offer))
        let response = try await world.client.send(
            HTTPClient.Request(
                .post, "http://127.0.0.1:\(port)\(Route.createBooking.pattern)",
                headers: [
                    "Content-Type": "application/json", "Idempotency-Key": UUID().uuidString,
                    "traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01",
                ], body: Array(wanted)))
        #expect(response.status == .created)
        await server.stop()
        let spans = collector.spans(of: Self.trace)
        let whole = try #require(spans["POST /api/v1/bookings"])
        #expect(whole["parentSpanId"] == "00f067aa0ba902b7")
        #expect(whole["kind"] == 2)
        // What was asked of the ledger and of the database are its parts.
        let rpc = try #require(spans.first { $0.key.hasPrefix("POST 127.0.0.1:") }?.value)
        #expect(rpc["parentSpanId"] == whole["spanId"])
        let insert = try #require(spans["INSERT bookings"])
        #expect(insert["parentSpanId"] == whole["spanId"])
        #expect(spans["COMMIT"] != nil)
        // The ledger's server was told where it stands in the trace.
        let told = try #require(await world.ledger.traceparents.first)
        #expect(TraceContext(traceparent: told)?.trace == Self.trace)
        // No value that is kept, and nobody's name, is in what was sent.
        #expect(!"\(spans)".contains("Lovelace"))
        await sink.stop()
        await world.close()
    }

    @Test func `a collector that is not there slows nothing and loses no request`() async throws {
        let world = try await TestWorld()
        let server = server(world, collector: "http://127.0.0.1:9")
        let port = try await server.start()
        for _ in 0..<50 {
            let response = try await world.client.send(
                HTTPClient.Request(
                    .get, "http://127.0.0.1:\(port)/live",
                    headers: ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01"]))
            #expect(response.status == .ok)
        }
        await server.stop()
        await world.close()
    }
}
