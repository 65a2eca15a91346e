import Database
import TraqoraAPI
import Travel

/// The transactions that travellers were offered, and those that came back signed.
struct TransactionRepository: Sendable {
    let database: Database

    private static let columns: SQL = """
        hash, booking_id, purpose, envelope, fee_stroops_max, summary, expires_at, offered_at,
        signed, status, ledger, failure
        """

    /// Keeps an offered one; the same one again changes nothing. Those of the booking that were
    /// never signed and can no longer be sent make room, so that asking again and again fills
    /// nothing.
    func offer(_ row: TransactionRow, in executor: some SQLExecutor) async throws(DatabaseError) {
        try await executor.execute(
            """
            DELETE FROM transactions WHERE booking_id = \(row.bookingID) AND status IS NULL
                AND expires_at <= \(row.offeredAt)
            """)
        try await executor.execute(
            """
            INSERT INTO transactions (hash, booking_id, purpose, envelope, fee_stroops_max, summary,
                expires_at, offered_at)
            VALUES (\(row.hash), \(row.bookingID), \(row.purpose), \(row.envelope),
                \(row.feeStroopsMax), \(JSONColumn(row.summary)), \(row.expiresAt),
                \(row.offeredAt))
            ON CONFLICT (hash) DO NOTHING
            """)
    }

    /// Takes back what was offered for this and has not come back signed.
    /// - Returns: whether none is on its way or applied.
    func withdraw(
        _ purpose: TransactionPurpose, of booking: BookingID, in transaction: Transaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            DELETE FROM transactions WHERE booking_id = \(booking) AND purpose = \(purpose)
                AND status IS NULL
            """)
        return try await transaction.value(
            """
            SELECT COUNT(*) FROM transactions WHERE booking_id = \(booking)
                AND purpose = \(purpose) AND status <> 'failed'
            """, as: Int.self) == 0
    }

    /// Those of a booking, the oldest first; of the same second the payment before what follows it.
    func all(of booking: BookingID) async throws(DatabaseError) -> [TransactionRow] {
        try await database.all(
            """
            SELECT \(Self.columns) FROM transactions WHERE booking_id = \(booking)
            ORDER BY offered_at, purpose DESC, hash
            """)
    }

    /// `nil` when there is none.
    func find(_ hash: String) async throws(DatabaseError) -> TransactionRow? {
        try await database.first(
            "SELECT \(Self.columns) FROM transactions WHERE hash = \(hash)")
    }

    /// Keeps the signed envelope. A transaction is queued once.
    /// - Returns: whether it was this time.
    func queue(_ hash: String, signed: [UInt8], in transaction: Transaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            """
            UPDATE transactions SET signed = \(signed), status = \(SubmissionStatus.queued)
            WHERE hash = \(hash) AND status IS NULL
            """) == 1
    }

    /// What the ledger made of it. What is decided stays decided.
    func set(
        _ status: SubmissionStatus, of hash: String, ledger: UInt32? = nil, failure: String? = nil
    ) async throws(DatabaseError) {
        try await database.execute(
            """
            UPDATE transactions SET status = \(status), ledger = \(ledger), failure = \(failure)
            WHERE hash = \(hash) AND status IN ('queued', 'submitted')
            """)
    }
}
