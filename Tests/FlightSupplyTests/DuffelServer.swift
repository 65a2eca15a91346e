import Foundation
import HTTP
import Telemetry
import Travel

@testable import FlightSupply

/// Duffel as it was recorded: one offer and its order, which exists once it was placed.
final class DuffelServer: Sendable {
    private struct State {
        var total = "45.00"
        var isGone = false
        /// The metadata of the order that was placed.
        var placed: [String: String]?
        var isCancelled = false
        var searchFile = "create-offer-request.json"
        var needsDocuments = false
        /// JSON of the offer's passengers in place of the recorded one.
        var passengers: String?
        var seatPrice = "30.00"
        /// What the airline changed, as JSON; `nil` if nothing.
        var change: (actions: String, taken: String)?
    }

    private let state = Lock(State())
    let server: SupplierServer

    init() {
        let state = state
        server = SupplierServer { asked in try Self.respond(asked, state) }
    }

    /// What the offer costs from now on.
    func setTotal(_ total: String) { state.withLock { $0.total = total } }
    /// Nobody can have it any more.
    func sellOut() { state.withLock { $0.isGone = true } }
    /// The airline wants to see passports.
    func demandDocuments() { state.withLock { $0.needsDocuments = true } }
    /// For whom the offer is: a list of Duffel's passengers.
    func setPassengers(_ json: String) { state.withLock { $0.passengers = json } }
    /// What each seat costs.
    func setSeatPrice(_ amount: String) { state.withLock { $0.seatPrice = amount } }
    /// Which recorded search is answered.
    func setSearch(_ file: String) { state.withLock { $0.searchFile = file } }
    /// The airline moves the flight by some hours.
    func change(actions: String = #"["accept", "cancel", "change"]"#, taken: String = "null") {
        state.withLock { $0.change = (actions, taken) }
    }
    var isPlaced: Bool { state.withLock { $0.placed != nil } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Before the recorded offer ends, 2020-01-17T10:42:14Z.
    static let now = Instant(seconds: 1_579_256_000)
    static let later = now.adding(seconds: 86_400)

    static let gone = """
        {"meta": {"status": 422, "request_id": "r"}, "errors": [{"type": "airline_error", \
        "title": "Offer no longer available", "code": "offer_no_longer_available", \
        "message": "Please search again", "source": "BA"}]}
        """

    static func failure(_ code: String, _ type: String = "api_error") -> String {
        """
        {"meta": {"status": 0, "request_id": "r"}, "errors": [{"type": "\(type)", \
        "title": "t", "code": "\(code)", "message": "m", \
        "source": {"pointer": "/data", "field": "data"}}]}
        """
    }

    private static func respond(_ asked: SupplierServer.Asked, _ state: Lock<State>) throws
        -> HTTPResponse
    {
        let now = state.withLock { $0 }
        switch (asked.method, asked.path) {
        case (.post, "/air/offer_requests"):
            var object = try Recorded.object("duffel/\(now.searchFile)")
            // What was recorded from elsewhere has no wrapper; the API's answers have.
            if object["data"] == nil { object = ["data": object] }
            return try Recorded.response(object, status: .created)
        case (.get, "/air/offers/off_00009htYpSCXrwaB9DnUm0"):
            guard !now.isGone else {
                return .bytes(
                    Array(gone.utf8), contentType: "application/json",
                    status: .unprocessableContent)
            }
            var object = try Recorded.object("duffel/get-offer-by-id.json")
            var offer = object["data"] as? [String: Any] ?? [:]
            offer["total_amount"] = now.total
            offer["passenger_identity_documents_required"] = now.needsDocuments
            offer["supported_passenger_identity_document_types"] =
                now.needsDocuments ? ["passport", "known_traveler_number"] : []
            if let passengers = now.passengers {
                offer["passengers"] = try JSONSerialization.jsonObject(with: Data(passengers.utf8))
            }
            object["data"] = offer
            return try Recorded.response(object)
        case (.get, "/air/seat_maps"):
            return try seatMaps(now)
        case (.post, "/air/orders"): return try place(asked, state)
        case (.get, "/air/orders"): return try list(now)
        case (.post, "/air/order_cancellations"):
            return try Recorded.response(
                Recorded.object("duffel/create-order-cancellation.json"), status: .created)
        case (.post, "/air/order_cancellations/ore_00009qzZWzjDipIkqpaUAj/actions/confirm"):
            state.withLock { $0.isCancelled = true }
            return try Recorded.response(
                Recorded.object("duffel/confirm-order-cancellation.json"))
        case (.get, "/air/airline_initiated_changes"):
            let list = now.change.map(changed) ?? ""
            return .bytes(
                Array(#"{"data": [\#(list)], "meta": {"after": null}}"#.utf8),
                contentType: "application/json")
        case (.post, "/air/airline_initiated_changes/aic_1/actions/accept"):
            state.withLock { $0.change?.taken = #""accepted""# }
            return .bytes(
                Array(#"{"data": \#(now.change.map(changed) ?? "{}")}"#.utf8),
                contentType: "application/json")
        default:
            return .bytes(
                Array(failure("not_found").utf8), contentType: "application/json",
                status: .notFound)
        }
    }

    /// A change in Duffel's form: passengers in it have no ids.
    private static func changed(_ change: (actions: String, taken: String)) -> String {
        let slice = { (flight: String, departs: String, arrives: String, terminal: String) in
            """
            {"id": "sli_1", "origin_type": "airport", "conditions": {"change_before_departure": \
            {"allowed": true, "penalty_amount": "100.00", "penalty_currency": "GBP"}}, \
            "segments": [{"id": "seg_1", "origin_terminal": "\(terminal)", \
            "destination_terminal": "1", "stops": [], "duration": "PT2H10M", \
            "distance": "123.1", "origin": {"iata_code": "LHR", "time_zone": "Europe/London", \
            "city": null}, "destination": {"iata_code": "BCN", "time_zone": "Europe/Madrid"}, \
            "marketing_carrier": {"iata_code": "BA", "name": "British Airways"}, \
            "marketing_carrier_flight_number": "\(flight)", "operating_carrier": \
            {"iata_code": "BA"}, "operating_carrier_flight_number": "\(flight)", \
            "departing_at": "2020-06-13T\(departs)", "arriving_at": "2020-06-13T\(arrives)", \
            "aircraft": {"iata_code": "32A"}, "passengers": [{"cabin_class": "economy", \
            "cabin_class_marketing_name": "Economy", "baggages": []}]}]}
            """
        }
        return """
            {"id": "aic_1", "order_id": "ord_00009hthhsUZ8W4LxQgkjo", \
            "created_at": "2020-02-08T12:42:31.038989Z", \
            "updated_at": "2020-02-08T12:42:31.038989Z", "travel_agent_ticket": null, \
            "available_actions": \(change.actions), "action_taken": \(change.taken), \
            "action_taken_at": null, "removed": [\(slice("0472", "06:15:00", "09:25:00", "A"))], \
            "added": [\(slice("0474", "11:00:00", "14:15:00", "B"))]}
            """
    }

    /// The recorded seats, for the recorded passenger.
    private static func seatMaps(_ now: State) throws -> HTTPResponse {
        let object = try Recorded.object("duffel/get-seat-maps.json")
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self
        )
        .replacing("pas_00009hj8USM7Ncg31cAAA", with: "pas_00009hj8USM7Ncg31cBCL")
        .replacing("\"30.00\"", with: "\"\(now.seatPrice)\"")
        return .bytes(Array(text.utf8), contentType: "application/json")
    }

    private static func place(_ asked: SupplierServer.Asked, _ state: Lock<State>) throws
        -> HTTPResponse
    {
        let json = try JSONSerialization.jsonObject(with: Data(asked.body.utf8))
        let data = (json as? [String: Any])?["data"] as? [String: Any]
        let metadata = data?["metadata"] as? [String: String] ?? [:]
        let isFirst = state.withLock { state in
            defer { state.placed = metadata }
            return state.placed == nil
        }
        guard isFirst else {
            return .bytes(
                Array(failure("duplicate_booking").utf8), contentType: "application/json",
                status: .unprocessableContent)
        }
        return try Recorded.response(
            Recorded.object("duffel/create-instant-order.json"), status: .created)
    }

    private static func list(_ now: State) throws -> HTTPResponse {
        var object = try Recorded.object("duffel/get-orders.json")
        var orders = object["data"] as? [[String: Any]] ?? []
        if let placed = now.placed, var order = orders.first {
            order["metadata"] = placed
            order["cancelled_at"] = now.isCancelled ? "2020-04-11T15:48:11.642Z" : NSNull()
            orders.append(order)
        }
        object["data"] = orders
        object["meta"] = ["limit": 200, "after": NSNull(), "before": NSNull()]
        return try Recorded.response(object)
    }
}

/// A Duffel behind a socket, and who asks it.
struct DuffelWorld: Sendable {
    let duffel = DuffelServer()
    let supply: DuffelSupply
    let client = HTTPClient()

    /// Times are long: other tests may have the machine.
    init(searchTimeMax: Duration = .seconds(100), orderTimeMax: Duration = .seconds(100))
        async throws
    {
        let url = try await duffel.server.start()
        supply = DuffelSupply(
            .init(
                accessToken: Secret("duffel_test_key"), baseURL: url,
                searchTimeMax: searchTimeMax, orderTimeMax: orderTimeMax), client: client)
    }

    var server: SupplierServer { duffel.server }

    func close() async {
        client.shutDown()
        await server.stop()
    }

    func search(_ file: String = "create-offer-request.json") async throws -> [Offer] {
        duffel.setSearch(file)
        let search = try FlightSearch(
            origin: World.airport("LHR"), destination: World.airport("JFK"),
            date: LocalDate(parsing: "2020-06-13"), passengers: PassengerCounts(adults: 1),
            at: DuffelServer.now)
        return try await supply.offers(for: search, at: DuffelServer.now)
    }

    /// The recorded offer, priced.
    func offer() async throws -> Offer {
        try await supply.price(
            OfferID(parsing: "duffel.off_00009htYpSCXrwaB9DnUm0"), at: DuffelServer.now)
    }

    func request(_ reference: String = "0f0f") async throws -> OrderRequest {
        OrderRequest(
            offer: try await offer(), passengers: [try Self.amelia()], reference: reference)
    }

    static func amelia(
        documents: [IdentityDocument]? = nil, frequentFlyer: [FrequentFlyer]? = nil,
        seats: [SeatChoice]? = nil
    ) throws -> Passenger {
        try Passenger(
            name: PassengerName(given: "Amelia", family: "Earhart"), type: .adult,
            bornOn: LocalDate(parsing: "1987-07-24"), title: .mrs, gender: .female,
            email: EmailAddress(parsing: "amelia@example.com"),
            phone: PhoneNumber(parsing: "+44 20 8016 0509"), documents: documents,
            frequentFlyer: frequentFlyer, seats: seats)
    }

    /// Somebody of Amelia's.
    static func relative(
        _ given: String, _ type: PassengerType, born: String, onLapOf adult: Int? = nil
    ) throws -> Passenger {
        let amelia = try amelia()
        return Passenger(
            name: try PassengerName(given: given, family: "Earhart"), type: type,
            bornOn: try LocalDate(parsing: born), title: .miss, gender: .female,
            email: amelia.email, phone: amelia.phone, onLapOf: adult)
    }
}
