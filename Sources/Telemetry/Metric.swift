/// A number that only grows.
public final class Counter: Series {
    private let value = Lock(0)

    /// Adds `amount`, which is not negative.
    public func increment(by amount: Int = 1) {
        precondition(amount >= 0, "a counter only grows")
        value.withLock { $0 += amount }
    }

    /// What it counted so far.
    public var count: Int { value.withLock { $0 } }

    func lines(name: String, labels: String) -> String { "\(name)\(braces(labels)) \(count)\n" }
}

/// A number that goes up and down.
public final class Gauge: Series {
    private let number = Lock(0.0)

    /// Sets it.
    public func set(_ value: Double) { number.withLock { $0 = value } }

    /// Adds to it, or takes away.
    public func add(_ amount: Double) { number.withLock { $0 += amount } }

    /// Its present value.
    public var value: Double { number.withLock { $0 } }

    func lines(name: String, labels: String) -> String { "\(name)\(braces(labels)) \(value)\n" }
}

/// How often values fell below each of some bounds.
public final class Histogram: Series {
    private struct State {
        var counts: [Int]
        var sum = 0.0
    }

    /// Bounds for the seconds that an answer takes.
    public static let secondsBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let bounds: [Double]
    private let state: Lock<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Lock(State(counts: [Int](repeating: 0, count: bounds.count + 1)))
    }

    /// Counts one value.
    public func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    /// How many values there were.
    public var count: Int { state.withLock { $0.counts.reduce(0, +) } }

    func lines(name: String, labels: String) -> String {
        let state = state.withLock { $0 }
        var text = ""
        var total = 0
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], state.counts) {
            total += count
            text += "\(name)_bucket\(braces(labels, "le=\"\(bound)\"")) \(total)\n"
        }
        text += "\(name)_sum\(braces(labels)) \(state.sum)\n"
        return text + "\(name)_count\(braces(labels)) \(total)\n"
    }
}
