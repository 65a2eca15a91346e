public import HTTP
public import Travel

/// Every path of the API: server and client read it from here.
public enum Route: String, CaseIterable, Sendable {
    case health
    case searchFlights
    case createBooking
    case readBooking
    case payBooking
    case cancelBooking
    case testDollars

    /// The method.
    public var method: HTTPMethod {
        switch self {
        case .health, .searchFlights, .readBooking: .get
        case .createBooking, .payBooking, .cancelBooking, .testDollars: .post
        }
    }

    /// The path, with names in place of what varies.
    public var pattern: String {
        switch self {
        case .health: "/health"
        case .searchFlights: "/api/v1/flights/search"
        case .createBooking: "/api/v1/bookings"
        case .readBooking: "/api/v1/bookings/{id}"
        case .payBooking: "/api/v1/bookings/{id}/payment"
        case .cancelBooking: "/api/v1/bookings/{id}/cancellation"
        case .testDollars: "/api/v1/test-dollars"
        }
    }

    /// What it does, in a sentence.
    public var summary: String {
        switch self {
        case .health: "Whether the service and what it needs are well."
        case .searchFlights: "Flights from one airport to another on a day, the cheapest first."
        case .createBooking: "Hold an offer; answers with the transaction that pays for it."
        case .readBooking: "A booking: the trip, its state, where its money is."
        case .payBooking: "Send the signed payment to the ledger; without one, a new one to sign."
        case .cancelBooking: "The transaction that cancels a booking; then, signed, send it."
        case .testDollars: "Test dollars for an account, on a standalone network alone."
        }
    }

    /// The path for a booking.
    public func path(_ id: BookingID? = nil) -> String {
        pattern.replacing("{id}", with: id?.text ?? "")
    }
}
