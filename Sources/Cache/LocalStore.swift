internal import Telemetry

/// What this process keeps by itself: bytes for a while, and counters of rates.
struct LocalStore: Sendable {
    private struct Counts {
        var window: Int64
        var current: Int
        var previous: Int
    }

    private struct State {
        var values: RecencyTable<String, [UInt8]>
        var counts: RecencyTable<String, Counts>
    }

    private let state: Lock<State>
    private let countMax: Int

    /// - Parameter countMax: how many values, and how many buckets.
    init(countMax: Int) {
        self.countMax = countMax
        state = Lock(
            State(
                values: RecencyTable(countMax: countMax), counts: RecencyTable(countMax: countMax)))
    }

    func find(_ key: String, at now: Double) -> [UInt8]? {
        state.withLock { $0.values.find(key, at: now) }
    }

    func keep(_ bytes: [UInt8], for key: String, until expires: Double) {
        state.withLock { $0.values.insert(bytes, for: key, expires: expires) }
    }

    func forget(_ key: String) {
        state.withLock { $0.values.remove(key) }
    }

    /// Forgets all values; rates go on.
    func forgetAll() {
        state.withLock { $0.values = RecencyTable(countMax: countMax) }
    }

    func take(from bucket: String, _ moment: RateMoment, at now: Double) -> RateDecision {
        state.withLock { state in
            var counts =
                state.counts.find(bucket, at: now)
                ?? Counts(window: moment.window, current: 0, previous: 0)
            if counts.window == moment.window - 1 {
                counts = Counts(window: moment.window, current: 0, previous: counts.current)
            } else if counts.window != moment.window {
                counts = Counts(window: moment.window, current: 0, previous: 0)
            }
            let decision = moment.decision(previous: counts.previous, current: counts.current)
            if decision.isAllowed { counts.current += 1 }
            state.counts.insert(
                counts, for: bucket, expires: now + Double(2 * moment.limit.seconds))
            return decision
        }
    }
}
