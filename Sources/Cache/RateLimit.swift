/// So many in so many seconds, in any stretch of that length.
public struct RateLimit: Sendable, Hashable {
    /// How many.
    public let count: Int
    /// In how many seconds.
    public let seconds: Int

    /// A limit; neither is less than 1.
    public init(_ count: Int, seconds: Int) {
        self.count = max(1, count)
        self.seconds = max(1, seconds)
    }
}

/// Whether one more was allowed, and what is left.
public struct RateDecision: Sendable, Hashable {
    /// Whether it was, and has been counted.
    public let isAllowed: Bool
    /// How many more would be allowed now.
    public let remaining: Int
    /// After how many seconds one more will be allowed, 0 if now.
    public let retrySeconds: Int

    /// A decision.
    public init(isAllowed: Bool, remaining: Int, retrySeconds: Int) {
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.retrySeconds = retrySeconds
    }
}

/// Where a moment stands in the two fixed windows that a sliding one is estimated from: all of the
/// present one, and of the one before the part that the sliding window still covers, as if it had
/// been even. The estimate is wrong by a fraction of the limit at most, and takes two numbers a
/// bucket instead of a list of every request.
struct RateMoment: Sendable, Hashable {
    let limit: RateLimit
    /// The number of the present window.
    let window: Int64
    /// How much of the one before still counts, in thousandths.
    let weight: Int

    init(_ limit: RateLimit, at now: Double) {
        self.limit = limit
        let position = now / Double(limit.seconds)
        window = Int64(position.rounded(.down))
        weight = 1_000 - Int((position - position.rounded(.down)) * 1_000)
    }

    /// How many count now.
    func used(previous: Int, current: Int) -> Int { previous * weight / 1_000 + current }

    /// The decision, when `current` does not hold the one that is asked for yet.
    func decision(previous: Int, current: Int) -> RateDecision {
        let used = used(previous: previous, current: current)
        guard used >= limit.count else {
            return RateDecision(
                isAllowed: true, remaining: limit.count - used - 1, retrySeconds: 0)
        }
        return RateDecision(
            isAllowed: false, remaining: 0,
            retrySeconds: retrySeconds(previous: previous, current: current))
    }

    /// When the estimate falls below the limit if nothing more comes.
    private func retrySeconds(previous: Int, current: Int) -> Int {
        let length = Double(limit.seconds)
        let passed = Double(1_000 - weight) / 1_000 * length
        let free = Double(limit.count - current)
        let wait =
            free > 0 && previous > 0
            ? length * (1 - free / Double(previous)) - passed
            : length - passed + length * (1 - Double(limit.count) / Double(max(1, current)))
        // The weight is counted in thousandths, so it falls that much later.
        return max(1, Int((wait + length / 1_000 + 0.001).rounded(.up)))
    }
}
