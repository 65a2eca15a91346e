/// How old someone counts as, on the last day of the trip.
public enum PassengerType: String, Hashable, Codable, CaseIterable, Sendable {
    /// 12 and over.
    case adult
    /// 2 to 11, with a seat.
    case child
    /// Under 2 for the whole trip, on the lap of an adult.
    case infant

    /// The ages it is for.
    public var ages: ClosedRange<Int> {
        switch self {
        case .adult: 12...130
        case .child: 2...11
        case .infant: 0...1
        }
    }
}

/// How many travel.
public struct PassengerCounts: Hashable, Codable, Sendable {
    /// How many adults.
    public let adults: Int
    /// How many children.
    public let children: Int
    /// How many infants.
    public let infants: Int

    /// How many seats one booking may have.
    public static let seatsMax = 9

    /// One to nine with a seat, and no more infants than adults.
    /// - Throws: `passengerCount`.
    public init(adults: Int, children: Int = 0, infants: Int = 0) throws(TravelError) {
        guard (0...Self.seatsMax).contains(adults), (0...Self.seatsMax).contains(children),
            (0...Self.seatsMax).contains(infants), (1...Self.seatsMax).contains(adults + children)
        else {
            throw .passengerCount("one to \(Self.seatsMax) passengers with a seat can be booked")
        }
        guard adults >= 1 else { throw .passengerCount("children need an adult with them") }
        guard infants <= adults else {
            throw .passengerCount("each infant travels on the lap of an adult of its own")
        }
        self.adults = adults
        self.children = children
        self.infants = infants
    }

    /// What a list of passengers comes to.
    public init(_ passengers: some Sequence<Passenger>) throws(TravelError) {
        let types = passengers.map(\.type)
        try self.init(
            adults: types.count { $0 == .adult }, children: types.count { $0 == .child },
            infants: types.count { $0 == .infant })
    }

    /// How many seats that takes.
    public var seats: Int { adults + children }
}
