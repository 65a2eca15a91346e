/// One step of a refund schedule: what returns if departure is still this far away.
public struct RefundTier: Hashable, Sendable {
    /// The least time before departure, in seconds.
    public var secondsBefore: UInt64
    /// What returns then, in ten thousandths of the price: 0 to 10,000.
    public var refundBasisPoints: UInt32

    /// A step as given; ``RefundRule/isValid`` judges it among the others.
    public init(secondsBefore: UInt64, refundBasisPoints: UInt32) {
        self.secondsBefore = secondsBefore
        self.refundBasisPoints = refundBasisPoints
    }
}

/// The steps of a schedule, farthest from departure first: an array, or a list on the ledger.
public protocol RefundTiers {
    /// How many there are.
    var tierCount: UInt32 { get }
    /// The step at an index below ``tierCount``.
    func tier(at index: UInt32) -> RefundTier
}

extension [RefundTier]: RefundTiers {
    /// How many there are.
    public var tierCount: UInt32 { UInt32(truncatingIfNeeded: count) }
    /// The step at an index below ``tierCount``.
    public func tier(at index: UInt32) -> RefundTier { self[Int(index)] }
}

/// What a fare returns when it is cancelled: all within a grace period after purchase, then less
/// the closer departure is.
public struct RefundRule<Tiers: RefundTiers> {
    /// How many steps a schedule may have.
    public static var tierCountMax: UInt32 { 8 }

    /// The steps, farthest from departure first.
    public var tiers: Tiers
    /// How long after purchase all returns, in seconds; 0 for never.
    public var graceSeconds: UInt64
    /// How far departure must have been at purchase for that, in seconds.
    public var graceMinLeadSeconds: UInt64

    /// A rule as given; ``isValid`` judges it.
    public init(tiers: Tiers, graceSeconds: UInt64, graceMinLeadSeconds: UInt64) {
        self.tiers = tiers
        self.graceSeconds = graceSeconds
        self.graceMinLeadSeconds = graceMinLeadSeconds
    }

    /// Whether there are one to eight steps, ever closer to departure, never returning more than
    /// the one before, and none more than everything.
    public var isValid: Bool {
        let count = tiers.tierCount
        guard count >= 1, count <= Self.tierCountMax else { return false }
        var previous = tiers.tier(at: 0)
        guard previous.refundBasisPoints <= Share.whole else { return false }
        var index: UInt32 = 1
        while index < count {
            let next = tiers.tier(at: index)
            guard next.secondsBefore < previous.secondsBefore,
                next.refundBasisPoints <= previous.refundBasisPoints
            else { return false }
            previous = next
            index += 1
        }
        return true
    }

    /// What returns at `now`, in ten thousandths; nothing from departure on.
    ///
    /// The grace period includes its last second; a step includes its own distance.
    @inline(__always)
    public func refundBasisPoints(bookedAt: UInt64, departs: UInt64, now: UInt64) -> UInt32 {
        guard now < departs else { return 0 }
        if isInGrace(bookedAt: bookedAt, departs: departs, now: now) { return Share.whole }
        let left = departs - now
        let count = tiers.tierCount
        var index: UInt32 = 0
        while index < count {
            let tier = tiers.tier(at: index)
            if left >= tier.secondsBefore { return tier.refundBasisPoints }
            index += 1
        }
        return 0
    }

    @inline(__always) private func isInGrace(bookedAt: UInt64, departs: UInt64, now: UInt64) -> Bool
    {
        guard graceSeconds > 0, bookedAt <= now, bookedAt < departs else { return false }
        return departs - bookedAt >= graceMinLeadSeconds && now - bookedAt <= graceSeconds
    }
}

extension RefundRule: Sendable where Tiers: Sendable {}
