internal import Telemetry

/// One request and what has come of its answer.
///
/// The loop's thread fills it; whoever asked waits for it; anyone may make it fail. It is decided
/// once, and what comes afterwards is ignored.
final class Transfer: Sendable {
    typealias Outcome = Result<HTTPResponse, HTTPClientError>

    private static let headBytesMax = 262_144

    private struct State {
        var isDecided = false
        /// Kept only until it is handed over: a body in pieces lives as long as its reader.
        var outcome: Outcome?
        var continuation: CheckedContinuation<Outcome, Never>?
        var status = 0
        var headers = HTTPHeaders()
        var headBytes = 0
        var body: [UInt8] = []
        var isDelivered = false
        /// Why a callback made libcurl stop.
        var stopped: HTTPClientError?
    }

    let request: HTTPClient.Request
    let configuration: HTTPClient.Configuration
    /// Where the pieces go, if the body is wanted in pieces.
    let channel: ByteChannel?
    private let start = monotonicNanoseconds()
    private let state = Lock(State())

    init(
        _ request: HTTPClient.Request, _ configuration: HTTPClient.Configuration, isStream: Bool
    ) throws(HTTPClientError) {
        let scheme = request.url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https", !request.url.utf8.contains(0) else {
            throw .badURL(request.url)
        }
        self.request = request
        self.configuration = configuration
        channel = isStream ? ByteChannel() : nil
    }

    /// Resumes `continuation` with the outcome, now or later.
    func expect(_ continuation: CheckedContinuation<Outcome, Never>) {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.continuation = continuation }
            defer { state.outcome = nil }
            return state.outcome
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Decides that there is no answer, or no more of it.
    func fail(_ error: HTTPClientError) {
        decide(.failure(error))
        channel?.finish(error)
    }

    /// Whether it is decided.
    var isOver: Bool { state.withLock { $0.isDecided } }

    /// Whether a head is still waited for.
    var isWaitingForHead: Bool { state.withLock { !$0.isDelivered } }

    /// Whether the time is over in which there should have been a head.
    func isLate(at now: UInt64) -> Bool {
        now > start + (request.totalTimeMax ?? configuration.totalTimeMax).nanoseconds
    }

    private func decide(_ outcome: Outcome) {
        let continuation = state.withLock { state in
            guard !state.isDecided else { return nil as CheckedContinuation<Outcome, Never>? }
            state.isDecided = true
            if state.continuation == nil { state.outcome = outcome }
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: outcome)
    }

    /// A line of a head. `false` stops the transfer.
    func take(headLine line: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        let isHead = state.withLock { state in
            state.headBytes += line.count
            if state.headBytes > Self.headBytesMax {
                state.stopped = .malformed("the head has more than \(Self.headBytesMax) bytes")
            } else if text.hasPrefix("HTTP/") {
                let fields = text.split(separator: " ", maxSplits: 2)
                state.status = fields.count > 1 ? Int(fields[1].prefix(3)) ?? 0 : 0
                state.headers = HTTPHeaders()
            } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
                let value = text[text.utf8.index(after: colon)...]
                state.headers.append(String(text[..<colon]), trimmed(value))
            } else {
                return isLastHead(state.status)
            }
            return false
        }
        if isHead, let channel { deliver(.stream(ByteChannelBody(channel))) }
        return state.withLock { $0.stopped == nil }
    }

    /// What libcurl shall do with a piece of the body.
    enum Verdict {
        case taken
        case pause
        case stop
    }

    /// A piece of the body.
    func take(body bytes: UnsafeRawBufferPointer) -> Verdict {
        if let channel { return channel.send(bytes) ? .taken : .pause }
        let limit = configuration.bodyBytesMax
        return state.withLock { state in
            guard bytes.count <= limit - state.body.count else {
                state.stopped = .tooLarge(limit: limit)
                return .stop
            }
            state.body.append(contentsOf: bytes)
            return .taken
        }
    }

    /// All of the answer is there, or libcurl gave up with `error`.
    func finish(_ error: HTTPClientError?) {
        let (body, stopped) = state.withLock { state in
            defer { state.body = [] }
            return (state.body, state.stopped)
        }
        if let error { return fail(stopped ?? error) }
        if let channel {
            deliver(.stream(ByteChannelBody(channel)))
            channel.finish(nil)
        } else {
            deliver(.bytes(body))
        }
    }

    /// `body` is made only if it is delivered: one that is dropped ends the transfer.
    private func deliver(_ body: @autoclosure () -> HTTPBody) {
        let response: HTTPResponse? = state.withLock { state in
            guard !state.isDelivered else { return nil }
            state.isDelivered = true
            return HTTPResponse(
                status: HTTPStatus(state.status), headers: state.headers, body: body())
        }
        if let response { decide(.success(response)) }
    }

    /// Not an interim answer, and not one that is followed.
    private func isLastHead(_ status: Int) -> Bool {
        status >= 200 && !(configuration.redirectsMax > 0 && (300..<400).contains(status))
    }
}

private func trimmed(_ text: Substring) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    var rest = text.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
}
