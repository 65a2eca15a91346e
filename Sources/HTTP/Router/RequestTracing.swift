public import Telemetry

/// Makes a span of each request, which goes on with the trace that the asker is in.
public struct RequestTracing: Sendable {
    private let tracer: Tracer

    /// Traces with `tracer`.
    public init(tracer: Tracer) { self.tracer = tracer }

    /// The middleware, for ``Router/use(_:)``; best the outermost.
    public var middleware: HTTPMiddleware {
        { request, next in
            let parent = request.headers["traceparent"].flatMap(TraceContext.init(traceparent:))
            let method = request.method.description
            return try await tracer.trace("HTTP \(method)", .server, after: parent) {
                span throws(any Error) in
                let response = try await next(request)
                guard let span else { return response }
                span.set("http.request.method", .string(method))
                span.set("url.path", .string(request.path))
                span.set("http.response.status_code", .integer(response.status.code))
                if let id = response.headers["X-Request-ID"] {
                    span.set("traqora.request_id", .string(id))
                }
                if response.status.code >= 500 { span.fail("status \(response.status)") }
                return response
            }
        }
    }

    /// The same handler, whose spans go by the route's name instead of each path's own.
    public static func named(
        _ method: HTTPMethod, _ pattern: String, _ handler: @escaping HTTPHandler
    ) -> HTTPHandler {
        let name = "\(method) \(pattern)"
        return { request in
            if let span = Span.current {
                span.rename(name)
                span.set("http.route", .string(pattern))
            }
            return try await handler(request)
        }
    }
}
