internal import CMicroHTTPD

/// What must hold of a head before anyone looks at what it asks for.
///
/// The limits are half of what the library would bear, whose own refusals are no problem documents.
struct RequestHead {
    /// How many fields are read.
    static let fieldsMax = 64

    /// Path and query; `nil` if they are not UTF-8.
    let target: String?
    /// The length of the body, as far as it is given and a number.
    private(set) var length: Int?
    private var bytes: Int
    private var fields: Int
    private var hosts = 0
    private var lengths = 0
    /// Whether the body is coded in a way that is not known here.
    private var isCoded = false

    init(target: String?, _ headers: HTTPHeaders) {
        self.target = target
        fields = headers.fields.count
        bytes = target?.utf8.count ?? 0
        for field in headers.fields {
            // With the colon, the space and the end of the line.
            bytes += field.name.utf8.count + field.value.utf8.count + 4
            switch field.name.utf8.count {
            case 4 where equalIgnoringCase(field.name, "Host"): hosts += 1
            case 14 where equalIgnoringCase(field.name, "Content-Length"):
                lengths += 1
                length = Int(field.value)
            case 17 where equalIgnoringCase(field.name, "Transfer-Encoding"):
                lengths += 1
                isCoded = isCoded || !equalIgnoringCase(field.value, "chunked")
            default: break
            }
        }
    }

    /// Whether something comes behind it.
    var hasBody: Bool { lengths > 0 }

    /// Why it is refused; `nil` if it is not.
    func problem(_ limits: HTTPServer.Configuration, needsHost: Bool) -> Problem? {
        let bytesMax = limits.headBytesMax / 2
        guard let target else { return .badTarget("It is not UTF-8.") }
        if target.utf8.count > bytesMax { return .targetTooLong(limit: bytesMax) }
        if bytes > bytesMax || fields > Self.fieldsMax {
            return .headTooLarge(bytes: bytesMax, fields: Self.fieldsMax)
        }
        if hosts > 1 || (needsHost && hosts == 0) { return .ambiguousHost }
        // What can be read in two ways, a proxy in front may have read in the other one: RFC 9112
        // section 6.3.
        if lengths > 1 { return .ambiguousLength }
        return isCoded ? .unknownCoding : nil
    }
}

extension HTTPHeaders {
    /// The fields of the head that the library has read.
    init(of pointer: OpaquePointer) {
        self.init()
        withUnsafeMutablePointer(to: &self) { headers in
            _ = MHD_get_connection_values(
                pointer, .HEADER_KIND,
                { context, _, name, value in
                    let headers = context?.assumingMemoryBound(to: HTTPHeaders.self)
                    if let name {
                        headers?.pointee.appendParsed(
                            String(cString: name), value.map { String(cString: $0) } ?? "")
                    }
                    return .YES
                }, headers)
        }
    }
}

/// The target without the scheme and host that it may begin with: RFC 9112 section 3.2.2. They name
/// nobody else, since there is one service behind a server.
func originForm(_ target: String) -> String {
    guard target.utf8.first != UInt8(ascii: "/"),
        let scheme = ["http://", "https://"].first(where: target.hasPrefix)
    else { return target }
    let rest = target.dropFirst(scheme.count)
    guard let end = rest.firstIndex(where: { "/?".contains($0) }) else { return "/" }
    return rest[end] == "/" ? String(rest[end...]) : "/" + rest[end...]
}
