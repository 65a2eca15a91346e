extension Database {
    /// The number of the last migration that ran here, 0 for an empty database.
    public func schemaVersion() async throws(DatabaseError) -> Int {
        guard try await value(.tableCount("schema_migrations")) == 1 else { return 0 }
        return try await value("SELECT MAX(number) FROM schema_migrations", as: Int?.self)
            .flatMap { $0 } ?? 0
    }

    /// Brings the schema up to date. Each migration commits together with its own record, so that
    /// a run that dies is continued, not repeated; two programs may do so at once.
    ///
    /// A contraction waits while a program of an older version is registered
    /// (``register(program:version:until:now:)``); expansions behind it do not wait for it.
    /// - Parameter now: seconds since 1970, for the record.
    /// - Returns: the numbers of those that ran.
    /// - Throws: ``DatabaseError/Code/migration`` when one that ran has been edited or removed, the
    ///   numbers have a gap, an expansion takes something away, or the database has a contraction
    ///   that these migrations do not know; nothing has changed.
    @discardableResult
    public func migrate(_ migrations: [Migration], now: Int64) async throws -> [Int] {
        try MigrationList.check(migrations)
        var ran: [Int] = []
        for migration in migrations {
            let isNew = try await transaction(isolation: .readCommitted) { transaction in
                let list = try await MigrationList(in: transaction)
                let status = try await list.status(of: migrations, in: transaction, now: now)
                let state = status.entries.first { $0.number == migration.number }?.state
                guard state == .pending else { return false }
                try await list.run(migration, in: transaction, now: now)
                return true
            }
            if isNew { ran.append(migration.number) }
        }
        return ran
    }

    /// Where the database stands; nothing changes but the migrator's own tables.
    /// - Throws: as ``migrate(_:now:)``.
    public func migrationStatus(_ migrations: [Migration], now: Int64) async throws
        -> MigrationStatus
    {
        try MigrationList.check(migrations)
        return try await transaction(isolation: .readCommitted) { transaction in
            try await MigrationList(in: transaction)
                .status(of: migrations, in: transaction, now: now)
        }
    }

    /// Runs what would run now, in one transaction, and undoes all of it: a dry run against the
    /// real data. Others wait meanwhile as they would for the migrations themselves.
    /// - Returns: the numbers of those that would run.
    /// - Throws: as ``migrate(_:now:)``, and what a statement would throw.
    public func rehearse(_ migrations: [Migration], now: Int64) async throws -> [Int] {
        struct Rehearsed: Error { var numbers: [Int] }
        try MigrationList.check(migrations)
        do {
            return try await transaction(isolation: .readCommitted) { transaction in
                let list = try await MigrationList(in: transaction)
                let status = try await list.status(of: migrations, in: transaction, now: now)
                let pending = Set(status.pending.map(\.number))
                for migration in migrations where pending.contains(migration.number) {
                    try await list.run(migration, in: transaction, now: now)
                }
                throw Rehearsed(numbers: pending.sorted())
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.numbers
        }
    }

    /// Says that a program runs that knows migrations up to `version`, until `expires`; it says so
    /// again before that. Contractions that it does not know wait for it.
    public func register(
        program: String, version: Int, until expires: Int64, now: Int64
    ) async throws {
        try await transaction(isolation: .readCommitted) { transaction in
            _ = try await MigrationList(in: transaction)
            try await transaction.execute(
                "DELETE FROM schema_programs WHERE expires_at <= \(now)")
            try await transaction.execute(.registration(program, version, until: expires))
        }
    }

    /// Says so again. Waits for no migration that others run, so that no program counts as ended
    /// behind a long one.
    func renew(program: String, version: Int, until expires: Int64) async throws(DatabaseError) {
        try await execute(.registration(program, version, until: expires))
    }

    /// Says that a program has ended.
    public func unregister(program: String) async throws(DatabaseError) {
        try await execute("DELETE FROM schema_programs WHERE program = \(program)")
    }
}

extension SQL {
    fileprivate static func registration(
        _ program: String, _ version: Int, until expires: Int64
    ) -> SQL {
        """
        INSERT INTO schema_programs (program, version, expires_at)
        VALUES (\(program), \(version), \(expires))
        ON CONFLICT (program) DO UPDATE SET version = \(version), expires_at = \(expires)
        """
    }
}

/// The migrator's own tables, held by a lock until the transaction ends.
private struct MigrationList {
    private let done: [MigrationRow]

    /// Takes the lock and makes the tables.
    init(in transaction: Transaction) async throws {
        try await transaction.lockPatiently("traqora.migrations")
        try await transaction.runScript(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number BIGINT PRIMARY KEY, name TEXT NOT NULL, phase TEXT NOT NULL,
                checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS schema_programs (
                program TEXT PRIMARY KEY, version BIGINT NOT NULL, expires_at BIGINT NOT NULL);
            """)
        do throws(DatabaseError) {
            done = try await transaction.all(
                """
                SELECT number, name, phase, checksum, applied_at FROM schema_migrations
                ORDER BY number
                """)
        } catch {
            guard error.code == .statement, error.message.contains("phase") else { throw error }
            throw DatabaseError(
                .migration,
                "the database was made by a program from before the first release: nothing can "
                    + "bring it up to date, so move it away and begin a new one")
        }
    }

    /// What a list of migrations must be, whatever the database is.
    static func check(_ migrations: [Migration]) throws(DatabaseError) {
        guard migrations.map(\.number) == Array(1..<(migrations.count + 1)) else {
            throw DatabaseError(.migration, "migrations are numbered from 1 without gaps")
        }
        for migration in migrations {
            guard let fault = migration.fault else { continue }
            throw DatabaseError(
                .migration,
                "migration \(migration.number) (\(migration.name)) is marked as an expansion and "
                    + "has \(fault): programs that run now would fail; make it a contraction")
        }
    }

    func status(
        of migrations: [Migration], in transaction: Transaction, now: Int64
    ) async throws -> MigrationStatus {
        var entries: [MigrationStatus.Entry] = []
        let rows = Dictionary(uniqueKeysWithValues: done.map { ($0.number, $0) })
        for migration in migrations {
            let state: MigrationStatus.State
            if let row = rows[migration.number] {
                guard row.checksum == migration.checksum else { throw edited(row) }
                state = .applied(at: row.appliedAt)
            } else if migration.phase == .contract {
                let older: Int? = try await transaction.value(
                    """
                    SELECT COUNT(*) FROM schema_programs
                    WHERE version < \(migration.number) AND expires_at > \(now)
                    """)
                state = (older ?? 0) > 0 ? .waiting(olderPrograms: older ?? 0) : .pending
            } else {
                state = .pending
            }
            entries.append(
                MigrationStatus.Entry(
                    number: migration.number, name: migration.name, phase: migration.phase,
                    state: state, sql: migration.sql))
        }
        for row in done where row.number > migrations.count {
            guard row.phase == .expand else { throw unknown(row) }
            entries.append(
                MigrationStatus.Entry(
                    number: row.number, name: row.name, phase: row.phase,
                    state: .newer(at: row.appliedAt), sql: nil))
        }
        return MigrationStatus(entries: entries)
    }

    func run(_ migration: Migration, in transaction: Transaction, now: Int64) async throws {
        try await transaction.runScript(migration.sql)
        try await transaction.execute(
            """
            INSERT INTO schema_migrations (number, name, phase, checksum, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.phase),
                \(migration.checksum), \(now))
            """)
    }

    private func edited(_ row: MigrationRow) -> DatabaseError {
        DatabaseError(
            .migration, "migration \(row.number) (\(row.name)) was edited after it had run here")
    }

    private func unknown(_ row: MigrationRow) -> DatabaseError {
        DatabaseError(
            .migration,
            "the database has contraction \(row.number) (\(row.name)), this program does not know "
                + "it: it took away what this program may need; run a newer one")
    }
}

private struct MigrationRow: RowDecodable {
    let number: Int
    let name: String
    let phase: Migration.Phase
    let checksum: String
    let appliedAt: Int64

    init(row: Row) throws(DatabaseError) {
        number = try row.value("number")
        name = try row.value("name")
        phase = try row.value("phase")
        checksum = try row.value("checksum")
        appliedAt = try row.value("applied_at")
    }
}
