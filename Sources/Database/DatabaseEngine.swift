/// The engines, and everything in which their SQL differs.
///
/// Statements are written once, in what both understand: `BIGINT`, `TEXT`, `BYTEA`, `BOOLEAN`,
/// `DOUBLE PRECISION`, `ON CONFLICT`, `RETURNING`. What only one has is a word of this file.
public enum DatabaseEngine: String, Sendable, CaseIterable {
    /// SQLite, in this process.
    case sqlite
    /// PostgreSQL, over a socket.
    case postgreSQL

    /// What stands before the number of a placeholder.
    var placeholder: String {
        switch self {
        case .sqlite: "?"
        case .postgreSQL: "$"
        }
    }
}

extension SQL {
    /// Behind the `SELECT` inside an `UPDATE` that takes work: several workers each get other rows
    /// without waiting. In SQLite writers take turns anyway.
    public static let skipLocked: SQL = "\(sqlite: "", postgreSQL: " FOR UPDATE SKIP LOCKED")"

    /// Behind a `SELECT` in a transaction at ``Isolation/readCommitted``: the rows stay as they are
    /// until its end. In SQLite a transaction is alone anyway.
    public static let forUpdate: SQL = "\(sqlite: "", postgreSQL: " FOR UPDATE")"

    /// Whether there is a table of that name: 1 or 0.
    static func tableCount(_ name: String) -> SQL {
        """
        SELECT COUNT(*) FROM \
        \(sqlite: "sqlite_master WHERE type = 'table' AND name = ", postgreSQL: "pg_tables WHERE schemaname = current_schema() AND tablename = ")\(name)
        """
    }

    /// Waits until no other transaction holds `key`, and holds it until this one ends. In SQLite a
    /// transaction that writes is alone anyway.
    static func lock(_ key: Int64) -> SQL {
        """
        \(sqlite: "SELECT 1 WHERE 0 <> ", postgreSQL: "SELECT pg_advisory_xact_lock(")\(key)\
        \(sqlite: "", postgreSQL: ")")
        """
    }
}
