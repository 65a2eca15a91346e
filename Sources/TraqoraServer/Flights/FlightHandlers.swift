import FlightSupply
import HTTP
import TraqoraAPI
import Travel

/// The flights over HTTP.
struct FlightHandlers: Sendable {
    let search: SearchFlights
    let calendar: FareCalendar

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.searchFlights, searchFlights), (.fareCalendar, fareCalendar),
            (.findPlaces, findPlaces), (.readOffer, readOffer), (.seatMaps, seatMaps),
        ]
    }

    /// `GET /api/v1/flights/search`
    func searchFlights(_ request: HTTPRequest) async throws -> HTTPResponse {
        let words = request.queryText
        if let bytes = await search.answer(toWords: words) {
            return .bytes(bytes, contentType: "application/json")
        }
        let query = try FlightSearchQuery(request.query)
        return .bytes(
            try await search.answer(to: query, words: words), contentType: "application/json")
    }

    /// `GET /api/v1/flights/calendar`
    func fareCalendar(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = try FareCalendarQuery(request.query)
        return .bytes(try await calendar.answer(to: query), contentType: "application/json")
    }

    /// `GET /api/v1/airports`
    func findPlaces(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = try request.query
        let text: String = try query.require("q")
        let limit = try query.optional("limit", as: Int.self) ?? 10
        guard (1...PlaceSearch.lengthMax).contains(text.count) else {
            throw Problem.invalidParameter(
                "q", "use 1 to \(PlaceSearch.lengthMax) characters of a code or a name.")
        }
        guard (1...50).contains(limit) else {
            throw Problem.invalidParameter("limit", "use a number from 1 to 50.")
        }
        let places = PlaceSearch.all.find(text, limit: limit)
        return try .json(PlacesResponse(places: places.map(PlacesResponse.Place.init)))
    }

    /// `GET /api/v1/offers/{id}`
    func readOffer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try OfferID(parsing: request.parameters.require("id"))
        let suppliers = search.shop.suppliers
        let offer = try await suppliers.price(id, at: search.shop.now())
        let names = try await Names(of: [offer], from: suppliers)
        return try .json(
            OfferResponse(offer: offer, airports: names.airports, airlines: names.airlines))
    }

    /// `GET /api/v1/offers/{id}/seat-maps`
    func seatMaps(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try OfferID(parsing: request.parameters.require("id"))
        let maps = try await search.shop.suppliers.seatMaps(of: id, at: search.shop.now())
        return try .json(SeatMapsResponse(offerID: id, seatMaps: maps))
    }
}
