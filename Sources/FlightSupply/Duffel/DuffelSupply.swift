public import HTTP
public import Telemetry
public import Travel

/// Flights of Duffel (duffel.com, API version 2): many airlines behind one API.
///
/// Offers are remembered there and named by their id, so nothing has to be kept here. An order is
/// paid from the account's balance at once.
public struct DuffelSupply: FlightSupplier {
    /// What has to be known to ask.
    public struct Configuration: Sendable {
        /// The key: `duffel_test_…` or `duffel_live_…`.
        public var accessToken: Secret
        /// Where it is, without a slash at its end.
        public var baseURL: String
        /// How long a search may take.
        public var searchTimeMax: Duration
        /// How long an order may take; airlines take their time.
        public var orderTimeMax: Duration

        /// A configuration.
        public init(
            accessToken: Secret, baseURL: String = "https://api.duffel.com",
            searchTimeMax: Duration = .seconds(20), orderTimeMax: Duration = .seconds(35)
        ) {
            self.accessToken = accessToken
            self.baseURL = baseURL
            self.searchTimeMax = searchTimeMax
            self.orderTimeMax = orderTimeMax
        }
    }

    /// What its offers name as their supplier.
    public static let name = "duffel"

    let configuration: Configuration
    let search: SupplierClient
    let orders: SupplierClient
    let names = AirlineNames()

    /// A supplier that asks through `client`.
    public init(_ configuration: Configuration, client: HTTPClient) {
        self.configuration = configuration
        search = SupplierClient(
            client: client, base: configuration.baseURL, timeMax: configuration.searchTimeMax,
            readFailure: DuffelFailure.read)
        orders = SupplierClient(
            client: client, base: configuration.baseURL, timeMax: configuration.orderTimeMax,
            readFailure: DuffelFailure.read)
    }

    /// `duffel`.
    public var name: String { Self.name }

    /// Whether the id is one of its own.
    public func owns(_ id: OfferID) -> Bool { id.text.hasPrefix(DuffelOffer.prefix) }

    /// What is on offer, the cheapest first.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
        let question = SupplierClient.Question(
            .post, "/air/offer_requests",
            query: [
                ("return_offers", "true"), ("supplier_timeout", "\(supplierMilliseconds)"),
            ],
            headers: headers,
            body: try SupplierJSON.encode(
                DuffelWire.Question(data: DuffelWire.OfferQuestion(search)), isSnakeCase: true))
        return try Self.offers(in: await self.search.read(question), at: now, learn)
    }

    /// The offers of an answer to a search, the cheapest first.
    package static func offers(in bytes: [UInt8], at now: Instant) throws -> [Offer] {
        try offers(in: bytes, at: now) { _ in }
    }

    /// How many offers of an answer can be decoded.
    package static func decodedCount(in bytes: [UInt8]) throws -> Int {
        try decoded(bytes).elements.count
    }

    private static func decoded(_ bytes: [UInt8]) throws(SupplyError) -> LossyList<DuffelWire.Offer>
    {
        try SupplierJSON.decode(
            DuffelWire.Wrapped<DuffelWire.OfferRequest>.self, from: bytes, isSnakeCase: true
        ).data.offers
    }

    private static func offers(
        in bytes: [UInt8], at now: Instant, _ learn: (DuffelWire.Offer) -> Void
    ) throws -> [Offer] {
        let list = try decoded(bytes)
        var found: [OfferID: Offer] = [:]
        var fault = list.firstFault
        for wire in list.elements where wire.partial != true {
            do {
                let offer = try DuffelOffer.offer(wire, at: now)
                // What has the same id cannot be told apart when it is ordered.
                if found[offer.id] == nil { found[offer.id] = offer }
                learn(wire)
            } catch {
                fault = fault ?? "\(error)"
            }
        }
        if found.isEmpty, let fault { throw SupplyError.unreadable(fault) }
        return found.values.sorted {
            ($0.total.minorUnits, $0.itinerary.minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.minutes, $1.id.text)
        }
    }

    /// The offer as it stands now.
    /// - Throws: ``SupplyError``.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        let wire = try await read(id)
        let offer = try DuffelOffer.offer(wire, at: now)
        guard offer.isOpen(at: now) else { throw SupplyError.offerExpired(offer.expiresAt) }
        learn(wire)
        return offer
    }

    /// The name of an airline that came along with an offer.
    public func airlineName(_ code: AirlineCode) async throws -> String? { names[code] }

    func read(_ id: OfferID) async throws(SupplyError) -> DuffelWire.Offer {
        guard let own = DuffelOffer.duffelID(id) else { throw .unknownOffer }
        let bytes = try await search.read(
            SupplierClient.Question(.get, "/air/offers/\(own)", headers: headers))
        return try SupplierJSON.decode(
            DuffelWire.Wrapped<DuffelWire.Offer>.self, from: bytes, isSnakeCase: true
        ).data
    }

    var headers: HTTPHeaders {
        [
            "Authorization": "Bearer \(configuration.accessToken.reveal())",
            "Duffel-Version": "v2", "Accept": "application/json",
            "Content-Type": "application/json",
        ]
    }

    /// How long Duffel may wait for airlines: within its own bounds, and less than we wait for it.
    private var supplierMilliseconds: Int {
        let whole = configuration.searchTimeMax.components
        let milliseconds =
            Int(whole.seconds) * 1_000 + Int(whole.attoseconds / 1_000_000_000_000_000)
        return min(max(milliseconds * 9 / 10, 2_000), 60_000)
    }

    private func learn(_ wire: DuffelWire.Offer) {
        for segment in wire.slices.flatMap(\.segments) {
            for carrier in [segment.marketingCarrier, segment.operatingCarrier].compactMap({ $0 }) {
                if let text = carrier.iataCode, let name = carrier.name,
                    let code = try? AirlineCode(parsing: text)
                {
                    names.learn(code, name)
                }
            }
        }
    }
}

extension DuffelWire.OfferQuestion {
    init(_ search: FlightSearch) {
        slices = search.slices.map {
            Slice(
                origin: $0.origin.code.text, destination: $0.destination.code.text,
                departureDate: $0.date.description)
        }
        // Who is eighteen or older is an adult; everybody else is told by age. Children whose age
        // nobody said are taken to be of the age that pays most.
        let counts = search.passengers
        let young = search.ages.filter { $0 > PassengerType.child.ages.upperBound }
        let children = search.ages.filter(PassengerType.child.ages.contains)
        let unsaid = max(0, counts.children - children.count)
        passengers =
            [Person](repeating: Person(type: "adult"), count: max(0, counts.adults - young.count))
            + (young + children).map { Person(age: $0) }
            + [Person](repeating: Person(age: 11), count: unsaid)
            + [Person](repeating: Person(age: 1), count: counts.infants)
        cabinClass = search.cabin?.rawValue
        maxConnections = search.connectionsMax
    }
}
