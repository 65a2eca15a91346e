/// One flight of a journey, from take-off to landing.
public struct Segment: Hashable, Codable, Sendable {
    /// The number it is sold under.
    public let flight: FlightNumber
    /// Who flies it, when that is not who sells it.
    public let operatedBy: AirlineCode?
    /// Where it leaves from.
    public let origin: AirportCode
    /// Where it goes.
    public let destination: AirportCode
    /// When it leaves, by the clock there.
    public let departs: ZonedTime
    /// When it arrives, by the clock there.
    public let arrives: ZonedTime
    /// The IATA code of the aircraft type: `320`, `77W`.
    public let aircraft: String
    /// The great-circle distance.
    public let distanceKilometers: Int
    /// The terminal it leaves from, if that is known.
    public let originTerminal: String?
    /// The terminal it arrives at, if that is known.
    public let destinationTerminal: String?
    /// Where it lands in between without a change of planes, if it does.
    public let technicalStops: [AirportCode]?

    private enum CodingKeys: String, CodingKey {
        case flight, origin, destination, departs, arrives, aircraft
        case operatedBy = "operated_by"
        case distanceKilometers = "distance_kilometers"
        case originTerminal = "origin_terminal"
        case destinationTerminal = "destination_terminal"
        case technicalStops = "technical_stops"
    }

    /// A flight as scheduled.
    /// - Throws: `brokenItinerary` when it arrives before it left or where it began.
    public init(
        flight: FlightNumber, operatedBy: AirlineCode? = nil, origin: AirportCode,
        destination: AirportCode, departs: ZonedTime, arrives: ZonedTime, aircraft: String,
        distanceKilometers: Int, originTerminal: String? = nil, destinationTerminal: String? = nil,
        technicalStops: [AirportCode]? = nil
    ) throws(TravelError) {
        guard departs.instant < arrives.instant else {
            throw .brokenItinerary("\(flight) arrives before it departs")
        }
        guard origin != destination else {
            throw .brokenItinerary("\(flight) ends where it begins, at \(origin)")
        }
        self.flight = flight
        self.operatedBy = operatedBy
        self.origin = origin
        self.destination = destination
        self.departs = departs
        self.arrives = arrives
        self.aircraft = aircraft
        self.distanceKilometers = distanceKilometers
        self.originTerminal = originTerminal
        self.destinationTerminal = destinationTerminal
        self.technicalStops = technicalStops
    }

    /// How long it takes, from instant to instant.
    public var minutes: Int { Int(departs.instant.seconds(until: arrives.instant) / 60) }
}

/// One journey from a place to another: a flight, or several with changes between them.
public struct Slice: Hashable, Codable, Sendable {
    /// The flights in order; never none.
    public let segments: [Segment]

    /// A journey of these flights.
    /// - Throws: `brokenItinerary` when there is none, when one begins where the one before did not
    ///   end, or when it leaves before that has arrived.
    public init(segments: [Segment]) throws(TravelError) {
        guard !segments.isEmpty else { throw .brokenItinerary("a journey needs a flight") }
        for (previous, next) in zip(segments, segments.dropFirst()) {
            guard previous.destination == next.origin else {
                throw .brokenItinerary(
                    "\(next.flight) leaves from \(next.origin), not from \(previous.destination)")
            }
            guard previous.arrives.instant <= next.departs.instant else {
                throw .brokenItinerary(
                    "\(next.flight) leaves before \(previous.flight) has arrived")
            }
        }
        self.segments = segments
    }

    /// Reads a journey and checks it as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(segments: container.decode([Segment].self, forKey: .segments))
    }

    /// Where it begins.
    public var origin: AirportCode { segments[0].origin }
    /// Where it ends.
    public var destination: AirportCode { segments[segments.count - 1].destination }
    /// When it begins.
    public var departs: ZonedTime { segments[0].departs }
    /// When it ends.
    public var arrives: ZonedTime { segments[segments.count - 1].arrives }
    /// How long it takes from door to door.
    public var minutes: Int { Int(departs.instant.seconds(until: arrives.instant) / 60) }
    /// How many times one changes.
    public var connections: Int { segments.count - 1 }
    /// By how many days of the calendar it arrives later than it left: the "+1" of timetables.
    public var dayShift: Int {
        arrives.local.date.daysSinceEpoch - departs.local.date.daysSinceEpoch
    }
}

/// A whole trip: there, there and back, or further.
public struct Itinerary: Hashable, Codable, Sendable {
    /// The journeys in order, one to six.
    public let slices: [Slice]

    /// How many journeys a trip may have.
    public static let slicesMax = 6

    /// A trip of these journeys.
    /// - Throws: `brokenItinerary` when there are none or too many, or when one leaves before the
    ///   one before has arrived.
    public init(slices: [Slice]) throws(TravelError) {
        guard (1...Self.slicesMax).contains(slices.count) else {
            throw .brokenItinerary("a trip has one to \(Self.slicesMax) journeys")
        }
        for (previous, next) in zip(slices, slices.dropFirst())
        where previous.arrives.instant > next.departs.instant {
            throw .brokenItinerary("a journey begins before the one before it has ended")
        }
        self.slices = slices
    }

    /// Reads a trip and checks it as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(slices: container.decode([Slice].self, forKey: .slices))
    }

    /// When the trip begins.
    public var departs: ZonedTime { slices[0].departs }
    /// When it is over.
    public var arrives: ZonedTime { slices[slices.count - 1].arrives }
    /// How long all journeys take together, from door to door.
    public var minutes: Int { slices.reduce(0) { $0 + $1.minutes } }
    /// All flights in order.
    public var segments: [Segment] { slices.flatMap(\.segments) }
}
