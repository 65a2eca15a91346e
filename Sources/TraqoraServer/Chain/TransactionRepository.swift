import Database
import TraqoraAPI
import Travel

/// The transactions that people were offered to sign, and those that came back signed.
struct TransactionRepository: Sendable {
    let database: Database

    private static let columns: SQL = """
        hash, form, signer, purpose, envelope, fee_stroops_max, summary, expires_at, offered_at,
        signed, sent, sent_hash, status, ledger, failure, doubted_at
        """

    /// Those of bookings have a table of their own.
    private static let tables: [SQL] = ["transactions", "account_transactions"]

    /// How many that nobody signed make room at once.
    static let forgottenMax = 20

    /// Keeps an offered one; the same one again changes nothing, unless it was refused and is in no
    /// ledger: then it may be signed and sent again. Those that were never signed and can no longer
    /// be sent make room, so that asking again and again fills nothing.
    func offer(_ row: TransactionRow, in executor: some SQLExecutor) async throws(DatabaseError) {
        let (table, name, value): (SQL, SQL, String)
        switch row.subject {
        case .booking(let id):
            (table, name, value) = ("transactions", "booking_id", id.text)
            try await executor.execute(
                """
                DELETE FROM transactions WHERE booking_id = \(id) AND status IS NULL
                    AND expires_at <= \(row.offeredAt)
                """)
        case .named(let subject):
            (table, name, value) = ("account_transactions", "subject", subject)
            try await executor.execute(
                """
                DELETE FROM account_transactions WHERE status IS NULL AND hash IN (
                    SELECT hash FROM account_transactions
                    WHERE status IS NULL AND expires_at <= \(row.offeredAt)
                    ORDER BY expires_at LIMIT \(Self.forgottenMax))
                """)
        }
        try await executor.execute(
            """
            INSERT INTO \(table) (hash, \(name), signer, form, purpose, envelope, fee_stroops_max,
                summary, expires_at, offered_at)
            VALUES (\(row.hash), \(value), \(row.signer), \(row.form), \(row.purpose),
                \(row.envelope), \(row.feeStroopsMax), \(JSONColumn(row.summary)),
                \(row.expiresAt), \(row.offeredAt))
            ON CONFLICT (hash) DO UPDATE
            SET signed = NULL, status = NULL, failure = NULL, doubted_at = NULL,
                offered_at = \(row.offeredAt)
            WHERE \(table).status = 'failed' AND \(table).ledger IS NULL
            """)
    }

    /// Takes back what was offered for this, about anything else than a booking, and has not come
    /// back signed.
    /// - Returns: whether none is on its way or applied.
    func withdraw(
        _ purpose: TransactionPurpose, about subject: String, in transaction: Transaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            DELETE FROM account_transactions WHERE subject = \(subject)
                AND purpose = \(purpose) AND status IS NULL
            """)
        return try await transaction.value(
            """
            SELECT COUNT(*) FROM account_transactions WHERE subject = \(subject)
                AND purpose = \(purpose) AND status <> 'failed'
            """, as: Int.self) == 0
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
            SELECT \(Self.columns), booking_id, NULL AS subject FROM transactions
            WHERE booking_id = \(booking) ORDER BY offered_at, purpose DESC, hash
            """)
    }

    /// Those of some bookings that came back signed, each booking's in order.
    func sent(of bookings: [BookingID]) async throws(DatabaseError)
        -> [BookingID: [TransactionRow]]
    {
        let rows: [TransactionRow] = try await database.all(
            """
            SELECT \(Self.columns), booking_id, NULL AS subject FROM transactions
            WHERE booking_id IN (\(list: bookings)) AND status IS NOT NULL
            ORDER BY offered_at, purpose DESC, hash
            """)
        var sent: [BookingID: [TransactionRow]] = [:]
        for row in rows {
            guard case .booking(let id) = row.subject else { continue }
            sent[id, default: []].append(row)
        }
        return sent
    }

    /// `nil` when there is none.
    func find(_ hash: String) async throws(DatabaseError) -> TransactionRow? {
        try await database.first(
            """
            SELECT \(Self.columns), booking_id, NULL AS subject FROM transactions
            WHERE hash = \(hash)
            UNION ALL
            SELECT \(Self.columns), NULL AS booking_id, subject FROM account_transactions
            WHERE hash = \(hash)
            """)
    }

    /// That which the platform made around an authorization; `nil` when there is none.
    func find(sent hash: String) async throws(DatabaseError) -> TransactionRow? {
        try await database.first(
            """
            SELECT \(Self.columns), NULL AS booking_id, subject FROM account_transactions
            WHERE sent_hash = \(hash)
            """)
    }

    /// Keeps the signed envelope. A transaction is queued once.
    /// - Returns: whether it was this time.
    func queue(_ hash: String, signed: [UInt8], in transaction: Transaction)
        async throws(DatabaseError) -> Bool
    {
        try await update(
            "signed = \(signed), status = \(SubmissionStatus.queued)",
            where: "hash = \(hash) AND status IS NULL", in: transaction)
    }

    /// Whether a payment of a booking, another than this one, is on its way or applied.
    func isPaid(_ booking: BookingID, beside hash: String, in executor: some SQLExecutor)
        async throws(DatabaseError) -> Bool
    {
        let purpose = TransactionPurpose.payment
        return try await executor.value(
            """
            SELECT COUNT(*) FROM transactions WHERE booking_id = \(booking)
                AND purpose = \(purpose) AND hash <> \(hash)
                AND status IN ('queued', 'submitted', 'applied')
            """, as: Int.self) != 0
    }

    /// Keeps the transaction that the platform made around an authorization, before it is sent.
    /// - Returns: whether it is the first: of several that were made at once one is sent.
    func setSent(_ envelope: [UInt8], hash sentHash: String, of hash: String)
        async throws(DatabaseError) -> Bool
    {
        try await update(
            "sent = \(envelope), sent_hash = \(sentHash)",
            where: "hash = \(hash) AND sent IS NULL AND status IN ('queued', 'submitted')",
            in: database)
    }

    /// What the ledger made of it. What is decided stays decided.
    func set(
        _ status: SubmissionStatus, of hash: String, ledger: UInt32? = nil, failure: String? = nil,
        in transaction: Transaction? = nil
    ) async throws(DatabaseError) {
        let executor: any SQLExecutor = transaction ?? database
        _ = try await update(
            "status = \(status), ledger = \(ledger), failure = \(failure), doubted_at = NULL",
            where: "hash = \(hash) AND status IN ('queued', 'submitted')", in: executor)
    }

    /// It was heard that its account's number is used up; the first time counts.
    func doubt(_ hash: String, at time: Instant) async throws(DatabaseError) {
        _ = try await update(
            "doubted_at = \(time)",
            where: """
                hash = \(hash) AND doubted_at IS NULL AND status IN ('queued', 'submitted')
                """, in: database)
    }

    private func update(_ change: SQL, where condition: SQL, in executor: any SQLExecutor)
        async throws(DatabaseError) -> Bool
    {
        for table in Self.tables
        where try await executor.execute("UPDATE \(table) SET \(change) WHERE \(condition)") == 1 {
            return true
        }
        return false
    }
}
