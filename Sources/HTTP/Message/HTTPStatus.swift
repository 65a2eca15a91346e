/// The three digits of an answer, RFC 9110 section 15.
public struct HTTPStatus: Hashable, Sendable, CustomStringConvertible,
    ExpressibleByIntegerLiteral
{
    /// 100 to 999.
    public let code: Int

    /// Any status; one that HTTP cannot carry becomes 500.
    public init(_ code: Int) { self.code = (100...999).contains(code) ? code : 500 }

    /// Any status.
    public init(integerLiteral code: Int) { self.init(code) }

    /// The digits.
    public var description: String { "\(code)" }

    /// Whether it says that all went well: 200 to 299.
    public var isSuccess: Bool { (200...299).contains(code) }

    /// What the standard calls it; empty for one that it does not know.
    public var reason: String { Self.reasons[code] ?? "" }

    /// 200.
    public static let ok: HTTPStatus = 200
    /// 201.
    public static let created: HTTPStatus = 201
    /// 202.
    public static let accepted: HTTPStatus = 202
    /// 204.
    public static let noContent: HTTPStatus = 204
    /// 304.
    public static let notModified: HTTPStatus = 304
    /// 400.
    public static let badRequest: HTTPStatus = 400
    /// 401.
    public static let unauthorized: HTTPStatus = 401
    /// 403.
    public static let forbidden: HTTPStatus = 403
    /// 404.
    public static let notFound: HTTPStatus = 404
    /// 405.
    public static let methodNotAllowed: HTTPStatus = 405
    /// 408.
    public static let requestTimeout: HTTPStatus = 408
    /// 409.
    public static let conflict: HTTPStatus = 409
    /// 410.
    public static let gone: HTTPStatus = 410
    /// 413.
    public static let contentTooLarge: HTTPStatus = 413
    /// 414.
    public static let targetTooLong: HTTPStatus = 414
    /// 415.
    public static let unsupportedMediaType: HTTPStatus = 415
    /// 422.
    public static let unprocessableContent: HTTPStatus = 422
    /// 429.
    public static let tooManyRequests: HTTPStatus = 429
    /// 431.
    public static let headTooLarge: HTTPStatus = 431
    /// 500.
    public static let internalServerError: HTTPStatus = 500
    /// 501.
    public static let notImplemented: HTTPStatus = 501
    /// 502.
    public static let badGateway: HTTPStatus = 502
    /// 503.
    public static let serviceUnavailable: HTTPStatus = 503
    /// 504.
    public static let gatewayTimeout: HTTPStatus = 504

    private static let reasons = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict",
        410: "Gone", 412: "Precondition Failed", 413: "Content Too Large",
        414: "URI Too Long", 415: "Unsupported Media Type", 422: "Unprocessable Content",
        428: "Precondition Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
