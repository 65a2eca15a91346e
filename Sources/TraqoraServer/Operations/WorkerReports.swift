import Telemetry
import Travel

/// How the workers of this process got on.
final class WorkerReports: Sendable {
    /// How one did.
    struct Report: Sendable {
        /// When it was started.
        var began: Instant
        /// How long it waits between rounds.
        var pauseSeconds: Int64
        /// When a round last ended without a failure.
        var lastSuccess: Instant?
    }

    private let reports = Lock<[(name: String, report: Report)]>([])
    private let now: @Sendable () -> Instant

    /// None yet.
    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// Each, in the order in which they were started.
    var all: [(name: String, report: Report)] { reports.withLock { $0 } }

    /// A worker begins.
    func begin(_ name: String, pause: Duration) {
        let report = Report(began: now(), pauseSeconds: pause.components.seconds)
        reports.withLock { reports in
            reports.removeAll { $0.name == name }
            reports.append((name, report))
        }
    }

    /// A round ended without a failure.
    func succeeded(_ name: String) {
        let time = now()
        reports.withLock { reports in
            guard let index = reports.firstIndex(where: { $0.name == name }) else { return }
            reports[index].report.lastSuccess = time
        }
    }
}
