public import FareRules

/// Where one sits.
public enum Cabin: String, Hashable, Codable, CaseIterable, Sendable {
    case economy
    case premiumEconomy = "premium_economy"
    case business
    case first
}

/// As JSON has it: `{"seconds_before": 86400, "refund_bps": 5000}`.
extension RefundTier: Codable {
    private enum CodingKeys: String, CodingKey {
        case secondsBefore = "seconds_before"
        case refundBasisPoints = "refund_bps"
    }

    /// Reads a step.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            secondsBefore: try container.decode(UInt64.self, forKey: .secondsBefore),
            refundBasisPoints: try container.decode(UInt32.self, forKey: .refundBasisPoints))
    }

    /// Writes a step.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(secondsBefore, forKey: .secondsBefore)
        try container.encode(refundBasisPoints, forKey: .refundBasisPoints)
    }
}

/// What one may take along.
public struct Baggage: Hashable, Codable, Sendable {
    /// Pieces for the cabin that are promised.
    public let carryOnPieces: Int
    /// Pieces for the hold that are promised.
    public let checkedPieces: Int
    /// What the pieces for the hold may weigh, where the airline counts by weight.
    public let checkedKilograms: Int?

    private enum CodingKeys: String, CodingKey {
        case carryOnPieces = "carry_on_pieces"
        case checkedPieces = "checked_pieces"
        case checkedKilograms = "checked_kilograms"
    }

    /// An allowance for each passenger with a seat.
    public init(carryOnPieces: Int, checkedPieces: Int, checkedKilograms: Int? = nil) {
        self.carryOnPieces = carryOnPieces
        self.checkedPieces = checkedPieces
        self.checkedKilograms = checkedKilograms
    }

    /// What both promise.
    public func least(_ other: Baggage) -> Baggage {
        let kilograms = [checkedKilograms, other.checkedKilograms].compactMap { $0 }.min()
        return Baggage(
            carryOnPieces: min(carryOnPieces, other.carryOnPieces),
            checkedPieces: min(checkedPieces, other.checkedPieces), checkedKilograms: kilograms)
    }
}

/// What one buys besides the flight itself.
public struct Fare: Hashable, Codable, Sendable {
    /// The name it is sold under: `Economy Light`.
    public let brand: String
    /// The cabin.
    public let cabin: Cabin
    /// The refund policy's number, as the contracts know it.
    public let policy: UInt32
    /// What comes back on cancelling, the earliest tier first. Before departure only, and nothing
    /// when there is no tier.
    public let refundTiers: [RefundTier]
    /// How long after purchase all of it comes back, in seconds.
    public let graceSeconds: UInt64
    /// How far departure must have been at purchase for that, in seconds.
    public let graceMinLeadSeconds: UInt64
    /// The luggage that is included on every flight.
    public let baggage: Baggage
    /// What the seller says of giving back and changing; `nil` where the refund tiers say it all.
    public let conditions: FareConditions?
    /// Flight by flight, in their order, where the seller says so much.
    public let segments: [SegmentFare]?
    /// The airline's own rules in its own words, where the seller passes them on.
    public let notes: [FareNote]?

    private enum CodingKeys: String, CodingKey {
        case brand, cabin, policy, baggage, conditions, segments, notes
        case refundTiers = "refund_tiers"
        case graceSeconds = "grace_seconds"
        case graceMinLeadSeconds = "grace_min_lead_seconds"
    }

    /// A fare.
    public init(
        brand: String, cabin: Cabin, policy: UInt32, rule: RefundRule<[RefundTier]>,
        baggage: Baggage, conditions: FareConditions? = nil, segments: [SegmentFare]? = nil,
        notes: [FareNote]? = nil
    ) {
        self.brand = brand
        self.cabin = cabin
        self.policy = policy
        refundTiers = rule.tiers
        graceSeconds = rule.graceSeconds
        graceMinLeadSeconds = rule.graceMinLeadSeconds
        self.baggage = baggage
        self.conditions = conditions
        self.segments = segments
        self.notes = notes
    }

    /// The same conditions as the rule that the contracts apply.
    public var rule: RefundRule<[RefundTier]> {
        RefundRule(
            tiers: refundTiers, graceSeconds: graceSeconds,
            graceMinLeadSeconds: graceMinLeadSeconds)
    }
}
