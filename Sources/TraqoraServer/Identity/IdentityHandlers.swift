import Foundation
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Signing in over HTTP: the simple form, and SEP-10's own.
struct IdentityHandlers: Sendable {
    let identity: Identity

    private static let secrecy: HTTPHeaders = ["Cache-Control": "no-store"]

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.signInChallenge, challenge), (.signIn, signIn), (.refresh, refresh),
            (.signOut, signOut), (.sessions, sessions), (.endSession, endSession),
            (.webAuthChallenge, webAuthChallenge), (.webAuthToken, webAuthToken),
            (.stellarToml, stellarToml),
        ]
    }

    /// `POST /api/v1/auth/challenge`
    func challenge(_ request: HTTPRequest) async throws -> HTTPResponse {
        let wanted = try request.json(as: SignInChallengeRequest.self)
        let (row, envelope) = try await identity.challenge(
            account: wanted.account, memo: wanted.memo)
        return try .json(
            SignInChallengeResponse(
                id: row.id, message: row.message, transaction: try envelope.base64(),
                networkPassphrase: identity.network.passphrase, expiresAt: row.expiresAt),
            status: .created, headers: Self.secrecy)
    }

    /// `POST /api/v1/auth/verify`
    func signIn(_ request: HTTPRequest) async throws -> HTTPResponse {
        let answer = try request.json(as: SignInRequest.self)
        let device = answer.device ?? request.headers["User-Agent"] ?? ""
        let response: SignInResponse
        if let transaction = answer.transaction {
            response = try await identity.signIn(transaction: transaction, device: device)
        } else if let id = answer.id, let signature = answer.signature {
            response = try await identity.signIn(
                id: id, signature: signature, signer: answer.signer, device: device)
        } else {
            throw ProblemCode.signInMalformed.problem(
                "Send `transaction`, signed; or `id` and the `signature` of its message.")
        }
        return try .json(response, headers: Self.secrecy)
    }

    /// `POST /api/v1/auth/refresh`
    func refresh(_ request: HTTPRequest) async throws -> HTTPResponse {
        let token = try request.json(as: RefreshRequest.self).refreshToken
        return try .json(try await identity.refresh(token), headers: Self.secrecy)
    }

    /// `POST /api/v1/auth/logout`
    func signOut(_ request: HTTPRequest) async throws -> HTTPResponse {
        let caller = try await identity.caller(of: request)
        try await identity.sessions.end(
            caller.sessionID, of: caller.subject, because: "signed out", now: identity.now())
        try await identity.audit.add(
            "auth.signed_out", by: caller.subject, to: caller.sessionID, now: identity.now())
        return .empty()
    }

    /// `GET /api/v1/auth/sessions`
    func sessions(_ request: HTTPRequest) async throws -> HTTPResponse {
        let caller = try await identity.caller(of: request)
        let rows = try await identity.sessions.all(of: caller.subject, now: identity.now())
        return try .json(
            SessionsResponse(
                account: caller.subject,
                sessions: rows.map { row in
                    .init(
                        id: row.id, device: row.device, createdAt: row.createdAt,
                        lastUsedAt: row.lastUsedAt, expiresAt: row.expiresAt,
                        isCurrent: row.id == caller.sessionID)
                }), headers: Self.secrecy)
    }

    /// `DELETE /api/v1/auth/sessions/{id}`
    func endSession(_ request: HTTPRequest) async throws -> HTTPResponse {
        let caller = try await identity.caller(of: request)
        let id = try request.parameters.require("id", as: String.self)
        let isEnded = try await identity.sessions.end(
            id, of: caller.subject, because: "ended from another device", now: identity.now())
        guard isEnded else {
            throw ProblemCode.sessionUnknown.problem("GET the list to see which there are.")
        }
        try await identity.audit.add(
            "auth.session_ended", by: caller.subject, to: id, now: identity.now())
        return .empty()
    }

    /// `GET /auth`: errors too have the form of SEP-10, and any page may read them.
    func webAuthChallenge(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await open { [identity] in
            let query = try request.query
            let account = try query.require("account", as: String.self)
            let memo = try query.optional("memo", as: UInt64.self)
            let home = query["home_domain"] ?? identity.configuration.homeDomain
            guard home == identity.configuration.homeDomain else {
                throw Problem.invalidParameter("home_domain", "it is not served here.")
            }
            let (_, envelope) = try await identity.challenge(
                account: account, memo: memo, clientDomain: query["client_domain"])
            return WebAuthChallengeResponse(
                transaction: try envelope.base64(),
                networkPassphrase: identity.network.passphrase)
        }
    }

    /// `POST /auth`: as JSON or as a form.
    func webAuthToken(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await open { [identity] in
            let type = request.headers["Content-Type"]?.lowercased() ?? ""
            let transaction: String
            if type.hasPrefix("application/x-www-form-urlencoded") {
                let form = try HTTPQuery(parsing: String(decoding: request.body, as: UTF8.self))
                transaction = try form.require("transaction", as: String.self)
            } else {
                transaction = try request.json(as: WebAuthTokenRequest.self).transaction
            }
            let device = request.headers["User-Agent"] ?? ""
            let response = try await identity.signIn(transaction: transaction, device: device)
            return WebAuthTokenResponse(token: response.accessToken)
        }
    }

    /// `GET /.well-known/stellar.toml`
    func stellarToml(_ request: HTTPRequest) async throws -> HTTPResponse {
        let text = """
            VERSION = "2.7.0"
            NETWORK_PASSPHRASE = "\(identity.network.passphrase)"
            SIGNING_KEY = "\(identity.configuration.key.address)"
            WEB_AUTH_ENDPOINT = "\(identity.configuration.publicURL)\(Route.webAuthToken.pattern)"

            """
        var response = HTTPResponse.text(text)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response
    }

    private func open<Answer: Encodable>(
        _ body: () async throws -> Answer
    ) async throws -> HTTPResponse {
        var headers = Self.secrecy
        headers["Access-Control-Allow-Origin"] = "*"
        do {
            return try .json(try await body(), headers: headers)
        } catch let error as any ProblemConvertible {
            let problem = error.problem
            let text = problem.detail ?? problem.title
            let status: HTTPStatus =
                problem.status == .serviceUnavailable ? .serviceUnavailable : .badRequest
            return try .json(WebAuthErrorResponse(error: text), status: status, headers: headers)
        }
    }
}
