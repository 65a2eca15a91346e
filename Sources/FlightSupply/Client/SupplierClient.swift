import Foundation
import HTTP
import Telemetry

/// Asks a supplier over HTTP, and tells its answers from its failures.
struct SupplierClient: Sendable {
    /// What to ask.
    struct Question: Sendable {
        var method: HTTPMethod
        var path: String
        var query: [(name: String, value: String)] = []
        var headers: HTTPHeaders = [:]
        var body: [UInt8] = []

        init(
            _ method: HTTPMethod, _ path: String, query: [(name: String, value: String)] = [],
            headers: HTTPHeaders = [:], body: [UInt8] = []
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
        }
    }

    let client: HTTPClient
    /// Without a slash at its end.
    let base: String
    /// How long one question may take, all its attempts together.
    let timeMax: Duration
    /// What a status that is no success means to this supplier, if it says so in its own form.
    let readFailure: @Sendable (HTTPStatus, HTTPHeaders, [UInt8]) -> SupplyError?

    /// How often something that changes nothing is asked.
    static let attemptsMax = 3
    /// The first pause between two attempts; it doubles.
    static let firstPause = Duration.milliseconds(200)

    /// Asks for something that changes nothing; where trying again may help, it is tried again as
    /// long as there is time.
    func read(_ question: Question) async throws(SupplyError) -> [UInt8] {
        let clock = ContinuousClock()
        let deadline = clock.now + timeMax
        var pause = Self.firstPause
        for attempt in 1... {
            do throws(SupplyError) {
                return try await send(question, timeMax: deadline - clock.now)
            } catch {
                let wait = error.pause ?? pause
                guard error.isWorthAnotherTry, attempt < Self.attemptsMax,
                    clock.now + wait < deadline, !Task.isCancelled
                else { throw error }
                try? await Task.sleep(for: wait)
                pause *= 2
            }
        }
        throw .timedOut
    }

    /// Asks once, whatever comes: for what must not be done twice.
    func change(_ question: Question) async throws(SupplyError) -> [UInt8] {
        try await send(question, timeMax: timeMax)
    }

    /// What came of an answer that says yes.
    struct Parts: Sendable {
        var bytes: [UInt8]
        /// Why it is not all of it.
        var fault: SupplyError?
    }

    /// The longest answer to something that is done once.
    static let partsBytesMax = 4 * 1_048_576

    /// Asks once, whatever comes, and gives what there is of an answer that broke off or came too
    /// late: it may say what has been done.
    func changeKeepingParts(_ question: Question) async throws(SupplyError) -> Parts {
        let clock = ContinuousClock()
        let deadline = clock.now + timeMax
        let response: HTTPResponse
        do {
            response = try await client.stream(request(question, timeMax: timeMax))
        } catch {
            throw SupplyError(error)
        }
        guard case .stream(let pieces) = response.body else {
            throw .unreadable("it is no stream")
        }
        let gathered = Lock<[UInt8]>([])
        let fault = await withTaskGroup(of: SupplyError?.self) { group in
            group.addTask { await Self.gather(pieces, in: gathered) }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: clock)
                return .timedOut
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        let bytes = gathered.withLock { $0 }
        guard response.status.isSuccess else {
            if let fault { throw fault }
            throw readFailure(response.status, response.headers, bytes)
                ?? Self.failure(response.status, response.headers, bytes)
        }
        return Parts(bytes: bytes, fault: fault)
    }

    private static func gather(
        _ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, in gathered: Lock<[UInt8]>
    ) async -> SupplyError? {
        do {
            for try await piece in pieces {
                let count = gathered.withLock { bytes in
                    bytes += piece
                    return bytes.count
                }
                guard count <= partsBytesMax else { return .unreadable("it does not end") }
            }
            return nil
        } catch let error as HTTPClientError {
            return SupplyError(error)
        } catch {
            return .interrupted("\(error)")
        }
    }

    private func request(_ question: Question, timeMax: Duration) -> HTTPClient.Request {
        let items = question.query.map {
            "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))"
        }
        let query = items.isEmpty ? "" : "?" + items.joined(separator: "&")
        return HTTPClient.Request(
            question.method, base + question.path + query, headers: question.headers,
            body: question.body, totalTimeMax: timeMax)
    }

    private func send(_ question: Question, timeMax: Duration) async throws(SupplyError) -> [UInt8]
    {
        let response: HTTPResponse
        do {
            response = try await client.send(request(question, timeMax: timeMax))
        } catch {
            throw SupplyError(error)
        }
        guard case .bytes(let body) = response.body else { throw .unreadable("it is a stream") }
        guard response.status.isSuccess else {
            throw readFailure(response.status, response.headers, body)
                ?? Self.failure(response.status, response.headers, body)
        }
        return body
    }

    /// What a status means where the supplier did not say more: a proxy's page, say.
    static func failure(_ status: HTTPStatus, _ headers: HTTPHeaders, _ body: [UInt8])
        -> SupplyError
    {
        switch status.code {
        case 401, 403: return .unauthorized("status \(status)")
        case 429: return .throttled(retryAfterSeconds: retryAfter(headers))
        case 500...599: return .failed(status: status.code, reason: status.reason)
        default: return .rejected(code: "\(status)", reason: status.reason)
        }
    }

    /// The seconds of `Retry-After`; a date counts as not said.
    static func retryAfter(_ headers: HTTPHeaders) -> Int? {
        headers["Retry-After"].flatMap { Int($0) }.map { min(max($0, 0), 3_600) }
    }
}

extension SupplyError {
    /// Why a request came to nothing on its way.
    init(_ error: HTTPClientError) {
        self =
            switch error {
            case .connectTimedOut: .unreachable("\(error)")
            case .timedOut: .timedOut
            case .cut, .cancelled, .tooManyRedirects: .interrupted("\(error)")
            case .tooLarge, .malformed: .unreadable("\(error)")
            case .badURL, .unresolved, .unreachable, .insecure, .shutDown: .unreachable("\(error)")
            }
    }

    /// Whether asking the same again soon may give something else.
    var isWorthAnotherTry: Bool {
        switch self {
        case .unreachable, .interrupted, .throttled: true
        // 500 is the supplier's own fault, and its documents say not to insist.
        case .failed(let status, _): [502, 503, 504].contains(status)
        default: false
        }
    }

    /// How long it asked to be left alone.
    var pause: Duration? {
        if case .throttled(let seconds?) = self { return .seconds(seconds) }
        return nil
    }
}
