public import Database
public import TraqoraAPI
import Travel

extension LoyaltyEntryKind: SQLConvertible {}

/// Points, as the Loyalty contract's events tell them. The indexer alone writes here.
struct LoyaltyRepository: Sendable {
    let database: Database
    let events = BookEventRepository()

    /// Something that happened to an account.
    struct Entry: Sendable, Equatable, RowDecodable {
        var id: String
        var address: String
        var kind: LoyaltyEntryKind
        var points: Int64
        var amount: TokenAmount?
        var escrowID: UInt64?
        var carrier: String?
        var at: Instant
        var transactionHash: String

        init(
            _ place: EventPlace, _ address: String, _ kind: LoyaltyEntryKind, points: Int64,
            amount: TokenAmount? = nil, escrowID: UInt64? = nil, carrier: String? = nil
        ) {
            (id, at, transactionHash) = (place.id, place.time, place.transactionHash)
            self.address = address
            self.kind = kind
            self.points = points
            self.amount = amount
            self.escrowID = escrowID
            self.carrier = carrier
        }

        init(row: Row) throws(DatabaseError) {
            id = try row.value("id")
            address = try row.value("address")
            kind = try row.value("kind")
            points = try row.value("points")
            amount = try row.value("amount")
            escrowID = try row.value("escrow_id", as: Int64?.self).map {
                UInt64(bitPattern: $0)
            }
            carrier = try row.value("carrier")
            at = try row.value("happened_at")
            transactionHash = try row.value("transaction_hash")
        }
    }

    func clear(book: String, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        for statement: SQL in [
            "DELETE FROM loyalty_accounts", "DELETE FROM loyalty_lots",
            "DELETE FROM loyalty_accruals", "DELETE FROM loyalty_entries",
            "DELETE FROM loyalty_rates", "DELETE FROM loyalty_terms",
        ] {
            try await transaction.execute(statement)
        }
        try await events.clear(book, transaction)
    }

    /// One that has nothing, if nothing was heard of it.
    func account(_ address: String, in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> LoyaltyAccount
    {
        let executor = executor ?? database
        let debt: Int64? = try await executor.value(
            "SELECT debt FROM loyalty_accounts WHERE address = \(address)")
        let rows = try await executor.run(
            """
            SELECT month, earned, remaining FROM loyalty_lots WHERE address = \(address)
            ORDER BY month
            """
        ).rows
        var account = LoyaltyAccount(debt: debt ?? 0)
        for row in rows {
            account.lots.append(
                LoyaltyAccount.Lot(
                    month: try row.value("month"), earned: try row.value("earned"),
                    left: try row.value("remaining")))
        }
        return account
    }

    func set(_ account: LoyaltyAccount, of address: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO loyalty_accounts (address, debt) VALUES (\(address), \(account.debt))
            ON CONFLICT (address) DO UPDATE SET debt = \(account.debt)
            """)
        try await transaction.execute("DELETE FROM loyalty_lots WHERE address = \(address)")
        for lot in account.lots {
            try await transaction.execute(
                """
                INSERT INTO loyalty_lots (address, month, earned, remaining)
                VALUES (\(address), \(lot.month), \(lot.earned), \(lot.left))
                """)
        }
    }

    func addAccrual(
        _ escrowID: UInt64, address: String, month: UInt32, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO loyalty_accruals (escrow_id, address, month)
            VALUES (\(Int64(bitPattern: escrowID)), \(address), \(month))
            """)
    }

    func month(ofAccrual escrowID: UInt64, in executor: some SQLExecutor)
        async throws(DatabaseError) -> UInt32?
    {
        try await executor.value(
            """
            SELECT month FROM loyalty_accruals
            WHERE escrow_id = \(Int64(bitPattern: escrowID))
            """)
    }

    func add(_ entry: Entry, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO loyalty_entries (id, address, kind, points, amount, escrow_id, carrier,
                happened_at, transaction_hash)
            VALUES (\(entry.id), \(entry.address), \(entry.kind), \(entry.points),
                \(entry.amount), \(entry.escrowID.map { Int64(bitPattern: $0) }),
                \(entry.carrier), \(entry.at), \(entry.transactionHash))
            """)
    }

    /// The newest first.
    func entries(of address: String, limit: Int) async throws(DatabaseError) -> [Entry] {
        try await database.all(
            """
            SELECT id, address, kind, points, amount, escrow_id, carrier, happened_at,
                transaction_hash
            FROM loyalty_entries WHERE address = \(address)
            ORDER BY happened_at DESC, id DESC LIMIT \(limit)
            """)
    }
}

/// What holds for everybody.
extension LoyaltyRepository {
    func setRate(_ rate: Int64, of token: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO loyalty_rates (token, rate) VALUES (\(token), \(rate))
            ON CONFLICT (token) DO UPDATE SET rate = \(rate)
            """)
    }

    func setTiers(_ tiers: [LoyaltyTierResponse], in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let text = JSONColumn(tiers)
        try await transaction.execute(
            """
            INSERT INTO loyalty_terms (id, tiers, redemption) VALUES (1, \(text), 0)
            ON CONFLICT (id) DO UPDATE SET tiers = \(text)
            """)
    }

    func setRedemption(_ rate: TokenAmount, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO loyalty_terms (id, tiers, redemption) VALUES (1, '[]', \(rate))
            ON CONFLICT (id) DO UPDATE SET redemption = \(rate)
            """)
    }

    /// `nil` until the contract's first events were read.
    func terms() async throws(DatabaseError) -> LoyaltyTermsResponse? {
        let row = try await database.run(
            "SELECT tiers, redemption FROM loyalty_terms WHERE id = 1"
        ).rows.first
        guard let row else { return nil }
        var rates: [String: Int64] = [:]
        for row in try await database.run("SELECT token, rate FROM loyalty_rates").rows {
            rates[try row.value("token")] = try row.value("rate") as Int64
        }
        return LoyaltyTermsResponse(
            tiers: try row.value("tiers", as: JSONColumn<[LoyaltyTierResponse]>.self).value,
            rates: rates, redemption: try row.value("redemption"))
    }
}
