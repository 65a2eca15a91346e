import HTTP
import TraqoraAPI
import Travel

/// Lets whoever has the key of administration in, and writes down who came, who tried to, and what
/// was done. The key is not a user's token, nor the other way round.
struct AdministrationGate: Sendable {
    let key: AdministrationKey
    let audit: AuditRepository
    /// Where a request comes from, seen through our proxies.
    let address: @Sendable (HTTPRequest) -> String
    let now: @Sendable () -> Instant

    /// What every answer has: nobody keeps it.
    static let secrecy: HTTPHeaders = ["Cache-Control": "no-store"]

    /// Lets somebody in who changes nothing.
    /// - Throws: `Problem`, `admin.refused`.
    func admit(_ request: HTTPRequest, toRead subject: String) async throws {
        try await check(request, subject)
        try await record("admin.read", subject)
    }

    /// Lets somebody in who will say what is done: see ``record(_:_:)``.
    /// - Throws: `Problem`, `admin.refused`.
    func check(_ request: HTTPRequest, _ subject: String) async throws {
        guard !key.opens(request) else { return }
        if !AdministrationKey.given(request).isEmpty {
            try await audit.add("admin.refused", by: address(request), to: subject, now: now())
        }
        throw ProblemCode.adminRefused.problem(
            "Send the key of administration in `\(AdministrationKey.header)`.")
    }

    /// Writes down what is done, before it is done: nothing happens that is not written.
    func record(_ action: String, _ subject: String) async throws {
        try await audit.add(action, by: "admin", to: subject, now: now())
    }
}
