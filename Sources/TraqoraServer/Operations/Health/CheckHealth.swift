import Cache
import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Whether the service and what it needs are well, looked at once a second at most.
struct CheckHealth: Sendable {
    let database: Database
    let escrows: EscrowRepository
    let escrow: EscrowContract
    let shared: SharedCache
    let answers: Cache<String, HealthResponse>
    let now: @Sendable () -> Instant

    /// How long an answer is given again.
    static let lifetimeSeconds = 1.0
    /// How long the indexer may not have read anything.
    static let silenceSecondsMax: Int64 = 60

    /// What is served here.
    var routes: [ServedRoute] { [(.health, health)] }

    /// `GET /health`
    func health(_ request: HTTPRequest) async throws -> HTTPResponse {
        let response = try await answers.value(for: "health") { await check() }
        return try .json(
            response, status: response.status == .failing ? .serviceUnavailable : .ok,
            headers: ["Cache-Control": "no-store"])
    }

    private func check() async -> HealthResponse {
        HealthResponse(
            checks: [
                await databaseCheck(), cacheCheck(), await ledgerCheck(), await indexerCheck(),
            ],
            checkedAt: now())
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

    private func ledgerCheck() async -> HealthResponse.Check {
        do {
            let health = try await escrow.rpc.health()
            return .init(
                name: "rpc", status: health.status == "healthy" ? .ok : .failing,
                detail: "\(health.status), ledger \(health.latestLedger)")
        } catch {
            return .init(name: "rpc", status: .failing, detail: error.code)
        }
    }

    private func indexerCheck() async -> HealthResponse.Check {
        do {
            guard let place = try await escrows.cursor(of: escrow.contractText) else {
                return .init(name: "indexer", status: .failing, detail: "has not read yet")
            }
            let silence = place.readAt.seconds(until: now())
            return .init(
                name: "indexer", status: silence <= Self.silenceSecondsMax ? .ok : .failing,
                detail: "read up to ledger \(place.ledger), \(silence) s ago")
        } catch {
            return .init(name: "indexer", status: .failing, detail: error.code.rawValue)
        }
    }
}
