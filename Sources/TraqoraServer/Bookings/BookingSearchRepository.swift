public import Database
public import TraqoraAPI
import Travel

/// Looking for bookings.
extension BookingRepository {
    /// Bookings, the newest first.
    func all(_ wanted: BookingSearch) async throws -> Page<BookingRow, BookingSearch.Cursor> {
        let rows = try await rows(
            """
            SELECT \(Self.columns) FROM \(Self.tables) WHERE \(Self.condition(wanted))
            ORDER BY bookings.created_at DESC, bookings.id LIMIT \(wanted.limit + 1)
            """, in: database)
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
        let found: [BookingSummary] = try await database.all(
            """
            SELECT \(Self.summary) FROM \(Self.tables) WHERE \(Self.condition(wanted))
            ORDER BY bookings.created_at DESC, bookings.id LIMIT \(wanted.limit + 1)
            """)
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
        guard !wanted.statuses.isEmpty else { return condition }
        return "\(condition) AND (\(Self.states(of: wanted.statuses)))"
    }

    /// The pairs of states that come to these statuses: what people see is a function of both.
    private static func states(of statuses: [BookingStatus]) -> SQL {
        var condition: SQL = "1 = 0"
        for escrow in EscrowState.allCases {
            let ours = Fulfilment.allCases.filter {
                statuses.contains(BookingStatus(escrow: escrow, fulfilment: $0))
            }
            guard !ours.isEmpty else { continue }
            condition = """
                \(condition) OR (COALESCE(escrows.state, 'unpaid') = \(escrow)
                AND bookings.fulfilment IN (\(list: ours)))
                """
        }
        return condition
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
