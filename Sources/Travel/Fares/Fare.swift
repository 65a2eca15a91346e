/// Where one sits.
public enum Cabin: String, Hashable, Codable, CaseIterable, Sendable {
    case economy
    case premiumEconomy = "premium_economy"
    case business
    case first
}

/// What part of the price comes back when one cancels early enough.
public struct RefundTier: Hashable, Codable, Sendable {
    /// How many seconds before departure this still holds.
    public let secondsBefore: UInt64
    /// The part that comes back, in basis points: 10 000 is all.
    public let refundBps: UInt32

    private enum CodingKeys: String, CodingKey {
        case secondsBefore = "seconds_before"
        case refundBps = "refund_bps"
    }

    /// A tier.
    public init(secondsBefore: UInt64, refundBps: UInt32) {
        self.secondsBefore = secondsBefore
        self.refundBps = refundBps
    }
}

/// What one may take along.
public struct Baggage: Hashable, Codable, Sendable {
    /// Pieces for the cabin.
    public let carryOnPieces: Int
    /// Pieces for the hold.
    public let checkedPieces: Int

    private enum CodingKeys: String, CodingKey {
        case carryOnPieces = "carry_on_pieces"
        case checkedPieces = "checked_pieces"
    }

    /// An allowance for each passenger with a seat.
    public init(carryOnPieces: Int, checkedPieces: Int) {
        self.carryOnPieces = carryOnPieces
        self.checkedPieces = checkedPieces
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
    /// The luggage that is included.
    public let baggage: Baggage

    private enum CodingKeys: String, CodingKey {
        case brand, cabin, policy, baggage
        case refundTiers = "refund_tiers"
    }

    /// A fare.
    public init(
        brand: String, cabin: Cabin, policy: UInt32, refundTiers: [RefundTier], baggage: Baggage
    ) {
        self.brand = brand
        self.cabin = cabin
        self.policy = policy
        self.refundTiers = refundTiers
        self.baggage = baggage
    }
}
