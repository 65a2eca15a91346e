import Telemetry

/// Wakes a worker of this process that waits for something to do. Workers of other processes hear
/// nothing, and look by themselves.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Lock(State())

    /// There is something to do, perhaps.
    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            state.isRung = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits until it is rung, at most so long; not at all if it was since the last time. One waits
    /// at a time.
    func wait(atMost time: Duration) async {
        let alarm = Task {
            try await Task.sleep(for: time)
            ring()
        }
        defer { alarm.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    defer { state.isRung = false }
                    if !state.isRung { state.waiter = continuation }
                    return state.isRung
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}

/// Who is woken when another has done something.
struct Bells: Sendable {
    /// A signed transaction came in.
    let submitter = Bell()
    /// The same, for which we pay.
    let sponsor = Bell()
    /// A transaction is in a ledger.
    let indexer = Bell()
    /// The ledger has said something.
    let fulfilment = Bell()
}
