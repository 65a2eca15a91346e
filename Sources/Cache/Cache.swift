internal import Telemetry

/// What may be lost: values for a while, at most so many, the least recently used go first.
///
/// While a value is being made, everyone else who wants it waits for that one attempt; a failure is
/// given to all who waited and remembered by nobody. Losing the cache costs speed, never money.
public final class Cache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private enum Lookup {
        case found(Value)
        case join(Task<Value, any Error>)
    }

    private struct State {
        var values: RecencyTable<Key, Value>
        var attempts: [Key: (number: Int, task: Task<Value, any Error>)] = [:]
        var attemptCount = 0
    }

    private let state: Lock<State>
    private let lifetimeSeconds: Double
    private let now: @Sendable () -> Double

    /// An empty cache.
    /// - Parameters:
    ///   - countMax: how many values it keeps.
    ///   - lifetimeSeconds: how long it keeps one.
    ///   - now: a clock in seconds that never goes back.
    public init(
        countMax: Int, lifetimeSeconds: Double, now: @escaping @Sendable () -> Double
    ) {
        state = Lock(State(values: RecencyTable(countMax: max(1, countMax))))
        self.lifetimeSeconds = lifetimeSeconds
        self.now = now
    }

    /// The value of `key`, from here or made by `make`: by one caller at a time, for all who wait.
    ///
    /// What waits when its task is cancelled still gets the value; nobody's cancellation takes it
    /// from the others.
    /// - Throws: what `make` throws.
    public func value(for key: Key, make: @escaping @Sendable () async throws -> Value)
        async throws -> Value
    {
        let time = now()
        let lookup: Lookup = state.withLock { state in
            if let value = state.values.find(key, at: time) { return .found(value) }
            if let attempt = state.attempts[key] { return .join(attempt.task) }
            state.attemptCount += 1
            let number = state.attemptCount
            let task = Task {
                do {
                    let value = try await make()
                    self.finish(key, attempt: number, with: value)
                    return value
                } catch {
                    self.finish(key, attempt: number, with: nil)
                    throw error
                }
            }
            state.attempts[key] = (number, task)
            return .join(task)
        }
        switch lookup {
        case .found(let value): return value
        case .join(let task): return try await task.value
        }
    }

    /// The value of `key`, if it is here.
    public func find(_ key: Key) -> Value? {
        let time = now()
        return state.withLock { $0.values.find(key, at: time) }
    }

    /// Keeps a value that was made elsewhere.
    public func keep(_ value: Value, for key: Key) {
        let expires = now() + lifetimeSeconds
        state.withLock { $0.values.insert(value, for: key, expires: expires) }
    }

    /// Forgets a value; one that is being made is given to those who wait, and not kept.
    public func forget(_ key: Key) {
        state.withLock { state in
            state.values.remove(key)
            state.attempts[key] = nil
        }
    }

    /// How many values it keeps, expired ones included.
    public var count: Int { state.withLock { $0.values.count } }

    private func finish(_ key: Key, attempt: Int, with value: Value?) {
        let expires = now() + lifetimeSeconds
        state.withLock { state in
            // Forgotten in the meantime: someone knows that it is stale.
            guard state.attempts[key]?.number == attempt else { return }
            state.attempts[key] = nil
            if let value { state.values.insert(value, for: key, expires: expires) }
        }
    }
}
