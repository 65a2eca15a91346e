import Telemetry

/// Runs a worker round after round until it is cancelled. A round that fails is logged and tried
/// again after a pause.
struct WorkerLoop: Sendable {
    let name: String
    let idle: Duration
    let log: Logger
    let round: @Sendable () async throws -> Int

    /// How long to wait after a failure.
    static let pauseAfterFailure = Duration.seconds(1)

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                if try await round() == 0 { try await Task.sleep(for: idle) }
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
}
