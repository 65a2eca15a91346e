import Foundation
public import HTTP
public import Telemetry
public import Travel

/// Flights of Amadeus, by the REST API of its enterprise accounts (and of services of that form).
///
/// Amadeus remembers no offer: what it sent has to be shown to it again, byte for byte, so lists
/// of offers lie on a shelf for as long as they can be bought.
public struct AmadeusSupply: FlightSupplier {
    /// What has to be known to ask.
    public struct Configuration: Sendable {
        /// The name of the account.
        public var clientID: Secret
        /// Its key.
        public var clientSecret: Secret
        /// Where it is, without a slash at its end.
        public var baseURL: String
        /// The currency that prices are asked in.
        public var currency: Currency
        /// How long a search may take.
        public var searchTimeMax: Duration
        /// How long an order may take.
        public var orderTimeMax: Duration

        /// A configuration.
        public init(
            clientID: Secret, clientSecret: Secret,
            baseURL: String = "https://test.travel.api.amadeus.com", currency: Currency = .usd,
            searchTimeMax: Duration = .seconds(20), orderTimeMax: Duration = .seconds(35)
        ) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.baseURL = baseURL
            self.currency = currency
            self.searchTimeMax = searchTimeMax
            self.orderTimeMax = orderTimeMax
        }
    }

    /// What its offers name as their supplier.
    public static let name = "amadeus"
    /// How many offers a search asks for.
    static let offersMax = 100

    let configuration: Configuration
    let shelf: OfferShelf
    let search: SupplierClient
    let orders: SupplierClient
    let token: AmadeusToken
    let names = AirlineNames()

    /// A supplier that asks through `client`, and keeps lists of offers on `shelf`.
    public init(_ configuration: Configuration, client: HTTPClient, shelf: OfferShelf) {
        self.configuration = configuration
        self.shelf = shelf
        search = SupplierClient(
            client: client, base: configuration.baseURL, timeMax: configuration.searchTimeMax,
            readFailure: AmadeusFailure.read)
        orders = SupplierClient(
            client: client, base: configuration.baseURL, timeMax: configuration.orderTimeMax,
            readFailure: AmadeusFailure.read)
        token = AmadeusToken(
            client: search, id: configuration.clientID, secret: configuration.clientSecret)
    }

    /// `amadeus`.
    public var name: String { Self.name }

    /// Whether the id is one of its own.
    public func owns(_ id: OfferID) -> Bool { id.text.hasPrefix(AmadeusOfferID.prefix) }

    /// What is on offer, the cheapest first.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
        let question = AmadeusQuestion(search, currency: configuration.currency)
        let bytes = try await read(
            SupplierClient.Question(
                .post, "/v2/shopping/flight-offers", headers: Self.readHeaders,
                body: SupplierJSON.encode(question)))
        let answer = try Self.read(bytes, at: now)
        learn(answer.dictionaries)
        if let list = answer.list {
            await shelf.keep(list.bytes, list.id.key, Double(AmadeusOffer.offerSeconds))
        }
        return answer.offers
    }

    /// The offers of an answer to a search, the cheapest first.
    package static func offers(in bytes: [UInt8], at now: Instant) throws -> [Offer] {
        try read(bytes, at: now).offers
    }

    /// How many offers of an answer can be decoded.
    package static func decodedCount(in bytes: [UInt8]) throws -> Int {
        try SupplierJSON.decode(AmadeusWire.Offers.self, from: bytes).data.elements.count
    }

    /// What an answer to a search has.
    private struct Answer {
        var offers: [Offer] = []
        /// What is shown to Amadeus again, and what it is called.
        var list: (bytes: [UInt8], id: AmadeusOfferID)?
        var dictionaries: AmadeusWire.Dictionaries?
    }

    private static func read(_ bytes: [UInt8], at now: Instant) throws -> Answer {
        let wire = try SupplierJSON.decode(AmadeusWire.Offers.self, from: bytes)
        // Kept as it came: writing a list again takes longer than all the rest.
        let first = AmadeusOfferID(list: bytes, index: 0, quotedAt: now)
        var found: [Offer] = []
        var fault = wire.data.firstFault
        for (index, offer) in zip(wire.data.places, wire.data.elements) {
            do {
                found.append(try AmadeusOffer.offer(offer, id: first.at(index)))
            } catch {
                fault = fault ?? "\(error)"
            }
        }
        if found.isEmpty, let fault { throw SupplyError.unreadable(fault) }
        found.sort {
            ($0.total.minorUnits, $0.itinerary.minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.minutes, $1.id.text)
        }
        return Answer(
            offers: found, list: found.isEmpty ? nil : (bytes, first),
            dictionaries: wire.dictionaries)
    }

    /// The offer as it stands now, with the airline's rules.
    /// - Throws: ``SupplyError``.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        let bytes = try await read(
            SupplierClient.Question(
                .post, "/v1/shopping/flight-offers/pricing",
                query: [("include", "detailed-fare-rules")], headers: Self.readHeaders,
                body: Self.bytes(of: [
                    "data": [
                        "type": "flight-offers-pricing",
                        "flightOffers": [try await raw(id, at: now)],
                    ]
                ])))
        let priced = try SupplierJSON.decode(AmadeusWire.Priced.self, from: bytes)
        guard let wire = priced.data.flightOffers.first,
            let raw = Self.array(at: ["data", "flightOffers"], of: bytes)?.first
        else { throw SupplyError.offerGone }
        learn(priced.dictionaries)
        let list = try Self.bytes(of: [raw])
        let new = AmadeusOfferID(list: list, index: 0, quotedAt: now)
        let needsDocuments =
            priced.data.bookingRequirements?.travelerRequirements?
            .contains { $0.documentRequired == true } == true
        var offer = try AmadeusOffer.offer(
            wire, id: new, notes: AmadeusOffer.notes(priced),
            documentsRequired: needsDocuments ? [.passport, .identityCard] : nil)
        guard offer.isOpen(at: now) else { throw SupplyError.offerExpired(offer.expiresAt) }
        offer.supplierData = String(decoding: try Self.bytes(of: raw), as: UTF8.self)
        await shelf.keep(list, new.key, Double(AmadeusOffer.offerSeconds))
        return offer
    }

    /// The name of an airline that came along with an offer.
    public func airlineName(_ code: AirlineCode) async throws -> String? { names[code] }

    /// Asks with the token; one that is not taken any more is changed for a new one, once.
    func read(_ question: SupplierClient.Question) async throws(SupplyError) -> [UInt8] {
        try await withToken(question) { question throws(SupplyError) in
            try await search.read(question)
        }
    }

    /// A question that was turned away at the door had no effect, so it may be asked again.
    func withToken<Answer>(
        _ question: SupplierClient.Question,
        _ ask: (SupplierClient.Question) async throws(SupplyError) -> Answer
    ) async throws(SupplyError) -> Answer {
        var question = question
        let text = try await token.text()
        question.headers["Authorization"] = "Bearer \(text)"
        do throws(SupplyError) {
            return try await ask(question)
        } catch .unauthorized {
            await token.forget(text)
            question.headers["Authorization"] = "Bearer \(try await token.text())"
            return try await ask(question)
        } catch {
            throw error
        }
    }

    static let headers: HTTPHeaders = [
        "Accept": "application/json", "Content-Type": "application/json",
    ]
    /// What only reads is sent as POST all the same, because it is long.
    static let readHeaders: HTTPHeaders = [
        "Accept": "application/json", "Content-Type": "application/json",
        "X-HTTP-Method-Override": "GET",
    ]

    /// An offer as Amadeus sent it.
    func raw(_ id: OfferID, at now: Instant) async throws(SupplyError) -> Any {
        guard let own = AmadeusOfferID(id) else { throw .unknownOffer }
        let end = own.quotedAt.adding(seconds: AmadeusOffer.offerSeconds)
        guard now < end else { throw .offerExpired(end) }
        guard let bytes = await shelf.find(own.key),
            let json = try? JSONSerialization.jsonObject(with: Data(bytes)),
            // A list of one that was priced, or an answer to a search.
            let list = (json as? [String: Any])?["data"] as? [Any] ?? json as? [Any],
            list.indices.contains(own.index)
        else { throw .offerGone }
        return list[own.index]
    }

    static func array(at path: [String], of bytes: [UInt8]) -> [Any]? {
        var json = try? JSONSerialization.jsonObject(with: Data(bytes))
        for key in path { json = (json as? [String: Any])?[key] }
        return json as? [Any]
    }

    static func bytes(of json: Any) throws(SupplyError) -> [UInt8] {
        guard JSONSerialization.isValidJSONObject(json),
            let data = try? JSONSerialization.data(
                withJSONObject: json, options: [.sortedKeys, .withoutEscapingSlashes])
        else { throw .unreadable("it cannot be written again") }
        return Array(data)
    }

    private func learn(_ dictionaries: AmadeusWire.Dictionaries?) {
        for (text, name) in dictionaries?.carriers ?? [:] {
            // Names are in capitals.
            if let code = try? AirlineCode(parsing: text) { names.learn(code, name.capitalized) }
        }
    }
}
