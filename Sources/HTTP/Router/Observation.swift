public import Telemetry

/// What a server says of itself: one log line and two metrics a request.
public struct RequestObservation: Sendable {
    private let logger: Logger
    private let metrics: Metrics
    private let counters = Lock<[Answer: Counter]>([:])
    private let seconds: Histogram
    private let unheard: Counter
    private let makeID: @Sendable () -> RequestID

    /// Observes into `logger` and `metrics`; `makeID` names the requests that come without a name
    /// of their own in `X-Request-ID`.
    public init(
        logger: Logger, metrics: Metrics, makeID: @escaping @Sendable () -> RequestID
    ) {
        self.logger = logger
        self.makeID = makeID
        self.metrics = metrics
        unheard = metrics.counter(
            "http_requests_unheard_total", "Answers that nobody waited for any more.")
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
            // Who asked has gone, or was told that it took too long: this answer reaches nobody.
            let isHeard = !Task.isCancelled
            if isHeard {
                seconds.observe(took / .seconds(1))
                counter(Answer(method: name(of: request.method), status: response.status))
                    .increment()
            } else {
                unheard.increment()
            }
            let level: Logger.Level = response.status.code >= 500 ? .warning : .info
            guard level >= logger.level else { return response }
            let traced =
                Span.current.map {
                    self.logger.with(["trace_id": .string($0.context.trace)])
                } ?? logger
            traced.log(
                level, isHeard ? "request answered" : "request given up",
                [
                    "request_id": .string(id.description),
                    "method": .string(name(of: request.method)), "path": .string(request.path),
                    "status": .integer(response.status.code),
                    "milliseconds": .double(took / .milliseconds(1)),
                ])
            return response
        }
    }

    private struct Answer: Hashable {
        var method: String
        var status: HTTPStatus
    }

    /// Found by name once.
    private func counter(_ answer: Answer) -> Counter {
        counters.withLock { counters in
            if let counter = counters[answer] { return counter }
            let counter = metrics.counter(
                "http_requests_total", "Requests answered.",
                ["method": answer.method, "status": "\(answer.status)"])
            counters[answer] = counter
            return counter
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
