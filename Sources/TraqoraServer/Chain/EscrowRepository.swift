import Database
import Stellar
import StellarXDR
import Travel

/// The money as the Booking contract tells it. The indexer alone writes here.
struct EscrowRepository: Sendable {
    let database: Database

    /// Where the indexer is in the contract's events.
    struct Cursor: Sendable, Equatable, RowDecodable {
        /// What the network calls the last event that was read.
        var cursor: String?
        /// The last ledger that was looked at.
        var ledger: UInt32
        /// When.
        var readAt: Instant
    }

    /// `nil` before the first time.
    func cursor(of contract: String, in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> Cursor?
    {
        try await (executor ?? database).first(
            "SELECT cursor, ledger, read_at FROM chain_cursors WHERE contract = \(contract)")
    }

    /// Moves on; in the transaction that writes what was read.
    func setCursor(_ cursor: Cursor, of contract: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO chain_cursors (contract, cursor, ledger, read_at)
            VALUES (\(contract), \(cursor.cursor), \(cursor.ledger), \(cursor.readAt))
            ON CONFLICT (contract) DO UPDATE SET cursor = \(cursor.cursor),
                ledger = \(cursor.ledger), read_at = \(cursor.readAt)
            """)
    }

    /// Keeps that an event was read.
    /// - Returns: `false` if it had been read before.
    func record(
        _ event: RPCEvent, contract: String, name: String, escrowID: UInt64?,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            INSERT INTO chain_events (id, contract, name, escrow_id, ledger, transaction_hash,
                closed_at)
            VALUES (\(event.id), \(contract), \(name),
                \(escrowID.map { Int64(bitPattern: $0) }), \(event.ledger),
                \(event.transactionHash.description), \(event.ledgerClosedAt))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    /// What has had an event took effect, whatever a server said of it before.
    func confirm(_ transaction: Hash, ledger: UInt32, in scope: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let changed = try await scope.execute(
            """
            UPDATE transactions SET status = 'applied', ledger = \(ledger), failure = NULL
            WHERE (hash = \(transaction.description) OR sent_hash = \(transaction.description))
                AND (status IS NULL OR status <> 'applied')
            """)
        guard changed > 0 else { return }
        // What it cost the platform was settled for what was believed before.
        try await scope.execute(
            """
            UPDATE sponsorships SET is_settled = \(false) WHERE hash IN (
                SELECT hash FROM transactions WHERE sent_hash = \(transaction.description))
            """)
    }

    private static let columns: SQL = """
        escrow_id, seller, nonce, passenger, state, token, price, seats, refunded, paid_out, fees,
        fee_bps, carrier, flight_id, cabin, policy, booked_at, departs, arrives, ticket_deadline,
        dispute_window, stale_at, resolve_by, has_responded
        """

    /// As they are read: a booking has a price too.
    static let read: SQL = "\(columns), price AS escrow_price"

    func find(_ escrowID: UInt64, in executor: some SQLExecutor) async throws(DatabaseError)
        -> EscrowRow?
    {
        try await executor.first(
            """
            SELECT \(Self.read) FROM escrows
            WHERE escrow_id = \(Int64(bitPattern: escrowID))
            """)
    }

    /// Everything that is known of money, in order: what a rebuild must give again.
    func all() async throws(DatabaseError) -> [EscrowRow] {
        try await database.all("SELECT \(Self.read) FROM escrows ORDER BY escrow_id")
    }

    /// Whether a booking of ours goes by that name.
    func isBooked(_ seller: String, _ nonce: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.value(
            "SELECT COUNT(*) FROM bookings WHERE seller = \(seller) AND nonce = \(nonce)",
            as: Int.self) == 1
    }

    func insert(_ row: EscrowRow, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO escrows (\(Self.columns), booking_created_at)
            VALUES (\(Int64(bitPattern: row.escrowID)), \(row.seller), \(row.nonce),
                \(row.passenger), \(row.state), \(row.token), \(row.price), \(row.seats),
                \(row.refunded), \(row.paidOut), \(row.fees), \(row.feeBps), \(row.carrier),
                \(row.flightID.map { Int64(bitPattern: $0) }), \(row.cabin), \(row.policy),
                \(row.bookedAt), \(row.departs), \(row.arrives), \(row.ticketDeadline),
                \(row.disputeWindowSeconds), \(row.staleAt), \(row.resolveBy),
                \(row.hasResponded),
                (SELECT created_at FROM bookings
                    WHERE seller = \(row.seller) AND nonce = \(row.nonce)))
            """)
        try await announce(row, in: transaction)
    }

    func update(_ row: EscrowRow, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            UPDATE escrows SET state = \(row.state), seats = \(row.seats),
                refunded = \(row.refunded), paid_out = \(row.paidOut), fees = \(row.fees),
                resolve_by = \(row.resolveBy), has_responded = \(row.hasResponded)
            WHERE escrow_id = \(Int64(bitPattern: row.escrowID))
            """)
        try await announce(row, in: transaction)
    }

    /// Leaves word for who brings bookings to their ticket, so that nobody has to look through all
    /// of them for news; of bookings that are ours alone.
    private func announce(_ row: EscrowRow, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO escrow_news (escrow_id, state)
            SELECT \(Int64(bitPattern: row.escrowID)), CAST(\(row.state) AS TEXT) FROM bookings
            WHERE seller = \(row.seller) AND nonce = \(row.nonce)
            ON CONFLICT (escrow_id) DO UPDATE SET state = \(row.state)
            """)
    }

    /// The news that it is `state` have been heard; newer ones stay.
    func forgetNews(of escrowID: UInt64, that state: EscrowState) async throws(DatabaseError) {
        try await database.execute(
            """
            DELETE FROM escrow_news
            WHERE escrow_id = \(Int64(bitPattern: escrowID)) AND state = \(state)
            """)
    }

    /// What could not be delivered to an address, and waits there.
    func credit(of address: String, token: String, in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> TokenAmount?
    {
        try await (executor ?? database).value(
            """
            SELECT amount FROM escrow_credits WHERE address = \(address) AND token = \(token)
            """, as: TokenAmount.self)
    }

    func setCredit(
        _ amount: TokenAmount, of address: String, token: String,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO escrow_credits (address, token, amount)
            VALUES (\(address), \(token), \(amount))
            ON CONFLICT (address, token) DO UPDATE SET amount = \(amount)
            """)
    }

    /// Forgets everything that was read.
    func clear(in transaction: DatabaseTransaction) async throws(DatabaseError) {
        for statement: SQL in [
            "DELETE FROM registry_fares", "DELETE FROM registry_flights",
            "DELETE FROM registry_policies", "DELETE FROM registry_airlines",
            "DELETE FROM escrow_credits", "DELETE FROM escrow_news", "DELETE FROM escrows",
            "DELETE FROM chain_events",
        ] {
            try await transaction.execute(statement)
        }
    }

    /// The place in a book's events is the first again.
    func forgetCursor(of name: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute("DELETE FROM chain_cursors WHERE contract = \(name)")
    }
}

extension EscrowRepository.Cursor {
    init(row: Row) throws(DatabaseError) {
        cursor = try row.value("cursor")
        ledger = try row.value("ledger")
        readAt = try row.value("read_at")
    }
}
