import Database
import Travel

/// The bookings. Escrow is read from the indexer's table and never written here. Who flies, the
/// tickets, and the salt of what stands for both on the ledger are sealed.
struct BookingRepository: Sendable {
    let database: Database
    let cipher: ColumnCipher

    static let columns: SQL = """
        bookings.id, bookings.locator, bookings.token_hash, bookings.offer, bookings.passengers,
        bookings.salt, bookings.payer, bookings.price, bookings.conversion, bookings.seller,
        bookings.nonce, bookings.hold_expires_at, bookings.created_at, bookings.fulfilment,
        bookings.airline_reference, bookings.tickets, bookings.owner, bookings.contact,
        bookings.order_trace,
        escrows.escrow_id, escrows.passenger, escrows.state, escrows.token,
        escrows.price AS escrow_price, escrows.seats, escrows.refunded, escrows.paid_out,
        escrows.fees, escrows.fee_bps, escrows.carrier, escrows.flight_id, escrows.cabin,
        escrows.policy, escrows.booked_at, escrows.departs, escrows.arrives,
        escrows.ticket_deadline, escrows.dispute_window, escrows.stale_at, escrows.resolve_by,
        escrows.has_responded
        """

    static let tables: SQL = """
        bookings LEFT JOIN escrows
        ON escrows.seller = bookings.seller AND escrows.nonce = bookings.nonce
        """

    /// `nil` when there is none.
    func find(_ id: BookingID, in executor: (any SQLExecutor)? = nil) async throws -> BookingRow? {
        try await rows(
            "SELECT \(Self.columns) FROM \(Self.tables) WHERE bookings.id = \(id)",
            in: executor ?? database
        ).first
    }

    /// How often a booking of ours has changed.
    func revision(of id: BookingID) async throws(DatabaseError) -> Int {
        try await database.value(
            "SELECT COUNT(*) FROM fulfilment_journal WHERE booking_id = \(id)") ?? 0
    }

    func rows(_ sql: SQL, in executor: any SQLExecutor) async throws -> [BookingRow] {
        try await executor.run(sql).rows.map { try BookingRow(row: $0, cipher) }
    }

    private static func place(_ column: StaticString, _ id: BookingID) -> ColumnPlace {
        SealedTable.bookings.place(column, id.text)
    }

    /// - Throws: ``DatabaseError/Code/unique`` when locator or nonce are taken.
    func insert(_ row: BookingRow, in transaction: Transaction) async throws {
        let booking = row.booking
        let passengers = try cipher.seal(
            booking.passengers, for: Self.place("passengers", booking.id))
        let salt = try cipher.seal(row.salt, for: Self.place("salt", booking.id))
        let tickets =
            row.tickets.isEmpty
            ? nil : try cipher.seal(row.tickets, for: Self.place("tickets", booking.id))
        let contact = try booking.contact.map {
            try cipher.seal($0, for: Self.place("contact", booking.id))
        }
        try await transaction.execute(
            """
            INSERT INTO bookings (id, locator, token_hash, offer, passengers, salt, payer, price,
                conversion, seller, nonce, hold_expires_at, created_at, fulfilment,
                airline_reference, tickets, personal_key, owner, contact)
            VALUES (\(booking.id), \(booking.locator), \(row.tokenHash),
                \(JSONColumn(StoredOffer(booking))), \(passengers), \(salt),
                \(booking.payer), \(booking.price), \(JSONColumn(booking.conversion)),
                \(row.seller), \(row.nonce), \(booking.holdExpires), \(booking.createdAt),
                \(booking.fulfilment), \(booking.airlineReference), \(tickets),
                \(cipher.keys.current), \(row.owner), \(contact))
            """)
    }

    /// What the supplier said about the order.
    func setOrder(
        _ id: BookingID, reference: String, tickets: [String], in transaction: Transaction
    ) async throws {
        let sealed = try cipher.seal(tickets, for: Self.place("tickets", id))
        try await transaction.execute(
            """
            UPDATE bookings SET airline_reference = \(reference), tickets = \(sealed)
            WHERE id = \(id)
            """)
    }

    /// What was left of the supplier's answer to an order.
    func setOrderTrace(_ id: BookingID, _ trace: String) async throws(DatabaseError) {
        try await database.execute(
            "UPDATE bookings SET order_trace = \(trace) WHERE id = \(id) AND erased_at IS NULL")
    }

    /// Has somebody look for what the airline changes of the trip, from some time on.
    func watchTrip(_ id: BookingID, from time: Instant, in transaction: Transaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            "UPDATE bookings SET changes_due_at = \(time) WHERE id = \(id)")
    }

    /// Moves a booking on, if it is still where it was, and writes the journal.
    /// - Returns: the number of the entry in the journal; `nil` if somebody else moved it first.
    func advance(
        _ id: BookingID, from before: Fulfilment, to after: Fulfilment, because event: String,
        action: String?, now: Instant, in transaction: Transaction
    ) async throws(DatabaseError) -> Int? {
        let moved = try await transaction.execute(
            """
            UPDATE bookings SET fulfilment = \(after) WHERE id = \(id) AND fulfilment = \(before)
            """)
        guard moved == 1 else { return nil }
        let last = try await transaction.value(
            "SELECT MAX(number) FROM fulfilment_journal WHERE booking_id = \(id)", as: Int?.self)
        let number = (last.flatMap { $0 } ?? 0) + 1
        try await transaction.execute(
            """
            INSERT INTO fulfilment_journal (booking_id, number, event, state_before, state_after,
                action, happened_at)
            VALUES (\(id), \(number), \(event), \(before), \(after), \(action), \(now))
            """)
        return number
    }
}

// MARK: What workers look for

/// Workers read no personal data: a row that cannot be opened must not stop the money of others.
extension BookingRepository {
    /// A booking with where its money is.
    struct Escrowed: RowDecodable, Sendable {
        var booking: BookingID
        var escrowID: UInt64
        var state: EscrowState

        init(row: Row) throws(DatabaseError) {
            booking = try row.value("id")
            escrowID = UInt64(bitPattern: try row.value("escrow_id", as: Int64.self))
            state = try row.value("state")
        }
    }

    /// Where a booking's own side stands, `nil` when there is none; nobody else moves it until the
    /// transaction ends.
    func fulfilment(of id: BookingID, in transaction: Transaction)
        async throws(DatabaseError) -> Fulfilment?
    {
        try await transaction.value(
            "SELECT fulfilment FROM bookings WHERE id = \(id)\(SQL.forUpdate)")
    }

    /// Bookings of whose money there is news.
    func unheard(limit: Int) async throws(DatabaseError) -> [Escrowed] {
        try await database.all(
            """
            SELECT bookings.id, escrows.escrow_id, escrows.state FROM escrows
            JOIN bookings ON bookings.seller = escrows.seller AND bookings.nonce = escrows.nonce
            WHERE escrows.escrow_id IN (SELECT escrow_id FROM escrow_news)
            ORDER BY bookings.created_at LIMIT \(limit)
            """)
    }

    /// Holds that ended before `now`, with no payment that might still arrive: of one that is said
    /// to be in a ledger, that ledger's events have been read, and it was not among them.
    /// - Parameter book: what the place reached in the money's events is kept under.
    func lapsed(before now: Instant, book: String, limit: Int)
        async throws(DatabaseError) -> [BookingID]
    {
        try await database.values(
            """
            SELECT bookings.id FROM \(Self.tables)
            WHERE bookings.fulfilment = 'held' AND bookings.hold_expires_at < \(now)
                AND escrows.escrow_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM transactions
                    WHERE transactions.booking_id = bookings.id
                        AND (transactions.status IN ('queued', 'submitted')
                            OR transactions.status = 'applied' AND transactions.ledger > (
                                SELECT COALESCE(MIN(ledger), -1) FROM chain_cursors
                                WHERE contract = \(book))))
            ORDER BY bookings.hold_expires_at LIMIT \(limit)
            """)
    }

    /// Money in escrow whose ticket deadline has passed: anyone may send it back.
    func overdue(at now: Instant, limit: Int) async throws(DatabaseError) -> [Escrowed] {
        try await database.all(
            """
            SELECT bookings.id, escrows.escrow_id, escrows.state FROM \(Self.tables)
            WHERE escrows.state = 'paid' AND escrows.ticket_deadline <= \(now)
            ORDER BY escrows.ticket_deadline LIMIT \(limit)
            """)
    }
}
