internal import CSQLite

/// One connection, on a thread of its own: prepared statements are kept, one transaction at a time.
actor SQLiteConnection: EngineConnection {
    private let executor: QueueExecutor
    private let handle: SQLiteHandle
    private var statements: [String: SQLiteStatement] = [:]
    private var statementOrder: [String] = []
    private let configuration: DatabaseConfiguration
    private let canceller: StatementCancel
    private var transactionsBegun = 0
    private var openTransaction: Int?
    /// As PostgreSQL has it: after a failed statement a transaction can only be undone.
    private var hasFailed = false

    nonisolated let isUsable = true
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens a connection and sets it up.
    static func open(
        _ path: String, _ label: String, _ configuration: DatabaseConfiguration, isReader: Bool
    ) async throws(DatabaseError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, label: label, configuration)
        try await connection.prepare(isReader: isReader)
        return connection
    }

    private init(path: String, label: String, _ configuration: DatabaseConfiguration)
        throws(DatabaseError)
    {
        executor = QueueExecutor(label)
        self.configuration = configuration
        let handle = try SQLiteHandle(
            path: path, busyTimeoutMilliseconds: configuration.busyTimeoutMillisecondsMax)
        self.handle = handle
        canceller = StatementCancel { handle.interrupt() }
    }

    /// Sets the connection up. Write-ahead log: readers do not wait for the writer. `FULL`: what
    /// was committed survives a power cut.
    private func prepare(isReader: Bool) throws(DatabaseError) {
        _ = try runText("PRAGMA journal_mode = WAL")
        _ = try runText("PRAGMA synchronous = FULL")
        _ = try runText("PRAGMA foreign_keys = ON")
        _ = try runText("PRAGMA trusted_schema = OFF")
        if isReader { _ = try runText("PRAGMA query_only = ON") }
    }

    func run(_ statements: [SQL], in transaction: Int?)
        async throws(DatabaseError) -> [StatementResult]
    {
        // Several outside a transaction are one of their own.
        guard transaction == nil, statements.count > 1 else {
            var results: [StatementResult] = []
            for sql in statements { results.append(try await runOne(sql, in: transaction)) }
            return results
        }
        let isReading = statements.allSatisfy(\.isQuery)
        let number = try begin(isReading ? .reading : .writing(.serializable))
        do throws(DatabaseError) {
            var results: [StatementResult] = []
            for sql in statements { results.append(try await runOne(sql, in: number)) }
            try commitOpen(number)
            return results
        } catch {
            rollBack()
            throw error
        }
    }

    private func runOne(_ sql: SQL, in transaction: Int?)
        async throws(DatabaseError) -> StatementResult
    {
        let text = sql.text(for: .sqlite)
        guard !Task.isCancelled else {
            throw DatabaseError(.cancelled, "cancelled before it began", sql: text)
        }
        let outcome: Result<StatementResult, DatabaseError> = await withTaskCancellationHandler {
            // Begun and ended here, so that no other task's statement is stopped.
            canceller.begin()
            do throws(DatabaseError) {
                return .success(try run(text, sql.values, in: transaction))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            canceller.cancel()
        }
        _ = await canceller.end()
        return try outcome.get()
    }

    private func run(_ text: String, _ values: [SQLValue], in transaction: Int?)
        throws(DatabaseError) -> StatementResult
    {
        try check(transaction, sql: text)
        handle.limit(milliseconds: configuration.statementTimeoutMillisecondsMax)
        do {
            return try statement(text).run(values)
        } catch {
            hasFailed = transaction != nil
            throw error
        }
    }

    func runScript(_ script: String, in transaction: Int) throws(DatabaseError) {
        try check(transaction, sql: nil)
        // A migration takes as long as it takes.
        handle.limit(milliseconds: nil)
        let status = sqlite3_exec(handle.pointer, script, nil, nil, nil)
        guard status == SQLITE_OK else {
            hasFailed = true
            throw handle.error(status, sql: script)
        }
    }

    private func check(_ transaction: Int?, sql: String?) throws(DatabaseError) {
        guard transaction == openTransaction else {
            throw DatabaseError(.closed, "the transaction has ended", sql: sql)
        }
        guard transaction == nil || !hasFailed else {
            throw DatabaseError(.closed, "an earlier statement of the transaction failed", sql: sql)
        }
    }

    /// Begins a transaction: a writer takes the write lock at once, so that it cannot fail half
    /// way for want of it.
    func begin(_ mode: TransactionMode) throws(DatabaseError) -> Int {
        switch mode {
        case .reading: _ = try runText("BEGIN DEFERRED")
        case .writing: _ = try runText("BEGIN IMMEDIATE")
        }
        hasFailed = false
        transactionsBegun += 1
        openTransaction = transactionsBegun
        return transactionsBegun
    }

    /// Makes it last. If that fails, nothing of it is left.
    func commit(_ transaction: Int, after statements: [SQL]) async throws(DatabaseError) {
        if !statements.isEmpty { _ = try await run(statements, in: transaction) }
        try commitOpen(transaction)
    }

    private func commitOpen(_ transaction: Int) throws(DatabaseError) {
        try check(transaction, sql: nil)
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

    /// Copies what this connection sees into a new file, some pages at a time.
    func copy(to path: String) async throws(DatabaseError) {
        let target = try SQLiteHandle(
            path: path, busyTimeoutMilliseconds: configuration.busyTimeoutMillisecondsMax)
        guard
            let backup = sqlite3_backup_init(target.pointer, "main", handle.pointer, "main")
        else { throw target.error(sqlite3_errcode(target.pointer), sql: nil) }
        var status = SQLITE_OK
        while status == SQLITE_OK, !Task.isCancelled {
            status = sqlite3_backup_step(backup, 1_024)
            await Task.yield()
        }
        sqlite3_backup_finish(backup)
        if Task.isCancelled, status == SQLITE_OK {
            throw DatabaseError(.cancelled, "cancelled while copying")
        }
        guard status == SQLITE_DONE else { throw target.error(status, sql: nil) }
    }

    /// The file is closed when the last statement is let go.
    func close() {
        statements = [:]
        statementOrder = []
    }

    private func runText(_ sql: String) throws(DatabaseError) -> StatementResult {
        handle.limit(milliseconds: nil)
        return try statement(sql).run([])
    }

    private func statement(_ sql: String) throws(DatabaseError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, on: handle)
        if statements.count >= max(1, configuration.cachedStatementsMax) {
            statements[statementOrder.removeFirst()] = nil
        }
        statements[sql] = statement
        statementOrder.append(sql)
        return statement
    }
}
