public import FareRules
public import Travel

/// What becomes of a flight, as the FlightRegistry contract has it.
public enum PublishedFlightStatus: String, Codable, Hashable, CaseIterable, Sendable {
    /// As planned.
    case scheduled
    /// Later than planned.
    case delayed
    /// In the air.
    case departed
    /// There.
    case arrived
    /// Not flown.
    case cancelled
    /// Somewhere else.
    case diverted
}

/// A flight that an airline published.
public struct AirlineFlight: Codable, Hashable, Sendable {
    /// Its number in the FlightRegistry contract.
    public var id: UInt64
    /// Carrier and number.
    public var flight: String
    /// Where from.
    public var origin: String
    /// Where to.
    public var destination: String
    /// When it leaves.
    public var departs: Instant
    /// When it arrives, as planned.
    public var arrives: Instant
    /// Whether it is sold.
    public var isOpen: Bool
    /// What became of it.
    public var status: PublishedFlightStatus
    /// The time that goes with the status.
    public var statusAt: Instant
    /// Whether the oracles agreed on it.
    public var isConfirmed: Bool
    /// What is sold on it.
    public var fares: [AirlineFare]

    private enum CodingKeys: String, CodingKey {
        case id, flight, origin, destination, departs, arrives, status, fares
        case isOpen = "is_open"
        case statusAt = "status_at"
        case isConfirmed = "is_confirmed"
    }

    /// A flight.
    public init(
        id: UInt64, flight: String, origin: String, destination: String, departs: Instant,
        arrives: Instant, isOpen: Bool, status: PublishedFlightStatus, statusAt: Instant,
        isConfirmed: Bool, fares: [AirlineFare]
    ) {
        self.id = id
        self.flight = flight
        self.origin = origin
        self.destination = destination
        self.departs = departs
        self.arrives = arrives
        self.isOpen = isOpen
        self.status = status
        self.statusAt = statusAt
        self.isConfirmed = isConfirmed
        self.fares = fares
    }
}

/// A cabin of a published flight.
public struct AirlineFare: Codable, Hashable, Sendable {
    /// The cabin.
    public var cabin: String
    /// What a seat costs.
    public var price: TokenAmount
    /// In this token.
    public var token: String
    /// The number of the fare rule.
    public var policy: UInt32
    /// How many seats are sold at most.
    public var seats: Int
    /// How many are.
    public var sold: Int
    /// How many are left.
    public var left: Int

    /// A fare.
    public init(
        cabin: String, price: TokenAmount, token: String, policy: UInt32, seats: Int, sold: Int,
        left: Int
    ) {
        self.cabin = cabin
        self.price = price
        self.token = token
        self.policy = policy
        self.seats = seats
        self.sold = sold
        self.left = left
    }
}

/// What `GET /api/v1/airlines/{code}/flights` answers.
public struct AirlineFlightsResponse: Codable, Hashable, Sendable {
    /// In the order in which they leave.
    public var flights: [AirlineFlight]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case flights
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(flights: [AirlineFlight], nextCursor: String? = nil) {
        self.flights = flights
        self.nextCursor = nextCursor
    }
}

/// What `POST /api/v1/airlines/{code}/flights` takes.
public struct PublishFlightRequest: Codable, Hashable, Sendable {
    /// Its number, 1 to 9,999.
    public var number: UInt32
    /// Where from.
    public var origin: AirportCode
    /// Where to.
    public var destination: AirportCode
    /// When it leaves.
    public var departs: Instant
    /// When it arrives.
    public var arrives: Instant
    /// What is sold on it, 1 to 8 cabins.
    public var fares: [PublishedFareRequest]

    /// A flight.
    public init(
        number: UInt32, origin: AirportCode, destination: AirportCode, departs: Instant,
        arrives: Instant, fares: [PublishedFareRequest]
    ) {
        self.number = number
        self.origin = origin
        self.destination = destination
        self.departs = departs
        self.arrives = arrives
        self.fares = fares
    }
}

/// A cabin of a flight that is to be published.
public struct PublishedFareRequest: Codable, Hashable, Sendable {
    /// The cabin.
    public var cabin: Cabin
    /// What a seat costs, in the settlement token.
    public var price: TokenAmount
    /// How many seats, 1 to 1,000.
    public var seats: UInt32
    /// The number of a fare rule of the airline.
    public var policy: UInt32

    /// A fare.
    public init(cabin: Cabin, price: TokenAmount, seats: UInt32, policy: UInt32) {
        self.cabin = cabin
        self.price = price
        self.seats = seats
        self.policy = policy
    }
}

/// What `POST /api/v1/airlines/{code}/flights/{id}/fares` takes.
public struct ChangeFareRequest: Codable, Hashable, Sendable {
    /// The cabin.
    public var cabin: Cabin
    /// What a seat costs from now on.
    public var price: TokenAmount
    /// How many seats are sold at most, no fewer than are sold.
    public var seats: UInt32

    /// A change.
    public init(cabin: Cabin, price: TokenAmount, seats: UInt32) {
        self.cabin = cabin
        self.price = price
        self.seats = seats
    }
}

/// What `POST /api/v1/airlines/{code}/flights/{id}/status` takes.
public struct ReportStatusRequest: Codable, Hashable, Sendable {
    /// What became of it.
    public var status: PublishedFlightStatus
    /// The time that goes with it: the expected arrival of a delayed one, which must be said; the
    /// departure, the arrival, the end, by the newest ledger's clock if not said; of one as planned
    /// the planned arrival.
    public var time: Instant?

    /// A report.
    public init(status: PublishedFlightStatus, time: Instant? = nil) {
        self.status = status
        self.time = time
    }
}

/// What `POST /api/v1/airlines/{code}/fare-rules` takes.
public struct PublishFareRuleRequest: Codable, Hashable, Sendable {
    /// What comes back, by how long before departure: 1 to 8.
    public var tiers: [RefundTier]
    /// How long after booking all of it comes back; 0 for never.
    public var graceSeconds: UInt64
    /// How long before departure that holds at least.
    public var graceMinLeadSeconds: UInt64

    private enum CodingKeys: String, CodingKey {
        case tiers
        case graceSeconds = "grace_seconds"
        case graceMinLeadSeconds = "grace_min_lead_seconds"
    }

    /// A rule.
    public init(tiers: [RefundTier], graceSeconds: UInt64, graceMinLeadSeconds: UInt64) {
        self.tiers = tiers
        self.graceSeconds = graceSeconds
        self.graceMinLeadSeconds = graceMinLeadSeconds
    }
}

/// What `POST /api/v1/airlines/{code}/operators` takes.
public struct SetOperatorRequest: Codable, Hashable, Sendable {
    /// The account, `G…` or `C…`.
    public var account: String
    /// Whether it acts for the airline from now on.
    public var enabled: Bool

    /// A change.
    public init(account: String, enabled: Bool) {
        self.account = account
        self.enabled = enabled
    }
}
