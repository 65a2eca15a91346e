/// Who may do a piece of work now, among any number of processes: a lease is held until it is
/// released or runs out.
public struct Leases: Sendable {
    /// What a migration of the owner creates.
    public static let schema = """
        CREATE TABLE leases (
            name TEXT PRIMARY KEY, holder TEXT NOT NULL, fence BIGINT NOT NULL,
            expires_at BIGINT NOT NULL);
        """

    private let database: Database

    /// The leases of a database that has the table of ``schema``.
    public init(_ database: Database) {
        self.database = database
    }

    /// Takes or renews the lease `name` until `now + seconds`.
    /// - Returns: its fence, a number that grows with every new holder, so that what a late holder
    ///   writes can be told and refused; `nil` while someone else holds it.
    public func take(
        _ name: String, for holder: String, seconds: Int64, now: Int64
    ) async throws(DatabaseError) -> Int64? {
        try await database.run(
            """
            INSERT INTO leases (name, holder, fence, expires_at)
            VALUES (\(name), \(holder), 1, \(now + seconds))
            ON CONFLICT (name) DO UPDATE SET
                fence = CASE WHEN leases.holder = \(holder) AND leases.expires_at > \(now)
                    THEN leases.fence ELSE leases.fence + 1 END,
                holder = \(holder), expires_at = \(now + seconds)
            WHERE leases.holder = \(holder) OR leases.expires_at <= \(now)
            RETURNING fence
            """
        ).rows.first?.value("fence")
    }

    /// As ``take(_:for:seconds:now:)``, for who comes again and again: while more than half of the
    /// time is left nothing is written.
    public func hold(
        _ name: String, for holder: String, seconds: Int64, now: Int64
    ) async throws(DatabaseError) -> Int64? {
        let held: Int64? = try await database.value(
            """
            SELECT fence FROM leases
            WHERE name = \(name) AND holder = \(holder) AND expires_at > \(now + seconds / 2)
            """)
        if let held { return held }
        return try await take(name, for: holder, seconds: seconds, now: now)
    }

    /// Until when each lease that is held is held, by name.
    public func held(now: Int64) async throws(DatabaseError) -> [String: Int64] {
        let rows = try await database.run(
            "SELECT name, expires_at FROM leases WHERE expires_at > \(now) ORDER BY name LIMIT 1000"
        ).rows
        var held: [String: Int64] = [:]
        for row in rows { held[try row.value("name")] = try row.value("expires_at") as Int64 }
        return held
    }

    /// A lease that is held.
    public struct Held: Sendable, Hashable, RowDecodable {
        /// What.
        public let name: String
        /// By whom.
        public let holder: String
        /// Grows with every new holder.
        public let fence: Int64
        /// Until when, in Unix seconds.
        public let expiresAt: Int64

        /// Reads a row of the table.
        public init(row: Row) throws(DatabaseError) {
            name = try row.value("name")
            holder = try row.value("holder")
            fence = try row.value("fence")
            expiresAt = try row.value("expires_at")
        }
    }

    /// The leases that are held, by whom, at most a thousand.
    public func all(now: Int64) async throws(DatabaseError) -> [Held] {
        try await database.all(
            """
            SELECT name, holder, fence, expires_at FROM leases WHERE expires_at > \(now)
            ORDER BY name LIMIT 1000
            """)
    }

    /// Gives the lease back, if `holder` still has it.
    public func release(_ name: String, by holder: String) async throws(DatabaseError) {
        try await database.execute(
            "UPDATE leases SET expires_at = 0 WHERE name = \(name) AND holder = \(holder)")
    }
}
