/// What must be kept, in SQLite or in PostgreSQL: the same statements, the same promises. No
/// caller's thread waits for the disk or the network.
///
/// ```swift
/// let database = try await Database.open(DatabaseConfiguration(.file("traqora.sqlite")))
/// let name: String? = try await database.value("SELECT name FROM users WHERE id = \(id)")
/// try await database.transaction { transaction in
///     try await transaction.execute("UPDATE seats SET taken = \(true) WHERE id = \(seat)")
/// }
/// ```
public final class Database: SQLExecutor {
    /// What keeps the data.
    public let engine: DatabaseEngine
    private let writers: ConnectionPool
    private let readers: ConnectionPool

    private init(engine: DatabaseEngine, writers: ConnectionPool, readers: ConnectionPool) {
        self.engine = engine
        self.writers = writers
        self.readers = readers
    }

    /// Opens the database; a file is made if there is none.
    /// - Throws: ``DatabaseError/Code/cannotOpen``, ``DatabaseError/Code/corrupt``,
    ///   ``DatabaseError/Code/connectionLost`` for a server that does not answer.
    public static func open(
        _ configuration: DatabaseConfiguration
    ) async throws(DatabaseError) -> Database {
        let patience = Duration.milliseconds(configuration.busyTimeoutMillisecondsMax)
        switch configuration.location {
        case .memory:
            let connection = try await SQLiteConnection.open(
                ":memory:", "database.memory", configuration, isReader: false)
            let pool = ConnectionPool([connection], limit: 1, patience: patience) {
                () async throws(DatabaseError) -> any EngineConnection in
                throw DatabaseError(.closed, "what was in memory is gone")
            }
            return Database(engine: .sqlite, writers: pool, readers: pool)
        case .file(let path):
            let openWriter = {
                @Sendable () async throws(DatabaseError) -> any EngineConnection in
                try await SQLiteConnection.open(
                    path, "database.writer", configuration, isReader: false)
            }
            let writers = ConnectionPool(
                [try await openWriter()], limit: 1, patience: patience, open: openWriter)
            let readers = ConnectionPool(limit: configuration.readers, patience: patience) {
                () async throws(DatabaseError) -> any EngineConnection in
                try await SQLiteConnection.open(
                    path, "database.reader", configuration, isReader: true)
            }
            return Database(engine: .sqlite, writers: writers, readers: readers)
        case .server(let url):
            let pool = ConnectionPool(limit: configuration.connectionsMax, patience: patience) {
                () async throws(DatabaseError) -> any EngineConnection in
                try await PostgreSQLConnection.open(url, configuration)
            }
            // A wrong URL is told now, not at the first request.
            await pool.giveBack(try await pool.borrow())
            return Database(engine: .postgreSQL, writers: pool, readers: pool)
        }
    }

    /// Runs one statement, in a transaction of its own. A `SELECT` goes to a reader, and is asked
    /// again if the server went away.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        guard let result = try await run(together: [sql]).first else {
            throw DatabaseError(.statement, "no answer", sql: sql.text(for: engine))
        }
        return result
    }

    /// Runs statements together, in one transaction of their own. If all are `SELECT`s they go to a
    /// reader, and are asked again if the server went away.
    public func run(together statements: [SQL]) async throws(DatabaseError) -> [StatementResult] {
        let isQuery = statements.allSatisfy(\.isQuery)
        do {
            return try await runOnce(statements, isQuery: isQuery)
        } catch {
            guard error.code == .connectionLost, isQuery else { throw error }
            return try await runOnce(statements, isQuery: isQuery)
        }
    }

    /// Runs `body` in one transaction: all of it lasts when it returns, nothing when it throws.
    ///
    /// `body` may run again, when it collided with another transaction
    /// (``DatabaseError/Code/conflict``) or the server went away before the end: let it use the
    /// transaction and nothing else, and wait for nothing else. After a statement that failed the
    /// transaction can only be undone. The transaction is over when `body` ends.
    /// - Parameter attempts: how often it may run; 1 for a body that must not run twice.
    /// - Throws: what `body` throws; ``DatabaseError``.
    public func transaction<Value>(
        isolation: Isolation = .serializable, attempts: Int = 30,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await scope(of: writers, .writing(isolation)) {
                    try await body(
                        Transaction(connection: $0, number: $1, engine: engine, unsaid: $2))
                }
            } catch let undone as Undone {
                guard attempt < attempts, undone.mayRunAgain, !Task.isCancelled else {
                    throw undone.error
                }
                attempt += 1
                // Those that collided come back at different times.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...min(5 * attempt, 50))))
            }
        }
    }

    /// Runs `body` on one unchanging state of the data, beside the writer.
    public func snapshot<Value>(
        _ body: (Snapshot) async throws -> Value
    ) async throws -> Value {
        try await reading { connection, number in
            try await body(Snapshot(connection: connection, number: number, engine: engine))
        }
    }

    /// A connection in a transaction that reads one unchanging state of the data.
    func reading<Value>(
        _ body: (any EngineConnection, Int) async throws -> Value
    ) async throws -> Value {
        do {
            return try await scope(of: readers, .reading) { connection, number, _ in
                try await body(connection, number)
            }
        } catch let undone as Undone {
            throw undone.error
        }
    }

    /// Closes it. What is running ends first; what comes later throws
    /// ``DatabaseError/Code/closed``.
    public func close() async {
        await writers.close()
        await readers.close()
    }

    private func runOnce(_ statements: [SQL], isQuery: Bool)
        async throws(DatabaseError) -> [StatementResult]
    {
        let pool = isQuery ? readers : writers
        return try await engine.traced(statements) { () async throws(DatabaseError) in
            let connection = try await pool.borrow()
            do throws(DatabaseError) {
                let result = try await connection.run(statements, in: nil)
                await pool.giveBack(connection)
                return result
            } catch {
                await pool.giveBack(connection)
                throw error
            }
        }
    }

    /// A transaction came to nothing.
    private struct Undone: Error {
        var error: any Error
        /// Whether it is certain that nothing of it lasted, and another run may go better.
        var mayRunAgain: Bool

        init(_ error: any Error, isCommitting: Bool) {
            self.error = error
            let code = (error as? DatabaseError)?.code
            mayRunAgain = code == .conflict || code == .connectionLost && !isCommitting
        }
    }

    /// - Throws: ``Undone``.
    private func scope<Value>(
        of pool: ConnectionPool, _ mode: TransactionMode,
        _ body: (any EngineConnection, Int, UnsaidStatements) async throws -> Value
    ) async throws -> Value {
        var isCommitting = false
        let connection: any EngineConnection
        do { connection = try await pool.borrow() } catch {
            throw Undone(error, isCommitting: true)
        }
        do {
            let number = try await connection.begin(mode)
            let unsaid = UnsaidStatements()
            let value = try await body(connection, number, unsaid)
            isCommitting = true
            try await engine.traced("COMMIT") { () async throws(DatabaseError) in
                try await connection.commit(number, after: unsaid.take())
            }
            await pool.giveBack(connection)
            return value
        } catch {
            await connection.rollBack()
            await pool.giveBack(connection)
            throw Undone(error, isCommitting: isCommitting)
        }
    }
}

extension SQL {
    /// Whether a reader can run it.
    var isQuery: Bool {
        let head = (fragments.first?.sqlite ?? "").drop { $0.isWhitespace }.prefix(6).uppercased()
        return head == "SELECT"
    }
}
