/// In which order offers come.
public enum OfferSort: String, Hashable, Codable, CaseIterable, Sendable {
    /// Cheap, short and without many changes, weighed against each other.
    case best
    /// The cheapest first.
    case price
    /// The shortest first.
    case duration

    /// What a minute more is worth when offers are weighed, in hundredths of the currency.
    static let centsPerMinute: Int64 = 20
    /// What a change more is worth.
    static let centsPerConnection: Int64 = 2_000

    /// What offers are ordered by: the least first. Amounts of two currencies cannot be compared,
    /// so dollars, which can be paid, come before all others.
    public func key(of offer: Offer) -> Int64 {
        let minutes = Int64(offer.itinerary.minutes)
        guard self != .duration else { return minutes }
        let foreign: Int64 = offer.total.currency == .usd ? 0 : 1 << 52
        let amount = min(max(offer.total.minorUnits, 0), 1 << 50)
        guard self == .best else { return foreign + amount }
        let connections = offer.itinerary.slices.reduce(0) { $0 + $1.connections }
        return foreign + amount + minutes * Self.centsPerMinute
            + Int64(connections) * Self.centsPerConnection
    }
}

/// A place in the order of offers: what comes behind it is the next page, also when the offers have
/// been searched for again meanwhile.
public struct OfferCursor: Hashable, Sendable {
    /// The order it belongs to.
    public let sort: OfferSort
    /// The key of the last offer that was given.
    public let key: Int64
    /// Its id.
    public let id: OfferID

    /// The place of an offer.
    public init(of offer: Offer, in sort: OfferSort) {
        self.sort = sort
        key = sort.key(of: offer)
        id = offer.id
    }

    /// Whether an offer comes behind it.
    public func isBefore(_ offer: Offer) -> Bool {
        (key, id.text) < (sort.key(of: offer), offer.id.text)
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let sort = OfferSort(rawValue: parts[0]),
            let key = Int64(parts[1]), let id = try? OfferID(parsing: parts[2])
        else { return nil }
        self.sort = sort
        self.key = key
        self.id = id
        guard self.text == text else { return nil }
    }

    /// The place as text.
    public var text: String { "\(sort.rawValue)~\(key)~\(id.text)" }
}

extension OfferSort {
    /// The offers in this order.
    public func sorted(_ offers: [Offer]) -> [Offer] {
        offers.map { (key(of: $0), $0) }
            .sorted { ($0.0, $0.1.id.text) < ($1.0, $1.1.id.text) }.map(\.1)
    }
}
