import Foundation

/// A mail server on this machine that keeps what it is given, and misbehaves when told to.
///
/// One thread a connection, plain sockets: what a client says is what the tests see.
public final class SMTPServer: @unchecked Sendable {
    // Safe: everything that changes is under the lock.

    /// What goes wrong with one mail.
    public enum Fault: Sendable {
        /// A reply of the server's own to a command: `RCPT`, `DATA`, or `.` for the end of a mail.
        case reply(String, to: String)
        /// The connection ends at a command, nothing said.
        case cut(String)
        /// The mail is kept, and the connection ends before that is said.
        case takenThenCut
        /// Nothing is answered to a command for so many seconds.
        case slow(String, Double)
    }

    /// A mail as it came.
    public struct Mail: Sendable {
        /// The address on the envelope that it comes from.
        public var sender = ""
        /// Those that it is for.
        public var recipients: [String] = []
        /// Head and body, the doubled dots of the protocol undone.
        public var content: [UInt8] = []
        /// The same as text.
        public var text: String { String(decoding: content, as: UTF8.self) }
    }

    /// Where it listens.
    public let port: Int

    private let lock = NSLock()
    private let listener: ListeningSocket
    private var faults: [Fault] = []
    private var taken: [Mail] = []
    private var said: [String] = []
    private var password: String?

    /// Listens on a free port.
    public init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &size) == 0
            }
        }
        listener = ListeningSocket(descriptor)
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self, listener] in
            defer { listener.close() }
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit { listener.end() }

    /// Takes no more connections.
    public func stop() { listener.end() }

    /// The next mails meet these, one each.
    public func fail(_ faults: Fault...) { lock.withLock { self.faults += faults } }

    /// Whoever has another name and password than `PLAIN` of these gets nothing.
    public func demand(_ base64: String) { lock.withLock { password = base64 } }

    /// What it has taken, in order.
    public var mails: [Mail] { lock.withLock { taken } }

    /// Every command that was said, in order.
    public var commands: [String] { lock.withLock { said } }

    private struct Ended: Error {}

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var session = Session(connection)
        do {
            try session.say("220 mail.example ESMTP")
            while true { try answer(try session.line(), &session) }
        } catch {}
    }

    private func answer(_ line: String, _ session: inout Session) throws {
        lock.withLock { said.append(line) }
        let command = line.split(separator: " ").first.map { $0.uppercased() } ?? ""
        if command == "MAIL" {
            session.fault = lock.withLock { faults.isEmpty ? nil : faults.removeFirst() }
            session.mail = Mail()
        }
        if try session.misbehaves(at: command) { return }
        switch command {
        case "EHLO":
            let wants = lock.withLock { password != nil }
            try session.say("250-mail.example" + (wants ? "\r\n250-AUTH PLAIN" : ""))
            try session.say("250 8BITMIME")
        case "AUTH":
            if line == "AUTH PLAIN" { try session.say("334 ") }
            let shown = line == "AUTH PLAIN" ? try session.line() : String(line.dropFirst(11))
            let isRight = lock.withLock { password == shown }
            try session.say(isRight ? "235 welcome" : "535 5.7.8 no")
        case "MAIL":
            session.mail.sender = Self.address(line)
            try session.say("250 ok")
        case "RCPT":
            session.mail.recipients.append(Self.address(line))
            try session.say("250 ok")
        case "DATA":
            try session.say("354 go on")
            session.mail.content = try session.content()
            if try session.misbehaves(at: ".") { return }
            let mail = session.mail
            lock.withLock { taken.append(mail) }
            if case .takenThenCut? = session.fault { throw Ended() }
            try session.say("250 taken")
        case "QUIT":
            try session.say("221 bye")
            throw Ended()
        default: try session.say("502 what")
        }
    }

    private static func address(_ line: String) -> String {
        let start = line.firstIndex(of: "<").map { line.index(after: $0) } ?? line.startIndex
        return String(line[start...].prefix { $0 != ">" })
    }

    /// One connection.
    private struct Session {
        let connection: Int32
        var buffer: [UInt8] = []
        var mail = Mail()
        var fault: Fault?

        init(_ connection: Int32) { self.connection = connection }

        func say(_ text: String) throws {
            let bytes = Array("\(text)\r\n".utf8)
            let sent = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            guard sent == bytes.count else { throw Ended() }
        }

        /// Whether something else than an answer came of a command.
        mutating func misbehaves(at command: String) throws -> Bool {
            switch fault {
            case .reply(let reply, let wanted) where wanted == command:
                try say(reply)
                return true
            case .cut(let wanted) where wanted == command: throw Ended()
            case .slow(let wanted, let seconds) where wanted == command:
                Thread.sleep(forTimeInterval: seconds)
                return false
            default: return false
            }
        }

        mutating func line() throws -> String {
            while true {
                if let end = buffer.firstRange(of: [13, 10]) {
                    defer { buffer.removeFirst(end.upperBound) }
                    return String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
                }
                try fill()
            }
        }

        /// All up to the line with a dot alone.
        mutating func content() throws -> [UInt8] {
            var lines: [String] = []
            while true {
                let line = try line()
                if line == "." { break }
                lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
            }
            return Array(lines.map { "\($0)\r\n" }.joined().utf8)
        }

        private mutating func fill() throws {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { throw Ended() }
            buffer += bytes[..<count]
        }
    }
}
