import HTTP
import Stellar
import StellarXDR
import TraqoraAPI

/// The domains of wallets that vouch for those who sign in through them (SEP-10, `client_domain`).
struct ClientDomains: Sendable {
    /// Gives the text at an address that a user named; `nil` where no domain is asked.
    let fetch: (@Sendable (_ url: String) async throws -> String)?

    /// The longest name of a host.
    private static let lengthMax = 253

    /// A domain with its key, as its `stellar.toml` names it.
    /// - Throws: `Problem`.
    func find(_ domain: String) async throws(Problem) -> WebAuthChallenge.ClientDomain {
        guard let fetch else { throw Self.refused("no domain is vouched for here.") }
        guard Self.isHost(domain) else {
            throw Self.refused("it is no name of a host, such as wallet.example.")
        }
        let text: String
        do {
            text = try await fetch("https://\(domain)\(Route.stellarToml.pattern)")
        } catch {
            throw Self.refused("its stellar.toml cannot be read.")
        }
        guard let key = Self.signingKey(in: text), let account = try? AccountID(parsing: key) else {
            throw Self.refused("its stellar.toml has no SIGNING_KEY.")
        }
        return WebAuthChallenge.ClientDomain(domain: domain, key: account)
    }

    /// Letters, digits and hyphens between dots, at least two labels, the last not of digits: no
    /// address in numbers, no port, no user.
    private static func isHost(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= lengthMax && labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isASCIIWord
                    }
            } && labels.last?.contains { $0.isLetter } == true
    }

    /// The value of `SIGNING_KEY` before the first table.
    static func signingKey(in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.drop { $0 == " " || $0 == "\t" }
            if words.hasPrefix("[") { return nil }
            guard let match = words.firstMatch(of: /^SIGNING_KEY\s*=\s*["']([A-Z0-9]{56})["']/)
            else { continue }
            return String(match.1)
        }
        return nil
    }

    private static func refused(_ reason: String) -> Problem {
        .invalidParameter("client_domain", reason)
    }
}

extension Character {
    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
