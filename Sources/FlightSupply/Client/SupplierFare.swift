import Travel

/// What follows from a supplier's own conditions for the contract.
extension FarePolicy {
    /// The rule that promises a traveller no more than the supplier gives back: all, most or
    /// nothing of the price. What is not known counts as nothing.
    init(promising refund: FareTerm, of total: Money) {
        guard refund.permission == .allowed, let penalty = refund.penalty,
            penalty.currency == total.currency, total.minorUnits > 0,
            penalty.minorUnits >= 0
        else {
            self = .light
            return
        }
        let (product, overflow) = penalty.minorUnits.multipliedReportingOverflow(by: 10_000)
        let lost = overflow ? 10_000 : (product + total.minorUnits - 1) / total.minorUnits
        switch lost {
        case 0: self = .flex
        // ``standard`` gives back four fifths at most.
        case ...2_000: self = .standard
        default: self = .light
        }
    }
}

extension Cabin {
    /// From the plainest to the best.
    var rank: Int { Cabin.allCases.firstIndex(of: self) ?? 0 }
}

extension Fare {
    /// A fare as a supplier sells it, flight by flight: what it promises as a whole is what it
    /// promises on every flight.
    init(
        brand: String?, segments: [SegmentFare], conditions: FareConditions, total: Money,
        notes: [FareNote]? = nil
    ) {
        let cabin = segments.compactMap(\.cabin).min { $0.rank < $1.rank } ?? .economy
        let none = Baggage(carryOnPieces: 0, checkedPieces: 0)
        let bags = segments.map { $0.baggage ?? none }
        let policy = FarePolicy(promising: conditions.refund, of: total)
        self.init(
            brand: brand ?? segments.lazy.compactMap(\.brand).first ?? cabin.title, cabin: cabin,
            policy: policy.rawValue, rule: policy.rule,
            baggage: bags.dropFirst().reduce(bags.first ?? none) { $0.least($1) },
            conditions: conditions, segments: segments, notes: notes)
    }
}
