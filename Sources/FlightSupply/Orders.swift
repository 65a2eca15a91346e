public import Travel

/// What is to be ordered, for whom, and under which reference of ours.
public struct OrderRequest: Hashable, Sendable {
    /// The offer as it was priced and paid for.
    public let offer: Offer
    /// Who flies.
    public let passengers: [Passenger]
    /// Ours: the same one never orders twice.
    public let reference: String
    /// What the supplier called the order when it confirmed it, if it did.
    public let airlineReference: String?
    /// What the supplier calls the order among machines, where that was all that could be read of
    /// its answer.
    public let trace: String?

    /// A request.
    public init(
        offer: Offer, passengers: [Passenger], reference: String, airlineReference: String? = nil,
        trace: String? = nil
    ) {
        self.offer = offer
        self.passengers = passengers
        self.reference = reference
        self.airlineReference = airlineReference
        self.trace = trace
    }
}

/// What a supplier keeps of an order.
public struct SupplierOrder: Hashable, Codable, Sendable {
    /// Its own reference: the airline's locator.
    public let reference: String
    /// The numbers of the tickets, one a passenger, 13 digits. An airline may issue them later.
    public let tickets: [String]

    /// An order as the supplier reported it.
    public init(reference: String, tickets: [String]) {
        self.reference = reference
        self.tickets = tickets
    }
}

/// What became of an order. The four are all there are: who treats "unknown" as "no" pays twice.
public enum OrderOutcome: Hashable, Sendable {
    /// It is there.
    case confirmed(SupplierOrder)
    /// It is not there and will not be.
    case refused(SupplyError)
    /// It certainly was not placed, for a reason that may pass: it may be placed again.
    case notPlaced(SupplyError)
    /// The supplier did not say. It must be looked for by our reference, or by `trace`, which is
    /// what was left of its answer, and may only be placed again when the supplier says that there
    /// is none.
    case unknown(SupplyError, trace: String? = nil)
}
