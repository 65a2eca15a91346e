import Foundation
import Glibc
import Support

/// A peer that does what a server would not: listens, and plays a script for each connection.
final class RawListener: Sendable {
    let port: Int
    private let socket: ListeningSocket
    private let hasScript: Bool

    /// `script` gets what was asked (the first piece that came), and sends what it likes; the
    /// connection is then closed. Without a script nothing is ever accepted.
    init(backlog: Int32 = 64, script: (@Sendable (RawPeer) -> Void)? = nil) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(socket, $0, size)
                _ = listen(socket, backlog)
                _ = getsockname(socket, $0, &size)
            }
        }
        let listening = ListeningSocket(socket)
        self.socket = listening
        hasScript = script != nil
        port = Int(UInt16(bigEndian: address.sin_port))
        guard let script else { return }
        Thread.detachNewThread {
            while true {
                let peer = accept(socket, nil, nil)
                // Here, not at the end of the listener: its number must not become another's while
                // it is waited at.
                guard peer >= 0 else { return listening.close() }
                script(RawPeer(socket: peer))
                close(peer)
            }
        }
    }

    deinit {
        socket.end()
        if !hasScript { socket.close() }
    }
}

struct RawPeer {
    let socket: Int32

    /// Waits for some bytes.
    func receive() -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &buffer, buffer.count, 0)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    }

    /// `false` if the other side has gone.
    @discardableResult
    func send(_ text: String) -> Bool {
        Glibc.send(socket, text, text.utf8.count, Int32(MSG_NOSIGNAL)) > 0
    }
}
