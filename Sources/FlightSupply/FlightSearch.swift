public import Travel

/// What somebody is looking for.
public struct FlightSearch: Hashable, Sendable {
    /// Where from.
    public let origin: Airport
    /// Where to.
    public let destination: Airport
    /// The day of departure, by the calendar there.
    public let date: LocalDate
    /// Who travels.
    public let passengers: PassengerCounts
    /// The cabin, or any.
    public let cabin: Cabin?
    /// How often one may have to change.
    public let connectionsMax: Int

    /// How far ahead flights are sold.
    public static let daysAheadMax = 360

    /// A search for one journey.
    /// - Throws: ``SupplyError``: `sameAirport`, `dateOutOfRange`.
    public init(
        origin: Airport, destination: Airport, date: LocalDate, passengers: PassengerCounts,
        cabin: Cabin? = nil, connectionsMax: Int = 2, at now: Instant
    ) throws {
        guard origin.code != destination.code else { throw SupplyError.sameAirport(origin.code) }
        let today = try ZonedTime(now, in: origin.timeZone).local.date
        guard (today...today.adding(days: Self.daysAheadMax)).contains(date) else {
            throw SupplyError.dateOutOfRange(date, first: today)
        }
        self.origin = origin
        self.destination = destination
        self.date = date
        self.passengers = passengers
        self.cabin = cabin
        self.connectionsMax = max(0, min(2, connectionsMax))
    }
}

/// Why there is no offer, or none any more.
public enum SupplyError: Error, Hashable, Sendable {
    case sameAirport(AirportCode)
    case dateOutOfRange(LocalDate, first: LocalDate)
    /// The id is none of this supplier's.
    case unknownOffer
    case offerExpired(Instant)
    /// The seats or the fare are gone.
    case offerGone

    /// The stable code.
    public var code: String {
        switch self {
        case .sameAirport: "flights.same_airport"
        case .dateOutOfRange: "flights.date_out_of_range"
        case .unknownOffer: "offers.unknown"
        case .offerExpired: "offers.expired"
        case .offerGone: "offers.gone"
        }
    }
}

extension SupplyError: CustomStringConvertible {
    /// A sentence that says what would do.
    public var description: String {
        switch self {
        case .sameAirport(let code): "the flight would begin and end at \(code)"
        case .dateOutOfRange(let date, let first):
            "\(date) cannot be booked: choose a day from \(first) to "
                + "\(first.adding(days: FlightSearch.daysAheadMax))"
        case .unknownOffer: "there is no such offer: search again and use its id unchanged"
        case .offerExpired(let instant): "the offer expired at \(instant): search again"
        case .offerGone: "the last seats at this price have been sold: search again"
        }
    }
}
