import HTTP
import TraqoraAPI

/// The flights over HTTP.
struct FlightHandlers: Sendable {
    let search: SearchFlights

    /// What is served here.
    var routes: [ServedRoute] { [(.searchFlights, searchFlights)] }

    /// `GET /api/v1/flights/search`
    func searchFlights(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = try FlightSearchQuery(request.query)
        return .bytes(try await search.answer(to: query), contentType: "application/json")
    }
}
