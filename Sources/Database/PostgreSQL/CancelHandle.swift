internal import CPostgreSQL

/// What asks the server, over a connection of its own, to stop a statement.
// Safe: libpq makes it for use from any thread, and it never changes.
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer?

    /// The handle of a connection.
    init(of connection: OpaquePointer) { pointer = PQgetCancel(connection) }

    deinit { PQfreeCancel(pointer) }

    /// Blocks until the server has heard.
    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
