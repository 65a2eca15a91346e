import Telemetry
import Travel

/// Accounts of which the Airline contract said lately that they act for an airline. For counting
/// their requests, not for opening anything.
final class KnownOperators: Sendable {
    private let until = Lock<[String: Instant]>([:])
    private let now: @Sendable () -> Instant

    /// How long what the contract said is remembered.
    static let seconds: Int64 = 300
    /// How many are remembered.
    static let countMax = 10_000

    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// The contract said it of an account.
    func remember(_ subject: String) {
        let time = now()
        until.withLock { until in
            if until.count >= Self.countMax { until = until.filter { $0.value > time } }
            guard until.count < Self.countMax || until[subject] != nil else { return }
            until[subject] = time.adding(seconds: Self.seconds)
        }
    }

    /// Whether an account is one.
    func contains(_ subject: String) -> Bool {
        let time = now()
        return until.withLock { ($0[subject]).map { $0 > time } ?? false }
    }
}
