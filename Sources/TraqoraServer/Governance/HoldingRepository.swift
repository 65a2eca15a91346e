import Database
import Travel

/// Who holds how much of the token and votes with how much. The indexer alone writes here.
struct HoldingRepository: Sendable {
    let database: Database

    /// What an address has.
    struct Holding: Sendable, Equatable {
        var address: String
        var balance = TokenAmount(baseUnits: 0)
        /// Who votes with it.
        var delegatee: String?
        /// What was delegated to this address.
        var votes = TokenAmount(baseUnits: 0)
    }

    func clear(in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute("DELETE FROM governance_holders")
        try await transaction.execute("DELETE FROM governance_supply")
    }

    /// Nothing, if nothing was heard of it.
    func holding(of address: String, in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> Holding
    {
        let row = try await (executor ?? database).run(
            """
            SELECT balance, delegatee, votes FROM governance_holders WHERE address = \(address)
            """
        ).rows.first
        guard let row else { return Holding(address: address) }
        return Holding(
            address: address, balance: try row.value("balance"),
            delegatee: try row.value("delegatee"), votes: try row.value("votes"))
    }

    func set(_ holding: Holding, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO governance_holders (address, balance, delegatee, votes)
            VALUES (\(holding.address), \(holding.balance), \(holding.delegatee),
                \(holding.votes))
            ON CONFLICT (address) DO UPDATE SET balance = \(holding.balance),
                delegatee = \(holding.delegatee), votes = \(holding.votes)
            """)
    }

    /// How much there is, or was at the end of that second.
    func supply(at time: Instant = Instant(seconds: .max), in executor: (any SQLExecutor)? = nil)
        async throws(DatabaseError) -> TokenAmount
    {
        try await (executor ?? database).value(
            """
            SELECT supply FROM governance_supply WHERE changed_at <= \(time)
            ORDER BY changed_at DESC LIMIT 1
            """) ?? TokenAmount(baseUnits: 0)
    }

    func setSupply(_ supply: TokenAmount, at time: Instant, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO governance_supply (changed_at, supply) VALUES (\(time), \(supply))
            ON CONFLICT (changed_at) DO UPDATE SET supply = \(supply)
            """)
    }
}
