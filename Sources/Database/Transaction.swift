internal import Telemetry

/// One transaction, valid while ``Database/transaction(_:)`` runs.
public struct Transaction: SQLExecutor {
    let connection: any EngineConnection
    let number: Int
    let engine: DatabaseEngine
    let unsaid: UnsaidStatements

    /// Runs one statement in it.
    /// - Throws: ``DatabaseError/Code/closed`` after its end.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        guard let result = try await run(together: [sql]).first else {
            throw DatabaseError(.statement, "no answer", sql: sql.text(for: engine))
        }
        return result
    }

    /// Runs statements together in it.
    public func run(together statements: [SQL]) async throws(DatabaseError) -> [StatementResult] {
        let before = unsaid.take()
        return try await engine.traced(statements) { () async throws(DatabaseError) in
            let results = try await connection.run(before + statements, in: number)
            return Array(results.dropFirst(before.count))
        }
    }

    /// Leaves a statement to be sent with the next one, or with the end of the transaction.
    public func later(_ sql: SQL) async throws(DatabaseError) {
        unsaid.add(sql)
        try await engine.traced(sql) { () async throws(DatabaseError) in }
    }

    /// Waits until no other transaction holds the lock of that name, and holds it until this one
    /// ends. Wants ``Isolation/readCommitted``, since any other does not see what was committed
    /// while it waited.
    public func lock(_ name: String) async throws(DatabaseError) {
        _ = try await run(.lock(Int64(bitPattern: FNV1a.hash(name.utf8))))
    }

    /// The same, asked for together with the next statement.
    public func lockWithNext(_ name: String) async throws(DatabaseError) {
        try await later(.lock(Int64(bitPattern: FNV1a.hash(name.utf8))))
    }

    /// The same, for as long as it takes.
    func lockPatiently(_ name: String) async throws(DatabaseError) {
        try await sayUnsaid()
        // In SQLite a transaction that writes is alone when it has begun.
        guard let server = connection as? PostgreSQLConnection else { return }
        try await server.waitForLock(Int64(bitPattern: FNV1a.hash(name.utf8)), in: number)
    }

    func runScript(_ script: String) async throws(DatabaseError) {
        try await sayUnsaid()
        try await connection.runScript(script, in: number)
    }

    private func sayUnsaid() async throws(DatabaseError) {
        let statements = unsaid.take()
        if !statements.isEmpty { _ = try await connection.run(statements, in: number) }
    }
}

/// The statements of a transaction for whose answers nobody waits, until they are sent.
final class UnsaidStatements: Sendable {
    private let statements = Lock<[SQL]>([])

    func add(_ sql: SQL) {
        statements.withLock { $0.append(sql) }
    }

    /// Those that have not been sent; who takes them sends them.
    func take() -> [SQL] {
        statements.withLock { statements in
            defer { statements = [] }
            return statements
        }
    }
}

/// One state of the data, valid while ``Database/snapshot(_:)`` runs.
public struct Snapshot: SQLExecutor {
    let connection: any EngineConnection
    let number: Int
    let engine: DatabaseEngine

    /// Runs one query on it.
    public func run(_ sql: SQL) async throws(DatabaseError) -> StatementResult {
        guard let result = try await run(together: [sql]).first else {
            throw DatabaseError(.statement, "no answer", sql: sql.text(for: engine))
        }
        return result
    }

    /// Runs queries together on it.
    public func run(together statements: [SQL]) async throws(DatabaseError) -> [StatementResult] {
        if let other = statements.first(where: { !$0.isQuery }) {
            throw DatabaseError(.readOnly, "a snapshot is read", sql: other.text(for: .sqlite))
        }
        return try await engine.traced(statements) { () async throws(DatabaseError) in
            try await connection.run(statements, in: number)
        }
    }
}
