public import FareRules

/// The refund policies the simulator sells under; the numbers are those the contracts know them by:
/// whoever deploys them publishes these rules in this order in the Refund contract.
public enum FarePolicy: UInt32, CaseIterable, Sendable {
    /// Nothing comes back.
    case light = 1
    /// Less and less.
    case standard = 2
    /// All of it until departure.
    case flex = 3

    /// What comes back when. Everything does within a day of a purchase made at least a week ahead,
    /// whatever the policy: 14 CFR 259.5(b)(4).
    public var rule: RefundRule<[RefundTier]> {
        RefundRule(tiers: tiers, graceSeconds: 86_400, graceMinLeadSeconds: 7 * 86_400)
    }

    private var tiers: [RefundTier] {
        switch self {
        case .light: [RefundTier(secondsBefore: 0, refundBasisPoints: 0)]
        case .standard:
            [
                RefundTier(secondsBefore: 7 * 86_400, refundBasisPoints: 8_000),
                RefundTier(secondsBefore: 86_400, refundBasisPoints: 5_000),
                RefundTier(secondsBefore: 0, refundBasisPoints: 2_000),
            ]
        case .flex: [RefundTier(secondsBefore: 0, refundBasisPoints: 10_000)]
        }
    }
}
