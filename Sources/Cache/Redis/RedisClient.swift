internal import Foundation
internal import Telemetry

/// Redis over one thread, which connects, sends, reads and connects again; callers wait for their
/// answers without a thread.
///
/// Commands of all callers go out in one stream. While there is no connection they fail at once.
final class RedisClient: Sendable {
    private struct Request {
        var words: [[UInt8]]
        var continuation: CheckedContinuation<RedisReply, any Error>
    }

    private struct State {
        var requests: [Request] = []
        var isConnected = false
        var reason = "not connected yet"
        var isClosed = false
        var wakeUp: Int32 = -1
    }

    private let url: RedisURL
    private let channel: String
    private let onMessage: @Sendable ([UInt8]) -> Void
    private let onChange: @Sendable (_ isConnected: Bool, _ reason: String) -> Void
    private let state = Lock(State())

    /// How many commands may wait.
    private static let requestsMax = 10_000
    /// How long an answer may take.
    static let answerSecondsMax = 2.0
    /// How long to wait before connecting again: at first, and at most.
    private static let pauseSeconds = 0.1...2.0

    /// Begins to connect.
    /// - Parameters:
    ///   - channel: the channel that is listened to.
    ///   - onMessage: called on the thread with what comes there.
    ///   - onChange: called on the thread when the connection is there, and when it is gone.
    init(
        _ url: RedisURL, channel: String, onMessage: @escaping @Sendable ([UInt8]) -> Void,
        onChange: @escaping @Sendable (Bool, String) -> Void
    ) {
        self.url = url
        self.channel = channel
        self.onMessage = onMessage
        self.onChange = onChange
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        let (read, write) = (ends[0], ends[1])
        state.withLock { $0.wakeUp = write }
        Thread.detachNewThread { self.run(wakeUp: read) }
    }

    /// Whether commands reach it now, and if not why.
    var status: (isConnected: Bool, reason: String) {
        state.withLock { ($0.isConnected, $0.reason) }
    }

    /// Sends a command.
    /// - Throws: ``RedisError``.
    func send(_ words: [UInt8]...) async throws -> RedisReply {
        let reply = try await withCheckedThrowingContinuation { continuation in
            let refusal: RedisError? = state.withLock { state in
                guard state.isConnected else { return .unreachable(state.reason) }
                guard state.requests.count < Self.requestsMax else {
                    return .unreachable("too many commands are waiting")
                }
                state.requests.append(Request(words: words, continuation: continuation))
                Self.wake(state.wakeUp)
                return nil
            }
            if let refusal { continuation.resume(throwing: refusal) }
        }
        if case .error(let reason) = reply { throw RedisError.refused(reason) }
        return reply
    }

    /// Ends the connection and the thread.
    func shutDown() {
        state.withLock { state in
            state.isClosed = true
            Self.wake(state.wakeUp)
        }
    }

    private static func wake(_ descriptor: Int32) {
        var byte: UInt8 = 1
        _ = write(descriptor, &byte, 1)
    }
}

// MARK: The thread

extension RedisClient {
    private func run(wakeUp: Int32) {
        // hiredis writes to a socket whose other end may be gone.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var pause = Self.pauseSeconds.lowerBound
        while !state.withLock({ $0.isClosed }) {
            let start = ContinuousClock.now
            let reason = converse(wakeUp: wakeUp)
            disconnected(reason)
            // A connection that held for a while begins the pauses anew.
            if ContinuousClock.now - start > .seconds(5) { pause = Self.pauseSeconds.lowerBound }
            rest(pause, wakeUp: wakeUp)
            pause = min(pause * 2, Self.pauseSeconds.upperBound)
        }
        state.withLock { state in
            close(state.wakeUp)
            state.wakeUp = -1
        }
        close(wakeUp)
    }

    /// One connection, from its beginning to its end.
    /// - Returns: why it ended.
    private func converse(wakeUp: Int32) -> String {
        do {
            let (commands, messages) = (try RedisLink(url), try RedisLink(url))
            var refusal: String?
            var greetings = 0
            let greet = { (reply: RedisReply) in
                if case .error(let reason) = reply { refusal = reason }
                greetings -= 1
            }
            for link in [commands, messages] {
                if let password = url.password {
                    let words = ["AUTH", url.user, password].compactMap { $0 }
                    link.append(words.map { Array($0.utf8) }, handler: greet)
                    greetings += 1
                }
                link.append([Array("SELECT".utf8), Array("\(url.number)".utf8)], handler: greet)
                greetings += 1
            }
            messages.append([Array("SUBSCRIBE".utf8), Array(channel.utf8)], handler: greet)
            greetings += 1
            var answersDue: ContinuousClock.Instant? = .now + .seconds(Self.answerSecondsMax)
            while !state.withLock({ $0.isClosed }) {
                if greetings == 0, refusal == nil { connected() }
                if let refusal { return refusal }
                if state.withLock({ $0.isConnected }) { takeRequests(into: commands) }
                let pending = commands.pendingCount + messages.pendingCount
                try wait(wakeUp, commands, messages)
                let left = commands.pendingCount + messages.pendingCount
                if left < pending || left == 0 { answersDue = nil }
                guard left > 0 else { continue }
                let due = answersDue ?? .now + .seconds(Self.answerSecondsMax)
                guard ContinuousClock.now < due else { return "it did not answer in time" }
                answersDue = due
            }
            return "closed"
        } catch {
            return "\(error)"
        }
    }

    private func wait(_ wakeUp: Int32, _ commands: RedisLink, _ messages: RedisLink)
        throws(RedisError)
    {
        let events = { (link: RedisLink) in Int16(POLLIN) | (link.hasUnsent ? Int16(POLLOUT) : 0) }
        var polled = [
            pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
            pollfd(fd: commands.descriptor, events: events(commands), revents: 0),
            pollfd(fd: messages.descriptor, events: events(messages), revents: 0),
        ]
        guard poll(&polled, 3, 250) > 0 else { return }
        if polled[0].revents != 0 { drain(wakeUp) }
        for (place, link) in zip(polled.dropFirst(), [commands, messages]) {
            if place.revents & Int16(POLLOUT) != 0 { try link.write() }
            if place.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
                try link.readAll { reply in hear(reply) }
            }
        }
    }

    private func hear(_ reply: RedisReply) {
        guard case .array(let parts) = reply, parts.count == 3,
            parts[0] == .bytes(Array("message".utf8)), case .bytes(let message) = parts[2]
        else { return }
        onMessage(message)
    }

    private func takeRequests(into link: RedisLink) {
        let requests = state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
        for request in requests {
            let answer = Answer(request.continuation)
            link.append(request.words) { answer.give($0) }
        }
    }

    private func drain(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }

    private func rest(_ seconds: Double, wakeUp: Int32) {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end, !state.withLock({ $0.isClosed }) {
            var polled = pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)
            if poll(&polled, 1, Int32(seconds * 1_000)) > 0 { drain(wakeUp) }
        }
    }

    private func connected() {
        let isNew = state.withLock { state in
            defer { state.isConnected = true }
            return !state.isConnected
        }
        if isNew { onChange(true, "") }
    }

    private func disconnected(_ reason: String) {
        let (requests, wasConnected) = state.withLock { state in
            defer {
                state.isConnected = false
                state.reason = reason
                state.requests = []
            }
            return (state.requests, state.isConnected)
        }
        for request in requests {
            request.continuation.resume(throwing: RedisError.unreachable(reason))
        }
        if wasConnected, !state.withLock({ $0.isClosed }) { onChange(false, reason) }
    }

    /// Resumes whoever asked: with the answer, or with its loss when the connection is let go.
    private final class Answer {
        private var continuation: CheckedContinuation<RedisReply, any Error>?

        init(_ continuation: CheckedContinuation<RedisReply, any Error>) {
            self.continuation = continuation
        }

        deinit { continuation?.resume(throwing: RedisError.unreachable("the connection was lost")) }

        func give(_ reply: RedisReply) {
            continuation?.resume(returning: reply)
            continuation = nil
        }
    }
}
