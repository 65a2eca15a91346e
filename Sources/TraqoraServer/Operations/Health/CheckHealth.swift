import Cache
import Database
import HTTP
import TraqoraAPI
import Travel

/// Whether the service and what it needs are well, looked at once a second at most.
struct CheckHealth: Sendable {
    let database: Database
    let shared: SharedCache
    let ledger: LedgerHealth
    let workers: WorkerHealth
    let maintenance: Maintenance
    let mail: MailHealth
    /// How long one look may take; what has not answered by then is failing.
    let patience: Duration
    let answers: Cache<String, HealthResponse>
    let now: @Sendable () -> Instant

    /// How long an answer is given again.
    static let lifetimeSeconds = 1.0

    /// What is served here.
    var routes: [ServedRoute] { [(.health, health)] }

    /// `GET /health`
    func health(_ request: HTTPRequest) async throws -> HTTPResponse {
        let response = try await answers.value(for: "health") { await check() }
        return try .json(
            response, status: response.status == .failing ? .serviceUnavailable : .ok,
            headers: ["Cache-Control": "no-store"])
    }

    /// All looks at once: an answer takes as long as the slowest, not as all together.
    private func check() async -> HealthResponse {
        let looks: [@Sendable () async -> [HealthResponse.Check]] = [
            { await within("database") { [await databaseCheck()] } },
            { [cacheCheck()] },
            { await within("rpc") { [await ledger.rpcCheck()] } },
            { await within("horizon") { await ledger.horizonCheck() } },
            { await within(ledger.contractNames) { await ledger.contractChecks() } },
            { await within("indexer") { [await workers.indexerCheck()] } },
            { await within("books") { await workers.bookChecks() } },
            { await within("workers") { await workers.checks() } },
            { await within("mail") { [await mail.check()] } },
        ]
        let found = await withTaskGroup { group in
            for (place, look) in looks.enumerated() {
                group.addTask { (place, await look()) }
            }
            return await group.reduce(into: [Int: [HealthResponse.Check]]()) { $0[$1.0] = $1.1 }
        }
        return HealthResponse(
            checks: found.sorted { $0.key < $1.key }.flatMap(\.value), checkedAt: now(),
            // A database that does not answer is one of the checks.
            maintenance: try? await maintenance.notice())
    }

    /// What `look` finds, or that it took too long, under the same names.
    private func within(
        _ names: String..., look: @escaping @Sendable () async -> [HealthResponse.Check]
    ) async -> [HealthResponse.Check] {
        await within(names, look)
    }

    private func within(
        _ names: [String], _ look: @escaping @Sendable () async -> [HealthResponse.Check]
    ) async -> [HealthResponse.Check] {
        let late = names.map {
            HealthResponse.Check(name: $0, status: .failing, detail: "no answer in time")
        }
        return await inTime(patience, orElse: late, look)
    }

    private func databaseCheck() async -> HealthResponse.Check {
        do {
            let version = try await database.schemaVersion()
            return .init(
                name: "database", status: .ok,
                detail: "\(database.engine.rawValue), schema \(version)")
        } catch {
            return .init(name: "database", status: .failing, detail: error.code.rawValue)
        }
    }

    private func cacheCheck() -> HealthResponse.Check {
        switch shared.state {
        case .inProcess: .init(name: "cache", status: .ok, detail: "in process")
        case .shared: .init(name: "cache", status: .ok, detail: "redis")
        case .fallenBack:
            .init(
                name: "cache", status: .degraded,
                detail: "redis cannot be reached: each process keeps its own, limits are laxer")
        }
    }
}
