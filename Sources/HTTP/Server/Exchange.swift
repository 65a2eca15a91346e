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
        case answered(HTTPResponse)
        case sending
    }

    private struct State {
        var stage = Stage.head
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        var bodyCount = 0
        var isBegun = false
        var task: Task<Void, Never>?
        var pump: BodyPump?
        /// What is answered when the handler takes too long.
        var lateAnswer: HTTPResponse?
    }

    private let core: ServerCore
    private let connection: Connection
    private let target: String?
    private let state = Lock(State())

    /// `target` is `nil` if it is not UTF-8.
    init(core: ServerCore, connection: Connection, target: String?) {
        self.core = core
        self.connection = connection
        self.target = target
    }

    /// One call of the library: the head is there, a piece of the body is, all of it is, or the
    /// connection has been resumed.
    func advance(
        _ pointer: OpaquePointer, method: UnsafePointer<CChar>?, data: UnsafePointer<CChar>?,
        count: inout Int
    ) -> MHD_Result {
        let stage = state.withLock { $0.stage }
        switch stage {
        case .head: return readHead(pointer)
        case .body where count > 0:
            defer { count = 0 }
            return take(UnsafeRawBufferPointer(start: data, count: count))
        case .body: return dispatch(pointer, method)
        case .answered(let response):
            state.withLock { $0.stage = .sending }
            connection.answering()
            return queue(response, on: pointer)
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
            state.stage = .answered(response)
            return handle
        }
        if let handle { core.resume(handle) }
    }

    /// Answers in the handler's stead and cancels it; an answer in pieces is cut.
    func giveUp(_ problem: Problem) {
        let (task, pump, late) = state.withLock { ($0.task, $0.pump, $0.lateAnswer) }
        answer(problem == .tookTooLong ? late ?? problem.response : problem.response)
        task?.cancel()
        pump?.stop(complete: false)
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

    private func readHead(_ pointer: OpaquePointer) -> MHD_Result {
        let headers = headers(of: pointer)
        state.withLock {
            $0.stage = .body
            $0.headers = headers
        }
        let lengths = headers.values("Content-Length")
        let isChunked = headers["Transfer-Encoding"] != nil
        guard !lengths.isEmpty || isChunked else { return .YES }
        // What can be read in two ways, a proxy in front may have read in the other one: RFC 9112
        // section 6.3.
        guard lengths.count + (isChunked ? 1 : 0) == 1 else {
            return refuse(.ambiguousLength, pointer, last: true)
        }
        let limits = core.configuration
        connection.expectBytes(until: monotonicNanoseconds() + limits.bodyTimeMax.nanoseconds)
        // Who asks first, or announces more than we would even throw away, need not send it.
        guard let length = lengths.first.flatMap({ Int($0) }), length > limits.bodyBytesMax,
            headers["Expect"] != nil || length > discardMax
        else { return .YES }
        return refuse(.bodyTooLarge(limit: limits.bodyBytesMax), pointer, last: true)
    }

    /// The rest of a body that is too long is read and thrown away, so that the peer gets to hear
    /// why: one that is cut off while sending sees a reset connection instead.
    private var discardMax: Int { max(core.configuration.bodyBytesMax, 1_048_576) * 8 }

    private func take(_ piece: UnsafeRawBufferPointer) -> MHD_Result {
        state.withLock { state in
            state.bodyCount += piece.count
            if state.bodyCount <= core.configuration.bodyBytesMax {
                state.body.append(contentsOf: piece)
            } else {
                state.body = []
            }
            return state.bodyCount <= discardMax ? .YES : .NO
        }
    }

    private func dispatch(_ pointer: OpaquePointer, _ method: UnsafePointer<CChar>?) -> MHD_Result {
        let (headers, body, count) = state.withLock { state in
            defer { (state.headers, state.body) = (HTTPHeaders(), []) }
            return (state.headers, state.body, state.bodyCount)
        }
        let limit = core.configuration.bodyBytesMax
        if count > limit { return refuse(.bodyTooLarge(limit: limit), pointer) }
        guard let target, let method else { return refuse(.badTarget("It is not UTF-8."), pointer) }
        guard core.begin() else { return refuse(.stopping, pointer, last: true) }
        state.withLock { $0.isBegun = true }
        let request = HTTPRequest(
            HTTPMethod(String(cString: method)), target, headers: headers, body: body,
            remoteAddress: connection.address)
        if let response = core.immediate?(request) {
            core.answeredAtOnce()
            state.withLock { $0.stage = .sending }
            connection.answering()
            return queue(response, on: pointer)
        }
        handle(request, pointer)
        return .YES
    }

    /// Suspends the connection until the handler, in a task of its own, has the answer.
    private func handle(_ request: HTTPRequest, _ pointer: OpaquePointer) {
        // Before anyone can answer, and so resume it.
        MHD_suspend_connection(pointer)
        state.withLock { $0.stage = .handling(Handle(pointer: pointer)) }
        connection.expectAnswer(
            of: self,
            until: monotonicNanoseconds() + core.configuration.handlerTimeMax.nanoseconds)
        var request = request
        request.limit = { [self] in limit($0, $1) }
        let task = Task { [request] in await self.answer(self.core.handler(request)) }
        state.withLock { $0.task = task }
    }

    private func refuse(
        _ problem: Problem, _ pointer: OpaquePointer, last: Bool = false
    ) -> MHD_Result {
        state.withLock { $0.stage = .sending }
        return queue(problem.response, on: pointer, last: last)
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

    private func headers(of pointer: OpaquePointer) -> HTTPHeaders {
        var headers = HTTPHeaders()
        withUnsafeMutablePointer(to: &headers) { headers in
            _ = MHD_get_connection_values(
                pointer, .HEADER_KIND,
                { context, _, name, value in
                    let headers = context?.assumingMemoryBound(to: HTTPHeaders.self)
                    if let name {
                        headers?.pointee.appendParsed(
                            String(cString: name), value.map { String(cString: $0) } ?? "")
                    }
                    return .YES
                }, headers)
        }
        return headers
    }
}

/// Fields that frame a message: the server writes them itself. It writes `Date` too, unless the
/// answer has one: that of a network whose time is not this machine's.
private func isOfTheServer(_ name: String) -> Bool {
    switch name.utf8.count {
    case 10: equalIgnoringCase(name, "Connection")
    case 14: equalIgnoringCase(name, "Content-Length")
    case 17: equalIgnoringCase(name, "Transfer-Encoding")
    default: false
    }
}
