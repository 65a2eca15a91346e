import Cryptography
import Database
import Foundation
import HTTP
public import Stellar
import StellarXDR
public import Telemetry
import TraqoraAPI
import Travel

/// Who somebody is: challenges, sign-ins, tokens.
public struct Identity: Sendable {
    /// What has to be known to let people sign in.
    public struct Configuration: Sendable {
        /// Signs challenges.
        public var key: KeyPair
        /// What is signed in to.
        public var homeDomain: String
        /// The domain of this server.
        public var webAuthDomain: String
        /// The address by which people reach the API.
        public var publicURL: String
        /// Signs access tokens.
        public var accessSecret: Secret
        /// Signs refresh tokens.
        public var refreshSecret: Secret
        /// Gives the text at an address that a user named, for the domains of wallets; `nil`
        /// refuses those.
        public var fetch: (@Sendable (_ url: String) async throws -> String)?

        /// A configuration.
        public init(
            key: KeyPair, homeDomain: String, webAuthDomain: String, publicURL: String,
            accessSecret: Secret, refreshSecret: Secret
        ) {
            self.key = key
            self.homeDomain = homeDomain
            self.webAuthDomain = webAuthDomain
            self.publicURL = publicURL
            self.accessSecret = accessSecret
            self.refreshSecret = refreshSecret
        }

        /// One for this machine, whose sign-ins do not outlast the process.
        public static func local(key: KeyPair, random: (Int) -> [UInt8]) -> Configuration {
            Configuration(
                key: key, homeDomain: "localhost", webAuthDomain: "localhost",
                publicURL: "http://localhost",
                accessSecret: Secret(JSONWebToken.encode(random(48))),
                refreshSecret: Secret(JSONWebToken.encode(random(48))))
        }
    }

    /// Who asks, and through which sign-in.
    struct Caller: Hashable, Sendable {
        /// `G…`, `M…`, or `G…:memo`.
        var subject: String
        var sessionID: String
    }

    let configuration: Configuration
    let network: Network
    let rpc: SorobanRPC
    let database: Database
    let challenges: ChallengeRepository
    let sessions: SessionRepository
    let audit: AuditRepository
    let now: @Sendable () -> Instant
    let random: @Sendable (Int) -> [UInt8]

    /// How long an access token lives.
    static let accessSeconds: Int64 = 900
    /// How long a sign-in lasts, however often it is refreshed.
    static let sessionSeconds: Int64 = 30 * 86_400

    var access: JSONWebToken { JSONWebToken(secret: configuration.accessSecret) }
    var refreshing: JSONWebToken { JSONWebToken(secret: configuration.refreshSecret) }

    var clientDomains: ClientDomains { ClientDomains(fetch: configuration.fetch) }

    var rules: WebAuthRules {
        WebAuthRules(
            server: configuration.key.accountID, network: network,
            homeDomains: [configuration.homeDomain], webAuthDomain: configuration.webAuthDomain,
            graceSeconds: 0)
    }

    /// Whoever sent a request with an access token of a sign-in that goes on.
    /// - Throws: `Problem`.
    func caller(of request: HTTPRequest) async throws -> Caller {
        guard let token = Self.bearer(request) else {
            throw ProblemCode.signInNeeded.problem(
                "Send an access token: `Authorization: Bearer …`; POST \(Route.signIn.pattern) "
                    + "gives one.")
        }
        let time = now()
        guard let claims = access.claims(of: token, now: time.seconds),
            let session = try await sessions.find(claims.sid, now: time),
            session.subject == claims.sub
        else {
            throw ProblemCode.tokenRefused.problem(
                "Ask for a new one with the refresh token, or sign in again.")
        }
        return Caller(subject: claims.sub, sessionID: claims.sid)
    }

    /// The same; `nil` for a request that has no access token: a booking's token has no dots.
    func callerIfSignedIn(_ request: HTTPRequest) async throws -> Caller? {
        guard Self.bearer(request)?.contains(".") == true else { return nil }
        return try await caller(of: request)
    }

    /// Who a request says it is from, if a token of ours that is not over says so; its sign-in may
    /// have ended. For counting, not for opening anything.
    func likelySubject(of request: HTTPRequest) -> String? {
        Self.bearer(request).flatMap { access.claims(of: $0, now: now().seconds)?.sub }
    }

    private static func bearer(_ request: HTTPRequest) -> String? {
        guard let header = request.headers["Authorization"],
            header.prefix(7).lowercased() == "bearer "
        else { return nil }
        return header.dropFirst(7).trimmingCharacters(in: .whitespaces)
    }

    func name(_ bytes: Int) -> String {
        random(bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
