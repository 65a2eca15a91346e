import HTTP
import Travel

extension Route {
    static let ofGovernance = [
        proposals, proposal, propose, vote, queueProposal, executeProposal, cancelProposal,
        governanceTerms, votingPower, delegateVotes,
    ]

    private static let proposalID = Parameter.path("id", UInt32.self, "The proposal's number.")
    private static let signed: [Answer] = [
        .json(
            .created, UnsignedTransactionResponse.self,
            "The transaction to sign; it goes to `/transactions`.")
    ]
    private static let ofAccount: [ProblemCode] = [.malformedAccount] + ofLedger

    /// The proposals.
    public static let proposals = Route(
        "proposals", .get, "/api/v1/governance/proposals", in: .governance,
        "The proposals, the newest first.", for: .anyone,
        parameters: [
            .query("before", UInt32.self, "Those with smaller numbers alone."),
            .query("limit", 1...50, "How many at most; 20 if not said."),
        ], answers: [.json(.ok, ProposalsResponse.self, "The proposals.")],
        problems: [.notReadYet])
    /// A proposal.
    public static let proposal = Route(
        "proposal", .get, "/api/v1/governance/proposals/{id}", in: .governance,
        "A proposal: what it does in words, its votes, its quorum, where it stands.", for: .anyone,
        parameters: [proposalID],
        answers: [.json(.ok, ProposalResponse.self, "The proposal.")],
        problems: [.proposalUnknown])
    /// Propose something.
    public static let propose = Route(
        "propose", .post, "/api/v1/governance/proposals", in: .governance,
        "The transaction that proposes calls of contracts.", for: .anyone,
        takes: .json(ProposeRequest.self), answers: signed,
        problems: [.proposalMalformed] + ofAccount)
    /// Vote.
    public static let vote = Route(
        "vote", .post, "/api/v1/governance/proposals/{id}/votes", in: .governance,
        "The transaction that votes on a proposal.", for: .anyone, parameters: [proposalID],
        takes: .json(VoteRequest.self), answers: toSign,
        problems: [.proposalUnknown] + ofSponsored + ofAccount)
    /// Queue what was accepted.
    public static let queueProposal = Route(
        "queueProposal", .post, "/api/v1/governance/proposals/{id}/queue", in: .governance,
        "The transaction that starts the timelock of what was accepted; anyone may.", for: .anyone,
        parameters: [proposalID], takes: .json(SignerRequest.self), answers: signed,
        problems: [.proposalUnknown] + ofAccount)
    /// Do what was decided.
    public static let executeProposal = Route(
        "executeProposal", .post, "/api/v1/governance/proposals/{id}/execution", in: .governance,
        "The transaction that does what was decided, after its timelock; anyone may.",
        for: .anyone, parameters: [proposalID], takes: .json(SignerRequest.self), answers: signed,
        problems: [.proposalUnknown] + ofAccount)
    /// Withdraw a proposal.
    public static let cancelProposal = Route(
        "cancelProposal", .post, "/api/v1/governance/proposals/{id}/cancellation", in: .governance,
        "The transaction that withdraws a proposal: its proposer's, or anyone's once that has too "
            + "few votes.", for: .anyone, parameters: [proposalID],
        takes: .json(SignerRequest.self), answers: signed,
        problems: [.proposalUnknown] + ofAccount)
    /// What holds.
    public static let governanceTerms = Route(
        "governanceTerms", .get, "/api/v1/governance/terms", in: .governance,
        "What holds for proposals that are made now.", for: .anyone,
        answers: [.json(.ok, GovernanceTermsResponse.self, "The terms.")],
        problems: [.notReadYet])
    /// What somebody has to decide with.
    public static let votingPower = Route(
        "votingPower", .get, "/api/v1/governance/accounts/{address}", in: .governance,
        "The tokens of an address, who votes with them, and the votes it has.", for: .anyone,
        parameters: [.path("address", String.self, "The address: `G…` or `C…`.")],
        answers: [.json(.ok, VotingPowerResponse.self, "What it has; it may be nothing.")],
        problems: [.malformedAccount])
    /// Let somebody vote.
    public static let delegateVotes = Route(
        "delegateVotes", .post, "/api/v1/governance/accounts/{address}/delegation",
        in: .governance,
        "The transaction that lets somebody vote with an account's tokens: oneself too votes only "
            + "so.", for: .anyone,
        parameters: [.path("address", String.self, "The account: `G…`, or `C…`.")],
        takes: .json(DelegationRequest.self), answers: toSign, problems: ofSponsored + ofAccount)
}
