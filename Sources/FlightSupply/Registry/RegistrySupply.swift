import FareRules
public import Travel

/// The flights that airlines published on the ledger. Who books one pays the airline itself, by the
/// contract's `book`; nobody quotes a price in between.
public struct RegistrySupply: FlightSupplier {
    /// What its offers name as their supplier.
    public static let name = "registry"

    /// How long an offer holds. The contract has the last word on the price.
    static let offerSeconds: Int64 = 1_800
    /// How long before departure sales end here.
    static let closeSeconds: Int64 = 3_600
    /// How many seats an offer speaks of; nine stands for nine or more.
    static let seatsMax = 9

    private let fares:
        @Sendable (AirportCode, AirportCode, Range<Instant>) async throws -> [PublishedFare]
    private let fare: @Sendable (UInt64, String) async throws -> PublishedFare?
    private let airline: @Sendable (AirlineCode) async throws -> String?

    /// A supplier over what was read of the ledger.
    /// - Parameters:
    ///   - fares: those of a route that leave in a span of time.
    ///   - fare: one, by flight and cabin, if it is sold.
    ///   - airline: the name of an airline.
    public init(
        fares:
            @escaping @Sendable (AirportCode, AirportCode, Range<Instant>) async throws ->
            [PublishedFare],
        fare: @escaping @Sendable (UInt64, String) async throws -> PublishedFare?,
        airline: @escaping @Sendable (AirlineCode) async throws -> String?
    ) {
        self.fares = fares
        self.fare = fare
        self.airline = airline
    }

    /// `registry`.
    public var name: String { Self.name }

    /// It is asked in this process.
    public var isCheapToAsk: Bool { true }

    /// Whether it wrote the id.
    public func owns(_ id: OfferID) -> Bool { id.text.hasPrefix(RegistryOfferID.prefix) }

    /// What is sold on the ledger that day, without a change of planes. The contract sells one
    /// flight a booking, so there is nothing for several journeys.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
        guard search.slices.count == 1, let slice = search.slices.first,
            let midnight = LocalTime(date: slice.date, secondOfDay: 0),
            let next = LocalTime(date: slice.date.adding(days: 1), secondOfDay: 0)
        else { return [] }
        let zone = slice.origin.timeZone
        let span =
            try ZonedTime(local: midnight, in: zone)
            .instant..<ZonedTime(local: next, in: zone).instant
        var found: [PublishedFare] = []
        for origin in slice.origin.airports {
            for destination in slice.destination.airports {
                found += try await fares(origin.code, destination.code, span)
            }
        }
        return found.compactMap { offer($0, for: search.passengers, at: now) }
            .filter { search.cabin == nil || search.cabin == $0.fare.cabin }
    }

    /// The offer as the ledger has it now.
    /// - Throws: ``SupplyError``: `unknownOffer`, `offerExpired`, `offerGone`.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        guard let parsed = RegistryOfferID(id.text) else { throw SupplyError.unknownOffer }
        let expires = parsed.quotedAt.adding(seconds: Self.offerSeconds)
        guard now < expires else { throw SupplyError.offerExpired(expires) }
        guard let found = try await fare(parsed.flight, parsed.cabin),
            let offer = offer(found, for: parsed.passengers, at: now)
        else { throw SupplyError.offerGone }
        return offer
    }

    /// No: the ticket is the one on the ledger.
    public var issuesTickets: Bool { false }

    /// Nothing has to be ordered: the contract held the seats when it took the money, and the
    /// airline is known by what stands on the ledger.
    public func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
        guard let parsed = RegistryOfferID(request.offer.id.text) else {
            return .refused(.unknownOffer)
        }
        return .confirmed(Self.order(of: parsed.flight))
    }

    /// `nil`: asking again does no harm, see ``order(_:at:)``.
    public func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> SupplierOrder?
    {
        nil
    }

    /// Nothing: the contract gave the seats back with the money.
    public func cancelOrder(placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {}

    /// The name under which an airline registered.
    public func airlineName(_ code: AirlineCode) async throws -> String? { try await airline(code) }

    /// The reference is the flight's number in the registry; the ticket is the one on the ledger.
    private static func order(of flight: UInt64) -> SupplierOrder {
        SupplierOrder(reference: "flight \(flight)", tickets: [])
    }

    /// `nil` for what cannot be offered: airports nobody knows, prices not in whole cents, too few
    /// seats, too late.
    private func offer(
        _ fare: PublishedFare, for passengers: PassengerCounts, at now: Instant
    ) -> Offer? {
        guard let price = fare.dollars, let cabin = Cabin(ledgerName: fare.cabin),
            fare.seatsLeft >= passengers.seats,
            now.adding(seconds: Self.closeSeconds) < fare.departs,
            let segment = try? Self.segment(of: fare)
        else { return nil }
        let id = RegistryOfferID(
            flight: fare.flight, cabin: fare.cabin, passengers: passengers, quotedAt: now)
        let lines = [
            (PassengerType.adult, passengers.adults, price),
            (.child, passengers.children, price),
            (.infant, passengers.infants, Money(minorUnits: 0, currency: .usd)),
        ]
        return try? Offer(
            id: OfferID(parsing: id.text), supplier: Self.name,
            itinerary: Itinerary(slices: [Slice(segments: [segment])]),
            fare: Fare(
                brand: cabin.title, cabin: cabin, policy: fare.policy, rule: fare.rule,
                // The ledger promises no luggage.
                baggage: Baggage(carryOnPieces: 0, checkedPieces: 0)),
            passengers: passengers,
            prices: lines.filter { $0.1 > 0 }.map {
                PassengerPrice(type: $0.0, count: $0.1, each: $0.2)
            },
            seatsLeft: min(fare.seatsLeft, Self.seatsMax), quotedAt: now,
            expiresAt: now.adding(seconds: Self.offerSeconds))
    }

    private static func segment(of fare: PublishedFare) throws -> Segment? {
        let origin = try Airports.all.require(AirportCode(parsing: fare.origin))
        let destination = try Airports.all.require(AirportCode(parsing: fare.destination))
        guard
            let number = FlightNumber(
                carrier: try AirlineCode(parsing: fare.carrier), number: fare.number)
        else { return nil }
        return try Segment(
            flight: number, origin: origin.code, destination: destination.code,
            departs: ZonedTime(fare.departs, in: origin.timeZone),
            arrives: ZonedTime(fare.arrives, in: destination.timeZone),
            // The ledger does not say which aircraft.
            aircraft: "", distanceKilometers: origin.distanceKilometers(to: destination))
    }
}
