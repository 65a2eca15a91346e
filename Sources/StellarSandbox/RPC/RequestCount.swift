internal import Synchronization

/// How many requests are under way.
final class RequestCount: Sendable {
    private let count = Atomic(0)

    /// Runs `body` unless there are `limit` already; then `nil`.
    func run<Value>(upTo limit: Int, _ body: () async -> Value) async -> Value? {
        let before = count.wrappingAdd(1, ordering: .relaxed).oldValue
        defer { count.wrappingSubtract(1, ordering: .relaxed) }
        return before < limit ? await body() : nil
    }
}
