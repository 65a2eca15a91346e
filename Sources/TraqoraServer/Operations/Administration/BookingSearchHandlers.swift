import HTTP
import TraqoraAPI
import Travel

/// Bookings of anybody, for whoever runs the service: who flies stays sealed.
struct BookingSearchHandlers: Sendable {
    let gate: AdministrationGate
    let bookings: BookingRepository
    let transactions: TransactionRepository
    let settle: SettleOrder

    /// What is served here.
    var routes: [ServedRoute] {
        [(.findBookings, find), (.bookingHistory, history), (.settleOrder, settleOrder)]
    }

    /// `GET /api/v1/admin/bookings`
    func find(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "bookings")
        let query = try request.query
        var wanted = try BookingSearch(query)
        wanted.account = try query.text("account", 1...100)
        wanted.locator = try query["locator"].map { try RecordLocator(parsing: $0) }
        let page = try await bookings.summaries(wanted)
        return try .json(
            BookingSummariesResponse(
                bookings: page.items, nextCursor: page.cursor?.description),
            headers: AdministrationGate.secrecy)
    }

    /// `POST /api/v1/admin/bookings/{id}/order`
    func settleOrder(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try BookingID(parsing: request.parameters.require("id"))
        try await gate.check(request, "booking \(id)")
        let told = try request.json(as: SettleOrderRequest.self)
        let row = try await settle.uncertain(id)
        switch (told.reference, told.isAbsent) {
        case (let reference?, nil) where (3...20).contains(reference.utf8.count):
            try await gate.record("admin.order_found", "booking \(id): \(reference)")
            try await settle.found(reference, for: row)
        case (nil, true):
            try await gate.record("admin.order_absent", "booking \(id)")
            try await settle.notThere(row)
        default:
            throw Problem.invalidParameter(
                "reference", "send `reference`, 3 to 20 characters, or `is_absent: true`.")
        }
        guard let booking = try await bookings.summary(of: id) else {
            throw ProblemCode.bookingNotFound.problem("There is none of this id.")
        }
        return try .json(booking, headers: AdministrationGate.secrecy)
    }

    /// `GET /api/v1/admin/bookings/{id}`
    func history(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try BookingID(parsing: request.parameters.require("id"))
        try await gate.admit(request, toRead: "booking \(id)")
        guard let booking = try await bookings.summary(of: id) else {
            throw ProblemCode.bookingNotFound.problem("There is none of this id.")
        }
        var events: [BookingHistoryResponse.LedgerEvent] = []
        if let escrowID = booking.escrowID {
            events = try await bookings.ledgerEvents(of: escrowID)
        }
        return try .json(
            BookingHistoryResponse(
                booking: booking, journal: try await bookings.journal(of: id),
                events: events,
                transactions: try await transactions.all(of: id)
                    .filter { $0.status != nil }.map(\.response)),
            headers: AdministrationGate.secrecy)
    }
}
