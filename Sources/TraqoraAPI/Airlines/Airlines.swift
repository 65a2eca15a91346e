public import FareRules
public import Travel

/// What an airline may do, as the Airline contract has it.
public enum AirlineStanding: String, Codable, Hashable, CaseIterable, Sendable {
    /// Registered; nobody approved it yet.
    case pending
    /// It may sell.
    case active
    /// It may not sell; what it sold is settled.
    case suspended
}

/// An airline of the Airline contract.
public struct AirlineSummary: Codable, Hashable, Sendable {
    /// Its code.
    public var code: String
    /// Its name.
    public var name: String
    /// Whether it may sell.
    public var standing: AirlineStanding

    /// An airline.
    public init(code: String, name: String, standing: AirlineStanding) {
        self.code = code
        self.name = name
        self.standing = standing
    }
}

/// What `GET /api/v1/airlines` answers.
public struct AirlinesResponse: Codable, Hashable, Sendable {
    /// In the order of their codes.
    public var airlines: [AirlineSummary]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case airlines
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(airlines: [AirlineSummary], nextCursor: String? = nil) {
        self.airlines = airlines
        self.nextCursor = nextCursor
    }
}

/// An airline as the ledger has it.
public struct AirlineResponse: Codable, Hashable, Sendable {
    /// Its code.
    public var code: String
    /// Its name.
    public var name: String
    /// Whether it may sell.
    public var standing: AirlineStanding
    /// The reason that was given for its standing.
    public var reason: String?
    /// The account that owns it.
    public var owner: String
    /// The account that may take it over.
    public var proposedOwner: String?
    /// Where its money goes.
    public var payout: String
    /// The SHA-256 of what it published about itself.
    public var metadataHash: String
    /// When it was registered.
    public var registeredAt: Instant
    /// The accounts that act for it.
    public var operators: [AirlineOperator]
    /// What passengers may claim from, by token.
    public var bonds: [AirlineBond]
    /// The fare rules it published.
    public var fareRules: [AirlineFareRule]

    private enum CodingKeys: String, CodingKey {
        case code, name, standing, reason, owner, payout, operators, bonds
        case proposedOwner = "proposed_owner"
        case metadataHash = "metadata_hash"
        case registeredAt = "registered_at"
        case fareRules = "fare_rules"
    }

    /// An airline.
    public init(
        code: String, name: String, standing: AirlineStanding, reason: String? = nil, owner: String,
        proposedOwner: String? = nil, payout: String, metadataHash: String, registeredAt: Instant,
        operators: [AirlineOperator], bonds: [AirlineBond], fareRules: [AirlineFareRule]
    ) {
        self.code = code
        self.name = name
        self.standing = standing
        self.reason = reason
        self.owner = owner
        self.proposedOwner = proposedOwner
        self.payout = payout
        self.metadataHash = metadataHash
        self.registeredAt = registeredAt
        self.operators = operators
        self.bonds = bonds
        self.fareRules = fareRules
    }
}

/// An account that acts for an airline.
public struct AirlineOperator: Codable, Hashable, Sendable {
    /// The account.
    public var account: String
    /// Since when.
    public var since: Instant

    /// An account.
    public init(account: String, since: Instant) {
        self.account = account
        self.since = since
    }
}

/// What `GET /api/v1/airlines/{code}/operators` answers.
public struct AirlineOperatorsResponse: Codable, Hashable, Sendable {
    /// The accounts that act for the airline.
    public var operators: [AirlineOperator]

    /// An answer.
    public init(operators: [AirlineOperator]) {
        self.operators = operators
    }
}

/// An airline's bond in a token.
public struct AirlineBond: Codable, Hashable, Sendable {
    /// The token.
    public var token: String
    /// How much there is.
    public var amount: TokenAmount
    /// How much of it is announced for withdrawal.
    public var requested: TokenAmount
    /// When that may be withdrawn.
    public var availableAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case token, amount, requested
        case availableAt = "available_at"
    }

    /// A bond.
    public init(
        token: String, amount: TokenAmount, requested: TokenAmount, availableAt: Instant? = nil
    ) {
        self.token = token
        self.amount = amount
        self.requested = requested
        self.availableAt = availableAt
    }
}

/// A fare rule: what comes back when.
public struct AirlineFareRule: Codable, Hashable, Sendable {
    /// Its number in the Refund contract.
    public var number: UInt32
    /// What comes back, by how long before departure.
    public var tiers: [RefundTier]
    /// How long after booking all of it comes back.
    public var graceSeconds: UInt64
    /// How long before departure that holds at least.
    public var graceMinLeadSeconds: UInt64

    private enum CodingKeys: String, CodingKey {
        case number, tiers
        case graceSeconds = "grace_seconds"
        case graceMinLeadSeconds = "grace_min_lead_seconds"
    }

    /// A fare rule.
    public init(
        number: UInt32, tiers: [RefundTier], graceSeconds: UInt64, graceMinLeadSeconds: UInt64
    ) {
        self.number = number
        self.tiers = tiers
        self.graceSeconds = graceSeconds
        self.graceMinLeadSeconds = graceMinLeadSeconds
    }
}
