import Foundation
import HTTP
import Telemetry
import Travel

@testable import FlightSupply

/// Amadeus as it was recorded, behind a socket, and who asks it.
struct AmadeusWorld: Sendable {
    let server: SupplierServer
    let supply: AmadeusSupply
    let client = HTTPClient()
    let kept = Lock<[String: [UInt8]]>([:])
    private let state: Lock<State>

    private struct State {
        var total: String?
        var fareRules: [String: Any]?
        var isOrdered = false
        var tokens = 0
        var needsDocuments = false
        /// What a seat adds to the price; `nil` if none can be had.
        var seatPrice: String? = "25.00"
    }

    /// A month before the recorded trip.
    static let now = Instant(seconds: 1_593_561_600)

    init(orderTimeMax: Duration = .seconds(100)) async throws {
        let state = Lock(State())
        self.state = state
        server = SupplierServer { asked in try Self.respond(asked, state) }
        let url = try await server.start()
        let kept = kept
        supply = AmadeusSupply(
            .init(
                clientID: Secret("our name"), clientSecret: Secret("our&key"), baseURL: url,
                searchTimeMax: .seconds(100), orderTimeMax: orderTimeMax),
            client: client,
            shelf: OfferShelf(
                keep: { bytes, key, _ in kept.withLock { $0[key] = bytes } },
                find: { key in kept.withLock { $0[key] } }))
    }

    func close() async {
        client.shutDown()
        await server.stop()
    }

    func setTotal(_ total: String) { state.withLock { $0.total = total } }
    func setSeatPrice(_ price: String?) { state.withLock { $0.seatPrice = price } }
    func demandDocuments() { state.withLock { $0.needsDocuments = true } }
    func setFareRules(_ json: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        nonisolated(unsafe) let rules = object
        state.withLock { $0.fareRules = rules }
    }

    static func failure(_ code: Any, _ detail: String = "d") -> String {
        let code = code is String ? "\"\(code)\"" : "\(code)"
        return """
            {"errors": [{"status": 400, "code": \(code), "title": "T", "detail": "\(detail)"}]}
            """
    }

    func search(adults: Int = 2) async throws -> [Offer] {
        let slices = [("SYD", "BKK", "2020-08-01"), ("BKK", "SYD", "2020-08-05")]
        let search = try FlightSearch(
            slices.map { from, to, date in
                SearchSlice(
                    origin: try SearchPlace(AirportCode(parsing: from)),
                    destination: try SearchPlace(AirportCode(parsing: to)),
                    date: try LocalDate(parsing: date))
            }, passengers: PassengerCounts(adults: adults), cabin: .economy, at: Self.now)
        return try await supply.offers(for: search, at: Self.now)
    }

    /// The recorded priced offer: for an adult and a child.
    func priced() async throws -> Offer {
        guard let offer = try await search().first else { throw SupplyError.offerGone }
        return try await supply.price(offer.id, at: Self.now)
    }

    func request(
        airlineReference: String? = nil, trace: String? = nil, seats: [SeatChoice]? = nil
    ) async throws -> OrderRequest {
        let amelia = try DuffelWorld.amelia()
        let child = Passenger(
            name: try PassengerName(given: "Grace", family: "Earhart"), type: .child,
            bornOn: try LocalDate(parsing: "2012-10-11"), gender: .female, email: amelia.email,
            phone: amelia.phone, seats: seats)
        return OrderRequest(
            offer: try await priced(), passengers: [child, amelia], reference: "0f0f",
            airlineReference: airlineReference, trace: trace)
    }

    private static func respond(_ asked: SupplierServer.Asked, _ state: Lock<State>) throws
        -> HTTPResponse
    {
        switch (asked.method, asked.path) {
        case (.post, "/v1/security/oauth2/token"):
            let number = state.withLock { state in
                state.tokens += 1
                return state.tokens
            }
            return try Recorded.response([
                "type": "amadeusOAuth2Token", "access_token": "token\(number)",
                "expires_in": 1_799, "state": "approved",
            ])
        case (.post, "/v2/shopping/flight-offers"):
            return try Recorded.response(
                Recorded.object("amadeus/flight_offers_search_v2_get.json"))
        case (.post, "/v1/shopping/flight-offers/pricing"):
            return try Recorded.response(price(asked, state))
        case (.post, "/v1/shopping/seatmaps"):
            return try Recorded.response(Recorded.object("amadeus/seatmaps_v1_get.json"))
        case (.post, "/v1/booking/flight-orders"):
            state.withLock { $0.isOrdered = true }
            return try Recorded.response(
                Recorded.object("amadeus/flight_create_orders_v1_post.json"), status: .created)
        case (.get, "/v1/shopping/flight-dates"):
            return .bytes(Array(dates.utf8), contentType: "application/json")
        case (.get, "/v1/booking/flight-orders/by-reference")
        where state.withLock({ $0.isOrdered }),
            (.get, "/v1/booking/flight-orders/MlpZVkFMfFdBVFNPTnwyMDE1LTExLTAy")
        where state.withLock({ $0.isOrdered }):
            return try Recorded.response(
                Recorded.object("amadeus/flight_order_management_v1_get.json"))
        case (.delete, "/v1/booking/flight-orders/MlpZVkFMfFdBVFNPTnwyMDE1LTExLTAy"):
            state.withLock { $0.isOrdered = false }
            return .empty()
        default:
            return .bytes(
                Array(failure(38_196, "not found").utf8), contentType: "application/json",
                status: .notFound)
        }
    }

    /// In the form of Flight Cheapest Date Search.
    private static let dates = """
        {"data": [
        {"type": "flight-date", "origin": "MAD", "destination": "MUC", \
        "departureDate": "2020-07-29", "returnDate": "2020-08-05", "price": {"total": "98.53"}},
        {"type": "flight-date", "origin": "MAD", "destination": "MUC", \
        "departureDate": "2020-07-29", "returnDate": "2020-08-05", "price": {"total": "91.00"}},
        {"type": "flight-date", "origin": "MAD", "destination": "MUC", \
        "departureDate": "2020-07-29", "returnDate": "2020-08-06", "price": {"total": "80.00"}},
        {"type": "flight-date", "origin": "MAD", "destination": "MUC", \
        "departureDate": "2020-07-30", "returnDate": "2020-08-06", "price": {"total": "120.1"}},
        {"type": "flight-date", "origin": "MAD", "destination": "MUC", \
        "departureDate": "2020-08-01", "returnDate": "2020-08-08", "price": {"total": "10.00"}},
        {"type": "flight-date", "departureDate": "2020-07-31"}
        ], "meta": {"currency": "EUR"}}
        """

    private static func price(_ asked: SupplierServer.Asked, _ state: Lock<State>) throws
        -> [String: Any]
    {
        var object = try Recorded.object("amadeus/flight_offers_price_v1_post.json")
        var data = object["data"] as? [String: Any] ?? [:]
        var offers = data["flightOffers"] as? [[String: Any]] ?? []
        // It was recorded after the search, for another trip.
        offers[0]["lastTicketingDate"] = "2020-08-01"
        if let total = state.withLock({ $0.total }) {
            var price = offers[0]["price"] as? [String: Any] ?? [:]
            price["grandTotal"] = total
            offers[0]["price"] = price
        }
        state.withLock { state in
            if let rules = state.fareRules { offers[0]["fareRules"] = rules }
        }
        // What was priced before and has a seat in it now comes back with the seat and its price.
        if asked.body.contains("chargeableSeatNumber"),
            let seat = state.withLock({ $0.seatPrice }).flatMap(Double.init),
            let json = try JSONSerialization.jsonObject(with: Data(asked.body.utf8))
                as? [String: Any],
            let sent = (json["data"] as? [String: Any])?["flightOffers"] as? [[String: Any]]
        {
            let count = Double(asked.body.components(separatedBy: "chargeableSeatNumber").count - 1)
            var price = sent[0]["price"] as? [String: Any] ?? [:]
            let total = Double(price["grandTotal"] as? String ?? "") ?? 0
            price["grandTotal"] = String(format: "%.2f", total + seat * count)
            offers = sent
            offers[0]["price"] = price
        }
        data["flightOffers"] = offers
        if state.withLock({ $0.needsDocuments }) {
            data["bookingRequirements"] = [
                "emailAddressRequired": true,
                "travelerRequirements": [["travelerId": "1", "documentRequired": true]],
            ]
        }
        object["data"] = data
        object["included"] = [
            "detailed-fare-rules": [
                "1": [
                    "fareBasis": "DA0R0BRA", "segmentId": "3",
                    "fareNotes": [
                        "descriptions": [
                            ["descriptionType": "PENALTIES", "text": "CANCELLATIONS ANY TIME"]
                        ]
                    ],
                ]
            ]
        ]
        return object
    }
}
