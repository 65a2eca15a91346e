internal import CPostgreSQL

/// One connection over libpq, which never blocks: statements wait for the socket without a thread.
actor PostgreSQLConnection: EngineConnection {
    let configuration: DatabaseConfiguration
    private let url: ServerURL
    private nonisolated let socket = IdleSocket()
    let wire: PostgreSQLWire

    private var isLent = false
    private var queueForTurn: [CheckedContinuation<Void, Never>] = []

    /// The names of the statements that the server knows, by what they are.
    var statements: [String: String] = [:]
    var statementOrder: [String] = []
    var statementsPrepared = 0
    private var transactionsBegun = 0
    private var openTransaction: Int?
    var unsaidBegin: String?
    /// Whether a statement of the transaction failed, also one that the server never heard of.
    private var hasFailed = false

    nonisolated var isUsable: Bool { socket.isOpen }

    private init(_ url: ServerURL, _ configuration: DatabaseConfiguration) {
        self.url = url
        self.configuration = configuration
        wire = PostgreSQLWire(configuration, socket: socket)
    }

    /// Connects.
    /// - Throws: ``DatabaseError/Code/connectionLost`` when nobody answers, `cannotOpen` when the
    ///   server refuses.
    static func open(_ url: ServerURL, _ configuration: DatabaseConfiguration)
        async throws(DatabaseError) -> PostgreSQLConnection
    {
        let connection = PostgreSQLConnection(url, configuration)
        try await connection.connect()
        return connection
    }

    private func connect() async throws(DatabaseError) {
        try await wire.connect(url)
        try await runText(
            """
            SET statement_timeout = \(configuration.statementTimeoutMillisecondsMax);
            SET lock_timeout = \(configuration.busyTimeoutMillisecondsMax);
            SET bytea_output = hex; SET max_parallel_workers_per_gather = 0;
            SET idle_in_transaction_session_timeout = \
            \(configuration.statementTimeoutMillisecondsMax * 2)
            """)
    }

    func run(_ statements: [SQL], in transaction: Int?)
        async throws(DatabaseError) -> [StatementResult]
    {
        do throws(DatabaseError) {
            return try await runOnce(statements, in: transaction)
        } catch {
            if transaction != nil, transaction == openTransaction { hasFailed = true }
            throw error
        }
    }

    private func runOnce(
        _ statements: [SQL], in transaction: Int?
    ) async throws(DatabaseError) -> [StatementResult] {
        guard !statements.isEmpty else { return [] }
        let bound = try statements.map { sql throws(DatabaseError) in try BoundStatement(sql) }
        await takeTurn()
        defer { giveTurn() }
        try checkTurn(of: transaction, sql: bound.last?.text)
        guard transaction == nil || !hasFailed else {
            throw Self.failedBefore(sql: bound.last?.text)
        }
        do throws(DatabaseError) {
            return try await runPrepared(bound)
        } catch {
            guard error.message == DatabaseError.stalePlan else { throw error }
            for statement in bound { try await forget(statement) }
            // Outside a transaction nothing has happened yet.
            guard transaction == nil else { throw error }
            return try await runPrepared(bound)
        }
    }

    func runScript(_ script: String, in transaction: Int) async throws(DatabaseError) {
        await takeTurn()
        defer { giveTurn() }
        try checkTurn(of: transaction, sql: nil)
        if let begin = takeUnsaidBegin() { try await runText(begin) }
        // A migration takes as long as it takes; waiting for a lock has its limit.
        try await runText("SET LOCAL statement_timeout = 0")
        try await runText(script, isLimited: false)
    }

    /// Waits for a lock as long as it takes, where others may hold it for minutes.
    func waitForLock(_ key: Int64, in transaction: Int) async throws(DatabaseError) {
        await takeTurn()
        defer { giveTurn() }
        try checkTurn(of: transaction, sql: nil)
        if let begin = takeUnsaidBegin() { try await runText(begin) }
        try await runText(
            """
            SET LOCAL statement_timeout = 0;
            SET LOCAL lock_timeout = 0;
            SELECT pg_advisory_xact_lock(\(key));
            SET LOCAL statement_timeout = \(configuration.statementTimeoutMillisecondsMax);
            SET LOCAL lock_timeout = \(configuration.busyTimeoutMillisecondsMax)
            """, isLimited: false)
    }

    func begin(_ mode: TransactionMode) async throws(DatabaseError) -> Int {
        await takeTurn()
        defer { giveTurn() }
        // Said together with the first statement, to save a way there and back.
        unsaidBegin =
            switch mode {
            case .reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            case .writing(.serializable): "BEGIN ISOLATION LEVEL SERIALIZABLE"
            case .writing(.readCommitted): "BEGIN ISOLATION LEVEL READ COMMITTED"
            }
        transactionsBegun += 1
        openTransaction = transactionsBegun
        hasFailed = false
        return transactionsBegun
    }

    func commit(_ transaction: Int, after statements: [SQL]) async throws(DatabaseError) {
        let bound = try statements.map { sql throws(DatabaseError) in try BoundStatement(sql) }
        await takeTurn()
        defer { giveTurn() }
        try checkTurn(of: transaction, sql: nil)
        // The server answers ROLLBACK to the COMMIT of a transaction in which something failed.
        guard !hasFailed, wire.transactionStatus != PQTRANS_INERROR else {
            throw Self.failedBefore(sql: nil)
        }
        guard !bound.isEmpty else {
            openTransaction = nil
            guard takeUnsaidBegin() == nil else { return }
            return try await runText("COMMIT")
        }
        do throws(DatabaseError) {
            _ = try await runPrepared(bound, isLast: true)
            openTransaction = nil
        } catch {
            hasFailed = true
            if error.message == DatabaseError.stalePlan {
                for statement in bound { try await forget(statement) }
            }
            throw error
        }
    }

    func rollBack() async {
        await takeTurn()
        defer { giveTurn() }
        openTransaction = nil
        unsaidBegin = nil
        guard ![PQTRANS_IDLE, PQTRANS_UNKNOWN].contains(wire.transactionStatus) else { return }
        do {
            try await runText("ROLLBACK")
        } catch {
            wire.lose("the transaction could not be ended")
        }
    }

    func close() {
        wire.lose("the database is closed")
    }

    private static func failedBefore(sql: String?) -> DatabaseError {
        DatabaseError(.closed, "an earlier statement of the transaction failed", sql: sql)
    }

    private func checkTurn(of transaction: Int?, sql: String?) throws(DatabaseError) {
        guard transaction == openTransaction else {
            throw DatabaseError(.closed, "the transaction has ended", sql: sql)
        }
    }
}

// MARK: Backup

extension PostgreSQLConnection {
    /// Has `pg_dump` copy what the transaction sees, and reads it too.
    func dump(
        to path: String, _ digests: DigestReader, in transaction: Int
    ) async throws(DatabaseError) -> [TableDigest] {
        // The transaction says nothing while the other program is at work.
        _ = try await run("SET LOCAL idle_in_transaction_session_timeout = 0", in: transaction)
        let snapshot: String? = try await run("SELECT pg_export_snapshot()", in: transaction)
            .rows.first?.value(at: 0)
        guard let snapshot else { throw DatabaseError(.backup, "no snapshot was exported") }
        let tables = try await digests.digests()
        try await ExternalProgram.run(
            [
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                "--snapshot", snapshot, "--file", path, "--dbname", url.withoutPassword,
            ], password: url.parameters["password"])
        return tables
    }
}

// MARK: Turns

extension PostgreSQLConnection {
    /// Several tasks may use a transaction; the wire takes one statement after the other.
    private func takeTurn() async {
        guard isLent else {
            isLent = true
            return
        }
        await withCheckedContinuation { queueForTurn.append($0) }
    }

    private func giveTurn() {
        if queueForTurn.isEmpty {
            isLent = false
        } else {
            queueForTurn.removeFirst().resume()
        }
    }
}
