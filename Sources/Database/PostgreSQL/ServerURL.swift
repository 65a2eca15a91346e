internal import CPostgreSQL

/// Where a PostgreSQL server is, as libpq writes it: `postgres://user:password@host/name?sslmode=…`
/// with every option libpq knows, TLS among them. It prints without the password.
public struct ServerURL: Sendable, Hashable, CustomStringConvertible {
    let text: String
    /// Its parts by libpq's names; those that the text does not name are not there.
    let parameters: [String: String]

    /// Reads a URL.
    /// - Throws: ``DatabaseError/Code/cannotOpen``, without the text, which may hold a password.
    public init(_ text: String) throws(DatabaseError) {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            throw DatabaseError(.cannotOpen, "a server's URL begins with postgres://")
        }
        var reason: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &reason) else {
            let message = reason.map { String(cString: $0) } ?? "out of memory"
            PQfreemem(reason)
            // Other messages repeat parts of the URL.
            let isHarmless = message.contains("invalid URI query parameter")
            throw DatabaseError(
                .cannotOpen, isHarmless ? "the URL has an \(message)" : "the URL cannot be read")
        }
        defer { PQconninfoFree(options) }
        var parameters: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        // libpq takes what stands before a slash in the password for host and port, and would
        // repeat it.
        let ports = parameters["port"]?.split(separator: ",", omittingEmptySubsequences: false)
        guard !(parameters["dbname"] ?? "").contains("@"),
            (ports ?? []).allSatisfy({ $0.isEmpty || UInt16($0) != nil })
        else {
            throw DatabaseError(
                .cannotOpen,
                "the URL's port is no number or its database has an @: in a password write / as "
                    + "%2F, ? as %3F and @ as %40")
        }
        // Other programs get all but the password on their command line.
        guard parameters["sslpassword"] == nil else {
            throw DatabaseError(
                .cannotOpen, "sslpassword cannot stand in the URL: use a key without a password")
        }
        self.text = text
        self.parameters = parameters
    }

    /// The same with other parts, as libpq's other way of writing it.
    private init(parameters: [String: String]) {
        text = Self.words(parameters)
        self.parameters = parameters
    }

    /// Another database on the same server.
    func naming(database: String) -> ServerURL {
        ServerURL(parameters: parameters.merging(["dbname": database]) { $1 })
    }

    /// For a command line, which everyone can see.
    var withoutPassword: String { Self.words(parameters.filter { $0.key != "password" }) }

    private static func words(_ parameters: [String: String]) -> String {
        parameters.sorted { $0.key < $1.key }.map { key, value in
            let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
            return "\(key)='\(quoted)'"
        }.joined(separator: " ")
    }

    /// User, host, port and database.
    public var description: String {
        let user = parameters["user"].map { "\($0)@" } ?? ""
        let port = parameters["port"].map { ":\($0)" } ?? ""
        let host = parameters["host"] ?? parameters["hostaddr"] ?? ""
        return "postgres://\(user)\(host)\(port)/\(parameters["dbname"] ?? "")"
    }
}

extension ServerURL: CustomReflectable {
    /// Nothing to see for `dump`.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
