import Database
import Travel

/// A sign-in on one device, with all the tokens that come of it.
struct SessionRow: Sendable, RowDecodable {
    var id: String
    /// `G…`, `M…`, or `G…:memo`.
    var subject: String
    var device: String
    var createdAt: Instant
    var lastUsedAt: Instant
    var expiresAt: Instant
    /// How often it was refreshed: the refresh token of this number is the newest.
    var generation: Int64
    var endedAt: Instant?

    init(id: String, subject: String, device: String, createdAt: Instant, expiresAt: Instant) {
        self.id = id
        self.subject = subject
        self.device = device
        self.createdAt = createdAt
        lastUsedAt = createdAt
        self.expiresAt = expiresAt
        generation = 0
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.value("id")
        subject = try row.value("subject")
        device = try row.value("device")
        createdAt = try row.value("created_at")
        lastUsedAt = try row.value("last_used_at")
        expiresAt = try row.value("expires_at")
        generation = try row.value("generation")
        endedAt = try row.value("ended_at")
    }
}

/// The sign-ins.
struct SessionRepository: Sendable {
    let database: Database

    /// How many sign-ins of an account are shown.
    static let shownMax = 100

    func add(_ row: SessionRow, in transaction: Transaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO sessions (id, subject, device, created_at, last_used_at, expires_at,
                generation)
            VALUES (\(row.id), \(row.subject), \(row.device), \(row.createdAt),
                \(row.lastUsedAt), \(row.expiresAt), \(row.generation))
            """)
    }

    /// A sign-in that goes on; `nil` when it has ended or is none.
    func find(_ id: String, now: Instant) async throws(DatabaseError) -> SessionRow? {
        try await database.first(
            """
            SELECT id, subject, device, created_at, last_used_at, expires_at, generation, ended_at
            FROM sessions WHERE id = \(id) AND ended_at IS NULL AND expires_at > \(now)
            """)
    }

    /// The sign-ins of an account that go on, the newest first.
    func all(of subject: String, now: Instant) async throws(DatabaseError) -> [SessionRow] {
        try await database.all(
            """
            SELECT id, subject, device, created_at, last_used_at, expires_at, generation, ended_at
            FROM sessions WHERE subject = \(subject) AND ended_at IS NULL AND expires_at > \(now)
            ORDER BY created_at DESC, id LIMIT \(Self.shownMax)
            """)
    }

    /// Takes the turn of the refresh token of number `generation`.
    /// - Returns: whether it was the newest; of several who try, one hears yes.
    func refresh(_ id: String, generation: Int64, now: Instant) async throws(DatabaseError) -> Bool
    {
        try await database.execute(
            """
            UPDATE sessions SET generation = generation + 1, last_used_at = \(now)
            WHERE id = \(id) AND generation = \(generation) AND ended_at IS NULL
                AND expires_at > \(now)
            """) == 1
    }

    /// Ends a sign-in of an account: none of its tokens opens anything any more.
    /// - Returns: whether there was one.
    @discardableResult
    func end(_ id: String, of subject: String, because reason: String, now: Instant)
        async throws(DatabaseError) -> Bool
    {
        try await database.execute(
            """
            UPDATE sessions SET ended_at = \(now), end_reason = \(reason)
            WHERE id = \(id) AND subject = \(subject) AND ended_at IS NULL
            """) == 1
    }
}
