public import Database
import FareRules
public import TraqoraAPI
import Travel

/// Reading who sells on the ledger.
extension AirlineRepository {
    /// Airlines in the order of their codes, behind one.
    func all(after code: String, limit: Int) async throws(DatabaseError) -> [AirlineSummary] {
        try await database.all(
            """
            SELECT code, name, standing FROM airlines WHERE code > \(code)
            ORDER BY code LIMIT \(limit)
            """)
    }

    /// `nil` when there is none.
    /// - Parameter token: in which bonds count: that one is told of whatever else there is.
    func find(_ code: String, token: String, now: Instant) async throws(DatabaseError)
        -> AirlineResponse?
    {
        guard
            var airline = try await database.first(
                """
                SELECT code, name, standing, reason, owner, proposed_owner, payout, metadata_hash,
                    registered_at FROM airlines WHERE code = \(code)
                """, as: AirlineResponse.self)
        else { return nil }
        airline.operators = try await operators(of: code)
        airline.bonds = try await bonds(of: code, token: token).map { AirlineBond($0, now: now) }
        airline.fareRules = try await database.all(
            """
            SELECT number, rule FROM registry_policies WHERE carrier = \(code)
            ORDER BY number LIMIT \(Self.shownMax)
            """)
        return airline
    }

    /// The bonds of an airline, that in `token` first: anybody may deposit any token for anybody.
    func bonds(of code: String, token: String) async throws(DatabaseError) -> [AirlineBondRow] {
        let counting = try await bond(of: code, token: token, in: database)
        let others: [AirlineBondRow] = try await database.all(
            """
            SELECT token, amount, requested, available_at, known_ledger FROM airline_bonds
            WHERE code = \(code) AND token <> \(token)
            ORDER BY token LIMIT \(Self.shownMax - 1)
            """)
        return (counting.map { [$0] } ?? []) + others
    }

    /// Who acts for an airline, the longest first.
    func operators(of code: String) async throws(DatabaseError) -> [AirlineOperator] {
        try await database.all(
            """
            SELECT account, since FROM airline_operators WHERE code = \(code)
            ORDER BY since, account LIMIT \(Self.shownMax)
            """)
    }

    /// Whether there is such an airline.
    func contains(_ code: String) async throws(DatabaseError) -> Bool {
        try await database.value("SELECT 1 FROM airlines WHERE code = \(code)", as: Int.self) != nil
    }

    /// How many of a kind are shown.
    static let shownMax = 200
}

extension AirlineStanding: SQLConvertible {}
extension PublishedFlightStatus: SQLConvertible {}

extension AirlineSummary: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            code: try row.value("code"), name: try row.value("name"),
            standing: try row.value("standing"))
    }
}

extension AirlineResponse: RowDecodable {
    /// Reads a row, without what is in other tables.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            code: try row.value("code"), name: try row.value("name"),
            standing: try row.value("standing"), reason: try row.value("reason"),
            owner: try row.value("owner"), proposedOwner: try row.value("proposed_owner"),
            payout: try row.value("payout"), metadataHash: try row.value("metadata_hash"),
            registeredAt: try row.value("registered_at"), operators: [], bonds: [], fareRules: [])
    }
}

extension AirlineOperator: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(DatabaseError) {
        self.init(account: try row.value("account"), since: try row.value("since"))
    }
}

extension AirlineFareRule: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(DatabaseError) {
        let rule = try row.value("rule", as: JSONColumn<PolicyColumn>.self).value
        self.init(
            number: try row.value("number"), tiers: rule.tiers, graceSeconds: rule.graceSeconds,
            graceMinLeadSeconds: rule.graceMinLeadSeconds)
    }
}

extension AirlineBond {
    /// What is larger than any amount that is shown is shown as the largest.
    init(_ row: AirlineBondRow, now: Instant) {
        let pending = row.pending(at: now)
        self.init(
            token: row.token, amount: TokenAmount(baseUnits: Int64(clamping: row.amount)),
            requested: TokenAmount(baseUnits: Int64(clamping: pending?.amount ?? 0)),
            availableAt: pending?.availableAt)
    }
}
