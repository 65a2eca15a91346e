import HTTP
import TraqoraAPI
import Travel

/// A booking in other forms than the API's own: the trip, and the booking as it changes.
struct ItineraryHandlers: Sendable {
    let identity: Identity
    let read: ReadBooking
    let events: BookingEvents
    let tokenSymbol: String

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.bookingEvents, bookingEvents), (.itinerary, itinerary),
            (.itineraryCalendar, itineraryCalendar), (.itineraryPage, itineraryPage),
        ]
    }

    /// `GET /api/v1/bookings/{id}/events`
    func bookingEvents(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        return try events.stream(of: row.booking.id, after: request.headers["Last-Event-ID"])
    }

    /// `GET /api/v1/bookings/{id}/itinerary`
    func itinerary(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        return try .json(row.booking.offer.itinerary, headers: ["Cache-Control": "no-store"])
    }

    /// `GET /api/v1/bookings/{id}/itinerary.ics`
    func itineraryCalendar(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let calendar = ItineraryCalendar(
            booking: try await read.response(for: row),
            revision: try await read.bookings.revision(of: row.booking.id))
        return file(calendar.bytes, "text/calendar; charset=utf-8", row, "ics")
    }

    /// `GET /api/v1/bookings/{id}/itinerary.pdf`
    func itineraryPage(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let response = try await read.response(for: row)
        return file(
            ItineraryPDF.bytes(response, tokenSymbol: tokenSymbol), "application/pdf", row, "pdf")
    }

    private func file(
        _ bytes: [UInt8], _ contentType: String, _ row: BookingRow, _ ending: String
    ) -> HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": contentType, "Cache-Control": "no-store",
                "Content-Disposition":
                    "attachment; filename=\"itinerary-\(row.booking.locator).\(ending)\"",
            ], body: .bytes(bytes))
    }
}
