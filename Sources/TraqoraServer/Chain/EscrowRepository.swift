import Database
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
    func setCursor(_ cursor: Cursor, of contract: String, in transaction: Transaction)
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
        _ id: String, escrowID: UInt64, name: String, ledger: UInt32, transactionHash: String,
        closedAt: String, in transaction: Transaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            INSERT INTO escrow_events (id, escrow_id, name, ledger, transaction_hash, closed_at)
            VALUES (\(id), \(Int64(bitPattern: escrowID)), \(name), \(ledger), \(transactionHash),
                \(closedAt))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    func find(_ escrowID: UInt64, in executor: some SQLExecutor) async throws(DatabaseError)
        -> EscrowRow?
    {
        try await executor.first(
            """
            SELECT escrow_id, seller, nonce, passenger, state, token, price AS escrow_price, seats,
                refunded, booked_at, departs, ticket_deadline
            FROM escrows WHERE escrow_id = \(Int64(bitPattern: escrowID))
            """)
    }

    func insert(_ row: EscrowRow, in transaction: Transaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO escrows (escrow_id, seller, nonce, passenger, state, token, price,
                seats, refunded, booked_at, departs, ticket_deadline)
            VALUES (\(Int64(bitPattern: row.escrowID)), \(row.seller), \(row.nonce),
                \(row.passenger), \(row.state), \(row.token), \(row.price), \(row.seats),
                \(row.refunded), \(row.bookedAt), \(row.departs), \(row.ticketDeadline))
            """)
    }

    func update(_ row: EscrowRow, in transaction: Transaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            UPDATE escrows SET state = \(row.state), seats = \(row.seats),
                refunded = \(row.refunded)
            WHERE escrow_id = \(Int64(bitPattern: row.escrowID))
            """)
    }

    /// Forgets everything that was read, to read it again from the first ledger on.
    func clear(contract: String) async throws {
        try await database.transaction { transaction in
            try await transaction.execute("DELETE FROM escrows")
            try await transaction.execute("DELETE FROM escrow_events")
            try await transaction.execute(
                "DELETE FROM chain_cursors WHERE contract = \(contract)")
        }
    }
}

extension EscrowRepository.Cursor {
    init(row: Row) throws(DatabaseError) {
        cursor = try row.value("cursor")
        ledger = try row.value("ledger")
        readAt = try row.value("read_at")
    }
}
