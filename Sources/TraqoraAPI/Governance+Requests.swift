/// A call of a contract, as it is proposed.
public struct ProposalActionRequest: Codable, Sendable {
    /// The contract: `C…`.
    public var contract: String
    /// Its function.
    public var function: String
    /// The arguments, each as XDR of an `SCVal` in base 64.
    public var arguments: [String]

    /// An action.
    public init(contract: String, function: String, arguments: [String]) {
        self.contract = contract
        self.function = function
        self.arguments = arguments
    }
}

/// What `POST /api/v1/governance/proposals` takes.
public struct ProposeRequest: Codable, Sendable {
    /// Who proposes, and signs: `G…`.
    public var account: String
    /// What is done if it is accepted, in order: 1 to 10 calls.
    public var actions: [ProposalActionRequest]
    /// Why: 1 to 20,000 bytes. The ledger gets its SHA-256; the words are kept here for everybody
    /// to read.
    public var description: String

    /// A proposal.
    public init(account: String, actions: [ProposalActionRequest], description: String) {
        self.account = account
        self.actions = actions
        self.description = description
    }
}

/// What `POST …/votes` takes.
public struct VoteRequest: Codable, Sendable {
    /// Who votes, and signs: `G…`.
    public var account: String
    /// How.
    public var support: VoteSupport
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?

    /// A vote.
    public init(account: String, support: VoteSupport, sponsored: Bool? = nil) {
        self.account = account
        self.support = support
        self.sponsored = sponsored
    }
}

/// What takes nothing but who signs.
public struct SignerRequest: Codable, Sendable {
    /// Who signs: `G…`.
    public var account: String

    /// A signer.
    public init(account: String) { self.account = account }
}

/// What `POST …/delegation` takes.
public struct DelegationRequest: Codable, Sendable {
    /// Who votes from now on: oneself, or somebody else.
    public var delegatee: String
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?

    /// A delegation.
    public init(delegatee: String, sponsored: Bool? = nil) {
        self.delegatee = delegatee
        self.sponsored = sponsored
    }
}
