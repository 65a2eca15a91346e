/// What went wrong, in words for whoever asked: RFC 9457.
///
/// Thrown by handlers, turned into an answer by the router. Never put a secret in it.
public struct Problem: Error, Hashable, Sendable {
    /// A stable name, `subject.what`: what programs look at.
    public var code: String
    /// The status of the answer.
    public var status: HTTPStatus
    /// What kind of thing went wrong; the same sentence for every case of this code.
    public var title: String
    /// What went wrong this time, and what to do about it.
    public var detail: String?
    /// Further members of the document (`limit`, `field`), as text.
    public var members: [String: String]
    /// Fields for the head of the answer, such as `Retry-After`.
    public var headers: HTTPHeaders

    /// A problem.
    public init(
        _ code: String, status: HTTPStatus, title: String, detail: String? = nil,
        members: [String: String] = [:], headers: HTTPHeaders = [:]
    ) {
        self.code = code
        self.status = status
        self.title = title
        self.detail = detail
        self.members = members
        self.headers = headers
    }

    /// The document and its head: `type` is `/problems/` and the code.
    public var response: HTTPResponse {
        var document: [(String, JSONText)] = [
            ("type", .string("/problems/" + PercentCoding.encode(code))),
            ("title", .string(title)), ("status", .integer(status.code)),
        ]
        if let detail { document.append(("detail", .string(detail))) }
        document.append(("code", .string(code)))
        let reserved = Set(document.map(\.0)).union(["detail"])
        for (name, value) in members.sorted(by: { $0.key < $1.key })
        where !reserved.contains(name) {
            document.append((name, .string(value)))
        }
        var headers = headers
        headers["Content-Type"] = "application/problem+json"
        let body = JSONText.object(document).description
        return HTTPResponse(status: status, headers: headers, body: .bytes(Array(body.utf8)))
    }
}

/// An error that knows what to tell whoever asked.
public protocol ProblemConvertible: Error {
    /// The same, as a problem.
    var problem: Problem { get }
}

extension Problem: ProblemConvertible {
    /// Itself.
    public var problem: Problem { self }
}
