import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// Proposals and votes over HTTP, to be read.
struct GovernanceHandlers: Sendable {
    let governance: GovernanceRepository
    let holdings: HoldingRepository
    let texts: ActionText
    let now: @Sendable () -> Instant

    /// How many are told of at once, and if one does not say.
    static let (countMax, countUsual) = (50, 20)
    /// How many votes are told of.
    static let votesMax = 100

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.proposals, proposals), (.proposal, proposal), (.governanceTerms, terms),
            (.votingPower, power),
        ]
    }

    /// `GET /api/v1/governance/proposals`
    func proposals(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = try request.query
        let before = try query.optional("before", as: UInt32.self) ?? .max
        let limit = try query.number("limit", 1...Self.countMax) ?? Self.countUsual
        guard let state = try await governance.state() else {
            throw ProblemCode.notReadYet.problem()
        }
        let rows = try await governance.proposals(before: before, limit: limit + 1)
        var all: [ProposalResponse] = []
        let page = Page(rows, limit: limit) { $0.id }
        for row in page.items { all.append(try await response(row, state.pauses)) }
        return try .json(ProposalsResponse(proposals: all, next: page.cursor))
    }

    /// `GET /api/v1/governance/proposals/{id}`
    func proposal(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await governance.known(request)
        var response = try await response(row, governance.pauses())
        response.votes = try await governance.votes(on: row.id, limit: Self.votesMax)
        return try .json(response)
    }

    private func response(_ row: ProposalRow, _ pauses: [ProposalRow.Pause]) async throws
        -> ProposalResponse
    {
        let time = now()
        let supply = try await holdings.supply(at: row.begins)
        let state = row.state(at: time, supply: supply, pauses: pauses)
        let quorum = row.quorum(of: supply)
        let hasBegun = time > row.begins
        let deadline: Instant? =
            switch state {
            case .succeeded: row.deadline(after: row.ends, pauses)
            case .queued: row.deadline(after: row.executableAt ?? row.ends, pauses)
            case .pending, .active, .defeated, .expired, .executed, .cancelled: nil
            }
        return ProposalResponse(
            id: row.id, state: state, proposer: row.proposer,
            description: try await governance.description(of: row.descriptionHash),
            descriptionHash: row.descriptionHash,
            actions: row.actions.map {
                ProposalActionResponse(
                    text: texts.sentence($0), contract: $0.contract, function: $0.function,
                    arguments: $0.arguments)
            },
            tally: ProposalTallyResponse(
                support: row.support, against: row.against, abstain: row.abstain,
                quorum: hasBegun ? quorum : nil, hasQuorum: hasBegun && row.hasQuorum(quorum)),
            votingBegins: row.begins, votingEnds: row.ends, deadline: deadline,
            executableAt: row.executableAt, proposedAt: row.proposedAt, votes: nil)
    }

    /// `GET /api/v1/governance/terms`
    func terms(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let (terms, guardian, pauses) = try await governance.state() else {
            throw ProblemCode.notReadYet.problem()
        }
        return try .json(
            GovernanceTermsResponse(
                delay: terms.delay, period: terms.period, timelock: terms.timelock,
                grace: terms.grace, quorumBps: terms.quorumBps, threshold: terms.threshold,
                guardian: guardian,
                pausedUntil: pauses.last.flatMap { $0.ends > now() ? $0.ends : nil },
                supply: try await holdings.supply()))
    }

    /// `GET /api/v1/governance/accounts/{address}`
    func power(_ request: HTTPRequest) async throws -> HTTPResponse {
        let holding = try await holdings.holding(of: request.address().description)
        return try .json(
            VotingPowerResponse(
                address: holding.address, balance: holding.balance, delegatee: holding.delegatee,
                votes: holding.votes))
    }
}

extension GovernanceRepository {
    /// The proposal that a request is about.
    /// - Throws: `Problem`: `governance.proposal_unknown`.
    func known(_ request: HTTPRequest) async throws -> ProposalRow {
        let id: UInt32 = try request.parameters.require("id")
        guard let row = try await find(id) else {
            throw ProblemCode.proposalUnknown.problem(
                "If it was made just now, ask again in a moment.")
        }
        return row
    }
}
