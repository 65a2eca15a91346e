import Database
import Travel

/// Personal data where it lies, whatever table that is.
struct PersonalDataRepository: Sendable {
    let database: Database

    /// A row with its sealed columns, in the order of the table's.
    struct SealedRow: Sendable {
        var key: String
        var version: Int
        var values: [[UInt8]?]
    }

    /// Some rows that are not sealed with the current key alone, in the order of their keys.
    func outdated(in table: SealedTable, current: Int, after key: String, limit: Int)
        async throws(DatabaseError) -> [SealedRow]
    {
        var columns: SQL = "\(SQL.raw(table.key)), personal_key"
        for column in table.columns { columns = "\(columns), \(SQL.raw(column))" }
        let rows = try await database.run(
            """
            SELECT \(columns) FROM \(SQL.raw(table.name)) WHERE personal_key <> \(current)
                AND \(SQL.raw(table.key)) > \(key)
            ORDER BY \(SQL.raw(table.key)) LIMIT \(limit)
            """
        ).rows
        var sealed: [SealedRow] = []
        for row in rows {
            var values: [[UInt8]?] = []
            for index in table.columns.indices { values.append(try row.value(at: index + 2)) }
            sealed.append(
                SealedRow(key: try row.value(at: 0), version: try row.value(at: 1), values: values))
        }
        return sealed
    }

    /// How many rows are not sealed with the current key alone.
    func outdatedCount(in table: SealedTable, current: Int) async throws(DatabaseError) -> Int {
        try await database.value(
            "SELECT COUNT(*) FROM \(SQL.raw(table.name)) WHERE personal_key <> \(current)") ?? 0
    }

    /// Writes columns that were sealed anew, if the row is as it was read.
    /// - Returns: whether it was.
    func replace(
        _ row: SealedRow, with values: [[UInt8]?], current: Int, in table: SealedTable,
        _ transaction: Transaction
    ) async throws(DatabaseError) -> Bool {
        var changes: SQL = "personal_key = \(current)"
        var conditions: SQL = "\(SQL.raw(table.key)) = \(row.key)"
        for (index, column) in table.columns.enumerated() {
            let column = SQL.raw(column)
            changes = "\(changes), \(column) = \(values[index])"
            conditions =
                row.values[index] == nil
                ? "\(conditions) AND \(column) IS NULL"
                : "\(conditions) AND \(column) = \(row.values[index])"
        }
        return try await transaction.execute(
            "UPDATE \(SQL.raw(table.name)) SET \(changes) WHERE \(conditions)") == 1
    }

    /// An offer as a booking keeps it.
    struct OfferText: RowDecodable, Sendable {
        var booking: String
        var offer: String

        init(row: Row) throws(DatabaseError) {
            booking = try row.value("id")
            offer = try row.value("offer")
        }
    }

    /// Offers that were noted for the ages in them, in the order of their bookings.
    func offersWithAges(after booking: String, limit: Int) async throws(DatabaseError)
        -> [OfferText]
    {
        try await database.all(
            """
            SELECT bookings.id, bookings.offer FROM offers_with_ages
            JOIN bookings ON bookings.id = offers_with_ages.booking_id
            WHERE offers_with_ages.booking_id > \(booking)
            ORDER BY offers_with_ages.booking_id LIMIT \(limit)
            """)
    }

    /// Writes an offer anew, if it is as it was read.
    /// - Returns: whether it was.
    func replaceOffer(
        of row: OfferText, with offer: JSONColumn<StoredOffer>, in transaction: Transaction
    ) async throws(DatabaseError) -> Bool {
        let replaced = try await transaction.execute(
            """
            UPDATE bookings SET offer = \(offer) WHERE id = \(row.booking) AND offer = \(row.offer)
            """)
        guard replaced == 1 else { return false }
        try await transaction.execute(
            "DELETE FROM offers_with_ages WHERE booking_id = \(row.booking)")
        return true
    }

    /// Takes everything personal out of a booking: who flew, the tickets, the airline's locator,
    /// what opens it, whom news were mailed to, what was said in a dispute, and the salt without
    /// which its hashes on the ledger stand for nothing.
    /// - Returns: whether there was such a booking, not erased before.
    func erase(_ id: BookingID, now: Instant, in transaction: Transaction)
        async throws(DatabaseError) -> Bool
    {
        let erased = try await transaction.execute(
            """
            UPDATE bookings SET passengers = NULL, tickets = NULL, airline_reference = NULL,
                order_trace = NULL, token_hash = NULL, salt = NULL, contact = NULL,
                erased_at = \(now)
            WHERE id = \(id) AND erased_at IS NULL
            """)
        guard erased == 1 else { return false }
        try await transaction.execute("DELETE FROM idempotency_keys WHERE booking_id = \(id)")
        try await transaction.execute("DELETE FROM disputes WHERE booking_id = \(id)")
        try await transaction.execute("DELETE FROM dispute_answers WHERE booking_id = \(id)")
        return true
    }
}
