public import Database
public import TraqoraAPI
import Travel

/// Looking for bookings.
extension BookingRepository {
    /// Bookings, the newest first.
    func all(_ wanted: BookingSearch) async throws -> Page<BookingRow, BookingSearch.Cursor> {
        let rows = try await rows(Self.select(Self.columns, wanted), in: database)
        return Page(rows, limit: wanted.limit) {
            .init(createdAt: $0.booking.createdAt, id: $0.booking.id)
        }
    }

    private static let summary: SQL = """
        bookings.id, bookings.locator, bookings.owner, bookings.payer, bookings.fulfilment,
        bookings.price, bookings.airline_reference, bookings.created_at,
        bookings.hold_expires_at, escrows.escrow_id, escrows.state
        """

    /// Bookings without who flies: nothing is opened.
    func summaries(_ wanted: BookingSearch) async throws(DatabaseError)
        -> Page<BookingSummary, BookingSearch.Cursor>
    {
        let found: [BookingSummary] = try await database.all(Self.select(Self.summary, wanted))
        return Page(found, limit: wanted.limit) { .init(createdAt: $0.createdAt, id: $0.id) }
    }

    /// The booking of a flight of the registry with this number in the Booking contract, if it was
    /// made here.
    func published(_ number: UInt64) async throws -> BookingRow? {
        try await rows(
            """
            SELECT \(Self.columns) FROM \(Self.tables)
            WHERE escrows.seller = \(EscrowRow.published)
                AND escrows.escrow_id = \(Int64(bitPattern: number))
            """, in: database
        ).first
    }

    /// `nil` when there is none.
    func summary(of id: BookingID) async throws(DatabaseError) -> BookingSummary? {
        try await database.first(
            "SELECT \(Self.summary) FROM \(Self.tables) WHERE bookings.id = \(id)")
    }

    /// The journal of our side.
    func journal(of id: BookingID) async throws(DatabaseError) -> [BookingHistoryResponse.Step] {
        try await database.all(
            """
            SELECT number, event, state_before, state_after, action, happened_at
            FROM fulfilment_journal WHERE booking_id = \(id) ORDER BY number
            """)
    }

    /// The journal of the money's side.
    func ledgerEvents(of escrowID: UInt64) async throws(DatabaseError)
        -> [BookingHistoryResponse.LedgerEvent]
    {
        try await database.all(
            """
            SELECT name, ledger, transaction_hash, closed_at FROM chain_events
            WHERE escrow_id = \(Int64(bitPattern: escrowID)) ORDER BY id
            """)
    }

    /// The page that is wanted.
    ///
    /// Each state of the money is looked for by itself: the database then finds what is rare by its
    /// state, and what is frequent by its time.
    private static func select(_ columns: SQL, _ wanted: BookingSearch) -> SQL {
        let some = { (condition: SQL) -> SQL in
            """
            SELECT \(columns) FROM \(tables) WHERE \(Self.condition(wanted))\(condition)
            ORDER BY bookings.created_at DESC, bookings.id LIMIT \(wanted.limit + 1)
            """
        }
        let parts = states(of: wanted.statuses).map(some)
        guard let first = parts.first else { return some("") }
        guard parts.count > 1 else { return first }
        let all = parts.dropFirst().reduce("SELECT * FROM (\(first)) AS part" as SQL) { all, part in
            "\(all) UNION ALL SELECT * FROM (\(part)) AS part"
        }
        return "\(all) ORDER BY created_at DESC, id LIMIT \(wanted.limit + 1)"
    }

    private static func condition(_ wanted: BookingSearch) -> SQL {
        var condition: SQL = "1 = 1"
        if let owner = wanted.owner { condition = "\(condition) AND bookings.owner = \(owner)" }
        if let account = wanted.account {
            condition = """
                \(condition) AND (bookings.owner = \(account) OR bookings.payer = \(account))
                """
        }
        if let locator = wanted.locator {
            condition = "\(condition) AND bookings.locator = \(locator)"
        }
        if let from = wanted.from {
            condition = "\(condition) AND bookings.created_at >= \(from)"
        }
        if let before = wanted.before {
            condition = "\(condition) AND bookings.created_at < \(before)"
        }
        if let cursor = wanted.cursor {
            condition = """
                \(condition) AND bookings.created_at <= \(cursor.createdAt)
                AND (bookings.created_at < \(cursor.createdAt) OR bookings.id > \(cursor.id))
                """
        }
        return condition
    }

    /// The pairs of states that come to these statuses, a condition for each state of the money:
    /// what people see is a function of both.
    private static func states(of statuses: [BookingStatus]) -> [SQL] {
        EscrowState.allCases.compactMap { escrow -> SQL? in
            let ours = Fulfilment.allCases.filter {
                statuses.contains(BookingStatus(escrow: escrow, fulfilment: $0))
            }
            guard !ours.isEmpty else { return nil }
            let money = Self.isIn(escrow)
            guard ours.count < Fulfilment.allCases.count else { return " AND \(money)" }
            return " AND \(money) AND bookings.fulfilment IN (\(list: ours))"
        }
    }

    /// With the word in the text: the database plans by how many rows have it.
    private static func isIn(_ escrow: EscrowState) -> SQL {
        switch escrow {
        case .unpaid: "escrows.escrow_id IS NULL"
        case .paid: "escrows.state = 'paid'"
        case .ticketed: "escrows.state = 'ticketed'"
        case .expired: "escrows.state = 'expired'"
        case .cancelled: "escrows.state = 'cancelled'"
        case .refunded: "escrows.state = 'refunded'"
        case .settled: "escrows.state = 'settled'"
        case .disputed: "escrows.state = 'disputed'"
        case .resolved: "escrows.state = 'resolved'"
        }
    }
}

extension BookingSummary: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.value("id"), locator: try row.value("locator"),
            owner: try row.value("owner"), payer: try row.value("payer"),
            escrow: try row.value("state", as: EscrowState?.self) ?? .unpaid,
            fulfilment: try row.value("fulfilment"), price: try row.value("price"),
            escrowID: try row.value("escrow_id", as: Int64?.self).map { UInt64(bitPattern: $0) },
            airlineReference: try row.value("airline_reference"),
            createdAt: try row.value("created_at"),
            holdExpiresAt: try row.value("hold_expires_at"))
    }
}

extension BookingHistoryResponse.Step: RowDecodable {
    /// Reads a row of the journal.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            number: try row.value("number"), event: try row.value("event"),
            before: try row.value("state_before"), after: try row.value("state_after"),
            action: try row.value("action"), at: try row.value("happened_at"))
    }
}

extension BookingHistoryResponse.LedgerEvent: RowDecodable {
    /// Reads a row of the journal.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            event: try row.value("name"), ledger: try row.value("ledger"),
            hash: try row.value("transaction_hash"), at: try row.value("closed_at"))
    }
}
