import Database
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// A proposal, as the Governance contract's events tell it.
struct ProposalRow: Sendable, Hashable, RowDecodable {
    /// A call, as it is kept.
    struct Action: Codable, Hashable, Sendable {
        var contract: String
        var function: String
        /// Each as XDR in base 64.
        var arguments: [String]

        init(_ action: GovernanceContract.Action) throws {
            contract = action.contract.description
            function = action.function.description
            arguments = try action.args.map { try $0.base64() }
        }
    }

    var id: UInt32
    var proposer: String
    var actions: [Action]
    var descriptionHash: String
    /// Whose votes count; voting begins a second later.
    var begins: Instant
    /// The last second of voting.
    var ends: Instant
    var graceSeconds: Int64
    var timelockSeconds: Int64
    var quorumBps: UInt32
    var threshold: TokenAmount
    var support = TokenAmount(baseUnits: 0)
    var against = TokenAmount(baseUnits: 0)
    var abstain = TokenAmount(baseUnits: 0)
    /// `nil` until it is queued.
    var executableAt: Instant?
    var isCancelled = false
    var isExecuted = false
    var proposedAt: Instant

    /// A pause of the contract.
    struct Pause: Codable, Hashable, Sendable {
        var begins: Instant
        var ends: Instant
    }

    /// What must be for it or abstain, of all the tokens there were when voting began: a share,
    /// rounded up.
    func quorum(of supply: TokenAmount) -> TokenAmount {
        let share = Int128(supply.baseUnits) * Int128(quorumBps)
        return TokenAmount(baseUnits: Int64(clamping: (share + 9_999) / 10_000))
    }

    func hasQuorum(_ quorum: TokenAmount) -> Bool {
        support.adding(abstain).baseUnits >= quorum.baseUnits
    }

    /// Where it stands, by the contract's rules.
    /// - Parameter supply: of all tokens, when voting began.
    func state(at now: Instant, supply: TokenAmount, pauses: [Pause]) -> ProposalState {
        if isExecuted { return .executed }
        if isCancelled { return .cancelled }
        if now <= begins { return .pending }
        if now <= ends { return .active }
        if let executableAt {
            return now < deadline(after: executableAt, pauses) ? .queued : .expired
        }
        guard support.baseUnits > against.baseUnits, hasQuorum(quorum(of: supply)) else {
            return .defeated
        }
        return now <= deadline(after: ends, pauses) ? .succeeded : .expired
    }

    /// When the grace period ends that begins then. Each of the last two pauses that fell into it
    /// begins it anew.
    func deadline(after time: Instant, _ pauses: [Pause]) -> Instant {
        var end = time.adding(seconds: graceSeconds)
        for pause in pauses where pause.begins < end && pause.ends > time {
            end = pause.ends.adding(seconds: graceSeconds)
        }
        return end
    }
}

extension ProposalRow {
    init(_ event: GovernanceContract.ProposedEvent, _ place: EventPlace) throws {
        let proposal = event.proposal
        id = event.id
        proposer = event.proposer.description
        actions = try event.actions.map { try Action($0) }
        descriptionHash = proposal.descriptionHash.description
        begins = Instant(clamping: proposal.start)
        ends = Instant(clamping: proposal.end)
        graceSeconds = Int64(clamping: proposal.grace)
        timelockSeconds = Int64(clamping: proposal.timelock)
        quorumBps = proposal.quorumBps
        threshold = try EscrowRow.amount(proposal.threshold, nil)
        proposedAt = place.time
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.value("id")
        proposer = try row.value("proposer")
        actions = try row.value("actions", as: JSONColumn<[Action]>.self).value
        descriptionHash = try row.value("description_hash")
        begins = try row.value("begins_at")
        ends = try row.value("ends_at")
        graceSeconds = try row.value("grace")
        timelockSeconds = try row.value("timelock")
        quorumBps = try row.value("quorum_bps")
        threshold = try row.value("threshold")
        support = try row.value("support")
        against = try row.value("against")
        abstain = try row.value("abstain")
        executableAt = try row.value("executable_at")
        isCancelled = try row.value("is_cancelled")
        isExecuted = try row.value("is_executed")
        proposedAt = try row.value("proposed_at")
    }
}
