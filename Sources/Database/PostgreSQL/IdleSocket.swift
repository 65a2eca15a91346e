internal import Foundation
internal import Telemetry

/// The socket of a connection that nobody uses now, looked at from any thread.
final class IdleSocket: Sendable {
    private let descriptor = Lock<Int32>(-1)

    /// The connection is there.
    func opened(_ descriptor: Int32) {
        self.descriptor.withLock { $0 = descriptor }
    }

    /// The connection is over; called before its descriptor is closed.
    func closed() {
        descriptor.withLock { $0 = -1 }
    }

    /// Whether the server is still at the other end, so far as is known here. Nothing is to come on
    /// an idle connection but what it ends with.
    var isOpen: Bool {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return false }
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
            return count < 0 && (errno == EAGAIN || errno == EINTR)
        }
    }
}
