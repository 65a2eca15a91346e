import Travel

/// What a supplier keeps of an order.
public struct SupplierOrder: Hashable, Codable, Sendable {
    /// Its own reference: the airline's locator.
    public let reference: String
    /// The numbers of the tickets, one a passenger, 13 digits.
    public let tickets: [String]

    /// An order as the supplier reported it.
    public init(reference: String, tickets: [String]) {
        self.reference = reference
        self.tickets = tickets
    }
}

/// What became of an order. The three are all there are: who treats "unknown" as "no" pays twice.
public enum OrderOutcome: Hashable, Sendable {
    /// It is there.
    case confirmed(SupplierOrder)
    /// It is not there and will not be.
    case refused(SupplyError)
    /// The supplier did not say; ask for it by our reference, do not place it again.
    case unknown
}
