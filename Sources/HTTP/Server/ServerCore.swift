internal import CMicroHTTPD
internal import Glibc
internal import Telemetry

/// A connection of the library, to be suspended by its thread and resumed from any.
// Safe: the library's own locks guard both calls, and a suspended connection is never freed.
struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// What all connections of one server share.
///
/// The library aborts the process if it is stopped while a connection is suspended, so every
/// suspension is counted here, and from ``Phase/closing`` on there is none.
final class ServerCore: Sendable {
    enum Phase {
        case serving
        /// New requests are refused; what is under way goes on.
        case draining
        /// Nothing may wait any more.
        case closing
    }

    private struct State {
        var phase = Phase.serving
        var suspended = 0
        var active = 0
        var admitted = 0
        var connections: [ObjectIdentifier: Connection] = [:]
    }

    let configuration: HTTPServer.Configuration
    let immediate: (@Sendable (HTTPRequest) -> HTTPResponse?)?
    let handler: @Sendable (HTTPRequest) async -> HTTPResponse
    /// Shapes what the server itself refuses.
    let refuse: @Sendable (HTTPRequest, Problem) async -> HTTPResponse
    /// Hears of what the library refuses by itself.
    let unreadable: @Sendable (HTTPStatus) -> Void
    private let state = Lock(State())

    init(
        _ configuration: HTTPServer.Configuration,
        immediate: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
        refuse: @escaping @Sendable (HTTPRequest, Problem) async -> HTTPResponse = {
            $1.response
        },
        unreadable: @escaping @Sendable (HTTPStatus) -> Void = { _ in },
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        self.configuration = configuration
        self.immediate = immediate
        self.refuse = refuse
        self.unreadable = unreadable
        self.handler = handler
    }

    /// Takes on a request, already counted as suspended; `false` while stopping, but for what is
    /// refused: that takes no time.
    func begin(refused: Bool = false) -> Bool {
        state.withLock { state in
            guard state.phase == .serving || (refused && state.phase == .draining) else {
                return false
            }
            state.active += 1
            state.suspended += 1
            return true
        }
    }

    /// A request that was taken on has been answered without a suspension.
    func answeredAtOnce() { state.withLock { $0.suspended -= 1 } }

    /// A request that was taken on is over.
    func end() { state.withLock { $0.active -= 1 } }

    /// Counts a suspension and does it; `false` if nothing may wait any more.
    func suspend(_ handle: Handle) -> Bool {
        let allowed = state.withLock { state in
            guard state.phase != .closing else { return false }
            state.suspended += 1
            return true
        }
        if allowed { MHD_suspend_connection(handle.pointer) }
        return allowed
    }

    /// Gives a connection back to the library.
    func resume(_ handle: Handle) {
        MHD_resume_connection(handle.pointer)
        state.withLock { $0.suspended -= 1 }
    }

    /// How many connections there may be.
    var connectionsMax: Int { min(max(configuration.connectionsMax, 1), 1_000_000) }

    /// Whether there may be another connection.
    var hasRoom: Bool { state.withLock { $0.admitted < connectionsMax } }

    /// Counts a connection, which the library may not have looked at yet.
    func admit() { state.withLock { $0.admitted += 1 } }

    /// Counts one less.
    func dismiss() { state.withLock { $0.admitted -= 1 } }

    func add(_ connection: Connection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
    }

    /// The connection is over, and counts no more.
    func remove(_ connection: Connection) {
        state.withLock { state in
            state.connections[ObjectIdentifier(connection)] = nil
            state.admitted -= 1
        }
    }

    var connections: [Connection] { state.withLock { Array($0.connections.values) } }

    var phase: Phase { state.withLock { $0.phase } }

    func enter(_ phase: Phase) { state.withLock { $0.phase = phase } }

    /// Requests that were taken on and are not over.
    var active: Int { state.withLock { $0.active } }

    /// Connections that wait for us.
    var suspended: Int { state.withLock { $0.suspended } }
}

/// Nanoseconds of a clock that only goes forward, a few milliseconds coarse and cheap to read.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

extension Duration {
    /// Whole nanoseconds, none if negative; a span too long to count is the longest there is.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return overflow || carry ? .max / 2 : min(sum, .max / 2)
    }
}
