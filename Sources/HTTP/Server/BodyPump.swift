internal import CMicroHTTPD
internal import Glibc
internal import Telemetry

/// Carries the pieces of an answer from the task that makes them to the library's thread.
///
/// The thread takes what is there; if nothing is, it suspends the connection, and the next piece
/// resumes it. The task waits while more than ``bufferedMax`` bytes have not been taken.
final class BodyPump: Sendable {
    static let bufferedMax = 65_536

    private enum End {
        case complete
        case failed
    }

    private struct State {
        var isStarted = false
        var pending: [UInt8] = []
        var taken = 0
        var end: End?
        var reader: Handle?
        var producer: CheckedContinuation<Void, Never>?
        var task: Task<Void, Never>?

        /// What must be woken up when the state has changed.
        mutating func takeWaiting() -> (Handle?, CheckedContinuation<Void, Never>?) {
            defer { (reader, producer) = (nil, nil) }
            return (reader, producer)
        }
    }

    /// Whether this is a stream of events, which ends only because someone goes.
    let isEvents: Bool
    private let core: ServerCore
    private let connection: Connection
    private let handle: Handle
    private let pieces: any AsyncSequence<[UInt8], any Error> & Sendable
    private let state = Lock(State())

    init(
        core: ServerCore, connection: Connection, handle: Handle,
        pieces: any AsyncSequence<[UInt8], any Error> & Sendable, isEvents: Bool
    ) {
        self.core = core
        self.connection = connection
        self.handle = handle
        self.pieces = pieces
        self.isEvents = isEvents
    }

    /// The library's message that reads from here.
    func makeMessage() -> OpaquePointer? {
        let context = Unmanaged.passRetained(self)
        let message = MHD_create_response_from_callback(
            .max, 16_384,
            { context, _, buffer, count in
                guard let context, let buffer else { return -2 }
                let pump = Unmanaged<BodyPump>.fromOpaque(context).takeUnretainedValue()
                return pump.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
            }, context.toOpaque(),
            { context in
                guard let context else { return }
                Unmanaged<BodyPump>.fromOpaque(context).takeRetainedValue().stop(complete: false)
            })
        if message == nil { context.release() }
        return message
    }

    /// Ends the answer: well, after what is pending, or by cutting the connection.
    func stop(complete: Bool) {
        let (reader, producer, task) = state.withLock { state in
            if state.end == nil { state.end = complete ? .complete : .failed }
            let (reader, producer) = state.takeWaiting()
            return (reader, producer, state.task)
        }
        task?.cancel()
        producer?.resume()
        if let reader { core.resume(reader) }
    }

    /// On the library's thread: bytes that were taken, 0 for "suspended", -1 for the end, -2 for a
    /// broken one.
    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var producer: CheckedContinuation<Void, Never>?
        let result = state.withLock { state in
            if state.taken < state.pending.count {
                let count = min(buffer.count, state.pending.count - state.taken)
                state.pending.withUnsafeBytes {
                    buffer.copyMemory(from: .init(rebasing: $0[state.taken..<state.taken + count]))
                }
                state.taken += count
                if state.taken == state.pending.count {
                    state.pending.removeAll(keepingCapacity: true)
                    state.taken = 0
                    (producer, state.producer) = (state.producer, nil)
                }
                return count
            }
            switch state.end {
            case .complete: return -1
            case .failed: return -2
            case nil: break
            }
            // Suspended under the lock, so that nobody can resume before.
            guard core.suspend(handle) else { return -2 }
            state.reader = handle
            if !state.isStarted {
                state.isStarted = true
                state.task = Task { await self.run() }
            }
            return 0
        }
        producer?.resume()
        // The library only notes that the connection is closed, and with epoll does so when the
        // next event comes: this is one, and the peer need not wait for it.
        if result == -2 { connection.cut() }
        return result
    }

    private func run() async {
        do {
            for try await piece in pieces where !piece.isEmpty {
                guard await push(piece) else { return }
            }
            finish(.complete)
        } catch {
            finish(.failed)
        }
    }

    /// Hands over a piece and waits until there is room for another; `false` if nobody reads on.
    private func push(_ piece: [UInt8]) async -> Bool {
        let (reader, isFull, isOver) = state.withLock { state in
            guard state.end == nil else { return (nil as Handle?, false, true) }
            state.pending += piece
            defer { state.reader = nil }
            return (state.reader, state.pending.count - state.taken > Self.bufferedMax, false)
        }
        if let reader { core.resume(reader) }
        guard isFull, !isOver else { return !isOver }
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard state.end == nil, !state.pending.isEmpty else { return false }
                state.producer = continuation
                return true
            }
            if !isWaiting { continuation.resume() }
        }
        return state.withLock { $0.end == nil }
    }

    private func finish(_ end: End) {
        let reader = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.reader = nil }
            return state.reader
        }
        if let reader { core.resume(reader) }
    }
}
