public import FareRules
public import Travel

/// A fare of a flight that its airline published on the ledger, as it is sold now.
public struct PublishedFare: Sendable {
    /// The flight's number in the registry.
    public let flight: UInt64
    /// Who flies.
    public let carrier: String
    /// The number it is sold under.
    public let number: Int
    /// Where from.
    public let origin: String
    /// Where to.
    public let destination: String
    /// When it leaves.
    public let departs: Instant
    /// When it arrives.
    public let arrives: Instant
    /// As the ledger names it.
    public let cabin: String
    /// What a seat costs.
    public let price: TokenAmount
    /// How many there are.
    public let seatsLeft: Int
    /// The fare rule's number.
    public let policy: UInt32
    /// What it says.
    public let rule: RefundRule<[RefundTier]>

    /// A fare.
    public init(
        flight: UInt64, carrier: String, number: Int, origin: String, destination: String,
        departs: Instant, arrives: Instant, cabin: String, price: TokenAmount, seatsLeft: Int,
        policy: UInt32, rule: RefundRule<[RefundTier]>
    ) {
        self.flight = flight
        self.carrier = carrier
        self.number = number
        self.origin = origin
        self.destination = destination
        self.departs = departs
        self.arrives = arrives
        self.cabin = cabin
        self.price = price
        self.seatsLeft = seatsLeft
        self.policy = policy
        self.rule = rule
    }

    /// The base units of the settlement token in a cent.
    static let unitsPerCent: Int64 = 100_000

    /// What a seat costs in dollars; `nil` if the price on the ledger is not in whole cents: then
    /// it cannot be told exactly, and is not offered here.
    var dollars: Money? {
        let (cents, rest) = price.baseUnits.quotientAndRemainder(dividingBy: Self.unitsPerCent)
        return rest == 0 && cents > 0 ? Money(minorUnits: cents, currency: .usd) : nil
    }
}

extension Cabin {
    /// What the cabin is called on the ledger, where names have nine letters at most.
    public var ledgerName: String {
        switch self {
        case .economy: "economy"
        case .premiumEconomy: "premium"
        case .business: "business"
        case .first: "first"
        }
    }

    /// `nil` for a cabin that only the ledger knows.
    init?(ledgerName: String) {
        guard let cabin = Cabin.allCases.first(where: { $0.ledgerName == ledgerName }) else {
            return nil
        }
        self = cabin
    }

    /// What people call it.
    var title: String {
        switch self {
        case .economy: "Economy"
        case .premiumEconomy: "Premium Economy"
        case .business: "Business"
        case .first: "First"
        }
    }
}
