/// What `body` returns if it does so in time, and otherwise `fallback`; then it is cancelled.
func inTime<Value: Sendable>(
    _ limit: Duration, orElse fallback: Value, _ body: @escaping @Sendable () async -> Value
) async -> Value {
    await withTaskGroup { group in
        group.addTask { await body() }
        group.addTask {
            try? await Task.sleep(for: limit)
            return fallback
        }
        defer { group.cancelAll() }
        return await group.next() ?? fallback
    }
}
