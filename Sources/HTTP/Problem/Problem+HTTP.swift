extension Problem {
    /// Something in our own code failed. What it was is for the log alone.
    public static let internalFault = Problem(
        "http.internal", status: .internalServerError, title: "Something failed on our side",
        detail: "The request may be tried again; if it goes on failing, say when it did.")

    /// Nothing is at this path.
    public static let notFound = Problem(
        "http.not_found", status: .notFound, title: "There is nothing at this path")

    /// The path exists, the method does not.
    public static func methodNotAllowed(_ allowed: [String]) -> Problem {
        let list = allowed.joined(separator: ", ")
        return Problem(
            "http.method_not_allowed", status: .methodNotAllowed,
            title: "This path does not know this method", detail: "It knows \(list).",
            headers: ["Allow": list])
    }

    /// The body is longer than is read.
    public static func bodyTooLarge(limit: Int) -> Problem {
        Problem(
            "http.body_too_large", status: .contentTooLarge, title: "The body is too large",
            detail: "At most \(limit) bytes are read.", members: ["limit_bytes": "\(limit)"])
    }

    /// The head gives the length of the body twice.
    public static let ambiguousLength = Problem(
        "http.ambiguous_length", status: .badRequest,
        title: "The length of the body is given more than once")

    /// The body is coded in another way than in chunks: RFC 9112 section 6.1.
    public static let unknownCoding = Problem(
        "http.unknown_coding", status: .notImplemented,
        title: "The coding of the body is not known here", detail: "Send it whole, or in chunks.")

    /// The body did not come in time.
    public static let bodyTooSlow = Problem(
        "http.body_too_slow", status: .requestTimeout, title: "The body did not come in time",
        detail: "Send it again, whole.")

    /// Path and query are longer than is read.
    public static func targetTooLong(limit: Int) -> Problem {
        Problem(
            "http.target_too_long", status: .targetTooLong, title: "The address is too long",
            detail: "At most \(limit) bytes are read.", members: ["limit_bytes": "\(limit)"])
    }

    /// The fields of the head are longer or more than is read.
    public static func headTooLarge(bytes: Int, fields: Int) -> Problem {
        Problem(
            "http.head_too_large", status: .headTooLarge, title: "The head is too large",
            detail: "At most \(bytes) bytes and \(fields) fields are read.",
            members: ["limit_bytes": "\(bytes)", "limit_fields": "\(fields)"])
    }

    /// The head does not say which host is meant, or says it twice: RFC 9112 section 3.2.
    public static let ambiguousHost = Problem(
        "http.ambiguous_host", status: .badRequest, title: "The head needs one Host")

    /// The server is being stopped.
    public static let stopping = Problem(
        "http.stopping", status: .serviceUnavailable, title: "The server is stopping",
        detail: "Try again in a moment.", headers: ["Retry-After": "1"])

    /// The handler took longer than it may.
    public static let tookTooLong = Problem(
        "http.took_too_long", status: .serviceUnavailable, title: "The answer took too long",
        detail: "What was asked for may still happen; look before you try again.",
        headers: ["Retry-After": "5"])

    /// The path or the query cannot be read.
    public static func badTarget(_ detail: String) -> Problem {
        Problem(
            "http.bad_target", status: .badRequest, title: "The address cannot be read",
            detail: detail)
    }

    /// A parameter must be there and is not.
    public static func missingParameter(_ name: String) -> Problem {
        Problem(
            "http.parameter_missing", status: .badRequest, title: "A parameter is missing",
            detail: "`\(name)` is required.", members: ["parameter": name])
    }

    /// A parameter cannot be read as what it should be.
    public static func invalidParameter(_ name: String, _ text: String, as type: Any.Type)
        -> Problem
    {
        invalidParameter(name, "`\(text.prefix(100))` is not a valid \(type).")
    }

    /// A parameter is not what it should be; `detail` is a sentence.
    public static func invalidParameter(_ name: String, _ detail: String) -> Problem {
        Problem(
            "http.parameter_invalid", status: .badRequest, title: "A parameter is not valid",
            detail: "`\(name)`: \(detail)", members: ["parameter": name])
    }

    /// The body is of a media type that is not read here.
    public static func wrongMediaType(_ given: String, expected: String) -> Problem {
        Problem(
            "http.wrong_media_type", status: .unsupportedMediaType,
            title: "The body is of another media type",
            detail: "It is `\(given)` and should be `\(expected)`.")
    }

    /// The body is not JSON.
    public static func malformedJSON(_ detail: String) -> Problem {
        Problem(
            "http.json_malformed", status: .badRequest, title: "The body is not JSON",
            detail: detail)
    }

    /// The body is JSON, but not of the form that is expected; `field` is the place,
    /// `passengers[0].name`, and empty for the whole.
    public static func invalidField(_ field: String, _ detail: String) -> Problem {
        Problem(
            "http.field_invalid", status: .unprocessableContent,
            title: "A field of the body is not valid",
            detail: "\(field.isEmpty ? "the body" : "`\(field)`"): \(detail)",
            members: ["field": field])
    }
}
