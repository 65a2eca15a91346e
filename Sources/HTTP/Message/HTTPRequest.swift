public import Telemetry

/// What someone asks of a server.
public struct HTTPRequest: Sendable {
    /// The verb.
    public var method: HTTPMethod
    /// The path, beginning with `/`, normalised as RFC 3986 section 6.2.2.2 says: what need not be
    /// percent-encoded is not, the rest still is. So a path has one spelling.
    public var path: String
    /// What stood behind the question mark, still encoded; empty if nothing did.
    public var queryText: String
    /// The fields of the head.
    public var headers: HTTPHeaders
    /// The whole body; the server reads it before the handler runs, up to its limit.
    public var body: [UInt8]
    /// The peer's numeric address: the proxy's, if there is one in front.
    public var remoteAddress: String
    /// What the router found in the places of the path that have a name.
    public var parameters = PathParameters()
    /// What logs call this request, once something has named it.
    public var id: RequestID?
    /// Sets the server's limit for this request.
    var limit: (@Sendable (Duration, HTTPResponse) -> Void)?

    /// A request; `target` is path and query as in a request line.
    public init(
        _ method: HTTPMethod, _ target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        remoteAddress: String = ""
    ) {
        self.method = method
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = PercentCoding.normalized(target[..<(mark ?? target.endIndex)])
        queryText = mark.map { String(target[target.utf8.index(after: $0)...]) } ?? ""
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// Lets the server give `answer` if the handler has none after `time`, which counts from now,
    /// in place of its own limit; the handler is then cancelled. The server looks four times a
    /// second.
    public func limitTime(to time: Duration, else answer: HTTPResponse) { limit?(time, answer) }

    /// The parameters behind the question mark, decoded.
    /// - Throws: ``Problem``, `http.bad_target`, if they are not percent-encoded UTF-8.
    public var query: HTTPQuery {
        get throws(Problem) { try HTTPQuery(parsing: queryText) }
    }
}
