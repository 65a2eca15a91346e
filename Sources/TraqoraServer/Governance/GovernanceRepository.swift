public import Database
public import TraqoraAPI
import TraqoraContracts
import Travel

extension VoteSupport: SQLConvertible {}

/// Proposals and votes, as the Governance contract's events tell them. The indexer alone writes
/// here, but for what is said about proposals.
struct GovernanceRepository: Sendable {
    let database: Database
    let events = BookEventRepository()

    /// The contract's settings.
    struct Terms: Codable, Hashable, Sendable {
        var delay: Int64
        var grace: Int64
        var period: Int64
        var quorumBps: UInt32
        var threshold: TokenAmount
        var timelock: Int64

        init(_ settings: GovernanceContract.Settings) throws {
            delay = Int64(clamping: settings.delay)
            grace = Int64(clamping: settings.grace)
            period = Int64(clamping: settings.period)
            quorumBps = settings.quorumBps
            threshold = try EscrowRow.amount(settings.threshold, nil)
            timelock = Int64(clamping: settings.timelock)
        }
    }

    func clear(book: String, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        for statement: SQL in [
            "DELETE FROM governance_votes", "DELETE FROM governance_proposals",
            "DELETE FROM governance_terms",
        ] {
            try await transaction.execute(statement)
        }
        try await events.clear(book, transaction)
    }

    private static let columns: SQL = """
        id, proposer, actions, description_hash, begins_at, ends_at, grace, timelock, quorum_bps,
        threshold, support, against, abstain, executable_at, is_cancelled, is_executed, proposed_at
        """

    func insert(_ row: ProposalRow, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO governance_proposals (\(Self.columns))
            VALUES (\(row.id), \(row.proposer), \(JSONColumn(row.actions)),
                \(row.descriptionHash), \(row.begins), \(row.ends), \(row.graceSeconds),
                \(row.timelockSeconds), \(row.quorumBps), \(row.threshold), \(row.support),
                \(row.against), \(row.abstain), \(row.executableAt), \(row.isCancelled),
                \(row.isExecuted), \(row.proposedAt))
            """)
    }

    func update(_ row: ProposalRow, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            UPDATE governance_proposals SET support = \(row.support), against = \(row.against),
                abstain = \(row.abstain), executable_at = \(row.executableAt),
                is_cancelled = \(row.isCancelled), is_executed = \(row.isExecuted)
            WHERE id = \(row.id)
            """)
    }

    /// `nil` when there is none.
    func find(_ id: UInt32, in executor: (any SQLExecutor)? = nil) async throws(DatabaseError)
        -> ProposalRow?
    {
        try await (executor ?? database).first(
            "SELECT \(Self.columns) FROM governance_proposals WHERE id = \(id)")
    }

    /// The newest first.
    func proposals(before id: UInt32, limit: Int) async throws(DatabaseError) -> [ProposalRow] {
        try await database.all(
            """
            SELECT \(Self.columns) FROM governance_proposals WHERE id < \(id)
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    func add(_ vote: VoteResponse, on proposal: UInt32, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO governance_votes (proposal_id, voter, support, weight, voted_at)
            VALUES (\(proposal), \(vote.voter), \(vote.support), \(vote.weight), \(vote.at))
            """)
    }

    /// The newest first.
    func votes(on proposal: UInt32, limit: Int) async throws(DatabaseError) -> [VoteResponse] {
        let rows = try await database.run(
            """
            SELECT voter, support, weight, voted_at FROM governance_votes
            WHERE proposal_id = \(proposal) ORDER BY voted_at DESC, voter LIMIT \(limit)
            """
        ).rows
        var votes: [VoteResponse] = []
        for row in rows {
            votes.append(
                VoteResponse(
                    voter: try row.value("voter"), support: try row.value("support"),
                    weight: try row.value("weight"), at: try row.value("voted_at")))
        }
        return votes
    }
}

/// What holds for everybody.
extension GovernanceRepository {
    func set(_ terms: Terms, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        let text = JSONColumn(terms)
        try await transaction.execute(
            """
            INSERT INTO governance_terms (id, settings) VALUES (1, \(text))
            ON CONFLICT (id) DO UPDATE SET settings = \(text)
            """)
    }

    /// - Returns: whether the settings were read before; so below.
    func setGuardian(_ guardian: String?, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            "UPDATE governance_terms SET guardian = \(guardian) WHERE id = 1") == 1
    }

    /// The last two, the earlier first.
    func setPauses(_ pauses: [ProposalRow.Pause], in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            "UPDATE governance_terms SET pauses = \(JSONColumn(pauses)) WHERE id = 1") == 1
    }

    /// The last two, the earlier first.
    func pauses(in executor: (any SQLExecutor)? = nil) async throws(DatabaseError)
        -> [ProposalRow.Pause]
    {
        try await state(in: executor)?.pauses ?? []
    }

    /// `nil` until the contract's first events were read.
    func state(in executor: (any SQLExecutor)? = nil) async throws(DatabaseError) -> (
        terms: Terms, guardian: String?, pauses: [ProposalRow.Pause]
    )? {
        let row = try await (executor ?? database).run(
            "SELECT settings, guardian, pauses FROM governance_terms WHERE id = 1"
        ).rows.first
        guard let row else { return nil }
        return (
            try row.value("settings", as: JSONColumn<Terms>.self).value,
            try row.value("guardian"),
            try row.value("pauses", as: JSONColumn<[ProposalRow.Pause]>?.self)?.value ?? []
        )
    }

    /// Keeps what is said about a proposal, by its hash.
    func keep(description: String, hash: String, at time: Instant) async throws(DatabaseError) {
        // What nobody proposed within a day makes room.
        try await database.execute(
            """
            DELETE FROM governance_descriptions
            WHERE NOT is_proposed AND kept_at < \(time.adding(seconds: -86_400))
            """)
        try await database.execute(
            """
            INSERT INTO governance_descriptions (hash, description, kept_at, is_proposed)
            VALUES (\(hash), \(description), \(time), \(false)) ON CONFLICT (hash) DO NOTHING
            """)
    }

    /// What was said was proposed: it stays.
    func setProposed(_ hash: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            "UPDATE governance_descriptions SET is_proposed = \(true) WHERE hash = \(hash)")
    }

    /// What was said, if it was said here.
    func description(of hash: String) async throws(DatabaseError) -> String? {
        try await database.value(
            "SELECT description FROM governance_descriptions WHERE hash = \(hash)")
    }
}
