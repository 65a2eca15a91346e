import Cryptography
import HTTP
import Telemetry

/// The key of administration. Without one nothing opens, not even nothing.
struct AdministrationKey: Sendable {
    let key: Secret?

    /// The header that it stands in.
    static let header = "X-Admin-Key"

    /// What a request brings; empty without.
    static func given(_ request: HTTPRequest) -> String { request.headers[header] ?? "" }

    /// Whether a request has it.
    func opens(_ request: HTTPRequest) -> Bool {
        // Hashes are of one length: the time to compare says nothing of the key.
        let isRight = constantTimeEquals(
            SHA256.hash(Array(Self.given(request).utf8)),
            SHA256.hash(Array((key?.reveal() ?? "").utf8)))
        guard let key, !key.isEmpty else { return false }
        return isRight
    }
}
