import Database
import Travel

/// What travellers are mailed about, once each. Addresses are not here: they are the booking's.
struct MailRepository: Sendable {
    let database: Database

    /// How old what an airline says of a flight may be: an arrival that is expected lies ahead.
    static let newsSecondsMax: Int64 = 2 * 86_400
    /// How long nobody is mailed again that a flight is late, or cancelled, or diverted.
    static let quietSeconds: Int64 = 6 * 3_600
    /// How often one is mailed about changes of a booking at most.
    static let changesMax = 8

    /// A mail that is to be sent, or was.
    struct Mail: RowDecodable, Sendable {
        var id: String
        var booking: BookingID
        var kind: MailKind
        var createdAt: Instant
        var sentAt: Instant?

        init(row: Row) throws(DatabaseError) {
            id = try row.value("id")
            booking = try row.value("booking_id")
            kind = try row.value("kind")
            createdAt = try row.value("created_at")
            sentAt = try row.value("sent_at")
        }
    }

    /// Notes that there is something to write about.
    /// - Parameter event: what happened, in words that are the same when it is heard again.
    /// - Returns: whether nobody has heard of it before, and there is an address to write to.
    func add(
        _ id: String, _ kind: MailKind, of booking: BookingID, because event: String, now: Instant,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            INSERT INTO mails (id, booking_id, kind, event, created_at)
            SELECT \(id), bookings.id, CAST(\(kind) AS TEXT), CAST(\(event) AS TEXT),
                CAST(\(now) AS BIGINT)
            FROM bookings WHERE bookings.id = \(booking) AND bookings.contact IS NOT NULL
            ON CONFLICT (booking_id, event) DO NOTHING
            """) == 1
    }

    func find(_ id: String) async throws(DatabaseError) -> Mail? {
        try await database.first(
            "SELECT id, booking_id, kind, created_at, sent_at FROM mails WHERE id = \(id)")
    }

    /// The server has taken it.
    func setSent(_ id: String, at now: Instant, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            UPDATE mails SET sent_at = \(now), failure = NULL, failed_at = NULL WHERE id = \(id)
            """)
    }

    /// The server has not taken it.
    func setFailure(_ failure: String, of id: String, at now: Instant)
        async throws(DatabaseError)
    {
        try await database.execute(
            "UPDATE mails SET failure = \(failure), failed_at = \(now) WHERE id = \(id)")
    }

    /// How a booking stands, `nil` when there is none.
    func status(of id: BookingID, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> BookingStatus?
    {
        let row = try await transaction.run(
            """
            SELECT bookings.fulfilment, escrows.state
            FROM bookings LEFT JOIN escrows
            ON escrows.seller = bookings.seller AND escrows.nonce = bookings.nonce
            WHERE bookings.id = \(id)
            """
        ).rows.first
        guard let row else { return nil }
        return BookingStatus(
            escrow: try row.value("state", as: EscrowState?.self) ?? .unpaid,
            fulfilment: try row.value("fulfilment"))
    }

    /// A flight of a booking that is not flown as planned.
    struct ChangedFlight: RowDecodable, Sendable {
        var booking: BookingID
        var event: String

        init(row: Row) throws(DatabaseError) {
            booking = try row.value("id")
            event = try row.value("event")
        }
    }

    /// Bookings whose flight an airline has changed on the ledger, and of which nobody was told.
    ///
    /// An airline may say something else every few seconds, at a fraction of a cent: what it says
    /// again of a flight waits until the last mail about it is some hours old, and there is an end.
    func changedFlights(at now: Instant, limit: Int) async throws(DatabaseError)
        -> [ChangedFlight]
    {
        let (old, quiet) = (
            now.adding(seconds: -Self.newsSecondsMax), now.adding(seconds: -Self.quietSeconds)
        )
        return try await database.all(
            """
            SELECT changed.id, changed.event FROM (
                SELECT bookings.id, 'flight.' || registry_flights.status || '.' AS subject,
                    'flight.' || registry_flights.status || '.'
                    || CAST(registry_flights.status_time AS TEXT) AS event
                FROM registry_flights
                JOIN escrows ON escrows.flight_id = registry_flights.flight_id
                    AND escrows.state IN ('paid', 'ticketed')
                JOIN bookings ON bookings.seller = escrows.seller
                    AND bookings.nonce = escrows.nonce AND bookings.contact IS NOT NULL
                WHERE registry_flights.status IN ('delayed', 'cancelled', 'diverted')
                    AND registry_flights.status_time > \(old)
            ) AS changed
            WHERE NOT EXISTS (SELECT 1 FROM mails
                    WHERE mails.booking_id = changed.id AND (mails.event = changed.event
                        OR mails.created_at > \(quiet)
                            AND SUBSTR(mails.event, 1, LENGTH(changed.subject)) = changed.subject))
                AND (SELECT COUNT(*) FROM mails
                    WHERE mails.booking_id = changed.id AND mails.kind = 'changed')
                    < \(Self.changesMax)
            ORDER BY changed.id LIMIT \(limit)
            """)
    }

    /// Since when a mail waits that was tried without success; `nil` when none does. What was given
    /// up is not due any more.
    func failingSince(dueBefore end: Instant) async throws(DatabaseError) -> Instant? {
        try await database.value(
            """
            SELECT MIN(created_at) FROM mails WHERE sent_at IS NULL AND failed_at IS NOT NULL
                AND id IN (SELECT SUBSTR(outbox.id, 6) FROM outbox
                    WHERE outbox.topic = 'mail' AND outbox.attempts > 2
                        AND outbox.due_at <= \(end))
            """, as: Instant?.self) ?? nil
    }
}
