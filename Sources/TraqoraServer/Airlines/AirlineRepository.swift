import Database
import StellarXDR
import TraqoraContracts
import Travel

/// The airlines and what they were paid, as the ledger tells it. The reader of its book alone
/// writes here.
struct AirlineRepository: Sendable {
    let database: Database

    func add(
        _ code: String, _ airline: AirlineContract.Airline, at time: Instant,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO airlines (code, name, owner, payout, metadata_hash, standing,
                registered_at)
            VALUES (\(code), \(airline.name.ofLedger), \(airline.owner.description),
                \(airline.payout.description), \(airline.metadataHash.description),
                \("\(airline.standing)"), \(time))
            """)
    }

    func setStanding(
        _ standing: String, because reason: String, of code: String,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            UPDATE airlines SET standing = \(standing), reason = \(reason) WHERE code = \(code)
            """)
    }

    func setOperator(
        _ account: String, isEnabled: Bool, of code: String, at time: Instant,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        guard isEnabled else {
            try await transaction.execute(
                """
                DELETE FROM airline_operators WHERE code = \(code) AND account = \(account)
                """)
            return
        }
        try await transaction.execute(
            """
            INSERT INTO airline_operators (code, account, since)
            VALUES (\(code), \(account), \(time)) ON CONFLICT (code, account) DO NOTHING
            """)
    }

    func setPayout(_ payout: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            "UPDATE airlines SET payout = \(payout) WHERE code = \(code)")
    }

    func proposeOwner(_ owner: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            "UPDATE airlines SET proposed_owner = \(owner) WHERE code = \(code)")
    }

    func setOwner(_ owner: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            UPDATE airlines SET owner = \(owner), proposed_owner = NULL WHERE code = \(code)
            """)
    }

    func bond(of code: String, token: String, in executor: some SQLExecutor)
        async throws(DatabaseError) -> AirlineBondRow?
    {
        try await executor.first(
            """
            SELECT token, amount, requested, available_at FROM airline_bonds
            WHERE code = \(code) AND token = \(token)
            """)
    }

    func setBond(_ bond: AirlineBondRow, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let (amount, requested) = (String(bond.amount), String(bond.requested))
        try await transaction.execute(
            """
            INSERT INTO airline_bonds (code, token, amount, requested, available_at)
            VALUES (\(code), \(bond.token), \(amount), \(requested), \(bond.availableAt))
            ON CONFLICT (code, token) DO UPDATE SET amount = \(amount),
                requested = \(requested), available_at = \(bond.availableAt)
            """)
    }

    func addPayment(
        _ eventID: String, of escrowID: UInt64, _ amount: TokenAmount, fee: TokenAmount,
        at time: Instant, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO airline_payments (event_id, escrow_id, amount, fee, paid_at)
            VALUES (\(eventID), \(Int64(bitPattern: escrowID)), \(amount), \(fee), \(time))
            ON CONFLICT (event_id) DO NOTHING
            """)
    }

    func clear(in transaction: DatabaseTransaction) async throws(DatabaseError) {
        for statement: SQL in [
            "DELETE FROM airline_payments", "DELETE FROM airline_bonds",
            "DELETE FROM airline_operators", "DELETE FROM airlines",
        ] {
            try await transaction.execute(statement)
        }
    }
}

extension AirlineBondRow: RowDecodable {
    init(row: Row) throws(DatabaseError) {
        self.init(token: try row.value("token"))
        amount = Int128(try row.value("amount", as: String.self)) ?? 0
        requested = Int128(try row.value("requested", as: String.self)) ?? 0
        availableAt = try row.value("available_at")
    }
}
