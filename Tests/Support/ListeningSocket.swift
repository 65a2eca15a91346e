import Foundation
import Glibc

/// A socket that one thread waits at and closes, and that another may end.
public final class ListeningSocket: Sendable {
    private let lock = NSLock()
    // Safe: only touched under the lock. `nil` once it is closed: its number may be another's then.
    nonisolated(unsafe) private var descriptor: Int32?

    /// Of an open socket, which is now its own.
    public init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Whoever waits at it is told that nobody comes any more.
    public func end() {
        lock.withLock { if let descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    /// For the thread that waits at it.
    public func close() {
        lock.withLock {
            if let descriptor { Glibc.close(descriptor) }
            descriptor = nil
        }
    }
}
