import Database
import FareRules
import TraqoraAPI
import Travel

/// Delays and claims, as the ledger's events tell them. The indexer alone writes here.
struct RefundRepository: Sendable {
    let database: Database
    let events = BookEventRepository()

    func clear(book: String, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        for statement: SQL in [
            "DELETE FROM refund_claims", "DELETE FROM refund_schedules",
        ] {
            try await transaction.execute(statement)
        }
        try await events.clear(book, transaction)
    }

    func set(_ claim: DelayClaimResponse, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO refund_claims (escrow_id, passenger, carrier, token, owed, paid,
                claimed_at, transaction_hash)
            VALUES (\(Int64(bitPattern: claim.escrowID)), \(claim.passenger), \(claim.carrier),
                \(claim.token), \(claim.owed), \(claim.paid), \(claim.claimedAt),
                \(claim.transaction))
            ON CONFLICT (escrow_id) DO UPDATE SET paid = \(claim.paid),
                claimed_at = \(claim.claimedAt), transaction_hash = \(claim.transaction)
            """)
    }

    /// Of a carrier, or of a passenger, the newest first.
    func claims(carrier: String? = nil, passenger: String? = nil, limit: Int)
        async throws(DatabaseError) -> [DelayClaimResponse]
    {
        let condition: SQL =
            carrier == nil ? "passenger = \(passenger ?? "")" : "carrier = \(carrier)"
        let rows = try await database.run(
            """
            SELECT escrow_id, passenger, carrier, token, owed, paid, claimed_at, transaction_hash
            FROM refund_claims WHERE \(condition)
            ORDER BY claimed_at DESC, escrow_id LIMIT \(limit)
            """
        ).rows
        var claims: [DelayClaimResponse] = []
        for row in rows {
            claims.append(
                DelayClaimResponse(
                    escrowID: UInt64(bitPattern: try row.value("escrow_id", as: Int64.self)),
                    passenger: try row.value("passenger"), carrier: try row.value("carrier"),
                    token: try row.value("token"), owed: try row.value("owed"),
                    paid: try row.value("paid"), claimedAt: try row.value("claimed_at"),
                    transaction: try row.value("transaction_hash")))
        }
        return claims
    }

    /// Of a carrier, or of a passenger, those that are open first.
    func disputes(carrier: String? = nil, passenger: String? = nil, limit: Int)
        async throws(DatabaseError) -> [LedgerDisputeResponse]
    {
        let condition: SQL =
            carrier == nil ? "passenger = \(passenger ?? "")" : "carrier = \(carrier)"
        let rows: [EscrowRow] = try await database.all(
            """
            SELECT \(EscrowRepository.read) FROM escrows
            WHERE \(condition) AND resolve_by IS NOT NULL
            ORDER BY state, resolve_by DESC, escrow_id LIMIT \(limit)
            """)
        return rows.compactMap { row in
            guard let resolveBy = row.resolveBy else { return nil }
            return LedgerDisputeResponse(
                escrowID: row.escrowID, passenger: row.passenger, carrier: row.carrier,
                state: row.state, token: row.token, escrowed: row.escrowed, resolveBy: resolveBy,
                hasAnswer: row.hasResponded, refunded: row.refunded, paidOut: row.paidOut)
        }
    }

    func add(
        _ schedule: DelayScheduleResponse, version: UInt32, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO refund_schedules (token, version, begins_at, notice, bands)
            VALUES (\(schedule.token), \(version), \(schedule.from), \(schedule.noticeSeconds),
                \(JSONColumn(schedule.bands)))
            """)
    }

    /// By token, the newest first.
    func schedules(limit: Int) async throws(DatabaseError) -> [DelayScheduleResponse] {
        let rows = try await database.run(
            """
            SELECT token, begins_at, notice, bands FROM refund_schedules
            ORDER BY token, version DESC LIMIT \(limit)
            """
        ).rows
        var schedules: [DelayScheduleResponse] = []
        for row in rows {
            schedules.append(
                DelayScheduleResponse(
                    token: try row.value("token"), from: try row.value("begins_at"),
                    noticeSeconds: try row.value("notice"),
                    bands: try row.value("bands", as: JSONColumn<[DelayBandResponse]>.self).value))
        }
        return schedules
    }

    /// The fare rules of a carrier, the newest first.
    func rules(of carrier: String, limit: Int) async throws(DatabaseError) -> [FareRuleResponse] {
        let rows = try await database.run(
            """
            SELECT number, rule FROM registry_policies WHERE carrier = \(carrier)
            ORDER BY number DESC LIMIT \(limit)
            """
        ).rows
        var rules: [FareRuleResponse] = []
        for row in rows {
            let rule = try row.value("rule", as: JSONColumn<PolicyColumn>.self).value.rule
            rules.append(
                FareRuleResponse(
                    number: try row.value("number"),
                    tiers: rule.tiers.map {
                        RefundTierResponse(
                            secondsBefore: Int64(clamping: $0.secondsBefore),
                            refundBps: $0.refundBasisPoints)
                    }, graceSeconds: Int64(clamping: rule.graceSeconds),
                    graceMinLeadSeconds: Int64(clamping: rule.graceMinLeadSeconds)))
        }
        return rules
    }
}

/// What stands behind claims, and what waits.
extension RefundRepository {
    /// As the airlines' book has them, that in `token` first; amounts that no token of ours has are
    /// left out.
    func bonds(of carrier: String, token: String, now: Instant) async throws(DatabaseError)
        -> [BondResponse]
    {
        let rows = try await AirlineRepository(database: database)
            .bonds(of: carrier, token: token)
        return rows.compactMap { row in
            let pending = row.pending(at: now)
            guard let amount = Int64(exactly: row.amount),
                let requested = Int64(exactly: pending?.amount ?? 0)
            else { return nil }
            return BondResponse(
                token: row.token, amount: TokenAmount(baseUnits: amount),
                withdrawing: pending == nil ? nil : TokenAmount(baseUnits: requested),
                withdrawableAt: pending?.availableAt)
        }
    }

    /// What waits for an address in the Booking contract.
    func credits(of address: String) async throws(DatabaseError) -> [CreditResponse] {
        let rows = try await database.run(
            """
            SELECT token, amount FROM escrow_credits WHERE address = \(address) AND amount > 0
            ORDER BY token LIMIT 100
            """
        ).rows
        var credits: [CreditResponse] = []
        for row in rows {
            credits.append(
                CreditResponse(token: try row.value("token"), amount: try row.value("amount")))
        }
        return credits
    }
}
