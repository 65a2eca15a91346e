/// Answers a request, or throws what went wrong: best a ``Problem``.
public typealias HTTPHandler = @Sendable (HTTPRequest) async throws -> HTTPResponse

/// Stands before handlers: may answer itself, or change what goes in and out of `next`.
public typealias HTTPMiddleware =
    @Sendable (_ request: HTTPRequest, _ next: HTTPHandler) async throws -> HTTPResponse

/// Finds the handler of a request by path and method.
///
/// A pattern is a path whose segments are literal, `{name}` for one segment, or, at its end,
/// `{name...}` for all that is left (at least one). A literal wins over a name. `GET` answers
/// `HEAD` too; `OPTIONS` is answered with the methods there are; a path without the method is 405
/// with `Allow`, a path that is not there 404.
public struct Router: Sendable {
    private var table = RouteTable()
    private var middlewares: [HTTPMiddleware] = []
    private var prefix = ""
    private let report: @Sendable (any Error, HTTPRequest) -> Void

    /// A router without routes. `report` hears of errors that are nobody's problem: the asker is
    /// told only that something failed.
    public init(report: @escaping @Sendable (any Error, HTTPRequest) -> Void = { _, _ in }) {
        self.report = report
    }

    /// Adds a middleware around everything, also around what is not found. The first added is the
    /// outermost.
    public mutating func use(_ middleware: @escaping HTTPMiddleware) {
        middlewares.append(middleware)
    }

    /// Adds a route. Two for the same method and path are a mistake in the program.
    public mutating func on(
        _ method: HTTPMethod, _ pattern: String, _ handler: @escaping HTTPHandler
    ) {
        table.add(method, prefix + pattern, handler)
    }

    /// Adds a route for `GET` and `HEAD`.
    public mutating func get(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.get, pattern, handler)
    }

    /// Adds a route for `POST`.
    public mutating func post(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.post, pattern, handler)
    }

    /// Adds a route for `PUT`.
    public mutating func put(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.put, pattern, handler)
    }

    /// Adds a route for `PATCH`.
    public mutating func patch(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.patch, pattern, handler)
    }

    /// Adds a route for `DELETE`.
    public mutating func delete(_ pattern: String, _ handler: @escaping HTTPHandler) {
        on(.delete, pattern, handler)
    }

    /// Adds routes whose patterns begin with `prefix`; `middlewares` stand before them alone.
    public mutating func group(
        _ prefix: String, behind middlewares: [HTTPMiddleware] = [], routes: (inout Router) -> Void
    ) {
        var group = self
        group.prefix += prefix
        group.table = RouteTable()
        routes(&group)
        for route in group.table.routes {
            table.add(route.method, route.pattern, chain(middlewares, route.handler))
        }
    }

    /// The method and pattern of every route, in the order they were added.
    public var routes: [(method: HTTPMethod, pattern: String)] {
        table.routes.map { ($0.method, $0.pattern) }
    }

    /// The answer to a request, whatever happens.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        await handler()(request)
    }

    /// What answers requests, whatever happens: the middlewares put together once for all of them.
    public func handler() -> @Sendable (HTTPRequest) async -> HTTPResponse {
        guard !middlewares.isEmpty else { return { await answer($0) } }
        let chained = chain(middlewares) { await answer($0) }
        return { request in
            do {
                return try await chained(request)
            } catch {
                return answer(to: request, after: error)
            }
        }
    }

    /// What answers the requests that a server has refused before it looked for their handler: they
    /// pass the middlewares too, so that these see every answer there is.
    public func refuser() -> @Sendable (HTTPRequest, Problem) async -> HTTPResponse {
        { request, problem in
            do {
                return try await chain(middlewares) { _ in problem.response }(request)
            } catch {
                return answer(to: request, after: error)
            }
        }
    }

    /// Errors become answers inside the middlewares, so that these see them as such.
    private func answer(_ request: HTTPRequest) async -> HTTPResponse {
        do {
            return try await dispatch(request)
        } catch {
            return answer(to: request, after: error)
        }
    }

    private func dispatch(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch table.find(request.method, request.path) {
        case .handler(let handler, let parameters):
            var request = request
            request.parameters = parameters
            return try await handler(request)
        case .otherMethods(let allowed):
            guard request.method == .options else { throw Problem.methodNotAllowed(allowed) }
            return HTTPResponse(
                status: .noContent, headers: ["Allow": allowed.joined(separator: ", ")])
        case .badPath: throw Problem.badTarget("The path is not percent-encoded UTF-8.")
        case .nothing: throw Problem.notFound
        }
    }

    private func answer(to request: HTTPRequest, after error: any Error) -> HTTPResponse {
        if let known = error as? any ProblemConvertible { return known.problem.response }
        report(error, request)
        return Problem.internalFault.response
    }

    private func chain(
        _ middlewares: [HTTPMiddleware], _ handler: @escaping HTTPHandler
    ) -> HTTPHandler {
        middlewares.reversed().reduce(handler) { next, middleware in
            { try await middleware($0, next) }
        }
    }
}
