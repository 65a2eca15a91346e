import Telemetry

/// Something that happens once, for those who wait for it.
final class Signal: Sendable {
    private struct State {
        var isGiven = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Lock(State())

    func give() {
        let waiting = state.withLock { state in
            state.isGiven = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isGiven = state.withLock { state in
                if !state.isGiven { state.waiting.append(continuation) }
                return state.isGiven
            }
            if isGiven { continuation.resume() }
        }
    }
}

/// Asks again and again until it is so, for at most some seconds: for what another thread will have
/// done soon and tells nobody.
func eventually(_ isSo: () -> Bool) async -> Bool {
    for _ in 0..<2000 {
        if isSo() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return isSo()
}
