internal import Foundation

/// Where Redis is: `redis://[user:password@]host[:port][/number]`, or
/// `redis+unix:///path/of/socket[?number]`. It prints without the password.
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
            (user, password, self.number) = (nil, nil, number)
            return
        }
        guard !text.hasPrefix("rediss://") else {
            throw Malformed(
                description: "TLS to Redis is for a tunnel beside it (stunnel): use redis://")
        }
        guard text.hasPrefix("redis://"), let url = URLComponents(string: text),
            let host = url.host, !host.isEmpty
        else { throw Malformed(description: "use redis://host:port") }
        let path = url.path.drop { $0 == "/" }
        guard let number = path.isEmpty ? 0 : Int(path), number >= 0 else {
            throw Malformed(description: "what stands behind the host is a number of a database")
        }
        place = .host(host, port: Int32(clamping: url.port ?? 6_379))
        user = url.user.flatMap { $0.isEmpty ? nil : $0 }
        password = url.password
        self.number = number
    }

    /// Where, and which database.
    public var description: String {
        switch place {
        case .host(let host, let port): "redis://\(host):\(port)/\(number)"
        case .socket(let path): "redis+unix://\(path)?\(number)"
        }
    }
}

extension RedisURL: CustomReflectable {
    /// Nothing to see for `dump`.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
