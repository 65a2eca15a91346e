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

    /// An airline whose events were not read from its registration on, as it was in a ledger.
    func fill(
        _ code: String, _ airline: AirlineContract.Airline, in ledger: UInt32, at time: Instant,
        _ transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute("DELETE FROM airlines WHERE code = \(code)")
        try await add(code, airline, at: time, in: transaction)
        try await transaction.execute(
            """
            UPDATE airlines SET proposed_owner = \(airline.proposedOwner?.description),
                known_ledger = \(max(1, ledger)) WHERE code = \(code)
            """)
    }

    /// Up to which ledger an airline was read from the ledger itself; 0 for one whose life was read
    /// from its beginning, `nil` for one that is not known.
    func knownLedger(of code: String, in executor: some SQLExecutor) async throws(DatabaseError)
        -> UInt32?
    {
        try await executor.value("SELECT known_ledger FROM airlines WHERE code = \(code)")
    }

    /// Airlines that the book of the money knows and this one does not.
    func missing(limit: Int) async throws(DatabaseError) -> [String] {
        try await database.values(
            """
            SELECT code FROM registry_airlines
            WHERE code NOT IN (SELECT code FROM airlines) ORDER BY code LIMIT \(limit)
            """)
    }

    /// - Returns: whether the airline is known; so below.
    func setStanding(
        _ standing: String, because reason: String, of code: String,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            UPDATE airlines SET standing = \(standing), reason = \(reason) WHERE code = \(code)
            """) == 1
    }

    func setOperator(
        _ account: String, isEnabled: Bool, of code: String, at time: Instant,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        guard try await knownLedger(of: code, in: transaction) != nil else { return false }
        guard isEnabled else {
            try await transaction.execute(
                """
                DELETE FROM airline_operators WHERE code = \(code) AND account = \(account)
                """)
            return true
        }
        try await transaction.execute(
            """
            INSERT INTO airline_operators (code, account, since)
            VALUES (\(code), \(account), \(time)) ON CONFLICT (code, account) DO NOTHING
            """)
        return true
    }

    func setPayout(_ payout: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            "UPDATE airlines SET payout = \(payout) WHERE code = \(code)") == 1
    }

    func proposeOwner(_ owner: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            "UPDATE airlines SET proposed_owner = \(owner) WHERE code = \(code)") == 1
    }

    func setOwner(_ owner: String, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            """
            UPDATE airlines SET owner = \(owner), proposed_owner = NULL WHERE code = \(code)
            """) == 1
    }

    func bond(of code: String, token: String, in executor: some SQLExecutor)
        async throws(DatabaseError) -> AirlineBondRow?
    {
        try await executor.first(
            """
            SELECT token, amount, requested, available_at, known_ledger FROM airline_bonds
            WHERE code = \(code) AND token = \(token)
            """)
    }

    func setBond(_ bond: AirlineBondRow, of code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        let (amount, requested) = (String(bond.amount), String(bond.requested))
        try await transaction.execute(
            """
            INSERT INTO airline_bonds
                (code, token, amount, requested, available_at, known_ledger)
            VALUES (\(code), \(bond.token), \(amount), \(requested), \(bond.availableAt),
                \(bond.knownLedger))
            ON CONFLICT (code, token) DO UPDATE SET amount = \(amount),
                requested = \(requested), available_at = \(bond.availableAt),
                known_ledger = \(bond.knownLedger)
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

    /// Who sold what payments are for that nobody has assigned yet, and in which token, as far as
    /// the book of the money knows: it may be read later than this one.
    /// - Returns: how many were assigned.
    func assignPayments(limit: Int, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Int
    {
        try await transaction.execute(
            """
            UPDATE airline_payments SET
                carrier = (SELECT CASE WHEN escrows.seller = \(EscrowRow.published)
                    THEN escrows.carrier ELSE '' END FROM escrows
                    WHERE escrows.escrow_id = airline_payments.escrow_id),
                token = (SELECT escrows.token FROM escrows
                    WHERE escrows.escrow_id = airline_payments.escrow_id)
            WHERE event_id IN (SELECT airline_payments.event_id FROM airline_payments
                JOIN escrows ON escrows.escrow_id = airline_payments.escrow_id
                WHERE airline_payments.carrier IS NULL LIMIT \(limit))
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
        knownLedger = try row.value("known_ledger")
    }
}
