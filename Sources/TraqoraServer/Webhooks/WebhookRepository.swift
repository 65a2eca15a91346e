import Database
import TraqoraAPI
import Travel

/// An address that is told of the bookings of an account.
struct WebhookRow: Sendable, Equatable {
    var id: String
    var owner: String
    var url: String
    /// What signs the messages.
    var secret: [UInt8]
    /// What it is told of.
    var topics: Set<EventTopic> = [.bookings]
    var createdAt: Instant
    /// When a message last arrived.
    var deliveredAt: Instant?
    /// Why the last one did not, and when; `nil` after one that did.
    var failure: String?
    var failedAt: Instant?
}

/// The addresses that are told.
struct WebhookRepository: Sendable {
    let database: Database
    let cipher: ColumnCipher

    private static let columns: SQL = """
        id, owner, url, secret, created_at, delivered_at, failure, failed_at
        """

    private static func place(_ id: String) -> ColumnPlace {
        SealedTable.webhooks.place("secret", id)
    }

    func insert(_ row: WebhookRow, in transaction: DatabaseTransaction) async throws {
        let secret = try cipher.seal(row.secret, for: Self.place(row.id))
        try await transaction.execute(
            """
            INSERT INTO webhooks (id, owner, url, secret, personal_key, created_at)
            VALUES (\(row.id), \(row.owner), \(row.url), \(secret), \(cipher.keys.current),
                \(row.createdAt))
            """)
        for topic in row.topics {
            try await transaction.execute(
                "INSERT INTO webhook_topics (webhook_id, topic) VALUES (\(row.id), \(topic))")
        }
    }

    /// The addresses of an account, the oldest first.
    func all(of owner: String, in executor: (any SQLExecutor)? = nil) async throws -> [WebhookRow] {
        try await (executor ?? database).run(
            """
            SELECT \(Self.columns) FROM webhooks WHERE owner = \(owner) ORDER BY created_at, id
            """
        ).rows.map(read).withTopics(executor ?? database)
    }

    /// `nil` when there is none.
    func find(_ id: String) async throws -> WebhookRow? {
        try await database.run("SELECT \(Self.columns) FROM webhooks WHERE id = \(id)")
            .rows.map(read).withTopics(database).first
    }

    /// - Returns: whether there was such a one of that account.
    func remove(_ id: String, of owner: String) async throws -> Bool {
        try await database.transaction { transaction in
            let isThere =
                try await transaction.execute(
                    "DELETE FROM webhooks WHERE id = \(id) AND owner = \(owner)") == 1
            guard isThere else { return false }
            try await transaction.execute("DELETE FROM webhook_topics WHERE webhook_id = \(id)")
            return true
        }
    }

    func setDelivered(_ id: String, at now: Instant) async throws(DatabaseError) {
        try await database.execute(
            """
            UPDATE webhooks SET delivered_at = \(now), failure = NULL, failed_at = NULL
            WHERE id = \(id)
            """)
    }

    func setFailure(_ failure: String, of id: String, at now: Instant) async throws(DatabaseError) {
        try await database.execute(
            "UPDATE webhooks SET failure = \(failure), failed_at = \(now) WHERE id = \(id)")
    }

    private func read(_ row: Row) throws -> WebhookRow {
        let id: String = try row.value("id")
        return WebhookRow(
            id: id, owner: try row.value("owner"), url: try row.value("url"),
            secret: try cipher.open(row.value("secret"), for: Self.place(id)),
            createdAt: try row.value("created_at"), deliveredAt: try row.value("delivered_at"),
            failure: try row.value("failure"), failedAt: try row.value("failed_at"))
    }
}

extension [WebhookRow] {
    /// The same with what each is told of.
    fileprivate func withTopics(_ executor: any SQLExecutor) async throws -> [WebhookRow] {
        var rows = self
        for index in rows.indices {
            rows[index].topics = try await Set(
                executor.run(
                    "SELECT topic FROM webhook_topics WHERE webhook_id = \(rows[index].id)"
                ).rows.map { try $0.value("topic", as: EventTopic.self) })
        }
        return rows
    }
}

/// What has been told of a booking.
extension WebhookRepository {
    /// A booking as far as it is told of.
    struct Told: RowDecodable, Sendable {
        var owner: String?
        var status: BookingStatus
        var announced: BookingStatus?

        init(row: Row) throws(DatabaseError) {
            owner = try row.value("owner")
            announced = try row.value("announced_status")
            status = BookingStatus(
                escrow: try row.value("state", as: EscrowState?.self) ?? .unpaid,
                fulfilment: try row.value("fulfilment"))
        }
    }

    func told(of id: BookingID, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Told?
    {
        try await transaction.first(
            """
            SELECT bookings.owner, bookings.fulfilment, bookings.announced_status, escrows.state
            FROM bookings LEFT JOIN escrows
            ON escrows.seller = bookings.seller AND escrows.nonce = bookings.nonce
            WHERE bookings.id = \(id)
            """)
    }

    /// - Returns: whether that is news: of several at once one tells it.
    func setTold(
        _ status: BookingStatus, of id: BookingID, after before: BookingStatus?,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        let unchanged: SQL =
            before == nil ? "announced_status IS NULL" : "announced_status = \(before)"
        return try await transaction.execute(
            """
            UPDATE bookings SET announced_status = \(status)
            WHERE id = \(id) AND \(unchanged)
            """) == 1
    }
}
