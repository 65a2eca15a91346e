internal import Cache
internal import Cryptography
internal import Database
internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarXDR
internal import Telemetry
internal import TraqoraServer
internal import Travel

extension Benchmark {
    /// A flight search that is answered from the cache, beside a bare handler with the same bytes.
    static let searchCached = Benchmark(name: "search.cached", unit: "requests/s") {
        let wrk = Wrk(tool: try Tool.find("wrk"))
        return try await CachedSearch.run { search in
            let bare = HTTPServer { _ in .bytes(search.body, contentType: "application/json") }
            let barePort = try await bare.start()
            var (theirs, ours) = (0.0, 0.0)
            for _ in 0..<3 {
                theirs = max(
                    theirs, try await wrk.requestsPerSecond(port: barePort, path: search.path))
                ours = max(
                    ours, try await wrk.requestsPerSecond(port: search.port, path: search.path))
            }
            await bare.stop()
            return Figure(ours, beside: "bare handler, \(search.body.count) B:", theirs)
        }
    }

    /// How long 99 of 100 of the same searches take when half as many come as could be answered;
    /// the best of three.
    static let searchCalm = Benchmark(name: "search.cached-p99", unit: "ms at half the load") {
        let wrk = Wrk(tool: try Tool.find("wrk"))
        return try await CachedSearch.run { search in
            let most = try await wrk.requestsPerSecond(port: search.port, path: search.path)
            var best = (rate: 0.0, milliseconds: Double.infinity)
            for _ in 0..<3 {
                let calm = try await wrk.calm(most / 2, port: search.port, path: search.path)
                if calm.milliseconds < best.milliseconds { best = calm }
            }
            return Figure(best.milliseconds, beside: "requests/s:", best.rate)
        }
    }
}

/// A service that has just answered a search.
private struct CachedSearch {
    let port: Int
    let path: String
    let body: [UInt8]

    static func run(_ measure: (CachedSearch) async throws -> Figure) async throws -> Figure {
        let database = try await Database.open(DatabaseConfiguration(.memory))
        try await database.migrate(Migrations.all, now: 0)
        let client = HTTPClient()
        var configuration = try TraqoraServer.Configuration.search
        // Longer than anything takes here.
        configuration.searchSeconds = 3_600
        let service = TraqoraServer(
            configuration, database: database,
            cache: SharedCache(now: { Date().timeIntervalSince1970 }), client: client, log: .silent,
            now: { Instant(seconds: Int64(Date().timeIntervalSince1970)) })
        let server = HTTPServer { await service.respond(to: $0) }
        let port = try await server.start()

        let day = LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970) / 86_400 + 30)
        let path = "/api/v1/flights/search?origin=LHR&destination=JFK&date=\(day)&limit=5"
        let answer = try await client.send(.init(.get, "http://127.0.0.1:\(port)\(path)"))
        guard answer.status == .ok, case .bytes(let body) = answer.body else {
            throw BenchmarkFailure(what: "the search answered \(answer.status)")
        }
        let figure = try await measure(CachedSearch(port: port, path: path, body: body))
        await server.stop()
        await database.close()
        client.shutDown()
        return figure
    }
}

extension TraqoraServer.Configuration {
    /// One that only searches: its ledger is never asked.
    fileprivate static var search: Self {
        get throws {
            Self(
                http: .init(), network: .standalone, rpcURL: "http://127.0.0.1:9",
                bookingContract: .zero, firstLedger: 1, settlementToken: .zero,
                tokenSymbol: "TUSD", seller: try .random(),
                quoteKey: try Ed25519.PrivateKey(seed: SecureRandom.bytes(32)),
                columnKeys: ColumnKeys(key: SecureRandom.bytes(32)))
        }
    }
}
