/// What must be done after a transaction, written in it: a worker takes it, does it, and says so.
/// Each message is done at least once, so doing it twice must do no harm.
public struct Outbox: Sendable {
    /// What a migration of the owner creates.
    public static let schema = """
        CREATE TABLE outbox (
            id TEXT PRIMARY KEY, topic TEXT NOT NULL, payload BYTEA NOT NULL,
            created_at BIGINT NOT NULL, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
            holder TEXT, held_until BIGINT NOT NULL, last_error TEXT);
        CREATE INDEX outbox_due ON outbox (topic, due_at);
        """

    /// Something to do.
    public struct Message: Sendable, Hashable, RowDecodable {
        /// Chosen by who added it.
        public let id: String
        /// What kind of work.
        public let topic: String
        /// What to do.
        public let payload: [UInt8]
        /// How many times it was taken, this time included.
        public let attempts: Int

        init(id: String, topic: String, payload: [UInt8], attempts: Int) {
            (self.id, self.topic, self.payload, self.attempts) = (id, topic, payload, attempts)
        }

        /// Reads a row of the table.
        public init(row: Row) throws(DatabaseError) {
            id = try row.value("id")
            topic = try row.value("topic")
            payload = try row.value("payload")
            attempts = try row.value("attempts")
        }
    }

    let database: Database

    /// The outbox of a database that has the table of ``schema``.
    public init(_ database: Database) {
        self.database = database
    }

    /// Adds a message; it is there if, and only if, the transaction is.
    /// - Throws: ``DatabaseError/Code/unique`` if there is one with that id.
    public func add(
        _ id: String, topic: String, payload: [UInt8], now: Int64,
        in transaction: Transaction
    ) async throws(DatabaseError) {
        try await transaction.later(
            """
            INSERT INTO outbox (id, topic, payload, created_at, due_at, attempts, held_until)
            VALUES (\(id), \(topic), \(payload), \(now), \(now), 0, 0)
            """)
    }

    /// Adds a message that `holder` has taken as soon as it is there, for `seconds`: whoever makes
    /// work and does it himself need not look for it. If he dies, another takes it over.
    /// - Returns: the message, which nobody may act on before the transaction is committed.
    public func addTaken(
        _ id: String, topic: String, payload: [UInt8], for holder: String, seconds: Int64,
        now: Int64, in transaction: Transaction
    ) async throws(DatabaseError) -> Message {
        try await transaction.later(
            """
            INSERT INTO outbox (id, topic, payload, created_at, due_at, attempts, holder,
                held_until)
            VALUES (\(id), \(topic), \(payload), \(now), \(now), 1, \(holder), \(now + seconds))
            """)
        return Message(id: id, topic: topic, payload: payload, attempts: 1)
    }

    /// The same as ``add(_:topic:payload:now:in:)``, in place of one with that id that was done and
    /// not removed.
    public func replace(
        _ id: String, topic: String, payload: [UInt8], now: Int64,
        in transaction: Transaction
    ) async throws(DatabaseError) {
        try await transaction.later("DELETE FROM outbox WHERE id = \(id)")
        try await add(id, topic: topic, payload: payload, now: now, in: transaction)
    }

    /// Takes up to `limit` messages that are due, oldest first, for `seconds`: until then no one
    /// else gets them.
    public func take(
        topic: String, limit: Int, for holder: String, seconds: Int64, now: Int64
    ) async throws(DatabaseError) -> [Message] {
        let result = try await database.run(
            """
            UPDATE outbox
            SET holder = \(holder), held_until = \(now + seconds), attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM outbox
                WHERE topic = \(topic) AND due_at <= \(now) AND held_until <= \(now)
                ORDER BY due_at, id LIMIT \(limit)\(SQL.skipLocked))
            RETURNING id, topic, payload, attempts, due_at
            """)
        // An engine returns what it updated in any order.
        var messages: [(due: Int64, message: Message)] = []
        for row in result.rows {
            messages.append((try row.value("due_at"), try Message(row: row)))
        }
        return messages.sorted { ($0.due, $0.message.id) < ($1.due, $1.message.id) }
            .map(\.message)
    }

    /// Removes a message that was done.
    /// - Returns: whether `holder` still had it.
    @discardableResult
    public func finish(
        _ id: String, by holder: String, in executor: (any SQLExecutor)? = nil
    ) async throws(DatabaseError) -> Bool {
        try await (executor ?? database).execute(
            "DELETE FROM outbox WHERE id = \(id) AND holder = \(holder)") == 1
    }

    /// The same with the end of a transaction.
    public func finish(_ id: String, by holder: String, with transaction: Transaction)
        async throws(DatabaseError)
    {
        try await transaction.later(
            "DELETE FROM outbox WHERE id = \(id) AND holder = \(holder)")
    }

    /// Removes a message, whoever has it: what it was for has happened.
    public func drop(_ id: String, in transaction: Transaction) async throws(DatabaseError) {
        try await transaction.later("DELETE FROM outbox WHERE id = \(id)")
    }

    /// Puts a message back, to be tried again at `due`.
    /// - Parameter reason: why, for people; no secrets.
    public func retry(
        _ id: String, by holder: String, at due: Int64, because reason: String,
        in executor: (any SQLExecutor)? = nil
    ) async throws(DatabaseError) {
        try await (executor ?? database).later(
            """
            UPDATE outbox SET due_at = \(due), held_until = 0, holder = NULL, last_error = \(reason)
            WHERE id = \(id) AND holder = \(holder)
            """)
    }
}
