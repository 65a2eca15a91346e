internal import Telemetry

/// Bytes on their way from a thread that must not wait to one task that may.
final class ByteChannel: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var end: HTTPClientError??
        var waiting: CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>?
        var isPaused = false
        var proceed: (@Sendable () -> Void)?
        var abandon: (@Sendable () -> Void)?
    }

    static let bufferedMax = 262_144

    private let state = Lock(State())

    /// `proceed` is called when there is room again after ``send(_:)`` said that there is none,
    /// `abandon` when nobody will read any more.
    func onChange(
        proceed: @escaping @Sendable () -> Void, abandon: @escaping @Sendable () -> Void
    ) {
        state.withLock { ($0.proceed, $0.abandon) = (proceed, abandon) }
    }

    /// Takes all of `bytes`, or none and returns `false` if there is no room.
    func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, waiting) = state.withLock { state in
            if let waiting = state.waiting {
                state.waiting = nil
                return (true, waiting as CheckedContinuation?)
            }
            guard state.buffer.count < Self.bufferedMax else {
                state.isPaused = true
                return (false, nil)
            }
            state.buffer.append(contentsOf: bytes)
            return (true, nil)
        }
        waiting?.resume(returning: .success(Array(bytes)))
        return isTaken
    }

    /// Nothing more will come: because it was all, or because of `error`.
    func finish(_ error: HTTPClientError?) {
        let waiting = state.withLock { state in
            if state.end == nil { state.end = .some(error) }
            (state.proceed, state.abandon) = (nil, nil)
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: error.map { .failure($0) } ?? .success(nil))
    }

    /// Nobody will read any more.
    func abandon() {
        let abandon = state.withLock { $0.abandon }
        abandon?()
        finish(.cancelled)
    }

    /// What has come, at least one byte; `nil` at the end.
    func next() async throws(HTTPClientError) -> [UInt8]? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            abandon()
        }
        return try result.get()
    }

    private func wait(_ continuation: CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>)
    {
        var proceed: (@Sendable () -> Void)?
        let result: Result<[UInt8]?, HTTPClientError>? = state.withLock { state in
            if !state.buffer.isEmpty {
                defer { state.buffer = [] }
                if state.isPaused { proceed = state.proceed }
                state.isPaused = false
                return .success(state.buffer)
            }
            switch state.end {
            case .some(let error): return error.map { .failure($0) } ?? .success(nil)
            case nil:
                state.waiting = continuation
                return nil
            }
        }
        if let result { continuation.resume(returning: result) }
        proceed?()
    }
}

/// The body of an answer that comes in pieces, for one reader. Letting go of it ends the transfer.
struct ByteChannelBody: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    fileprivate final class Lease: Sendable {
        let channel: ByteChannel
        init(_ channel: ByteChannel) { self.channel = channel }
        deinit { channel.abandon() }
    }

    private let lease: Lease

    init(_ channel: ByteChannel) { lease = Lease(channel) }

    func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let lease: Lease

        mutating func next() async throws -> [UInt8]? { try await lease.channel.next() }
    }
}
