import HTTP
import TraqoraAPI
import Travel

/// Who uses the service, for whoever runs it.
struct UserHandlers: Sendable {
    let gate: AdministrationGate
    let sessions: SessionRepository

    /// What is served here.
    var routes: [ServedRoute] {
        [(.users, users), (.userSessions, userSessions), (.endAnySession, endSession)]
    }

    /// `GET /api/v1/admin/users?account&after&limit`
    func users(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "users")
        let query = try request.query
        let limit = try query.number("limit", 1...1_000) ?? 100
        let found = try await sessions.users(
            account: query.text("account", 1...100), after: query.text("after", 0...100) ?? "",
            limit: limit + 1, now: gate.now())
        let page = Page(found, limit: limit) { $0.account }
        return try .json(
            UsersResponse(users: page.items, nextCursor: page.cursor),
            headers: AdministrationGate.secrecy)
    }

    /// `GET /api/v1/admin/users/{account}/sessions`
    func userSessions(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try request.parameters.plain("account")
        try await gate.admit(request, toRead: "sessions of \(account)")
        return try .json(
            UserSessionsResponse(
                account: account, sessions: try await sessions.history(of: account)),
            headers: AdministrationGate.secrecy)
    }

    /// `DELETE /api/v1/admin/sessions/{id}`
    func endSession(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try request.parameters.plain("id")
        try await gate.check(request, "session \(id)")
        let time = gate.now()
        guard let session = try await sessions.find(id, now: time) else {
            throw ProblemCode.sessionUnknown.problem("It has ended, or there was none.")
        }
        try await gate.record("admin.session_ended", "\(id) of \(session.subject)")
        try await sessions.end(
            id, of: session.subject, because: "ended by administration", now: time)
        return .empty()
    }
}

extension PathParameters {
    /// A text of at most 200 characters, all of which can be kept.
    /// - Throws: `Problem`, `http.parameter_invalid`.
    func plain(_ name: String) throws(Problem) -> String {
        let text: String = try require(name)
        guard text.count <= 200, !text.unicodeScalars.contains("\0") else {
            throw Problem.invalidParameter(name, "use at most 200 characters.")
        }
        return text
    }
}
