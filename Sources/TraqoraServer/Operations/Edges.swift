public import Cache
import HTTP
import Telemetry
import TraqoraAPI

/// What stands before every handler: who may ask from where, how often, and what every answer
/// carries.
public struct Edges: Sendable {
    /// What is let in.
    public struct Configuration: Sendable, Hashable {
        /// The pages that may call the API from a browser; `*` for all.
        public var corsOrigins: [String] = []
        /// How many proxies of ours stand in front.
        public var proxies = 0
        /// Whether people reach the API over TLS.
        public var isEncrypted = false
        /// Of one address that is not signed in; `nil` is without limit.
        public var anonymous: RateLimit?
        /// Of one account that is signed in.
        public var user: RateLimit?
        /// Of one account that acts for an airline.
        public var airline: RateLimit?
        /// With the key of administration.
        public var admin: RateLimit?
        /// Attempts of one address to sign in.
        public var signIn: RateLimit?

        /// No page, no proxy, no limit.
        public init() {}
    }

    let configuration: Configuration
    let identity: Identity
    let cache: SharedCache
    let key: AdministrationKey
    let operators: KnownOperators
    let abuse: AbuseCounters
    /// What every answer carries.
    private let carried: HTTPHeaders

    init(
        configuration: Configuration, identity: Identity, cache: SharedCache,
        key: AdministrationKey, operators: KnownOperators, abuse: AbuseCounters
    ) {
        self.configuration = configuration
        self.identity = identity
        self.cache = cache
        self.key = key
        self.operators = operators
        self.abuse = abuse
        var carried: HTTPHeaders = [
            "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
        ]
        if configuration.corsOrigins != ["*"] { carried.append("Vary", "Origin") }
        if configuration.isEncrypted {
            carried.append("Strict-Transport-Security", "max-age=31536000")
        }
        self.carried = carried
    }

    /// What any page may read, as SEP-1 and SEP-10 ask.
    private static let openPaths: Set<String> = [
        Route.stellarToml.pattern, Route.webAuthToken.pattern,
    ]
    /// Where one tries to sign in.
    private static let signInPaths = Set(
        [Route.signInChallenge, .signIn, .refresh, .webAuthToken].map(\.pattern))
    /// What is asked every few seconds by whoever watches over the service.
    private static let watchedPaths = Set([Route.health, .live, .ready, .metrics].map(\.pattern))

    /// Adds what every answer carries, and answers what browsers ask before they ask.
    func carry(_ request: HTTPRequest, _ next: HTTPHandler) async throws -> HTTPResponse {
        let origin = allowedOrigin(of: request)
        var response: HTTPResponse
        if request.method == .options, request.headers["Access-Control-Request-Method"] != nil {
            response = .empty()
            if origin != nil {
                response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
                response.headers["Access-Control-Allow-Headers"] =
                    "Authorization, Content-Type, Idempotency-Key, X-Request-ID, traceparent"
                response.headers["Access-Control-Max-Age"] = "600"
            }
        } else {
            response = try await next(request)
        }
        if let origin {
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] =
                "Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, "
                + "X-Request-ID"
        }
        response.headers.append(contentsOf: carried)
        if response.headers["Content-Security-Policy"] == nil {
            response.headers["Content-Security-Policy"] =
                "default-src 'none'; frame-ancestors 'none'"
        }
        return response
    }

    private func allowedOrigin(of request: HTTPRequest) -> String? {
        if Self.openPaths.contains(request.path) || configuration.corsOrigins == ["*"] {
            return "*"
        }
        guard let origin = request.headers["Origin"], configuration.corsOrigins.contains(origin)
        else { return nil }
        return origin
    }

    /// Counts requests: of an account where a token of ours says whose they are, else of an
    /// address. Nobody changes bucket by saying so.
    func limit(_ request: HTTPRequest, _ next: HTTPHandler) async throws -> HTTPResponse {
        guard !Self.watchedPaths.contains(request.path), request.method != .options else {
            return try await next(request)
        }
        let address = address(of: request)
        if let refusal = await attempt(request, from: address) {
            await abuse.count(refusal, "attempts", from: address)
            return refusal
        }
        let (tier, bucket, limit) = tier(of: request, from: address)
        guard let limit else {
            let response = try await next(request)
            await abuse.count(response, Self.reason(request), from: address)
            return response
        }
        let decision = await cache.take(from: bucket, limit)
        guard decision.isAllowed else {
            let refusal = Self.refusal(limit, decision)
            await abuse.count(refusal, "limit_\(tier)", from: address)
            return refusal
        }
        var response = try await next(request)
        await abuse.count(response, Self.reason(request), from: address)
        Self.tell(limit, decision, in: &response)
        return response
    }

    /// Counts attempts to sign in, and wrong keys of administration. Whoever has tried too many
    /// keys is not told that one is right, until the time is over.
    private func attempt(_ request: HTTPRequest, from address: String) async -> HTTPResponse? {
        guard let limit = configuration.signIn else { return nil }
        let isAdministration = Self.isAdministration(request)
        guard isAdministration || Self.signInPaths.contains(request.path) else { return nil }
        let lock = "locked:\(address)"
        if isAdministration, key.opens(request) {
            guard await cache.find(lock) != nil else { return nil }
            return Self.refusal(
                limit, RateDecision(isAllowed: false, remaining: 0, retrySeconds: limit.seconds))
        }
        let decision = await cache.take(from: "sign-in:\(address)", limit)
        if decision.isAllowed { return nil }
        if isAdministration { await cache.keep([1], for: lock, seconds: Double(limit.seconds)) }
        return Self.refusal(limit, decision)
    }

    /// Whose request it is, as far as it has been proven: what is told, where it is counted, how
    /// many there may be.
    private func tier(
        of request: HTTPRequest, from address: String
    ) -> (name: String, bucket: String, limit: RateLimit?) {
        if Self.isAdministration(request), key.opens(request) {
            return ("admin", "admin", configuration.admin)
        }
        guard let subject = identity.likelySubject(of: request) else {
            return ("anonymous", "address:\(address)", configuration.anonymous)
        }
        if let limit = configuration.airline, operators.contains(subject) {
            return ("airline", "airline:\(subject)", limit)
        }
        return ("user", "user:\(subject)", configuration.user)
    }

    private static func isAdministration(_ request: HTTPRequest) -> Bool {
        request.path.hasPrefix("/api/v1/admin/")
    }

    /// What was refused, when the answer is 401 or 403.
    private static func reason(_ request: HTTPRequest) -> String {
        if isAdministration(request) { return "admin_key" }
        return signInPaths.contains(request.path) ? "sign_in" : "token"
    }

    /// The asker's address: what the outermost proxy of ours saw.
    func address(of request: HTTPRequest) -> String {
        guard configuration.proxies > 0 else { return request.remoteAddress }
        let hops = request.headers.values("X-Forwarded-For")
            .flatMap { $0.split(separator: ",") }
            .map { $0.drop(while: \.isWhitespace) }
        guard hops.count >= configuration.proxies else { return request.remoteAddress }
        return String(hops[hops.count - configuration.proxies].prefix(64))
    }

    private static func refusal(_ limit: RateLimit, _ decision: RateDecision) -> HTTPResponse {
        var response = ProblemCode.tooManyRequests.problem(
            "\(limit.count) are answered in \(limit.seconds) seconds. Try again in "
                + "\(decision.retrySeconds) seconds."
        ).response
        response.headers["Retry-After"] = "\(decision.retrySeconds)"
        tell(limit, decision, in: &response)
        return response
    }

    private static func tell(
        _ limit: RateLimit, _ decision: RateDecision, in response: inout HTTPResponse
    ) {
        response.headers["RateLimit-Limit"] = "\(limit.count)"
        response.headers["RateLimit-Remaining"] = "\(decision.remaining)"
        response.headers["RateLimit-Reset"] =
            "\(decision.isAllowed ? limit.seconds : decision.retrySeconds)"
    }
}
