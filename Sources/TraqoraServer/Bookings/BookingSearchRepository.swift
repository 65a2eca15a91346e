public import Database
public import TraqoraAPI
import Travel

/// Looking for bookings.
extension BookingRepository {
    /// Bookings, the newest first.
    func all(_ wanted: BookingSearch) async throws -> Page<BookingRow, PageCursor<BookingID>> {
        let rows = try await rows(Self.select(Self.columns, wanted), in: database)
        return Page(rows, limit: wanted.limit) {
            .init($0.booking.createdAt, $0.booking.id)
        }
    }

    private static let summary: SQL = """
        bookings.id, bookings.locator, bookings.owner, bookings.payer, bookings.fulfilment,
        bookings.price, bookings.airline_reference, bookings.created_at,
        bookings.hold_expires_at, escrows.escrow_id, escrows.state
        """

    /// Bookings without who flies: nothing is opened.
    func summaries(_ wanted: BookingSearch) async throws(DatabaseError)
        -> Page<BookingSummary, PageCursor<BookingID>>
    {
        let found: [BookingSummary] = try await database.all(Self.select(Self.summary, wanted))
        return Page(found, limit: wanted.limit) { .init($0.createdAt, $0.id) }
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
    /// What people see follows from two tables, so no index has it: each state of the money is
    /// looked for by itself, and each is found by its state in the order of time.
    private static func select(_ columns: SQL, _ wanted: BookingSearch) -> SQL {
        let limit = wanted.limit + 1
        let parts = parts(of: wanted).map { part -> SQL in
            """
            SELECT \(columns) FROM \(part.tables)
            WHERE \(Self.condition(wanted, part.created)) AND \(part.condition)
            ORDER BY \(part.created) DESC, bookings.id LIMIT \(limit)
            """
        }
        guard let first = parts.first else {
            return """
                SELECT \(columns) FROM \(tables)
                WHERE \(Self.condition(wanted, "bookings.created_at"))
                ORDER BY bookings.created_at DESC, bookings.id LIMIT \(limit)
                """
        }
        guard parts.count > 1 else { return first }
        let all = parts.dropFirst().reduce("SELECT * FROM (\(first)) AS part" as SQL) { all, part in
            "\(all) UNION ALL SELECT * FROM (\(part)) AS part"
        }
        return "\(all) ORDER BY created_at DESC, id LIMIT \(limit)"
    }

    /// - Parameter created: the column with the time, of the table that is read first.
    private static func condition(_ wanted: BookingSearch, _ created: SQL) -> SQL {
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
            condition = "\(condition) AND \(created) >= \(from)"
        }
        if let before = wanted.before {
            condition = "\(condition) AND \(created) < \(before)"
        }
        if let cursor = wanted.cursor {
            condition = """
                \(condition) AND \(created) <= \(cursor.time)
                AND (\(created) < \(cursor.time) OR bookings.id > \(cursor.id))
                """
        }
        return condition
    }

    /// Where bookings of one state of the money are, or of one of ours without money.
    private struct Part {
        var tables: SQL
        /// When they were made.
        var created: SQL
        var condition: SQL
    }

    /// The pairs of states that come to the statuses that are wanted: what people see is a function
    /// of both. What was paid once is without money only while a rebuild reads the ledger again,
    /// and is not looked for then.
    private static func parts(of wanted: BookingSearch) -> [Part] {
        EscrowState.allCases.flatMap { escrow -> [Part] in
            let ours = Fulfilment.allCases.filter {
                wanted.statuses.contains(BookingStatus(escrow: escrow, fulfilment: $0))
            }
            guard !ours.isEmpty else { return [] }
            guard escrow == .unpaid else {
                let isAny = ours.count == Fulfilment.allCases.count
                let rest: SQL = isAny ? "" : " AND bookings.fulfilment IN (\(list: ours))"
                return [
                    Part(
                        tables: paid, created: "escrows.booking_created_at",
                        condition: "\(isIn(escrow))\(rest)")
                ]
            }
            return ours.filter { $0 == .held || $0 == .released }.map { state in
                Part(
                    tables: unpaid, created: "bookings.created_at",
                    condition: """
                        bookings.fulfilment = \(state) AND NOT EXISTS (SELECT 1 FROM escrows AS paid
                        WHERE paid.seller = bookings.seller AND paid.nonce = bookings.nonce)
                        """)
            }
        }
    }

    private static let paid: SQL = """
        escrows JOIN bookings
        ON bookings.seller = escrows.seller AND bookings.nonce = escrows.nonce
        """

    private static let unpaid: SQL = "bookings LEFT JOIN escrows ON 1 = 0"

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
