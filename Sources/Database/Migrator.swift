/// One step of a schema: never edited once it has run anywhere.
///
/// Written for both engines with the type words `BIGINT`, `TEXT`, `BYTEA`, `BOOLEAN` and
/// `DOUBLE PRECISION`, which SQLite takes as well.
public struct Migration: Sendable, Hashable {
    /// Its place, from 1, without gaps.
    public let number: Int
    /// What it does, in a few words.
    public let name: String
    /// Its statements.
    public let sql: String

    /// A step of the schema.
    public init(_ number: Int, _ name: String, _ sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// FNV-1a, 64 bits, of the text: notices an edit. It is no defence against a forger, who
    /// could write to the database as well.
    public var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Database {
    /// The number of the last migration that ran here, 0 for an empty database.
    public func schemaVersion() async throws(DatabaseError) -> Int {
        try await execute(Self.migrationsTable)
        return try await value("SELECT MAX(number) FROM schema_migrations", as: Int?.self)
            .flatMap { $0 } ?? 0
    }

    /// Brings the schema up to date. Each migration commits together with its own record, so that
    /// a run that dies is continued, not repeated; two programs may do so at once.
    /// - Parameter now: seconds since 1970, for the record.
    /// - Throws: ``DatabaseError/Code/migration`` when one that ran has been edited or removed, the
    ///   numbers have a gap, or the database is newer than these migrations; nothing has changed.
    public func migrate(_ migrations: [Migration], now: Int64) async throws {
        guard migrations.map(\.number) == Array(1..<(migrations.count + 1)) else {
            throw DatabaseError(.migration, "migrations are numbered from 1 without gaps")
        }
        try await execute(Self.migrationsTable)
        for migration in migrations {
            try await transaction { transaction in
                let done = try await transaction.all(
                    "SELECT number, name, checksum FROM schema_migrations ORDER BY number",
                    as: MigrationRow.self)
                try check(done, against: migrations)
                guard done.count < migration.number else { return }
                try await transaction.runScript(migration.sql)
                try await transaction.execute(
                    """
                    INSERT INTO schema_migrations (number, name, checksum, applied_at)
                    VALUES (\(migration.number), \(migration.name), \(migration.checksum), \(now))
                    """)
            }
        }
    }

    private func check(
        _ done: [MigrationRow], against migrations: [Migration]
    ) throws(DatabaseError) {
        for (index, row) in done.enumerated() {
            guard index < migrations.count else {
                throw DatabaseError(
                    .migration,
                    "the database has migration \(row.number) (\(row.name)), this program does not")
            }
            let migration = migrations[index]
            guard row.number == migration.number, row.checksum == migration.checksum else {
                throw DatabaseError(
                    .migration,
                    "migration \(row.number) (\(row.name)) was edited after it had run here")
            }
        }
    }

    private static let migrationsTable: SQL = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL)
        """
}

private struct MigrationRow: RowDecodable {
    let number: Int
    let name: String
    let checksum: String

    init(row: Row) throws(DatabaseError) {
        number = try row.value("number")
        name = try row.value("name")
        checksum = try row.value("checksum")
    }
}
