/// A connection to an engine: lent to one caller at a time, who may use it from several tasks.
protocol EngineConnection: AnyObject, Sendable {
    /// Whether it still reaches its engine. One that does not is thrown away when it comes back.
    nonisolated var isUsable: Bool { get }

    /// Runs statements, asked for together; `transaction` is the one they belong to, `nil` for one
    /// of their own. Cancelling the task stops them.
    /// - Returns: an answer each.
    func run(_ statements: [SQL], in transaction: Int?)
        async throws(DatabaseError) -> [StatementResult]

    /// Runs the statements of a text without values, one after the other.
    func runScript(_ script: String, in transaction: Int) async throws(DatabaseError)

    /// Begins a transaction.
    /// - Returns: its number.
    func begin(_ mode: TransactionMode) async throws(DatabaseError) -> Int

    /// Makes it last, with these last statements of it. If that fails, nothing of it is left,
    /// unless the connection was lost: then nobody knows.
    func commit(_ transaction: Int, after statements: [SQL]) async throws(DatabaseError)

    /// Undoes what is open, if anything is; after that the connection is fresh, or not usable.
    func rollBack() async

    /// Lets go of the engine.
    func close() async
}

extension EngineConnection {
    /// Runs one statement.
    func run(_ sql: SQL, in transaction: Int?) async throws(DatabaseError) -> StatementResult {
        guard let result = try await run([sql], in: transaction).first else {
            throw DatabaseError(.statement, "no answer", sql: sql.text(for: .sqlite))
        }
        return result
    }
}

/// What a transaction is for.
enum TransactionMode: Sendable {
    case reading
    case writing(Isolation)
}

/// How much a transaction notices of others.
public enum Isolation: Sendable {
    /// As if it were alone: what is right when run by itself is right. The default; PostgreSQL
    /// may refuse one of two that collide, which is then run again.
    case serializable
    /// Each statement sees what was committed before it. For statements that are right in any
    /// company: a single `UPDATE … WHERE state = …`, an `ON CONFLICT`, or rows held with
    /// ``SQL/forUpdate``. Faster under load; on SQLite the same as ``serializable``.
    case readCommitted
}
