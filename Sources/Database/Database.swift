/// What must be kept. One connection writes, others read beside it; each has a thread of its own,
/// so that no caller's thread waits for the disk.
///
/// ```swift
/// let database = try await Database.open(DatabaseConfiguration(.file("traqora.sqlite")))
/// let name: String? = try await database.value("SELECT name FROM users WHERE id = \(id)")
/// try await database.transaction { transaction in
///     try await transaction.execute("UPDATE seats SET taken = \(true) WHERE id = \(seat)")
/// }
/// ```
public final class Database: SQLExecutor {
    private let writers: ConnectionPool
    private let readers: ConnectionPool

    private init(writers: ConnectionPool, readers: ConnectionPool) {
        self.writers = writers
        self.readers = readers
    }

    /// Opens the database, making it if there is none.
    /// - Throws: ``DatabaseError/Code/cannotOpen``, ``DatabaseError/Code/corrupt``.
    public static func open(
        _ configuration: DatabaseConfiguration
    ) async throws(DatabaseError) -> Database {
        let patience = Duration.milliseconds(configuration.busyTimeoutMillisecondsMax)
        switch configuration.location {
        case .memory:
            let connection = try SQLiteConnection(
                path: ":memory:", label: "database.memory", configuration)
            try await connection.prepare(isReader: false)
            let pool = ConnectionPool([connection], patience: patience)
            return Database(writers: pool, readers: pool)
        case .file(let path):
            let writer = try SQLiteConnection(path: path, label: "database.writer", configuration)
            try await writer.prepare(isReader: false)
            var readers: [SQLiteConnection] = []
            for number in 0..<max(1, configuration.readers) {
                let reader = try SQLiteConnection(
                    path: path, label: "database.reader.\(number)", configuration)
                try await reader.prepare(isReader: true)
                readers.append(reader)
            }
            return Database(
                writers: ConnectionPool([writer], patience: patience),
                readers: ConnectionPool(readers, patience: patience))
        }
    }

    /// Runs one statement, in a transaction of its own. A `SELECT` goes to a reader.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        let pool = sql.isQuery ? readers : writers
        let connection = try await pool.borrow()
        do {
            let result = try await connection.run(sql, in: nil)
            await pool.giveBack(connection)
            return result
        } catch {
            await pool.giveBack(connection)
            throw error
        }
    }

    /// Runs `body` in one transaction: all of it lasts when it returns, nothing when it throws.
    ///
    /// There is one at a time: do not wait for anything else inside, and use the transaction, not
    /// the database. The transaction is over when `body` ends.
    /// - Throws: what `body` throws; ``DatabaseError``.
    public func transaction<Value>(
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await scope(of: writers, writing: true) { connection, number in
            try await body(Transaction(connection: connection, number: number))
        }
    }

    /// Runs `body` on one unchanging state of the data, beside the writer.
    public func snapshot<Value>(
        _ body: (Snapshot) async throws -> Value
    ) async throws -> Value {
        try await scope(of: readers, writing: false) { connection, number in
            try await body(Snapshot(connection: connection, number: number))
        }
    }

    /// Closes it. What is running ends first; what comes later throws
    /// ``DatabaseError/Code/closed``.
    public func close() async {
        await writers.close()
        await readers.close()
    }

    private func scope<Value>(
        of pool: ConnectionPool, writing: Bool,
        _ body: (SQLiteConnection, Int) async throws -> Value
    ) async throws -> Value {
        let connection = try await pool.borrow()
        do {
            let number = try await connection.begin(writing: writing)
            let value = try await body(connection, number)
            try await connection.commit(number)
            await pool.giveBack(connection)
            return value
        } catch {
            await connection.rollBack()
            await pool.giveBack(connection)
            throw error
        }
    }
}

/// One transaction, valid while ``Database/transaction(_:)`` runs.
public struct Transaction: SQLExecutor {
    let connection: SQLiteConnection
    let number: Int

    /// Runs one statement in it.
    /// - Throws: ``DatabaseError/Code/closed`` after its end.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        try await connection.run(sql, in: number)
    }

    func runScript(_ script: String) async throws(DatabaseError) {
        try await connection.runScript(script, in: number)
    }
}

/// One state of the data, valid while ``Database/snapshot(_:)`` runs.
public struct Snapshot: SQLExecutor {
    let connection: SQLiteConnection
    let number: Int

    /// Runs one query on it.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        guard sql.isQuery else {
            throw DatabaseError(.readOnly, "a snapshot is read", sql: sql.text(placeholder: "?"))
        }
        return try await connection.run(sql, in: number)
    }
}

extension SQL {
    /// Whether a reader can run it.
    var isQuery: Bool {
        let head = (fragments.first ?? "").drop { $0.isWhitespace }.prefix(6).uppercased()
        return head == "SELECT"
    }
}
