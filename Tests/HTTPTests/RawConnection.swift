import Foundation
import Glibc

/// A socket driven by hand, for what no client would do.
final class RawConnection: Sendable {
    struct Failure: Error {
        var what: String
    }

    private let socket: Int32

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let socket = socket
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(what: String(cString: strerror(errno))) }
        // A test that waits for what never comes fails instead.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
    }

    deinit { close(socket) }

    /// Sends all of it; `false` if the peer has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// No more will be sent.
    func endSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Some bytes; none at the end of the stream. Waits on a thread of its own: the executor's two
    /// or three are for the server that is tested.
    func receive() async throws -> [UInt8] {
        let result: Result<[UInt8], Failure> = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.receiveNow()) }
        }
        return try result.get()
    }

    /// The same on this thread.
    func receiveNow() -> Result<[UInt8], Failure> {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &buffer, buffer.count, 0)
        if count < 0, errno == ECONNRESET || errno == EPIPE { return .success([]) }
        guard count >= 0 else { return .failure(Failure(what: String(cString: strerror(errno)))) }
        return .success(Array(buffer[..<count]))
    }

    /// Everything up to the end of the stream.
    func receiveAll() async throws -> String { try await receive { _ in false } }

    /// Everything until `isEnough`, or the end of the stream.
    func receive(until isEnough: (String) -> Bool) async throws -> String {
        var bytes: [UInt8] = []
        while !isEnough(String(decoding: bytes, as: UTF8.self)) {
            let piece = try await receive()
            if piece.isEmpty { break }
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
