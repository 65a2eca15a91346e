internal import Dispatch
internal import Telemetry

/// Stops a running statement from outside, and never the one after it.
///
/// What stops it may block, so it runs on a thread of its own; whoever ran the statement waits for
/// that thread before the connection is used again.
final class StatementCancel: Sendable {
    private struct State {
        var isRunning = false
        var wasCancelled = false
    }

    private let state = Lock(State())
    private let stopping = DispatchGroup()
    private let stop: @Sendable () -> Void

    /// - Parameter stop: stops what runs now.
    init(stop: @escaping @Sendable () -> Void) { self.stop = stop }

    /// A statement begins.
    func begin() {
        state.withLock { $0 = State(isRunning: true) }
    }

    /// Stops the statement that runs, if one does.
    func cancel() {
        state.withLock { state in
            guard state.isRunning, !state.wasCancelled else { return }
            state.wasCancelled = true
            stopping.enter()
            DispatchQueue.global().async { self.stopUntilOver() }
        }
    }

    /// What comes before the statement has arrived stops nothing, so it is repeated.
    private func stopUntilOver() {
        guard state.withLock({ $0.isRunning }) else { return stopping.leave() }
        stop()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { self.stopUntilOver() }
    }

    /// The statement is over, and no other will come: nobody waits for what stops it.
    func abandon() {
        state.withLock { $0.isRunning = false }
    }

    /// The statement is over; returns when nothing can stop the next one any more.
    /// - Returns: whether it was cancelled.
    func end() async -> Bool {
        let wasCancelled = state.withLock { state in
            state.isRunning = false
            return state.wasCancelled
        }
        guard wasCancelled else { return false }
        await withCheckedContinuation { continuation in
            stopping.notify(queue: .global()) { continuation.resume() }
        }
        return true
    }
}
