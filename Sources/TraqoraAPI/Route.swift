public import HTTP
public import Travel

/// Every path of the API: server and client read it from here.
public enum Route: String, CaseIterable, Sendable {
    case health
    case live
    case ready
    case metrics
    case searchFlights
    case createBooking
    case listBookings
    case readBooking
    case payBooking
    case cancelBooking
    case testDollars
    case signInChallenge
    case signIn
    case refresh
    case signOut
    case sessions
    case endSession
    case webAuthChallenge
    case webAuthToken
    case stellarToml
    case audit
    case airlineAccess

    /// The method.
    public var method: HTTPMethod {
        switch self {
        case .health, .live, .ready, .metrics, .searchFlights, .readBooking, .listBookings,
            .sessions, .webAuthChallenge, .stellarToml, .audit,
            .airlineAccess:
            .get
        case .createBooking, .payBooking, .cancelBooking, .testDollars, .signInChallenge, .signIn,
            .refresh, .signOut, .webAuthToken:
            .post
        case .endSession: .delete
        }
    }

    /// The path, with names in place of what varies.
    public var pattern: String {
        switch self {
        case .health: "/health"
        case .live: "/live"
        case .ready: "/ready"
        case .metrics: "/metrics"
        case .searchFlights: "/api/v1/flights/search"
        case .createBooking, .listBookings: "/api/v1/bookings"
        case .readBooking: "/api/v1/bookings/{id}"
        case .payBooking: "/api/v1/bookings/{id}/payment"
        case .cancelBooking: "/api/v1/bookings/{id}/cancellation"
        case .testDollars: "/api/v1/test-dollars"
        case .signInChallenge: "/api/v1/auth/challenge"
        case .signIn: "/api/v1/auth/verify"
        case .refresh: "/api/v1/auth/refresh"
        case .signOut: "/api/v1/auth/logout"
        case .sessions: "/api/v1/auth/sessions"
        case .endSession: "/api/v1/auth/sessions/{id}"
        case .webAuthChallenge, .webAuthToken: "/auth"
        case .airlineAccess: "/api/v1/auth/airlines/{code}"
        case .audit: "/api/v1/admin/audit"
        case .stellarToml: "/.well-known/stellar.toml"
        }
    }

    /// What it does, in a sentence.
    public var summary: String {
        switch self {
        case .health: "Whether the service and what it needs are well."
        case .live: "Whether the process answers."
        case .ready: "Whether the database answers and has this release's schema."
        case .metrics: "What the service has done, as Prometheus reads it."
        case .searchFlights: "Flights from one airport to another on a day, the cheapest first."
        case .createBooking: "Hold an offer; answers with the transaction that pays for it."
        case .listBookings: "The bookings of the account that is signed in, the newest first."
        case .readBooking: "A booking: the trip, its state, where its money is."
        case .payBooking: "Send the signed payment to the ledger; without one, a new one to sign."
        case .cancelBooking: "The transaction that cancels a booking; then, signed, send it."
        case .testDollars: "Test dollars for an account, on a standalone network alone."
        case .signInChallenge: "What an account signs to sign in: a message and a transaction."
        case .signIn: "Sign in with one of the two, signed."
        case .refresh: "A new pair of tokens for the newest refresh token."
        case .signOut: "End the sign-in whose access token this is."
        case .sessions: "Where the account is signed in."
        case .endSession: "End one of the account's sign-ins."
        case .webAuthChallenge: "A challenge as SEP-10 has it."
        case .webAuthToken: "The token for a signed challenge, as SEP-10 has it."
        case .airlineAccess: "Whether the account acts for an airline."
        case .audit: "What was done by whom, for administration."
        case .stellarToml: "What the domain says of itself, SEP-1."
        }
    }

    /// The path for a booking.
    public func path(_ id: BookingID? = nil) -> String {
        pattern.replacing("{id}", with: id?.text ?? "")
    }
}
