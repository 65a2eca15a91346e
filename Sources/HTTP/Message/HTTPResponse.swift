/// The answer to a request.
public struct HTTPResponse: Sendable {
    /// The status.
    public var status: HTTPStatus
    /// The fields of the head. What frames the message (`Content-Length`, `Transfer-Encoding`,
    /// `Connection`, `Date`) is the server's; the same fields here are left out.
    public var headers: HTTPHeaders
    /// The body.
    public var body: HTTPBody

    /// An answer.
    public init(
        status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: HTTPBody = .bytes([])
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Text, as UTF-8.
    public static func text(
        _ text: String, status: HTTPStatus = .ok,
        contentType: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
    }

    /// Bytes of a media type.
    public static func bytes(
        _ bytes: [UInt8], contentType: String, status: HTTPStatus = .ok
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": contentType], body: .bytes(bytes))
    }

    /// Nothing but a status.
    public static func empty(_ status: HTTPStatus = .noContent) -> HTTPResponse {
        HTTPResponse(status: status)
    }
}
