public import Travel

/// Where a proposal stands, as the Governance contract has it.
public enum ProposalState: String, Codable, Hashable, CaseIterable, Sendable {
    /// Voting has not begun.
    case pending
    /// It is being voted on.
    case active
    /// More were against it, or too few voted.
    case defeated
    /// It was accepted, and may be queued.
    case succeeded
    /// It waits for its timelock, and may be executed then.
    case queued
    /// It was not queued, or not executed, in time.
    case expired
    /// It was done.
    case executed
    /// It was withdrawn.
    case cancelled
}

/// How one may vote.
public enum VoteSupport: String, Codable, Hashable, CaseIterable, Sendable {
    /// No.
    case against
    /// Yes.
    case `for`
    /// Neither; it counts for the quorum.
    case abstain
}

/// What a proposal does: a call of a contract.
public struct ProposalActionResponse: Codable, Hashable, Sendable {
    /// In words: which contract, what it is asked, with what.
    public var text: String
    /// The contract.
    public var contract: String
    /// Its function.
    public var function: String
    /// The arguments, each as XDR of an `SCVal` in base 64.
    public var arguments: [String]

    /// An action.
    public init(text: String, contract: String, function: String, arguments: [String]) {
        self.text = text
        self.contract = contract
        self.function = function
        self.arguments = arguments
    }
}

/// The votes on a proposal, in votes of the token.
public struct ProposalTallyResponse: Codable, Hashable, Sendable {
    /// For it.
    public var support: TokenAmount
    /// Against it.
    public var against: TokenAmount
    /// Neither.
    public var abstain: TokenAmount
    /// How many must be for it or abstain; absent until voting begins.
    public var quorum: TokenAmount?
    /// Whether they do.
    public var hasQuorum: Bool

    private enum CodingKeys: String, CodingKey {
        case support, against, abstain, quorum
        case hasQuorum = "has_quorum"
    }

    /// A tally.
    public init(
        support: TokenAmount, against: TokenAmount, abstain: TokenAmount, quorum: TokenAmount?,
        hasQuorum: Bool
    ) {
        self.support = support
        self.against = against
        self.abstain = abstain
        self.quorum = quorum
        self.hasQuorum = hasQuorum
    }
}

/// Somebody's vote.
public struct VoteResponse: Codable, Hashable, Sendable {
    /// Whose.
    public var voter: String
    /// How.
    public var support: VoteSupport
    /// With how many votes.
    public var weight: TokenAmount
    /// When.
    public var at: Instant

    /// A vote.
    public init(voter: String, support: VoteSupport, weight: TokenAmount, at: Instant) {
        self.voter = voter
        self.support = support
        self.weight = weight
        self.at = at
    }
}

/// A proposal.
public struct ProposalResponse: Codable, Hashable, Sendable {
    /// Its number.
    public var id: UInt32
    /// Where it stands now.
    public var state: ProposalState
    /// Who proposed it.
    public var proposer: String
    /// What is said about it, if it was proposed here: its SHA-256 is `description_hash`.
    public var description: String?
    /// What stands on the ledger for what is said about it.
    public var descriptionHash: String
    /// What it does, in order.
    public var actions: [ProposalActionResponse]
    /// The votes.
    public var tally: ProposalTallyResponse
    /// Whose votes count is settled then; voting begins a second later.
    public var votingBegins: Instant
    /// The last second of voting.
    public var votingEnds: Instant
    /// When what was accepted must be queued, or what is queued executed; absent before voting ends
    /// and after its end.
    public var deadline: Instant?
    /// When what is queued may be executed.
    public var executableAt: Instant?
    /// When it was proposed.
    public var proposedAt: Instant
    /// The newest votes; only where one proposal is asked for.
    public var votes: [VoteResponse]?

    private enum CodingKeys: String, CodingKey {
        case id, state, proposer, description, actions, tally, deadline, votes
        case descriptionHash = "description_hash"
        case votingBegins = "voting_begins"
        case votingEnds = "voting_ends"
        case executableAt = "executable_at"
        case proposedAt = "proposed_at"
    }

    /// A proposal.
    public init(
        id: UInt32, state: ProposalState, proposer: String, description: String?,
        descriptionHash: String, actions: [ProposalActionResponse], tally: ProposalTallyResponse,
        votingBegins: Instant, votingEnds: Instant, deadline: Instant?, executableAt: Instant?,
        proposedAt: Instant, votes: [VoteResponse]?
    ) {
        self.id = id
        self.state = state
        self.proposer = proposer
        self.description = description
        self.descriptionHash = descriptionHash
        self.actions = actions
        self.tally = tally
        self.votingBegins = votingBegins
        self.votingEnds = votingEnds
        self.deadline = deadline
        self.executableAt = executableAt
        self.proposedAt = proposedAt
        self.votes = votes
    }
}

/// Proposals.
public struct ProposalsResponse: Codable, Hashable, Sendable {
    /// The newest first.
    public var proposals: [ProposalResponse]
    /// What `before` has to be for those that follow; absent with the oldest.
    public var next: UInt32?

    /// Proposals.
    public init(proposals: [ProposalResponse], next: UInt32?) {
        self.proposals = proposals
        self.next = next
    }
}

/// What somebody has to decide with.
public struct VotingPowerResponse: Codable, Hashable, Sendable {
    /// Who.
    public var address: String
    /// The tokens.
    public var balance: TokenAmount
    /// Who votes with them; absent for nobody, until they are delegated, be it to oneself.
    public var delegatee: String?
    /// The votes that were delegated to this address.
    public var votes: TokenAmount

    /// What somebody has.
    public init(address: String, balance: TokenAmount, delegatee: String?, votes: TokenAmount) {
        self.address = address
        self.balance = balance
        self.delegatee = delegatee
        self.votes = votes
    }
}

/// What holds for proposals that are made now; times in seconds.
public struct GovernanceTermsResponse: Codable, Hashable, Sendable {
    /// From the proposal to the voting.
    public var delay: Int64
    /// Of the voting.
    public var period: Int64
    /// From queueing to execution.
    public var timelock: Int64
    /// How long what was accepted may be queued, and what is queued executed.
    public var grace: Int64
    /// The share of all tokens that must be for a proposal or abstain, in ten thousandths.
    public var quorumBps: UInt32
    /// How many votes a proposer has.
    public var threshold: TokenAmount
    /// Who may pause, once.
    public var guardian: String?
    /// Until when nothing is proposed and executed; absent if all runs.
    public var pausedUntil: Instant?
    /// All tokens there are.
    public var supply: TokenAmount

    private enum CodingKeys: String, CodingKey {
        case delay, period, timelock, grace, threshold, guardian, supply
        case quorumBps = "quorum_bps"
        case pausedUntil = "paused_until"
    }

    /// Terms.
    public init(
        delay: Int64, period: Int64, timelock: Int64, grace: Int64, quorumBps: UInt32,
        threshold: TokenAmount, guardian: String?, pausedUntil: Instant?, supply: TokenAmount
    ) {
        self.delay = delay
        self.period = period
        self.timelock = timelock
        self.grace = grace
        self.quorumBps = quorumBps
        self.threshold = threshold
        self.guardian = guardian
        self.pausedUntil = pausedUntil
        self.supply = supply
    }
}
