/// Fields that frame a message: the server writes them itself. It writes `Date` too, unless the
/// answer has one: that of a network whose time is not this machine's.
func isOfTheServer(_ name: String) -> Bool {
    switch name.utf8.count {
    case 10: equalIgnoringCase(name, "Connection")
    case 14: equalIgnoringCase(name, "Content-Length")
    case 17: equalIgnoringCase(name, "Transfer-Encoding")
    default: false
    }
}

extension HTTPResponse {
    /// All that is sent of an answer with bytes after which the connection closes.
    var wholeMessage: [UInt8] {
        guard case .bytes(let bytes) = body else { return [] }
        var head = "HTTP/1.1 \(status) \(status.reason)\r\n"
        for field in headers.fields where !isOfTheServer(field.name) {
            head += "\(field.name): \(field.value)\r\n"
        }
        head += "Content-Length: \(bytes.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + bytes
    }
}
