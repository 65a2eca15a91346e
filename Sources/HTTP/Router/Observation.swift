public import Telemetry

/// What a server says of itself: one log line and two metrics a request.
public struct RequestObservation: Sendable {
    private let logger: Logger
    private let requests: @Sendable (_ method: String, _ status: String) -> Counter
    private let seconds: Histogram
    private let makeID: @Sendable () -> RequestID

    /// Observes into `logger` and `metrics`; `makeID` names the requests that come without a name
    /// of their own in `X-Request-ID`.
    public init(
        logger: Logger, metrics: Metrics, makeID: @escaping @Sendable () -> RequestID
    ) {
        self.logger = logger
        self.makeID = makeID
        requests = { method, status in
            metrics.counter(
                "http_requests_total", "Requests answered.", ["method": method, "status": status])
        }
        seconds = metrics.histogram(
            "http_request_seconds", "Time from the request to its answer or its first piece.")
    }

    /// The middleware, for ``Router/use(_:)``; best the outermost. It gives the request its id, and
    /// the answer too, as `X-Request-ID`.
    public var middleware: HTTPMiddleware {
        { request, next in
            let begin = ContinuousClock.now
            var request = request
            let id = request.headers["X-Request-ID"].flatMap { RequestID($0) } ?? makeID()
            request.id = id
            var response = try await next(request)
            response.headers["X-Request-ID"] = id.description
            let took = ContinuousClock.now - begin
            seconds.observe(took / .seconds(1))
            requests(name(of: request.method), "\(response.status)").increment()
            let traced =
                Span.current.map {
                    self.logger.with(["trace_id": .string($0.context.trace)])
                } ?? logger
            traced.log(
                response.status.code >= 500 ? .warning : .info, "request answered",
                [
                    "request_id": .string(id.description),
                    "method": .string(name(of: request.method)), "path": .string(request.path),
                    "status": .integer(response.status.code),
                    "milliseconds": .double(took / .milliseconds(1)),
                ])
            return response
        }
    }

    /// Peers can invent methods without end; metrics must not follow them.
    private func name(of method: HTTPMethod) -> String {
        switch method {
        case .get, .head, .post, .put, .patch, .delete, .options: method.description
        default: "other"
        }
    }
}
