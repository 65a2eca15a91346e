import HTTP
import TraqoraAPI
import Travel

/// The audit log over HTTP.
struct AuditHandlers: Sendable {
    let gate: AdministrationGate

    /// What is served here.
    var routes: [ServedRoute] { [(.audit, readAudit)] }

    /// `GET /api/v1/admin/audit?after&limit`
    func readAudit(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "audit")
        let query = try request.query
        let after = try query.optional("after", as: Int64.self) ?? 0
        let limit = try query.number("limit", 1...1_000) ?? 100
        let found = try await gate.audit.entries(after: after, limit: limit + 1).map { entry in
            AuditResponse.Entry(
                number: entry.number, at: Instant(seconds: entry.at), actor: entry.actor,
                action: entry.action, subject: entry.subject)
        }
        let page = Page(found, limit: limit) { $0.number }
        return try .json(
            AuditResponse(entries: page.items, nextCursor: page.cursor),
            headers: AdministrationGate.secrecy)
    }
}
