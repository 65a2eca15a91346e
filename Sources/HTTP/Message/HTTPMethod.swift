/// The verb of a request, RFC 9110 section 9. Case matters.
public struct HTTPMethod: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As it stands in the request line.
    public let description: String

    /// Any verb.
    public init(_ name: String) { description = name }

    /// Any verb.
    public init(stringLiteral name: String) { description = name }

    /// Reads.
    public static let get: HTTPMethod = "GET"
    /// Reads the head alone.
    public static let head: HTTPMethod = "HEAD"
    /// Does or creates something.
    public static let post: HTTPMethod = "POST"
    /// Replaces.
    public static let put: HTTPMethod = "PUT"
    /// Changes a part.
    public static let patch: HTTPMethod = "PATCH"
    /// Removes.
    public static let delete: HTTPMethod = "DELETE"
    /// Asks what may be asked.
    public static let options: HTTPMethod = "OPTIONS"
}
