/// Which of the offers that were found somebody wants to see.
public struct OfferFilter: Hashable, Sendable {
    /// When the first journey leaves, by the clock there.
    public var departs: ClockRange?
    /// When the first journey arrives, by the clock there.
    public var arrives: ClockRange?
    /// When the last of several journeys leaves.
    public var returnDeparts: ClockRange?
    /// When the last of several journeys arrives.
    public var returnArrives: ClockRange?
    /// Only flights that these airlines sell.
    public var airlines: Set<AirlineCode> = []
    /// No flight that these airlines sell or fly.
    public var excludedAirlines: Set<AirlineCode> = []
    /// So many pieces for the hold must be promised.
    public var checkedBagsMin = 0
    /// So many pieces for the cabin must be promised.
    public var carryOnBagsMin = 0
    /// Only what can be given back; what nobody knows of is left out.
    public var isRefundable = false
    /// No journey may take longer than so many minutes.
    public var minutesMax: Int?

    /// Everything.
    public init() {}

    /// Whether an offer is wanted.
    public func accepts(_ offer: Offer) -> Bool {
        let slices = offer.itinerary.slices
        guard departs?.contains(offer.itinerary.departs.local) ?? true,
            arrives?.contains(slices[0].arrives.local) ?? true
        else { return false }
        if slices.count > 1, let last = slices.last {
            guard returnDeparts?.contains(last.departs.local) ?? true,
                returnArrives?.contains(last.arrives.local) ?? true
            else { return false }
        }
        if let minutesMax, slices.contains(where: { $0.minutes > minutesMax }) { return false }
        guard offer.fare.baggage.checkedPieces >= checkedBagsMin,
            offer.fare.baggage.carryOnPieces >= carryOnBagsMin,
            !isRefundable || offer.fare.isRefundable == true
        else { return false }
        return offer.itinerary.segments.allSatisfy { segment in
            (airlines.isEmpty || airlines.contains(segment.flight.carrier))
                && !excludedAirlines.contains(segment.flight.carrier)
                && segment.operatedBy.map { !excludedAirlines.contains($0) } ?? true
        }
    }
}
