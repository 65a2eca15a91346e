import Database
import TraqoraAPI
import Travel

/// Whether the workers get on.
struct WorkerHealth: Sendable {
    let escrows: EscrowRepository
    let contract: String
    let leases: Leases
    let reports: WorkerReports
    let now: @Sendable () -> Instant

    /// How long nothing may succeed.
    static let silenceSecondsMax: Int64 = 60
    /// The leases of those workers that only one process runs at a time.
    private static let leaseNames = ["indexer": "indexer.", "keeper": "keeper"]

    func indexerCheck() async -> HealthResponse.Check {
        do {
            guard let place = try await escrows.cursor(of: contract) else {
                return .init(name: "indexer", status: .failing, detail: "has not read yet")
            }
            let silence = place.readAt.seconds(until: now())
            var check = HealthResponse.Check(
                name: "indexer", status: silence <= Self.silenceSecondsMax ? .ok : .failing,
                detail: "read up to ledger \(place.ledger), \(silence) s ago")
            check.ledger = place.ledger
            return check
        } catch {
            return .init(name: "indexer", status: .failing, detail: error.code.rawValue)
        }
    }

    func checks() async -> [HealthResponse.Check] {
        let held = (try? await leases.held(now: now().seconds)) ?? [:]
        return reports.all.map { name, report in
            var check = check(name, report)
            if let prefix = Self.leaseNames[name],
                let lease = held.first(where: { $0.key.hasPrefix(prefix) })
            {
                check.leasedUntil = Instant(seconds: lease.value)
            }
            return check
        }
    }

    private func check(_ name: String, _ report: WorkerReports.Report) -> HealthResponse.Check {
        let last = report.lastSuccess ?? report.began
        let silence = last.seconds(until: now())
        let isLate = silence > Self.silenceSecondsMax + report.pauseSeconds
        var check = HealthResponse.Check(
            name: "worker.\(name)", status: isLate ? .failing : .ok,
            detail: report.lastSuccess == nil
                ? "no round has succeeded since it began, \(silence) s ago"
                : "last round \(silence) s ago")
        check.lastSuccessAt = report.lastSuccess
        return check
    }
}
