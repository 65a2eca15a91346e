internal import Telemetry

/// Sends requests, many at a time, over connections that are kept and used again.
///
/// One thread serves all transfers. It runs until ``shutDown()`` or until nobody refers to the
/// client and the last transfer is over.
public final class HTTPClient: Sendable {
    /// What holds for all requests of a client.
    public struct Configuration: Hashable, Sendable {
        /// Until the connection is there, with its encryption.
        public var connectTimeMax = Duration.seconds(5)
        /// Until the answer is complete; for ``HTTPClient/stream(_:)``, until its head is there.
        public var totalTimeMax = Duration.seconds(30)
        /// The longest body that is accepted.
        public var bodyBytesMax = 16 * 1_048_576
        /// Redirects that are followed; none unless asked.
        public var redirectsMax = 0
        /// Connections to one host at a time; further transfers wait.
        public var connectionsPerHostMax = 64
        /// Whether it goes to public addresses only, also after names were resolved: for what users
        /// name.
        public var reachesPublicAddressesOnly = false
        /// What the client calls itself.
        public var userAgent = "traqora"

        /// The defaults.
        public init() {}
    }

    /// What to send, and where.
    public struct Request: Sendable {
        /// The verb.
        public var method: HTTPMethod
        /// An `http` or `https` address.
        public var url: String
        /// Fields of the head.
        public var headers: HTTPHeaders
        /// The whole body; none if empty.
        public var body: [UInt8]
        /// Until the answer is complete, in place of the client's.
        public var totalTimeMax: Duration?

        /// A request.
        public init(
            _ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
            totalTimeMax: Duration? = nil
        ) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
            self.totalTimeMax = totalTimeMax
        }
    }

    private let configuration: Configuration
    private let loop = CurlLoop()

    /// A client.
    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    deinit { loop.finish() }

    /// Sends a request and waits for the whole answer. Any status is an answer.
    public func send(_ request: Request) async throws(HTTPClientError) -> HTTPResponse {
        try await traced(request, isStream: false)
    }

    /// Sends a request and waits for the head of the answer; the body comes in pieces, as fast as
    /// they are taken. Whoever stops taking them (cancels, or lets go of the answer) ends it.
    public func stream(_ request: Request) async throws(HTTPClientError) -> HTTPResponse {
        try await traced(request, isStream: true)
    }

    /// Ends every transfer with ``HTTPClientError/shutDown`` and takes no others.
    public func shutDown() { loop.shutDown() }

    /// Sends it as a part of what the task works for, and says so to the other side.
    private func traced(
        _ request: Request, isStream: Bool
    ) async throws(HTTPClientError) -> HTTPResponse {
        try await Span.part(.client, { request.traceDescription }) {
            span throws(HTTPClientError) in
            guard let span else {
                return try await start(Transfer(request, configuration, isStream: isStream))
            }
            var request = request
            request.headers["traceparent"] = span.context.traceparent
            let response = try await start(
                Transfer(request, configuration, isStream: isStream))
            span.set("http.response.status_code", .integer(response.status.code))
            if response.status.code >= 500 { span.fail("status \(response.status)") }
            return response
        }
    }

    private func start(_ transfer: Transfer) async throws(HTTPClientError) -> HTTPResponse {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.expect(continuation)
                loop.add(transfer)
            }
        } onCancel: { [loop] in
            loop.cancel(transfer)
        }
        return try result.get()
    }
}

extension HTTPClient.Request {
    /// What a span says of it: where it goes, not what it asks there, which may hold a secret.
    fileprivate var traceDescription: (name: String, [(key: String, value: LogValue)]) {
        let rest = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last
        let place = (rest ?? "").prefix { $0 != "?" && $0 != "#" }
        let authority = place.prefix { $0 != "/" }
        // Whoever has a password in an address has it before the last @.
        let host = String(authority.split(separator: "@").last ?? "")
        return (
            "\(method) \(host)",
            [
                ("http.request.method", .string(method.description)),
                ("server.address", .string(host)),
                ("url.path", .string(String(place.dropFirst(authority.count)))),
            ]
        )
    }
}
