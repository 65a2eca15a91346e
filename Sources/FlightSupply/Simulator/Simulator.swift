public import Travel

/// A supplier of flights that needs no account and no network: its flights, fares and seats follow
/// from a seed, the date and the distance, the same on every machine.
///
/// It behaves as a supplier does: offers expire, prices are to be asked again before money is
/// taken, an order may be confirmed, refused or not answered. ``Scenario`` has the routes on which
/// it misbehaves on purpose.
public struct Simulator: Sendable {
    /// What is to be known of it.
    public struct Configuration: Sendable {
        /// From which everything follows.
        public var seed: UInt64
        /// How long an offer holds.
        public var offerSeconds: Int64
        /// How long before departure sales end.
        public var closeSeconds: Int64
        /// How many offers a search gives at most.
        public var offersMax: Int

        /// The defaults: half an hour for an offer, sales until two hours before departure.
        public init(
            seed: UInt64 = 1, offerSeconds: Int64 = 1_800, closeSeconds: Int64 = 7_200,
            offersMax: Int = 100
        ) {
            self.seed = seed
            self.offerSeconds = offerSeconds
            self.closeSeconds = closeSeconds
            self.offersMax = offersMax
        }
    }

    /// What its offers name as their supplier.
    public static let name = "simulator"

    let configuration: Configuration
    let orders = SimulatorOrders()
    private let timetable: Timetable
    private let fares: FareBook

    /// A simulator; two with the same configuration offer the same.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        timetable = Timetable(seed: configuration.seed)
        fares = FareBook(seed: configuration.seed)
    }

    /// The name of an airline, `nil` for one that does not fly here.
    public static func airlineName(_ code: AirlineCode) -> String? { Carriers.all[code]?.name }

    /// What is on offer, the cheapest first, the shortest first among equals.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
        let journeys = search.slices.map { slice in
            SimulatorTrips.journeys(
                of: slice, in: timetable, connectionsMax: search.connectionsMax)
        }
        var offers: [Offer] = []
        for product in FareBook.products where search.cabin == nil || search.cabin == product.cabin
        {
            let trips = SimulatorTrips.combined(journeys) { slice in
                fares.adultCents(for: slice, product)
            }
            for slices in trips {
                let id = SimulatorOfferID(
                    journeys: zip(slices, search.slices).map { Self.journey($0, on: $1.date) },
                    product: product.code, passengers: search.passengers, quotedAt: now,
                    repriced: 0)
                if let offer = try offer(id, slices, product, at: now) { offers.append(offer) }
            }
        }
        offers.sort {
            ($0.total.minorUnits, $0.itinerary.minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.minutes, $1.id.text)
        }
        return Array(offers.prefix(configuration.offersMax))
    }

    /// The offer as it stands now, with a new expiry and perhaps another price: to be asked before
    /// money is taken.
    /// - Throws: ``SupplyError``: `unknownOffer`, `offerExpired`, `offerGone`.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        let trip = try read(id)
        let expires = trip.id.quotedAt.adding(seconds: configuration.offerSeconds)
        guard now < expires else { throw SupplyError.offerExpired(expires) }
        guard scenario(of: trip.slices) != .gone else { throw SupplyError.offerGone }
        var new = trip.id
        new.quotedAt = now
        new.repriced = min(trip.id.repriced + 1, 99)
        guard let offer = try offer(new, trip.slices, trip.product, at: now) else {
            throw SupplyError.offerGone
        }
        return offer
    }

    private func offer(
        _ id: SimulatorOfferID, _ slices: [Slice], _ product: FareBook.Product, at now: Instant
    ) throws -> Offer? {
        let scenario = scenario(of: slices)
        let seats =
            scenario == nil ? slices.map { fares.seatsLeft(on: $0, product) }.min() ?? 0 : 9
        guard slices.allSatisfy({ $0.kilometers >= product.kilometersMin }),
            seats >= id.passengers.seats,
            now.adding(seconds: configuration.closeSeconds) < slices[0].departs.instant,
            let itinerary = try? Itinerary(slices: slices)
        else { return nil }
        let surcharge = scenario == .dearer ? id.repriced * 1_000 : 0
        return try Offer(
            id: OfferID(parsing: id.text), supplier: Self.name, itinerary: itinerary,
            fare: Fare(
                brand: product.brand, cabin: product.cabin, policy: product.policy.rawValue,
                rule: product.policy.rule, baggage: product.baggage),
            passengers: id.passengers,
            prices: fares.prices(
                for: slices, product, passengers: id.passengers, surcharge: surcharge),
            seatsLeft: seats, quotedAt: id.quotedAt,
            expiresAt: id.quotedAt.adding(seconds: configuration.offerSeconds))
    }

    private static func journey(_ slice: Slice, on date: LocalDate) -> SimulatorOfferID.Journey {
        let legs = slice.segments.map { segment in
            // The numbers of a route's flights count up in twos, see ``Timetable``.
            SimulatorOfferID.Leg(
                carrier: segment.flight.carrier, origin: segment.origin,
                destination: segment.destination, index: (segment.flight.number - 1) % 10 / 2,
                dayOffset: segment.departs.local.date.daysSinceEpoch - date.daysSinceEpoch)
        }
        return SimulatorOfferID.Journey(date: date, legs: legs)
    }

    /// What an id stands for.
    struct Trip {
        var id: SimulatorOfferID
        var slices: [Slice]
        var product: FareBook.Product
    }

    func read(_ id: OfferID) throws -> Trip {
        guard let parsed = SimulatorOfferID(id),
            let product = FareBook.products.first(where: { $0.code == parsed.product })
        else { throw SupplyError.unknownOffer }
        let slices = try parsed.journeys.map { journey in
            let segments = journey.legs.compactMap { segment($0, of: journey.date) }
            guard segments.count == journey.legs.count,
                let slice = try? Slice(segments: segments)
            else { throw SupplyError.unknownOffer }
            return slice
        }
        return Trip(id: parsed, slices: slices, product: product)
    }

    private func segment(_ leg: SimulatorOfferID.Leg, of date: LocalDate) -> Segment? {
        guard let carrier = Carriers.all[leg.carrier],
            let origin = Airports.all[leg.origin],
            let destination = Airports.all[leg.destination],
            timetable.carriers(between: origin, and: destination)
                .contains(where: { $0.code == leg.carrier })
        else { return nil }
        return timetable.segment(
            Timetable.Flight(
                carrier: carrier, origin: origin, destination: destination,
                date: date.adding(days: leg.dayOffset), index: leg.index))
    }

    /// The misbehaviour of the first journey that has one.
    func scenario(of slices: [Slice]) -> Scenario? {
        slices.lazy.compactMap { Scenario(from: $0.origin, to: $0.destination) }.first
    }
}
