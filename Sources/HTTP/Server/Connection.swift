internal import Glibc
internal import Telemetry

/// One socket: who is there, and until when the next step must be done.
final class Connection: Sendable {
    private struct State {
        var socket: Int32?
        var deadline: UInt64
        /// The deadline when the watchdog last looked: unchanged, nothing has happened since.
        var deadlineSeen: UInt64 = 0
        var exchange: Exchange?
        /// Whether it is the body that is waited for.
        var isBody = false
    }

    let address: String
    private let state: Lock<State>

    init(socket: Int32, address: String, deadline: UInt64) {
        self.address = address
        state = Lock(State(socket: socket, deadline: deadline))
    }

    /// The body must be there by then.
    func expectBody(of exchange: Exchange, until deadline: UInt64) {
        state.withLock {
            $0.exchange = exchange
            $0.isBody = true
            $0.deadline = deadline
        }
    }

    /// The handler must have answered by then.
    func expectAnswer(of exchange: Exchange, until deadline: UInt64) {
        state.withLock {
            $0.exchange = exchange
            $0.isBody = false
            $0.deadline = deadline
        }
    }

    /// The answer is there and being sent, which only the idle limit bounds.
    func answering() { state.withLock { $0.deadline = .max } }

    /// The exchange is over; the next head must be there by then.
    func finished(next deadline: UInt64) {
        state.withLock {
            $0.exchange = nil
            $0.isBody = false
            $0.deadline = deadline
        }
    }

    /// The library is about to close the socket.
    func close() {
        state.withLock {
            $0.socket = nil
            $0.exchange = nil
        }
    }

    /// Ends both directions. The library sees the end of the stream and closes; the number is still
    /// the socket's, because ``close()`` comes first and takes this lock.
    func cut() {
        state.withLock { state in
            if let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Writes what fits into the socket's buffer, past the library, which is not writing.
    func write(_ bytes: [UInt8]) {
        state.withLock { state in
            guard let socket = state.socket else { return }
            _ = bytes.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
        }
    }

    /// Whether the peer has ended its side. While a connection is suspended the library does not
    /// look.
    var isPeerGone: Bool {
        state.withLock { state in
            guard let socket = state.socket else { return true }
            // `POLLRDHUP`, which Glibc's module leaves out.
            var look = pollfd(fd: socket, events: 0x2000, revents: 0)
            return poll(&look, 1, 0) > 0
        }
    }

    /// The exchange whose handler or answer is under way.
    var exchange: Exchange? { state.withLock { $0.exchange } }

    /// Ends what should have been done before `now`, and what has lost its peer: one that dawdles
    /// is cut off, a handler that does is answered for, events that nobody hears are ended.
    func expire(at now: UInt64) {
        let (isLate, isStill, isBody, exchange) = state.withLock { state in
            let isLate = state.deadline < now
            if isLate { state.deadline = .max }
            defer { state.deadlineSeen = state.deadline }
            return (isLate, state.deadlineSeen == state.deadline, state.isBody, state.exchange)
        }
        switch (isLate, exchange) {
        case (true, let exchange?) where isBody: exchange.refuseMidway(.bodyTooSlow)
        case (true, let exchange?): exchange.giveUp(.tookTooLong)
        case (true, nil): cut()
        // The library overlooks now and then that a peer ended its side in the middle of a request.
        case (false, _) where exchange == nil || isBody: if isStill, isPeerGone { cut() }
        case (false, let exchange?): if exchange.isEvents, isPeerGone { exchange.endEvents() }
        case (false, nil): break
        }
    }
}
