/// Lets one thing be done after the other, in the order in which they were asked for: the
/// transactions of an account each need its next number.
public actor Turns {
    private var last: Task<Void, Never>?

    /// Nobody's turn yet.
    public init() {}

    /// Does `body` when all that came before it is done, whether that went well or not.
    public func take<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let previous = last
        let turn = Task {
            await previous?.value
            return try await body()
        }
        last = Task { _ = await turn.result }
        return try await turn.value
    }
}
