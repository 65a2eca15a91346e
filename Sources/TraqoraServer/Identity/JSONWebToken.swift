import Cryptography
import Foundation
import Telemetry

/// Tokens that say who is signed in: JWT (RFC 7519), signed with HS256 and nothing else.
struct JSONWebToken: Sendable {
    /// What a token says.
    struct Claims: Codable, Hashable, Sendable {
        /// Who made it: the address of the API.
        var iss: String
        /// Who is signed in: `G…`, `M…`, or `G…:memo`.
        var sub: String
        var iat: Int64
        var exp: Int64
        /// Its own name.
        var jti: String
        /// The sign-in it belongs to.
        var sid: String
        /// Of a refresh token: how often the sign-in had been refreshed.
        var generation: Int64?
        /// What was signed in to.
        var home_domain: String?
        /// The wallet's domain, which signed too.
        var client_domain: String?
    }

    private let key: [UInt8]

    /// The one head that is written and read: a token cannot choose how it is checked.
    private static let head = encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
    /// The longest token that is looked at.
    private static let bytesMax = 4096

    init(secret: Secret) { key = Array(secret.reveal().utf8) }

    /// The token of these claims.
    func token(of claims: Claims) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = "\(Self.head).\(Self.encode(Array(try encoder.encode(claims))))"
        return "\(content).\(Self.encode(code(of: content)))"
    }

    /// The claims of a token that was signed with this secret and is not over; else `nil`.
    func claims(of token: String, now: Int64) -> Claims? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= Self.bytesMax, parts.count == 3, parts[0] == Self.head,
            let given = Self.decode(parts[2]),
            constantTimeEquals(given, code(of: "\(parts[0]).\(parts[1])")),
            let content = Self.decode(parts[1]),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(content)),
            now < claims.exp
        else { return nil }
        return claims
    }

    private func code(of content: String) -> [UInt8] {
        HMACSHA256.code(for: Array(content.utf8), key: key)
    }

    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        guard !text.contains("+"), !text.contains("/"), !text.contains("=") else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: String(standard)).map { Array($0) }
    }
}
