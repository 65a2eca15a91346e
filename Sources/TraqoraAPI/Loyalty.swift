public import Travel

/// The points of an account, as the Loyalty contract counts them.
public struct LoyaltyAccountResponse: Codable, Hashable, Sendable {
    /// Whose: `G…` or `C…`.
    public var address: String
    /// What can be spent now; below zero if more was taken back than was left.
    public var points: Int64
    /// What was earned in this and the 12 months before; it says the tier.
    public var earned: Int64
    /// The tier.
    public var tier: LoyaltyTierResponse
    /// From how many points earned on the next tier begins; absent in the highest.
    public var nextTierAt: Int64?
    /// What the points come to in tokens, at today's rate.
    public var worth: TokenAmount
    /// What is left of what was earned, by month, the oldest first: spent in this order.
    public var lots: [LoyaltyLotResponse]
    /// What happened, the newest first.
    public var history: [LoyaltyEntryResponse]

    private enum CodingKeys: String, CodingKey {
        case address, points, earned, tier, worth, lots, history
        case nextTierAt = "next_tier_at"
    }

    /// An account.
    public init(
        address: String, points: Int64, earned: Int64, tier: LoyaltyTierResponse,
        nextTierAt: Int64?, worth: TokenAmount, lots: [LoyaltyLotResponse],
        history: [LoyaltyEntryResponse]
    ) {
        self.address = address
        self.points = points
        self.earned = earned
        self.tier = tier
        self.nextTierAt = nextTierAt
        self.worth = worth
        self.lots = lots
        self.history = history
    }
}

/// A tier.
public struct LoyaltyTierResponse: Codable, Hashable, Sendable {
    /// 0 is the lowest.
    public var number: Int
    /// From how many points earned in 12 months on.
    public var minPoints: Int64
    /// What points are multiplied by, in ten thousandths.
    public var multiplierBps: UInt32

    private enum CodingKeys: String, CodingKey {
        case number
        case minPoints = "min_points"
        case multiplierBps = "multiplier_bps"
    }

    /// A tier.
    public init(number: Int, minPoints: Int64, multiplierBps: UInt32) {
        self.number = number
        self.minPoints = minPoints
        self.multiplierBps = multiplierBps
    }
}

/// The points of a month.
public struct LoyaltyLotResponse: Codable, Hashable, Sendable {
    /// What was earned.
    public var earned: Int64
    /// What is left of it.
    public var left: Int64
    /// When what is left is gone.
    public var expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case earned, left
        case expiresAt = "expires_at"
    }

    /// A lot.
    public init(earned: Int64, left: Int64, expiresAt: Instant) {
        self.earned = earned
        self.left = left
        self.expiresAt = expiresAt
    }
}

/// What can happen to points.
public enum LoyaltyEntryKind: String, Codable, Hashable, CaseIterable, Sendable {
    /// A settled booking gave them.
    case accrued
    /// They were taken back.
    case revoked
    /// They became tokens.
    case redeemed
}

/// Something that happened to points.
public struct LoyaltyEntryResponse: Codable, Hashable, Sendable {
    /// What.
    public var kind: LoyaltyEntryKind
    /// How many points; below zero for what went away.
    public var points: Int64
    /// The tokens they became.
    public var amount: TokenAmount?
    /// The booking's number on the ledger.
    public var escrowID: UInt64?
    /// Who flew.
    public var carrier: String?
    /// When.
    public var at: Instant
    /// In which transaction.
    public var transaction: String

    private enum CodingKeys: String, CodingKey {
        case kind, points, amount, carrier, at, transaction
        case escrowID = "escrow_id"
    }

    /// An entry.
    public init(
        kind: LoyaltyEntryKind, points: Int64, amount: TokenAmount?, escrowID: UInt64?,
        carrier: String?, at: Instant, transaction: String
    ) {
        self.kind = kind
        self.points = points
        self.amount = amount
        self.escrowID = escrowID
        self.carrier = carrier
        self.at = at
        self.transaction = transaction
    }
}

/// What points are given for, and what they are worth.
public struct LoyaltyTermsResponse: Codable, Hashable, Sendable {
    /// The tiers, the lowest first.
    public var tiers: [LoyaltyTierResponse]
    /// The points for a whole token, by the token's contract.
    public var rates: [String: Int64]
    /// What a point is worth.
    public var redemption: TokenAmount

    /// Terms.
    public init(tiers: [LoyaltyTierResponse], rates: [String: Int64], redemption: TokenAmount) {
        self.tiers = tiers
        self.rates = rates
        self.redemption = redemption
    }
}

/// What `POST …/redemptions` takes.
public struct RedemptionRequest: Codable, Sendable {
    /// How many points become tokens.
    public var points: Int64
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?

    /// Points.
    public init(points: Int64, sponsored: Bool? = nil) {
        self.points = points
        self.sponsored = sponsored
    }
}
