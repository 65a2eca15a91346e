import Database
import Travel

/// A challenge that was given out.
struct ChallengeRow: Sendable, RowDecodable {
    var id: String
    /// Who wants to sign in: `G…`, `M…`, or `G…:memo`.
    var subject: String
    /// The `G…` account whose signers count.
    var account: String
    /// What is signed as SEP-53 says.
    var message: String
    /// The hash of what is signed as SEP-10 says: it covers account, domains and network.
    var transactionHash: String
    var expiresAt: Instant

    init(
        id: String, subject: String, account: String, message: String, transactionHash: String,
        expiresAt: Instant
    ) {
        self.id = id
        self.subject = subject
        self.account = account
        self.message = message
        self.transactionHash = transactionHash
        self.expiresAt = expiresAt
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.value("id")
        subject = try row.value("subject")
        account = try row.value("account")
        message = try row.value("message")
        transactionHash = try row.value("transaction_hash")
        expiresAt = try row.value("expires_at")
    }
}

/// The challenges that were given out. Each is answered once.
struct ChallengeRepository: Sendable {
    let database: Database

    func add(_ row: ChallengeRow, now: Instant) async throws {
        try await database.transaction { transaction in
            // What is over opens nothing; it need not be kept.
            try await transaction.execute("DELETE FROM challenges WHERE expires_at < \(now)")
            try await transaction.execute(
                """
                INSERT INTO challenges (id, subject, account, message, transaction_hash, expires_at)
                VALUES (\(row.id), \(row.subject), \(row.account), \(row.message),
                    \(row.transactionHash), \(row.expiresAt))
                """)
        }
    }

    func find(id: String, now: Instant) async throws(DatabaseError) -> ChallengeRow? {
        try await database.first(
            """
            SELECT id, subject, account, message, transaction_hash, expires_at FROM challenges
            WHERE id = \(id) AND used_at IS NULL AND expires_at > \(now)
            """)
    }

    func find(transactionHash hash: String, now: Instant) async throws(DatabaseError)
        -> ChallengeRow?
    {
        try await database.first(
            """
            SELECT id, subject, account, message, transaction_hash, expires_at FROM challenges
            WHERE transaction_hash = \(hash) AND used_at IS NULL AND expires_at > \(now)
            """)
    }

    /// Uses a challenge up.
    /// - Returns: whether it was there to be used; of several who try, one hears yes.
    func use(_ id: String, now: Instant, in transaction: Transaction) async throws(DatabaseError)
        -> Bool
    {
        try await transaction.execute(
            """
            UPDATE challenges SET used_at = \(now)
            WHERE id = \(id) AND used_at IS NULL AND expires_at > \(now)
            """) == 1
    }
}
