internal import Database
internal import StellarXDR

/// The network's file: its ledgers with all that happened in them, and the entries as they are.
struct LedgerRepository: Sendable {
    let database: Database

    /// Opens the file, making it if there is none.
    /// - Parameter now: seconds since 1970, for the record of the schema.
    static func open(path: String, now: UInt64) async throws -> LedgerRepository {
        let database = try await Database.open(DatabaseConfiguration(.file(path), readers: 1))
        try await database.migrate(migrations, now: Int64(clamping: now))
        return LedgerRepository(database: database)
    }

    /// Closes the file.
    func close() async {
        await database.close()
    }

    /// Writes commits, all or none of them: they last when this returns.
    func write(_ commits: [LedgerCommit], passphrase: String) async throws {
        let commit = try await Self.encode(commits)
        try await database.transaction { transaction in
            if let rewind = commit.rewind {
                try await Self.takeBack(after: rewind, in: transaction)
            }
            // A number that is there already is another process' work: then this one stops.
            for ledger in commit.ledgers {
                try await transaction.execute(
                    """
                    INSERT INTO ledgers (sequence, close_meta)
                    VALUES (\(ledger.sequence), \(ledger.closeMeta))
                    """)
                try await Self.index(ledger, in: transaction)
            }
            for (key, entry) in commit.entries {
                try await Self.write(entry, at: try key.xdr(), in: transaction)
            }
            try await Self.forget(before: commit.oldest, in: transaction)
            try await transaction.execute(
                """
                INSERT INTO networks (id, passphrase, clock_advance, indexed)
                VALUES (1, \(passphrase), \(Int64(clamping: commit.clockAdvance)), \(true))
                ON CONFLICT (id) DO UPDATE SET clock_advance = excluded.clock_advance
                """)
        }
    }

    /// Beside the ledger's own work.
    @concurrent
    private static func encode(_ commits: [LedgerCommit]) async throws(XDRError) -> EncodedCommit {
        try EncodedCommit(commits)
    }

    private static func write(
        _ entry: EncodedCommit.Entry?, at key: [UInt8], in transaction: some SQLExecutor
    ) async throws {
        guard let entry else {
            try await transaction.execute("DELETE FROM entries WHERE key = \(key)")
            return
        }
        try await transaction.execute(
            """
            INSERT INTO entries (key, entry, live_until, live_until_modified)
            VALUES (\(key), \(entry.data), \(entry.liveUntil), \(entry.liveUntilModified))
            ON CONFLICT (key) DO UPDATE SET entry = excluded.entry,
                live_until = excluded.live_until,
                live_until_modified = excluded.live_until_modified
            """)
    }

    /// The passphrase of the network that the file is of, and how far its clock has been advanced;
    /// `nil` if the file is new.
    func network() async throws -> (passphrase: String, clockAdvance: UInt64)? {
        let found = try await database.run(
            "SELECT passphrase, clock_advance FROM networks WHERE id = 1")
        guard let row = found.rows.first else { return nil }
        let advance = try row.value("clock_advance", as: Int64.self)
        return (try row.value("passphrase"), UInt64(clamping: advance))
    }

    /// The oldest and the newest ledger, `nil` if there is none.
    func range() async throws -> ClosedRange<UInt32>? {
        // Each alone is found at an end of the table; both at once would read all of it.
        let oldest: UInt32? = try await database.value(
            "SELECT sequence FROM ledgers ORDER BY sequence LIMIT 1")
        let newest: UInt32? = try await database.value(
            "SELECT sequence FROM ledgers ORDER BY sequence DESC LIMIT 1")
        guard let oldest, let newest else { return nil }
        return oldest...newest
    }

    /// A ledger in bytes.
    func ledger(_ sequence: UInt32) async throws -> [UInt8]? {
        try await database.value(
            "SELECT close_meta FROM ledgers WHERE sequence = \(sequence)")
    }

    /// The ledger of a transaction.
    func ledger(of hash: Hash) async throws -> UInt32? {
        try await database.value(
            "SELECT sequence FROM transactions WHERE hash = \(hash.bytes)")
    }

    /// The events of a page of ledgers that have any, oldest first; empty if there are no more.
    func events(from start: UInt32, until end: UInt32) async throws -> [LedgerEvents] {
        let rows: [EventsRow] = try await database.all(
            """
            SELECT sequence, columns, events FROM ledger_events
            WHERE sequence >= \(start) AND sequence < \(end)
            ORDER BY sequence LIMIT \(Self.eventsPageCount)
            """)
        return try rows.map { row throws(SandboxError) in
            try LedgerEvents(sequence: row.sequence, columns: row.columns, events: row.events)
        }
    }

    /// A page of entries whose keys come after `key`; empty behind the last.
    func entries(after key: [UInt8]) async throws -> [EntryRow] {
        try await database.all(
            """
            SELECT key, entry, live_until, live_until_modified FROM entries WHERE key > \(key)
            ORDER BY key LIMIT \(Self.pageCount)
            """)
    }

    private static let (pageCount, eventsPageCount) = (4_096, 256)

    static let migrations = [
        Migration(
            1, "network",
            """
            CREATE TABLE networks (
                id BIGINT PRIMARY KEY, passphrase TEXT NOT NULL, clock_advance BIGINT NOT NULL);
            CREATE TABLE ledgers (sequence INTEGER PRIMARY KEY, close_meta BYTEA NOT NULL);
            CREATE TABLE entries (
                key BYTEA PRIMARY KEY, entry BYTEA NOT NULL, live_until BIGINT,
                live_until_modified BIGINT NOT NULL) WITHOUT ROWID;
            """),
        Migration(
            2, "find transactions and events",
            """
            CREATE TABLE transactions (
                hash BYTEA PRIMARY KEY, sequence BIGINT NOT NULL) WITHOUT ROWID;
            CREATE INDEX transactions_by_ledger ON transactions (sequence);
            CREATE TABLE ledger_events (
                sequence INTEGER PRIMARY KEY, columns BYTEA NOT NULL, events BYTEA NOT NULL);
            ALTER TABLE networks ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;
            """),
    ]
}

/// An entry as the file has it.
struct EntryRow: RowDecodable {
    let key: [UInt8]
    let entry: [UInt8]
    let liveUntil: UInt32?
    let liveUntilModified: UInt32

    init(row: Row) throws(DatabaseError) {
        key = try row.value("key")
        entry = try row.value("entry")
        liveUntil = try row.value("live_until")
        liveUntilModified = try row.value("live_until_modified")
    }
}

/// The events of a ledger as the file has them.
private struct EventsRow: RowDecodable {
    let sequence: UInt32
    let columns: [UInt8]
    let events: [UInt8]

    init(row: Row) throws(DatabaseError) {
        sequence = try row.value("sequence")
        columns = try row.value("columns")
        events = try row.value("events")
    }
}
