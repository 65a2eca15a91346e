/// One row of a result: values by column name.
public struct Row: Sendable, Hashable {
    /// The names of the columns, as the statement gives them.
    public let columns: [String]
    /// The values, in the order of ``columns``.
    public let values: [SQLValue]
    let sql: String

    /// The value of a column as `Value`: `let id: String = try row.value("id")`.
    /// - Throws: ``DatabaseError/Code/decoding`` naming the column, if there is no such column, or
    ///   its value is not a `Value` (or is `NULL` and `Value` is no optional).
    public func value<Value: SQLConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        guard let index = columns.firstIndex(of: column) else {
            throw DatabaseError(.decoding, "the result has no column \(column)", sql: sql)
        }
        return try value(at: index)
    }

    /// The value of the column at `index`, from 0.
    /// - Throws: ``DatabaseError/Code/decoding``.
    public func value<Value: SQLConvertible>(
        at index: Int, as type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        guard values.indices.contains(index) else {
            throw DatabaseError(.decoding, "the result has \(values.count) columns", sql: sql)
        }
        guard let value = Value(sqlValue: values[index]) else {
            throw DatabaseError(
                .decoding, "column \(columns[index]) is no \(Value.self)", sql: sql)
        }
        return value
    }
}

/// What a row can be read as.
public protocol RowDecodable {
    /// Reads the columns it needs.
    init(row: Row) throws(DatabaseError)
}
