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
        let wrk = try Tool.find("wrk")
        let database = try await Database.open(DatabaseConfiguration(.memory))
        try await database.migrate(Migrations.all, now: 0)
        let client = HTTPClient()
        let service = try TraqoraServer(
            .search, database: database,
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
        let bare = HTTPServer { _ in .bytes(body, contentType: "application/json") }
        let barePort = try await bare.start()
        var (theirs, ours) = (0.0, 0.0)
        for _ in 0..<3 {
            theirs = max(
                theirs, try await Wrk(tool: wrk).requestsPerSecond(port: barePort, path: path))
            ours = max(ours, try await Wrk(tool: wrk).requestsPerSecond(port: port, path: path))
        }
        await server.stop()
        await bare.stop()
        await database.close()
        client.shutDown()
        return Figure(ours, beside: "bare handler, \(body.count) B:", theirs)
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
