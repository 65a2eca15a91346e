internal import Foundation

/// Where Redis is: `redis://[user:password@]host[:port][/number]`, the same with `rediss://` for
/// TLS, or `redis+unix:///path/of/socket[?number]`. It prints without the password.
///
/// With TLS the server's certificate must be good for the host. `?ssl_ca_certs=` names a file of
/// who may have signed it, in place of whom the machine trusts; `ssl_certfile` and `ssl_keyfile`
/// our own certificate, for a server that asks for one.
public struct RedisURL: Sendable, Hashable, CustomStringConvertible {
    /// Over what it is reached.
    enum Place: Sendable, Hashable {
        case host(String, port: Int32)
        case socket(String)
    }

    let place: Place
    let user: String?
    let password: String?
    /// The number of the database in it.
    let number: Int
    /// `nil` without encryption.
    let tls: TLSFiles?

    /// Why a text is none.
    public struct Malformed: Error, Hashable, CustomStringConvertible {
        /// What would do; never the text, which may hold a password.
        public let description: String
    }

    /// Reads a URL.
    /// - Throws: ``Malformed``.
    public init(_ text: String) throws(Malformed) {
        if text.hasPrefix("redis+unix://") {
            let parts = text.dropFirst("redis+unix://".count).split(
                separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].hasPrefix("/"), let number = Int(parts.count == 2 ? parts[1] : "0")
            else { throw Malformed(description: "use redis+unix:///path/of/socket") }
            place = .socket(String(parts[0]))
            (user, password, self.number, tls) = (nil, nil, number, nil)
            return
        }
        guard text.hasPrefix("redis://") || text.hasPrefix("rediss://"),
            let url = URLComponents(string: text), let host = url.host, !host.isEmpty
        else { throw Malformed(description: "use redis://host:port or rediss://host:port") }
        tls = text.hasPrefix("rediss://") ? try Self.files(url.queryItems ?? []) : nil
        let path = url.path.drop { $0 == "/" }
        guard let number = path.isEmpty ? 0 : Int(path), number >= 0 else {
            throw Malformed(description: "what stands behind the host is a number of a database")
        }
        place = .host(host, port: Int32(clamping: url.port ?? 6_379))
        user = url.user.flatMap { $0.isEmpty ? nil : $0 }
        password = url.password
        self.number = number
    }

    private static func files(_ items: [URLQueryItem]) throws(Malformed) -> TLSFiles {
        var files = TLSFiles()
        for item in items {
            switch item.name {
            case "ssl_ca_certs": files.authorities = item.value
            case "ssl_certfile": files.certificate = item.value
            case "ssl_keyfile": files.key = item.value
            default:
                throw Malformed(
                    description: "behind ? there may be ssl_ca_certs, ssl_certfile and ssl_keyfile")
            }
        }
        return files
    }

    /// Where, and which database.
    public var description: String {
        switch place {
        case .host(let host, let port):
            "\(tls == nil ? "redis" : "rediss")://\(host):\(port)/\(number)"
        case .socket(let path): "redis+unix://\(path)?\(number)"
        }
    }
}

extension RedisURL: CustomReflectable {
    /// Nothing to see for `dump`.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
