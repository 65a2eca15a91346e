/// What whoever runs the service sees of it, and does to it.
extension Outbox {
    /// Where a message stands.
    public enum State: String, Sendable, CaseIterable, SQLConvertible {
        /// Its time has not come.
        case waiting
        /// Who comes next gets it.
        case due
        /// Somebody has it.
        case held
        /// It was given up; nobody gets it until it is revived.
        case dead
    }

    /// A message without what is to be done.
    public struct Entry: Sendable, Hashable, RowDecodable {
        /// Chosen by who added it.
        public let id: String
        /// What kind of work.
        public let topic: String
        /// Where it stands.
        public let state: State
        /// How many times it was taken.
        public let attempts: Int
        /// When it was added, in Unix seconds.
        public let createdAt: Int64
        /// When it is due; meaningless of a dead one.
        public let dueAt: Int64
        /// Who had it last.
        public let holder: String?
        /// Until when.
        public let heldUntil: Int64
        /// Why it was put back.
        public let lastError: String?

        /// Reads a row of the table.
        public init(row: Row) throws(DatabaseError) {
            id = try row.value("id")
            topic = try row.value("topic")
            state = try row.value("state")
            attempts = try row.value("attempts")
            createdAt = try row.value("created_at")
            dueAt = try row.value("due_at")
            holder = try row.value("holder")
            heldUntil = try row.value("held_until")
            lastError = try row.value("last_error")
        }
    }

    /// How many messages of one kind stand where.
    public struct Count: Sendable, Hashable, RowDecodable {
        /// What kind of work.
        public let topic: String
        /// Where they stand.
        public let state: State
        /// How many.
        public let count: Int
        /// When the oldest was added.
        public let oldestAt: Int64

        /// Reads a row of the count.
        public init(row: Row) throws(DatabaseError) {
            topic = try row.value("topic")
            state = try row.value("state")
            count = try row.value("number")
            oldestAt = try row.value("oldest_at")
        }
    }

    /// When a dead message would be due: in the year 9999.
    static let never: Int64 = 253_402_300_799
    /// How long dead messages are kept, in seconds.
    public static let deadSeconds: Int64 = 30 * 86_400

    private static func state(at now: Int64) -> SQL {
        """
        CASE WHEN due_at = \(never) THEN 'dead' WHEN held_until > \(now) THEN 'held'
            WHEN due_at > \(now) THEN 'waiting' ELSE 'due' END
        """
    }

    private static func entries(at now: Int64) -> SQL {
        """
        SELECT id, topic, \(state(at: now)) AS state, attempts, created_at, due_at, holder,
            held_until, last_error FROM outbox
        """
    }

    /// Messages, the oldest first, behind the place of one.
    public func entries(
        topic: String? = nil, state: State? = nil,
        after place: (createdAt: Int64, id: String)? = nil, limit: Int, now: Int64
    ) async throws(DatabaseError) -> [Entry] {
        var condition: SQL = "1 = 1"
        if let topic { condition = "\(condition) AND topic = \(topic)" }
        if let state { condition = "\(condition) AND \(Self.state(at: now)) = \(state)" }
        if let place {
            condition = """
                \(condition) AND (created_at > \(place.createdAt)
                OR created_at = \(place.createdAt) AND id > \(place.id))
                """
        }
        return try await database.all(
            """
            \(Self.entries(at: now)) WHERE \(condition) ORDER BY created_at, id LIMIT \(limit)
            """)
    }

    /// One message, `nil` when there is none.
    public func entry(_ id: String, now: Int64) async throws(DatabaseError) -> Entry? {
        try await database.first("\(Self.entries(at: now)) WHERE id = \(id)")
    }

    /// How many messages there are, by kind and by where they stand.
    public func counts(now: Int64) async throws(DatabaseError) -> [Count] {
        try await database.all(
            """
            SELECT topic, state, COUNT(*) AS number, MIN(created_at) AS oldest_at
            FROM (\(Self.entries(at: now))) AS entries
            GROUP BY topic, state ORDER BY topic, state
            """)
    }

    /// Gives a message up: it stays, for whoever runs the service to see, and nobody gets it. Those
    /// given up long ago make room.
    /// - Parameter reason: why, for people; no secrets.
    public func bury(
        _ id: String, by holder: String, because reason: String, now: Int64
    ) async throws(DatabaseError) {
        try await database.execute(
            """
            UPDATE outbox SET due_at = \(Self.never), held_until = 0, holder = NULL,
                last_error = \(reason)
            WHERE id = \(id) AND holder = \(holder)
            """)
        try await database.execute(
            """
            DELETE FROM outbox
            WHERE due_at = \(Self.never) AND created_at < \(now - Self.deadSeconds)
            """)
    }

    /// Makes a message due now; a dead one gets all its attempts again. Whoever has it keeps it.
    /// - Returns: whether there is one.
    public func revive(_ id: String, now: Int64) async throws(DatabaseError) -> Bool {
        try await database.execute(
            """
            UPDATE outbox SET
                attempts = CASE WHEN due_at = \(Self.never) THEN 0 ELSE attempts END,
                created_at = CASE WHEN due_at = \(Self.never) THEN \(now) ELSE created_at END,
                due_at = CASE WHEN due_at > \(now) THEN \(now) ELSE due_at END
            WHERE id = \(id)
            """) == 1
    }
}
