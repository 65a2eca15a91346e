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

    private let configuration: Configuration
    private let timetable: Timetable
    private let fares: FareBook
    private let orders = SimulatorOrders()

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
        let slices = Journeys(timetable: timetable).between(
            search.origin, and: search.destination, on: search.date,
            connectionsMax: search.connectionsMax)
        var offers: [Offer] = []
        for slice in slices {
            for product in FareBook.products
            where search.cabin == nil || search.cabin == product.cabin {
                let id = SimulatorOfferID(
                    date: search.date, legs: legs(of: slice, from: search.date),
                    product: product.code, passengers: search.passengers, quotedAt: now,
                    repriced: 0)
                if let offer = try offer(id, slice, product, at: now) { offers.append(offer) }
            }
        }
        offers.sort {
            ($0.total.minorUnits, $0.itinerary.slices[0].minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.slices[0].minutes, $1.id.text)
        }
        return Array(offers.prefix(configuration.offersMax))
    }

    /// The offer as it stands now, with a new expiry and perhaps another price: to be asked before
    /// money is taken.
    /// - Throws: ``SupplyError``: `unknownOffer`, `offerExpired`, `offerGone`.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        let (old, slice, product) = try read(id)
        let expires = old.quotedAt.adding(seconds: configuration.offerSeconds)
        guard now < expires else { throw SupplyError.offerExpired(expires) }
        guard scenario(of: slice) != .gone else { throw SupplyError.offerGone }
        var new = old
        new.quotedAt = now
        new.repriced = min(old.repriced + 1, 99)
        guard let offer = try offer(new, slice, product, at: now) else {
            throw SupplyError.offerGone
        }
        return offer
    }

    /// Orders what was priced, for money that is there.
    ///
    /// `reference` is ours: the same one never orders twice.
    public func order(_ id: OfferID, for passengers: [Passenger], reference: String) async
        -> OrderOutcome
    {
        guard let (_, slice, _) = try? read(id) else { return .refused(.unknownOffer) }
        let scenario = scenario(of: slice)
        guard scenario != .refused else { return .refused(.offerGone) }
        let order = await orders.place(reference) {
            SimulatorOrders.order(
                reference, passengers: passengers.count, seed: configuration.seed)
        }
        return scenario == .unanswered ? .unknown : .confirmed(order)
    }

    /// The order that was placed under our reference, `nil` when there is none: then it may be
    /// placed.
    public func order(placedAs reference: String) async -> SupplierOrder? {
        await orders.find(reference)
    }

    /// Gives an order up; done twice, or for one that is not there, it changes nothing.
    public func cancelOrder(placedAs reference: String) async { await orders.remove(reference) }

    private func offer(
        _ id: SimulatorOfferID, _ slice: Slice, _ product: FareBook.Product, at now: Instant
    ) throws -> Offer? {
        let distance = slice.segments.map(\.distanceKilometers).reduce(0, +)
        let seats = scenario(of: slice) == nil ? fares.seatsLeft(on: slice, product) : 9
        guard distance >= product.kilometersMin, seats >= id.passengers.seats,
            now.adding(seconds: configuration.closeSeconds) < slice.departs.instant
        else { return nil }
        let surcharge = scenario(of: slice) == .dearer ? id.repriced * 1_000 : 0
        return try Offer(
            id: OfferID(parsing: id.text), supplier: Self.name,
            itinerary: Itinerary(slices: [slice]),
            fare: Fare(
                brand: product.brand, cabin: product.cabin, policy: product.policy.rawValue,
                rule: product.policy.rule, baggage: product.baggage),
            passengers: id.passengers,
            prices: fares.prices(
                for: slice, product, passengers: id.passengers, surcharge: surcharge),
            seatsLeft: seats, quotedAt: id.quotedAt,
            expiresAt: id.quotedAt.adding(seconds: configuration.offerSeconds))
    }

    private func legs(of slice: Slice, from date: LocalDate) -> [SimulatorOfferID.Leg] {
        slice.segments.map { segment in
            // The numbers of a route's flights count up in twos, see ``Timetable``.
            SimulatorOfferID.Leg(
                carrier: segment.flight.carrier, origin: segment.origin,
                destination: segment.destination, index: (segment.flight.number - 1) % 10 / 2,
                dayOffset: segment.departs.local.date.daysSinceEpoch - date.daysSinceEpoch)
        }
    }

    private func read(_ id: OfferID) throws -> (SimulatorOfferID, Slice, FareBook.Product) {
        guard let parsed = SimulatorOfferID(id),
            let product = FareBook.products.first(where: { $0.code == parsed.product })
        else { throw SupplyError.unknownOffer }
        let segments = parsed.legs.map { leg -> Segment? in
            guard let carrier = Carriers.all[leg.carrier],
                let origin = Airports.all[leg.origin],
                let destination = Airports.all[leg.destination],
                timetable.carriers(between: origin, and: destination)
                    .contains(where: { $0.code == leg.carrier })
            else { return nil }
            return timetable.segment(
                Timetable.Flight(
                    carrier: carrier, origin: origin, destination: destination,
                    date: parsed.date.adding(days: leg.dayOffset), index: leg.index))
        }
        let found = segments.compactMap { $0 }
        guard found.count == segments.count, let slice = try? Slice(segments: found) else {
            throw SupplyError.unknownOffer
        }
        return (parsed, slice, product)
    }

    private func scenario(of slice: Slice) -> Scenario? {
        Scenario(from: slice.origin, to: slice.destination)
    }
}
