public import Database
import FlightSupply
public import TraqoraAPI
import Travel

extension BookingChangesResponse.Decision: SQLConvertible {}

/// What airlines changed of trips, and which bookings have to be looked at for it.
struct TripChangeRepository: Sendable {
    let database: Database

    /// How many changes of a booking are shown.
    static let shownMax = 100

    /// A booking whose trip is to be looked at.
    struct Due: Sendable, RowDecodable {
        var booking: BookingID
        var dueAt: Instant

        init(row: Row) throws(DatabaseError) {
            booking = try row.value("id")
            dueAt = try row.value("changes_due_at")
        }
    }

    /// Those whose time has come, the longest waiting first.
    func due(at now: Instant, limit: Int) async throws(DatabaseError) -> [Due] {
        try await database.all(
            """
            SELECT id, changes_due_at FROM bookings
            WHERE changes_due_at IS NOT NULL AND changes_due_at <= \(now)
            ORDER BY changes_due_at LIMIT \(limit)
            """)
    }

    /// Says when a booking is looked at next, if nobody else has said so meanwhile.
    /// - Returns: whether it was this time: of several who try, one hears yes.
    func move(_ due: Due, to next: Instant?) async throws(DatabaseError) -> Bool {
        try await database.execute(
            """
            UPDATE bookings SET changes_due_at = \(next)
            WHERE id = \(due.booking) AND changes_due_at = \(due.dueAt)
            """) == 1
    }

    /// Keeps a change; one before it that nobody has said anything to is none any more.
    /// - Returns: whether it is news.
    func add(_ change: TripChange, of id: BookingID, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        let added = try await transaction.execute(
            """
            INSERT INTO trip_changes (booking_id, change_id, trip_before, trip_after, detected_at,
                is_acceptable)
            VALUES (\(id), \(change.id), \(JSONColumn(change.before)), \(JSONColumn(change.after)),
                \(change.detectedAt), \(change.isAcceptable))
            ON CONFLICT (booking_id, change_id) DO NOTHING
            """)
        guard added == 1 else { return false }
        try await transaction.execute(
            """
            UPDATE trip_changes SET decision = \(BookingChangesResponse.Decision.superseded),
                decided_at = \(change.detectedAt)
            WHERE booking_id = \(id) AND change_id <> \(change.id) AND decision IS NULL
            """)
        return true
    }

    /// Those of a booking, the oldest first.
    func all(of id: BookingID, in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> [BookingChangesResponse.Change]
    {
        let executor = executor ?? database
        let rows = try await executor.run(
            """
            SELECT change_id, trip_before, trip_after, detected_at, is_acceptable, decision,
                decided_at
            FROM trip_changes WHERE booking_id = \(id)
            ORDER BY detected_at, change_id LIMIT \(Self.shownMax)
            """
        ).rows
        var changes: [BookingChangesResponse.Change] = []
        for row in rows {
            changes.append(
                BookingChangesResponse.Change(
                    id: try row.value("change_id"),
                    before: try row.value("trip_before", as: JSONColumn<[Slice]>.self).value,
                    after: try row.value("trip_after", as: JSONColumn<[Slice]>.self).value,
                    detectedAt: try row.value("detected_at"),
                    isAcceptable: try row.value("is_acceptable"),
                    decision: try row.value("decision"), decidedAt: try row.value("decided_at")))
        }
        return changes
    }

    /// Writes down what was said to a change.
    /// - Returns: whether nothing had been said before.
    func decide(
        _ change: String, of id: BookingID, _ decision: BookingChangesResponse.Decision,
        now: Instant, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            UPDATE trip_changes SET decision = \(decision), decided_at = \(now)
            WHERE booking_id = \(id) AND change_id = \(change) AND decision IS NULL
            """) == 1
    }

    /// The trip is another one now; what was sold stays in the changes.
    func setTrip(_ booking: Booking, _ itinerary: Itinerary, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let changed = StoredOffer(booking, flying: itinerary)
        try await transaction.execute(
            "UPDATE bookings SET offer = \(JSONColumn(changed)) WHERE id = \(booking.id)")
    }
}
