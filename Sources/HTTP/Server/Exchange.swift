internal import CMicroHTTPD
internal import Telemetry

/// One request and its answer.
///
/// The library's thread walks it through the stages, one callback each, and never waits: with the
/// body complete it suspends the connection and starts a task; whoever answers first resumes it,
/// and the thread comes back to send.
final class Exchange: Sendable {
    private enum Stage {
        case head
        case body
        case handling(Handle)
        /// `last` closes the connection behind it.
        case answered(HTTPResponse, last: Bool)
        /// Refused before all of it was there: what else comes is thrown away until the cut.
        case refused
        case sending
    }

    private struct State {
        var stage = Stage.head
        var body: [UInt8] = []
        var bodyCount = 0
        var isBegun = false
        /// What is refused instead, if the handler takes too long.
        var request: HTTPRequest?
        var isGivenUp = false
        /// Whether the connection closes behind the answer.
        var isLast = false
        var task: Task<Void, Never>?
        var pump: BodyPump?
        /// What is answered when the handler takes too long.
        var lateAnswer: HTTPResponse?
    }

    /// How long shaping a refusal may take before the bare document is sent.
    private static let shapingTimeMax = Duration.seconds(5)

    private let core: ServerCore
    private let connection: Connection
    private let target: String?
    private let state = Lock(State())

    /// `target` is `nil` if it is not UTF-8.
    init(core: ServerCore, connection: Connection, target: String?) {
        self.core = core
        self.connection = connection
        self.target = target.map(originForm)
    }

    /// One call of the library: the head is there, a piece of the body is, all of it is, or the
    /// connection has been resumed.
    func advance(
        _ pointer: OpaquePointer, method: UnsafePointer<CChar>?, needsHost: Bool,
        data: UnsafePointer<CChar>?, count: inout Int
    ) -> MHD_Result {
        let stage = state.withLock { $0.stage }
        switch stage {
        case .head: return readHead(pointer, method, needsHost: needsHost)
        case .body where count > 0:
            defer { count = 0 }
            return take(UnsafeRawBufferPointer(start: data, count: count))
        case .body: return dispatch(pointer)
        case .answered(let response, let last):
            state.withLock { $0.stage = .sending }
            connection.answering()
            return queue(response, on: pointer, last: last)
        case .refused:
            count = 0
            return .YES
        case .handling, .sending: return .YES
        }
    }

    /// The library is done with this request, well or not.
    func completed() {
        let state = state.withLock { $0 }
        state.task?.cancel()
        if state.isBegun { core.end() }
        let limits = core.configuration
        connection.finished(
            next: monotonicNanoseconds() + limits.idleTimeMax.nanoseconds
                + limits.headTimeMax.nanoseconds)
    }

    /// Gives the answer, unless there is one.
    func answer(_ response: HTTPResponse) {
        let handle: Handle? = state.withLock { state in
            guard case .handling(let handle) = state.stage else { return nil }
            state.stage = .answered(response, last: state.isLast)
            return handle
        }
        if let handle { core.resume(handle) }
    }

    /// Answers in the handler's stead and cancels it; an answer in pieces is cut. Whoever shapes
    /// the refusal gets some time; asked once more, this waits for nobody.
    func giveUp(_ problem: Problem) {
        let (stage, isFirst, task, pump) = state.withLock { state in
            defer { state.isGivenUp = true }
            if problem == .stopping { state.isLast = true }
            return (state.stage, !state.isGivenUp, state.task, state.pump)
        }
        let (late, request) = state.withLock { ($0.lateAnswer, $0.request) }
        switch stage {
        case .handling: break
        case .refused: return connection.cut()
        case .head, .body, .answered, .sending:
            guard let pump else { return }
            task?.cancel()
            return pump.stop(complete: false)
        }
        guard isFirst, let request else {
            answer(problem.response)
            task?.cancel()
            return
        }
        connection.expectAnswer(
            of: self, until: monotonicNanoseconds() + Self.shapingTimeMax.nanoseconds)
        Task {
            if let late, problem == .tookTooLong {
                answer(late)
            } else {
                answer(await core.refuse(request, problem))
            }
            // Not before: a cancelled handler fails at once, and that is not the answer.
            task?.cancel()
        }
    }

    /// Refuses a request whose body is not all there, and cuts the connection: the library takes no
    /// answer now, so this one is written past it.
    func refuseMidway(_ problem: Problem) {
        let request: HTTPRequest? = state.withLock { state in
            guard case .body = state.stage, let request = state.request else { return nil }
            state.stage = .refused
            state.body = []
            return request
        }
        guard let request else { return connection.cut() }
        connection.expectAnswer(
            of: self, until: monotonicNanoseconds() + Self.shapingTimeMax.nanoseconds)
        Task {
            connection.write(await core.refuse(request, problem).wholeMessage)
            connection.cut()
        }
    }

    /// The handler must have answered in that time from now; else `answer` is given for it.
    private func limit(_ time: Duration, _ answer: HTTPResponse) {
        let isHandling = state.withLock { state in
            guard case .handling = state.stage else { return false }
            state.lateAnswer = answer
            return true
        }
        guard isHandling else { return }
        connection.expectAnswer(of: self, until: monotonicNanoseconds() + time.nanoseconds)
    }

    /// Whether the answer is a stream of events.
    var isEvents: Bool { state.withLock { $0.pump?.isEvents ?? false } }

    /// Ends an answer that may have no end of its own.
    func endEvents() {
        let pump = state.withLock { $0.pump }
        if let pump, pump.isEvents { pump.stop(complete: true) }
    }

    private func readHead(
        _ pointer: OpaquePointer, _ method: UnsafePointer<CChar>?, needsHost: Bool
    ) -> MHD_Result {
        let request = HTTPRequest(
            HTTPMethod(method.map { String(cString: $0) } ?? ""), target ?? "/",
            headers: HTTPHeaders(of: pointer), remoteAddress: connection.address)
        state.withLock {
            $0.stage = .body
            $0.request = request
        }
        let limits = core.configuration
        let head = RequestHead(target: target, request.headers)
        if let problem = head.problem(limits, needsHost: needsHost) {
            return refuse(problem, pointer, last: true)
        }
        guard head.hasBody else { return .YES }
        connection.expectBody(
            of: self, until: monotonicNanoseconds() + limits.bodyTimeMax.nanoseconds)
        // Who asks first, or announces more than we would even throw away, need not send it.
        guard let length = head.length, length > limits.bodyBytesMax,
            request.headers["Expect"] != nil || length > discardMax
        else { return .YES }
        return refuse(.bodyTooLarge(limit: limits.bodyBytesMax), pointer, last: true)
    }

    /// The rest of a body that is too long is read and thrown away, so that the peer gets to hear
    /// why: one that is cut off while sending sees a reset connection instead.
    private var discardMax: Int { max(core.configuration.bodyBytesMax, 1_048_576) * 8 }

    private func take(_ piece: UnsafeRawBufferPointer) -> MHD_Result {
        let isEnough = state.withLock { state in
            state.bodyCount += piece.count
            if state.bodyCount <= core.configuration.bodyBytesMax {
                state.body.append(contentsOf: piece)
            } else {
                state.body = []
            }
            return state.bodyCount > discardMax
        }
        if isEnough { refuseMidway(.bodyTooLarge(limit: core.configuration.bodyBytesMax)) }
        return .YES
    }

    private func dispatch(_ pointer: OpaquePointer) -> MHD_Result {
        let (request, count): (HTTPRequest?, Int) = state.withLock { state in
            // It may have been refused a moment ago, for the time that it took.
            guard case .body = state.stage else { return (nil, 0) }
            defer { state.body = [] }
            state.stage = .sending
            state.request?.body = state.body
            return (state.request, state.bodyCount)
        }
        guard let request else { return .YES }
        let limit = core.configuration.bodyBytesMax
        if count > limit { return refuse(.bodyTooLarge(limit: limit), pointer) }
        guard core.begin() else { return refuse(.stopping, pointer, last: true) }
        state.withLock { state in
            state.isBegun = true
            state.request?.body = []  // A refusal has no use for it, and it may be long.
        }
        if let response = core.immediate?(request) {
            core.answeredAtOnce()
            connection.answering()
            return queue(response, on: pointer)
        }
        suspend(pointer, for: core.configuration.handlerTimeMax)
        var limited = request
        limited.limit = { self.limit($0, $1) }
        let task = Task { [limited] in await self.answer(self.core.handler(limited)) }
        state.withLock { $0.task = task }
        return .YES
    }

    /// Waits for an answer: before anyone can give it, and so resume the connection.
    private func suspend(_ pointer: OpaquePointer, for time: Duration) {
        MHD_suspend_connection(pointer)
        state.withLock { $0.stage = .handling(Handle(pointer: pointer)) }
        connection.expectAnswer(of: self, until: monotonicNanoseconds() + time.nanoseconds)
    }

    /// Lets the refusal be shaped, observed and counted like any answer; at the very end of a stop,
    /// when nobody may wait any more, it is the bare document.
    private func refuse(
        _ problem: Problem, _ pointer: OpaquePointer, last: Bool = false
    ) -> MHD_Result {
        let request = state.withLock { $0.request }
        guard let request, core.begin(refused: true) else {
            state.withLock { $0.stage = .sending }
            return queue(problem.response, on: pointer, last: true)
        }
        state.withLock { ($0.isBegun, $0.isLast, $0.isGivenUp) = (true, last, true) }
        suspend(pointer, for: Self.shapingTimeMax)
        let task = Task { await self.answer(self.core.refuse(request, problem)) }
        state.withLock { $0.task = task }
        return .YES
    }

    private func queue(
        _ response: HTTPResponse, on pointer: OpaquePointer, last: Bool = false
    ) -> MHD_Result {
        guard let message = message(for: response, pointer) else { return .NO }
        defer { MHD_destroy_response(message) }
        for field in response.headers.fields where !isOfTheServer(field.name) {
            MHD_add_response_header(message, field.name, field.value)
        }
        if last || core.phase != .serving {
            MHD_add_response_header(message, "Connection", "close")
        }
        let status = response.status.code < 200 ? 500 : response.status.code
        return MHD_queue_response(pointer, UInt32(status), message)
    }

    private func message(for response: HTTPResponse, _ pointer: OpaquePointer) -> OpaquePointer? {
        switch response.body {
        case .bytes(let bytes):
            return bytes.withUnsafeBytes {
                MHD_create_response_from_buffer(
                    $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress),
                    .RESPMEM_MUST_COPY)
            }
        case .stream(let pieces):
            let isEvents =
                response.headers["Content-Type"]?.hasPrefix("text/event-stream") ?? false
            let pump = BodyPump(
                core: core, connection: connection, handle: Handle(pointer: pointer),
                pieces: pieces, isEvents: isEvents)
            state.withLock { $0.pump = pump }
            return pump.makeMessage()
        }
    }
}
