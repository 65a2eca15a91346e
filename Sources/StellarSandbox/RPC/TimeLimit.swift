/// Answers in time, whatever the work takes.
enum TimeLimit {
    /// What `body` makes; `nil` if it takes longer than `limit`. It then goes on, unheard, until it
    /// looks whether it was cancelled.
    static func run<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (answers, answer) = AsyncStream<Value?>.makeStream(bufferingPolicy: .bufferingOldest(1))
        let work = Task { answer.yield(await body()) }
        let clock = Task {
            do { try await Task.sleep(for: limit) } catch { return }
            answer.yield(nil)
        }
        defer {
            work.cancel()
            clock.cancel()
        }
        for await first in answers { return first }
        return nil
    }
}

/// How long calls may take, and how many there may be at a time.
struct RPCLimits: Hashable, Sendable {
    /// Most methods.
    var usual = Duration.seconds(5)
    /// Those that read much.
    var reading = Duration.seconds(10)
    /// Those that run contracts.
    var running = Duration.seconds(15)
    /// A request, which may be a batch.
    var request = Duration.seconds(25)
    /// Requests that are under way.
    var requestsMax = 3_000

    /// How long a method may take.
    func limit(of method: String) -> Duration {
        switch method {
        case "getEvents", "getLedgers": reading
        case "sendTransaction", "simulateTransaction": running
        default: usual
        }
    }
}
