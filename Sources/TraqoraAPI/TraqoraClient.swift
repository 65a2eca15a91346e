import Foundation
public import HTTP
public import Travel

/// The API as functions.
public struct TraqoraClient: Sendable {
    private let base: String
    private let http: HTTPClient

    /// A client of the service at `base`: `http://127.0.0.1:3001`.
    public init(base: String, http: HTTPClient = HTTPClient()) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.http = http
    }

    /// Whether the service is well; also when it says that it is not.
    public func health() async throws(TraqoraClientError) -> HealthResponse {
        try await send(.health, accepting: [.ok, .serviceUnavailable])
    }

    /// Flights from one airport to another.
    public func searchFlights(_ query: FlightSearchQuery) async throws(TraqoraClientError)
        -> FlightSearchResponse
    {
        let text = query.items.map { "\($0.name)=\(PercentCoding.encode($0.value))" }
        return try await send(.searchFlights, query: "?" + text.joined(separator: "&"))
    }

    /// Holds an offer. The same key gives the same booking, however often it is asked.
    public func createBooking(_ request: CreateBookingRequest, idempotencyKey: String)
        async throws(TraqoraClientError) -> CreateBookingResponse
    {
        try await send(.createBooking, body: request, headers: ["Idempotency-Key": idempotencyKey])
    }

    /// A booking, for whoever has its token.
    public func booking(_ id: BookingID, token: String) async throws(TraqoraClientError)
        -> BookingResponse
    {
        try await send(.readBooking, id, headers: Self.bearer(token))
    }

    /// Sends the signed payment to the ledger.
    public func pay(_ id: BookingID, token: String, signed: String)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(
            .payBooking, id, body: SignedTransactionRequest(transaction: signed),
            headers: Self.bearer(token))
    }

    /// A new transaction that pays, when the first cannot be sent any more.
    public func preparePayment(_ id: BookingID, token: String) async throws(TraqoraClientError)
        -> UnsignedTransactionResponse
    {
        try await send(.payBooking, id, headers: Self.bearer(token))
    }

    /// An authorization that pays, while the platform pays the network.
    public func prepareSponsoredPayment(_ id: BookingID, token: String)
        async throws(TraqoraClientError) -> UnsignedAuthorizationResponse
    {
        try await send(
            .payBooking, id, body: SigningRequest(sponsored: true), headers: Self.bearer(token))
    }

    /// Sends what pays: a signed authorization, or the signature of an account alone.
    public func pay(_ id: BookingID, token: String, _ request: SigningRequest)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(.payBooking, id, body: request, headers: Self.bearer(token))
    }

    /// The transaction that cancels, and what would come back.
    public func prepareCancellation(_ id: BookingID, token: String)
        async throws(TraqoraClientError) -> CancellationResponse
    {
        try await send(.cancelBooking, id, headers: Self.bearer(token))
    }

    /// The authorization that cancels, while the platform pays the network.
    public func prepareSponsoredCancellation(_ id: BookingID, token: String)
        async throws(TraqoraClientError) -> SponsoredCancellationResponse
    {
        try await send(
            .cancelBooking, id, body: SigningRequest(sponsored: true),
            headers: Self.bearer(token))
    }

    /// Sends what cancels: a signed authorization, or the signature of an account alone.
    public func cancel(_ id: BookingID, token: String, _ request: SigningRequest)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(.cancelBooking, id, body: request, headers: Self.bearer(token))
    }

    /// Sends the signed cancellation to the ledger.
    public func cancel(_ id: BookingID, token: String, signed: String)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(
            .cancelBooking, id, body: SignedTransactionRequest(transaction: signed),
            headers: Self.bearer(token))
    }

    /// The transaction that disputes a booking, for what went wrong.
    public func prepareDispute(_ id: BookingID, token: String, statement: String)
        async throws(TraqoraClientError) -> UnsignedTransactionResponse
    {
        try await send(
            .disputeBooking, id, body: DisputeRequest(statement: statement),
            headers: Self.bearer(token))
    }

    /// Sends the signed dispute to the ledger.
    public func dispute(_ id: BookingID, token: String, signed: String)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(
            .disputeBooking, id, body: DisputeRequest(transaction: signed),
            headers: Self.bearer(token))
    }

    /// The transaction that claims for a delay, and what it pays.
    public func prepareClaim(_ id: BookingID, token: String) async throws(TraqoraClientError)
        -> ClaimResponse
    {
        try await send(.claimDelay, id, headers: Self.bearer(token))
    }

    /// Sends the signed claim to the ledger.
    public func claim(_ id: BookingID, token: String, signed: String)
        async throws(TraqoraClientError) -> BookingResponse
    {
        try await send(
            .claimDelay, id, body: SignedTransactionRequest(transaction: signed),
            headers: Self.bearer(token))
    }

    /// Test dollars for an account, where the service gives any.
    public func testDollars(for account: String) async throws(TraqoraClientError)
        -> TestDollarsResponse
    {
        try await send(.testDollars, body: TestDollarsRequest(account: account))
    }

    private static func bearer(_ token: String) -> HTTPHeaders {
        ["Authorization": "Bearer \(token)"]
    }

    private func send<Answer: Decodable>(
        _ route: Route, _ id: BookingID? = nil, query: String = "",
        body: (any Encodable & Sendable)? = nil, headers: HTTPHeaders = [:],
        accepting: [HTTPStatus] = [.ok, .created, .accepted]
    ) async throws(TraqoraClientError) -> Answer {
        var headers = headers
        headers["Accept"] = "application/json"
        var bytes: [UInt8] = []
        if let body {
            headers["Content-Type"] = "application/json"
            guard let data = try? HTTPResponse.jsonEncoder.encode(body) else {
                throw .unreadable("the request cannot be written as JSON")
            }
            bytes = Array(data)
        }
        let request = HTTPClient.Request(
            route.method, base + route.path(id) + query, headers: headers, body: bytes)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch {
            throw .transport(error)
        }
        guard accepting.contains(response.status) else {
            guard let problem = try? response.json(as: ProblemResponse.self) else {
                throw .unreadable("the service answered with status \(response.status)")
            }
            throw .problem(problem)
        }
        do {
            return try response.json()
        } catch {
            throw .unreadable(error.detail ?? error.title)
        }
    }
}

/// Why a call gave nothing.
public enum TraqoraClientError: Error, Hashable, Sendable {
    /// The service refused.
    case problem(ProblemResponse)
    /// The service could not be reached, or was cut off.
    case transport(HTTPClientError)
    /// The service answered something else than it should.
    case unreadable(String)
}

extension TraqoraClientError: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .problem(let problem):
            "\(problem.title) (\(problem.code))" + (problem.detail.map { ": \($0)" } ?? "")
        case .transport(let error): "\(error)"
        case .unreadable(let reason): reason
        }
    }
}
