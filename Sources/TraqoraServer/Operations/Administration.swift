import HTTP
import TraqoraAPI
import Travel

/// The routes of administration. Their key is not a user's token, nor the other way round.
struct Administration: Sendable {
    let key: AdministrationKey
    let audit: AuditRepository
    /// Where a request comes from, seen through our proxies.
    let address: @Sendable (HTTPRequest) -> String
    let now: @Sendable () -> Instant

    /// What is served here.
    var routes: [ServedRoute] { [(.audit, readAudit)] }

    /// `GET /api/v1/admin/audit?after&limit`
    func readAudit(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await admit(request, to: "audit")
        let query = try request.query
        let after = try query.optional("after", as: Int64.self) ?? 0
        let limit = try query.optional("limit", as: Int.self) ?? 100
        guard (1...1_000).contains(limit) else {
            throw Problem.invalidParameter("limit", "use a number from 1 to 1000.")
        }
        let entries = try await audit.entries(after: after, limit: limit).map { entry in
            AuditResponse.Entry(
                number: entry.number, at: Instant(seconds: entry.at), actor: entry.actor,
                action: entry.action, subject: entry.subject)
        }
        return try .json(
            AuditResponse(entries: entries), headers: ["Cache-Control": "no-store"])
    }

    /// Lets in whoever has the key, and writes down who came and who tried to.
    private func admit(_ request: HTTPRequest, to subject: String) async throws {
        guard key.opens(request) else {
            if !AdministrationKey.given(request).isEmpty {
                try await audit.add(
                    "admin.refused", by: address(request), to: subject, now: now())
            }
            throw ProblemCode.adminRefused.problem(
                "Send the key of administration in `\(AdministrationKey.header)`.")
        }
        try await audit.add("admin.read", by: "admin", to: subject, now: now())
    }
}
