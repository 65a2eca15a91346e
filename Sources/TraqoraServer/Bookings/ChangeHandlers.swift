import HTTP
import TraqoraAPI
import Travel

/// What airlines change of trips, over HTTP.
struct ChangeHandlers: Sendable {
    let identity: Identity
    let read: ReadBooking
    let changes: TripChangeRepository
    let decide: DecideChange

    /// What is served here.
    var routes: [ServedRoute] {
        [(.bookingChanges, bookingChanges), (.decideChange, decideChange)]
    }

    /// `GET /api/v1/bookings/{id}/changes`
    func bookingChanges(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        return try .json(
            BookingChangesResponse(changes: try await changes.all(of: row.booking.id)),
            headers: ["Cache-Control": "no-store"])
    }

    /// `POST /api/v1/bookings/{id}/changes/{change}`
    func decideChange(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let change = try request.parameters.plain("change")
        let told = try request.json(as: DecideChangeRequest.self)
        try await decide.decide(change, of: row, accept: told.accept)
        let after = try await read.bookings.find(row.booking.id) ?? row
        return try .json(
            try await read.response(for: after), headers: ["Cache-Control": "no-store"])
    }
}
