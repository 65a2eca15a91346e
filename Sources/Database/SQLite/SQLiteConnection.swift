internal import CSQLite

/// One connection, on a thread of its own: prepared statements are kept, one transaction at a time.
actor SQLiteConnection {
    private let executor: QueueExecutor
    private let handle: SQLiteHandle
    private var statements: [String: SQLiteStatement] = [:]
    private var statementOrder: [String] = []
    private let cachedStatementsMax: Int
    private var transactionsBegun = 0
    private var openTransaction: Int?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String, label: String, _ configuration: DatabaseConfiguration)
        throws(DatabaseError)
    {
        executor = QueueExecutor(label)
        handle = try SQLiteHandle(
            path: path, busyTimeoutMilliseconds: configuration.busyTimeoutMillisecondsMax)
        cachedStatementsMax = max(1, configuration.cachedStatementsMax)
    }

    /// Sets the connection up. Write-ahead log: readers do not wait for the writer. `FULL`: what
    /// was committed survives a power cut.
    func prepare(isReader: Bool) throws(DatabaseError) {
        _ = try runText("PRAGMA journal_mode = WAL")
        _ = try runText("PRAGMA synchronous = FULL")
        _ = try runText("PRAGMA foreign_keys = ON")
        _ = try runText("PRAGMA trusted_schema = OFF")
        if isReader { _ = try runText("PRAGMA query_only = ON") }
    }

    /// Runs one statement; `transaction` is the one it belongs to, `nil` for one of its own.
    func run(_ sql: SQL, in transaction: Int?) throws(DatabaseError) -> StatementResult {
        let text = sql.text(placeholder: "?")
        guard transaction == openTransaction else {
            throw DatabaseError(.closed, "the transaction has ended", sql: text)
        }
        return try statement(text).run(sql.values)
    }

    /// Runs the statements of a text without values, one after the other.
    func runScript(_ script: String, in transaction: Int) throws(DatabaseError) {
        guard transaction == openTransaction else {
            throw DatabaseError(.closed, "the transaction has ended")
        }
        let status = sqlite3_exec(handle.pointer, script, nil, nil, nil)
        guard status == SQLITE_OK else { throw handle.error(status, sql: script) }
    }

    /// Begins a transaction: a writer takes the write lock at once, so that it cannot fail half
    /// way for want of it.
    func begin(writing: Bool) throws(DatabaseError) -> Int {
        _ = try runText(writing ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED")
        transactionsBegun += 1
        openTransaction = transactionsBegun
        return transactionsBegun
    }

    /// Makes it last. If that fails, nothing of it is left.
    func commit(_ transaction: Int) throws(DatabaseError) {
        guard transaction == openTransaction else {
            throw DatabaseError(.closed, "the transaction has ended")
        }
        do {
            _ = try runText("COMMIT")
            openTransaction = nil
        } catch {
            rollBack()
            throw error
        }
    }

    /// Undoes what is open. A failed statement may have made the engine do so already.
    func rollBack() {
        openTransaction = nil
        if sqlite3_get_autocommit(handle.pointer) == 0 { _ = try? runText("ROLLBACK") }
    }

    private func runText(_ sql: String) throws(DatabaseError) -> StatementResult {
        try statement(sql).run([])
    }

    private func statement(_ sql: String) throws(DatabaseError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, on: handle)
        if statements.count >= cachedStatementsMax {
            statements[statementOrder.removeFirst()] = nil
        }
        statements[sql] = statement
        statementOrder.append(sql)
        return statement
    }
}
