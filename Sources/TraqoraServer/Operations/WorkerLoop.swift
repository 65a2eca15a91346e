import Telemetry

/// Runs a worker round after round until it is cancelled. A round that fails is logged and tried
/// again after a pause.
struct WorkerLoop: Sendable {
    let name: String
    let idle: Duration
    let log: Logger
    let reports: WorkerReports
    let tracer: Tracer?
    /// Ends the pause between two rounds.
    var bell = Bell()
    let round: @Sendable () async throws -> Int

    /// How long to wait after a failure.
    static let pauseAfterFailure = Duration.seconds(1)

    /// Runs until the task is cancelled.
    func run() async {
        reports.begin(name, pause: idle)
        while !Task.isCancelled {
            do {
                let count = try await traced()
                reports.succeeded(name)
                if count == 0 { await bell.wait(atMost: idle) }
            } catch is CancellationError {
                return
            } catch {
                guard !Task.isCancelled else { return }
                log.warning(
                    "A worker's round failed",
                    ["worker": .string(name), "error": .describing(error)])
                try? await Task.sleep(for: Self.pauseAfterFailure)
            }
        }
    }

    private func traced() async throws -> Int {
        guard let tracer else { return try await round() }
        return try await tracer.round("worker \(name)", round)
    }
}
