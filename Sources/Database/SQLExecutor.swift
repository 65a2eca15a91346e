/// What runs statements: a ``Database``, a ``Transaction`` in it, a ``Snapshot`` of it.
///
/// A repository function that takes `some SQLExecutor` works in and out of a transaction.
public protocol SQLExecutor: Sendable {
    /// Runs one statement and returns its rows and how many rows it changed.
    func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult

    /// Runs statements one after the other, asked for together: it takes one way to the server and
    /// back. Where nothing else says so they are one transaction.
    func run(together statements: [SQL]) async throws(DatabaseError) -> [StatementResult]

    /// Runs a statement for whose answer nobody waits: in a transaction it is sent with the next
    /// one, or with its end, and that throws what is wrong with it.
    func later(_ sql: SQL) async throws(DatabaseError)
}

/// What a statement gave.
public struct StatementResult: Sendable, Hashable {
    /// The rows of a `SELECT` or a `RETURNING`.
    public let rows: [Row]
    /// How many rows an `INSERT`, `UPDATE` or `DELETE` changed.
    public let changes: Int
}

extension SQLExecutor {
    /// Runs a statement for its effect, at once.
    public func later(_ sql: SQL) async throws(DatabaseError) {
        _ = try await run(sql)
    }

    /// Runs a statement for its effect.
    /// - Returns: how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) async throws(DatabaseError) -> Int {
        try await run(sql).changes
    }

    /// Every row, decoded.
    public func all<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> [Value] {
        var values: [Value] = []
        for row in try await run(sql).rows { values.append(try Value(row: row)) }
        return values
    }

    /// The first row, decoded, or `nil` when there is none. Write `LIMIT 1` if there may be many.
    public func first<Value: RowDecodable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> Value? {
        guard let row = try await run(sql).rows.first else { return nil }
        return try Value(row: row)
    }

    /// The first column of every row.
    public func values<Value: SQLConvertible>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> [Value] {
        var values: [Value] = []
        for row in try await run(sql).rows { values.append(try row.value(at: 0)) }
        return values
    }

    /// The first column of the first row, or `nil` when there is no row.
    public func value<Value: SQLConvertible>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> Value? {
        guard let row = try await run(sql).rows.first else { return nil }
        return try row.value(at: 0, as: Value.self)
    }
}
