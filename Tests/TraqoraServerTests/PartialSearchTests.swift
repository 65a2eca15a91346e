import Cache
import FlightSupply
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Searches in which not every supplier answers.
@Suite struct PartialSearchTests {
    /// A server that asks the simulator and a Duffel at `url`.
    private func server(_ world: TestWorld, duffel url: String, hasSimulator: Bool = true)
        -> TraqoraServer
    {
        var configuration = world.configuration
        configuration.suppliers.hasSimulator = hasSimulator
        configuration.suppliers.duffel = .init(accessToken: Secret("key"), baseURL: url)
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    private let path = "\(Route.searchFlights.pattern)?origin=LHR&destination=JFK&date=2026-12-24"

    @Test func `one that fails is named, takes nothing from the others, and is asked again soon`()
        async throws
    {
        let world = try await TestWorld()
        let asked = Lock(0)
        let broken = HTTPServer { _ in
            asked.withLock { $0 += 1 }
            return .text("<html></html>", status: 500, contentType: "text/html")
        }
        let server = server(world, duffel: "http://127.0.0.1:\(try await broken.start())")
        let first = try await server.respond(to: HTTPRequest(.get, path))
            .json(as: FlightSearchResponse.self)
        #expect(!first.offers.isEmpty)
        #expect(first.suppliers.map(\.name) == ["simulator", "duffel"])
        #expect(first.suppliers.map(\.code) == [nil, "suppliers.failed"])
        #expect(first.suppliers.map { $0.offers > 0 } == [true, false])
        // The same and what only sorts otherwise come from what is kept, a few seconds long.
        _ = await server.respond(to: HTTPRequest(.get, path))
        _ = await server.respond(to: HTTPRequest(.get, path + "&sort=duration"))
        #expect(asked.withLock { $0 } == 1)
        world.clock.advance(by: Int64(FlightShop.partialSecondsMax) + 1)
        _ = await server.respond(to: HTTPRequest(.get, path))
        #expect(asked.withLock { $0 } == 2)
        let metrics = String(
            decoding: try await server.respond(to: HTTPRequest(.get, "/metrics")).body.bytes(),
            as: UTF8.self)
        #expect(
            metrics.contains(
                "traqora_supplier_seconds_count{supplier=\"duffel\",outcome=\"suppliers.failed\"} 2"
            ))
        #expect(metrics.contains("traqora_search_own_seconds_count 3"))
        await broken.stop()
        await world.close()
    }

    @Test func `where nobody answers, that is a problem and not an empty list`() async throws {
        let world = try await TestWorld()
        let broken = HTTPServer { _ in .text("no", status: 401) }
        let server = server(
            world, duffel: "http://127.0.0.1:\(try await broken.start())", hasSimulator: false)
        let response = await server.respond(to: HTTPRequest(.get, path))
        #expect(response.problemCode == "suppliers.unauthorized")
        #expect(response.status == 502)
        await broken.stop()
        await world.close()
    }

    @Test func `searches at once that ask for the same are one`() async throws {
        let world = try await TestWorld()
        let asked = Lock(0)
        let slow = HTTPServer { _ in
            asked.withLock { $0 += 1 }
            try? await Task.sleep(for: .seconds(3))
            return .text("no", status: 500)
        }
        let server = server(world, duffel: "http://127.0.0.1:\(try await slow.start())")
        let path = path
        await withTaskGroup { group in
            for number in 0..<20 {
                let order = OfferSort.allCases[number % 3].rawValue
                group.addTask {
                    _ = await server.respond(to: HTTPRequest(.get, path + "&sort=\(order)"))
                }
            }
        }
        #expect(asked.withLock { $0 } == 1)
        // All of them waited three seconds: that is not their own time.
        let metrics = String(
            decoding: try await server.respond(to: HTTPRequest(.get, "/metrics")).body.bytes(),
            as: UTF8.self)
        let own = metrics.firstMatch(of: /traqora_search_own_seconds_sum ([0-9.e-]+)/)
        #expect(try #require(own.flatMap { Double($0.1) }) < 50)
        await slow.stop()
        await world.close()
    }
}
