import FareRules

/// What one may do with a ticket before departure, as its seller says it: beside the refund rule
/// that the contracts apply, which is in shares of the price, this has the amounts.
public struct FareConditions: Hashable, Codable, Sendable {
    /// Giving it back.
    public let refund: FareTerm
    /// Changing the flights.
    public let change: FareTerm

    /// Conditions.
    public init(refund: FareTerm, change: FareTerm) {
        self.refund = refund
        self.change = change
    }

    /// Nobody said anything.
    public static let unknown = FareConditions(refund: .unknown, change: .unknown)
}

/// Whether something is allowed, and what it costs.
public struct FareTerm: Hashable, Codable, Sendable {
    /// Whether.
    public enum Permission: String, Hashable, Codable, CaseIterable, Sendable {
        case allowed
        case refused
        /// The seller does not say: the airline has to be asked. It does not mean no.
        case unknown
    }

    /// Whether.
    public let permission: Permission
    /// What it costs for all passengers together; `nil` if that is not known, or not allowed.
    public let penalty: Money?

    /// A term.
    public init(_ permission: Permission, penalty: Money? = nil) {
        self.permission = permission
        self.penalty = permission == .allowed ? penalty : nil
    }

    /// Nobody said anything.
    public static let unknown = FareTerm(.unknown)
}

/// What was bought for one flight of the trip, where that differs from flight to flight.
public struct SegmentFare: Hashable, Codable, Sendable {
    /// The cabin.
    public let cabin: Cabin?
    /// The name it is sold under.
    public let brand: String?
    /// The fare basis: `OXZ0RO`.
    public let basis: String?
    /// The booking class: `Y`.
    public let bookingClass: String?
    /// The luggage that is included.
    public let baggage: Baggage?

    private enum CodingKeys: String, CodingKey {
        case cabin, brand, basis, baggage
        case bookingClass = "booking_class"
    }

    /// What was bought for one flight.
    public init(
        cabin: Cabin?, brand: String? = nil, basis: String? = nil, bookingClass: String? = nil,
        baggage: Baggage? = nil
    ) {
        self.cabin = cabin
        self.brand = brand
        self.basis = basis
        self.bookingClass = bookingClass
        self.baggage = baggage
    }
}

/// A rule of a fare in the airline's own words.
public struct FareNote: Hashable, Codable, Sendable {
    /// What it is about: `PENALTIES`.
    public let title: String
    /// What it says.
    public let text: String

    /// A rule.
    public init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

extension Fare {
    /// Whether something comes back when it is given up now, more than a day after purchase: as
    /// its seller says, else as the contract's rule says. `nil` if nobody knows.
    public var isRefundable: Bool? {
        switch conditions?.refund.permission {
        case .allowed: true
        case .refused: false
        case .unknown: nil
        case nil: refundTiers.contains { $0.refundBasisPoints > 0 }
        }
    }
}
