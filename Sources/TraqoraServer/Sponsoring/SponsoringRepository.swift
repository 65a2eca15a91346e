import Database
import Travel

/// What the platform has promised to pay to the network for others, and has paid.
struct SponsoringRepository: Sendable {
    let database: Database

    /// The sum of a day is kept under no account.
    private static let all = ""
    private static let daySeconds: Int64 = 86_400

    static func day(_ time: Instant) -> Int64 { time.seconds / daySeconds }

    /// Which limit is reached.
    enum Reached: Error { case account, budget }

    /// Whether one more of this fee would be within the limits now.
    func check(_ account: String, feeStroops: UInt32, at time: Instant, _ limits: Sponsoring)
        async throws
    {
        let day = Self.day(time)
        let count = try await database.value(
            "SELECT count FROM sponsored_days WHERE day = \(day) AND account = \(account)",
            as: Int.self)
        guard count ?? 0 < limits.countPerDayMax else { throw Reached.account }
        let fees = try await database.value(
            "SELECT fee_stroops FROM sponsored_days WHERE day = \(day) AND account = \(Self.all)",
            as: Int64.self)
        guard fees ?? 0 <= limits.dayStroopsMax - Int64(feeStroops) else { throw Reached.budget }
    }

    /// Promises a fee, within the limits, however many do so at once.
    func reserve(
        _ hash: String, for account: String, feeStroops: UInt32, at time: Instant,
        _ limits: Sponsoring, in transaction: DatabaseTransaction
    ) async throws {
        let (day, fee) = (Self.day(time), Int64(feeStroops))
        for name in [Self.all, account] {
            try await transaction.execute(
                """
                INSERT INTO sponsored_days (day, account, count, fee_stroops)
                VALUES (\(day), \(name), 0, 0) ON CONFLICT (day, account) DO NOTHING
                """)
        }
        let isWithinBudget = try await transaction.execute(
            """
            UPDATE sponsored_days SET count = count + 1, fee_stroops = fee_stroops + \(fee)
            WHERE day = \(day) AND account = \(Self.all)
                AND fee_stroops <= \(limits.dayStroopsMax - fee)
            """)
        guard isWithinBudget == 1 else { throw Reached.budget }
        let isWithinCount = try await transaction.execute(
            """
            UPDATE sponsored_days SET count = count + 1, fee_stroops = fee_stroops + \(fee)
            WHERE day = \(day) AND account = \(account) AND count < \(limits.countPerDayMax)
            """)
        guard isWithinCount == 1 else { throw Reached.account }
        try await transaction.execute(
            """
            INSERT INTO sponsorships (hash, account, day, fee_stroops, is_settled)
            VALUES (\(hash), \(account), \(day), \(fee), \(false))
            """)
    }

    /// What it came to in the end: nothing, if no ledger took it. Said again, it counts once; said
    /// otherwise, what was said last counts.
    func settle(_ hash: String, feeStroops: Int64, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let found = try await transaction.run(
            "SELECT account, day, fee_stroops FROM sponsorships WHERE hash = \(hash)"
        ).rows.first
        guard let found else { return }
        let before = try found.value("fee_stroops", as: Int64.self)
        let isSettled = try await transaction.execute(
            """
            UPDATE sponsorships SET fee_stroops = \(feeStroops), is_settled = \(true)
            WHERE hash = \(hash) AND fee_stroops = \(before)
            """)
        guard isSettled == 1, feeStroops != before else { return }
        let account = try found.value("account", as: String.self)
        let day = try found.value("day", as: Int64.self)
        for name in [Self.all, account] {
            try await transaction.execute(
                """
                UPDATE sponsored_days SET fee_stroops = fee_stroops + \(feeStroops - before)
                WHERE day = \(day) AND account = \(name)
                """)
        }
    }

    /// Those whose transaction has come to an end, and whose cost has not been said since.
    func unsettled(limit: Int) async throws(DatabaseError) -> [String] {
        try await database.values(
            """
            SELECT hash FROM sponsorships
            WHERE NOT is_settled AND (
                EXISTS (SELECT 1 FROM transactions WHERE transactions.hash = sponsorships.hash
                    AND transactions.status IN ('applied', 'failed'))
                OR EXISTS (SELECT 1 FROM account_transactions
                    WHERE account_transactions.hash = sponsorships.hash
                    AND account_transactions.status IN ('applied', 'failed')))
            ORDER BY day, hash LIMIT \(limit)
            """)
    }

    /// What was promised and paid on a day: of one account, or of all.
    func day(_ time: Instant, of account: String? = nil) async throws(DatabaseError)
        -> (count: Int, feeStroops: Int64)
    {
        let row = try await database.run(
            """
            SELECT count, fee_stroops FROM sponsored_days
            WHERE day = \(Self.day(time)) AND account = \(account ?? Self.all)
            """
        ).rows.first
        guard let row else { return (0, 0) }
        return (try row.value("count"), try row.value("fee_stroops"))
    }
}
