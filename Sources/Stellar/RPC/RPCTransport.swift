internal import Foundation
public import HTTP
internal import StellarXDR

/// Carries requests to one RPC server, and repeats what can be repeated.
///
/// Every method of the protocol may be repeated: most only read, and the network takes the same
/// signed transaction once, however often it is sent.
public struct RPCTransport: Sendable {
    /// How often, and after which pauses, a request is sent again.
    public struct Retries: Hashable, Sendable {
        /// All attempts together.
        public var attemptsMax = 4
        /// Before the second attempt; doubled for each further one.
        public var firstDelay = Duration.milliseconds(250)

        /// The defaults.
        public init() {}
    }

    /// Sends one body and gives the answer's status and body.
    public typealias Post =
        @Sendable ([UInt8]) async throws(HTTPClientError) -> (status: Int, body: [UInt8])

    private let post: Post
    private let sleep: @Sendable (Duration) async throws -> Void
    private let retries: Retries

    /// A transport over whatever `post` does.
    public init(
        retries: Retries = Retries(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        post: @escaping Post
    ) {
        self.retries = retries
        self.sleep = sleep
        self.post = post
    }

    /// A transport to the server at `url`.
    public init(url: String, client: HTTPClient, retries: Retries = Retries()) {
        self.init(retries: retries) { body throws(HTTPClientError) in
            let request = HTTPClient.Request(
                .post, url, headers: ["Content-Type": "application/json"], body: body)
            let response = try await client.send(request)
            guard case .bytes(let bytes) = response.body else {
                throw HTTPClientError.malformed("a stream")
            }
            return (response.status.code, bytes)
        }
    }

    /// Waits.
    func pause(_ duration: Duration) async throws(RPCError) {
        do { try await sleep(duration) } catch { throw .cancelled }
    }

    /// Calls a method.
    func call<Parameters: Encodable, Reply: Decodable>(
        _ method: String, _ parameters: Parameters
    ) async throws(RPCError) -> Reply {
        let body: [UInt8]
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            body = [UInt8](try encoder.encode(Request(method: method, params: parameters)))
        } catch {
            throw .badReply(method: method, reason: "the parameters are not JSON: \(error)")
        }
        let answer = try await send(body)
        let envelope: Response<Reply>
        do {
            envelope = try JSONDecoder().decode(Response<Reply>.self, from: Data(answer))
        } catch {
            throw .badReply(method: method, reason: "\(error)")
        }
        if let error = envelope.error { throw .refused(code: error.code, message: error.message) }
        guard let result = envelope.result else {
            throw .badReply(method: method, reason: "neither result nor error")
        }
        return result
    }

    /// Calls a method whose result is long, and so is read without `Decodable`, which would take as
    /// long as the server.
    func call(_ method: String, _ parameters: JSONValue) async throws(RPCError) -> ReplyFields {
        let request = JSONValue.object([
            .init("id", .number("1")), .init("jsonrpc", .string("2.0")),
            .init("method", .string(method)), .init("params", parameters),
        ])
        let answer = try await send(Array(request.description.utf8))
        let envelope: ReplyFields
        do {
            envelope = ReplyFields(try JSONValue(parsing: answer), of: method)
        } catch {
            throw .badReply(method: method, reason: "\(error)")
        }
        if let error = try envelope.fields("error") {
            throw .refused(
                code: Int(try error.required(try error.integer("code"), "code")),
                message: try error.required(try error.text("message"), "message"))
        }
        return try envelope.required(try envelope.fields("result"), "result")
    }

    private func send(_ body: [UInt8]) async throws(RPCError) -> [UInt8] {
        var delay = retries.firstDelay
        var attempt = 1
        while true {
            let (error, mayPass): (RPCError, Bool)
            switch await outcome(of: body) {
            case .success(let (status, answer)):
                if (200...299).contains(status) { return answer }
                error = .status(status)
                mayPass = [408, 425, 429, 500, 502, 503, 504].contains(status)
            case .failure(let failure):
                error = .transport(failure)
                mayPass = Self.mayPass(failure)
            }
            guard mayPass, attempt < retries.attemptsMax else { throw error }
            try await pause(delay)
            attempt += 1
            delay *= 2
        }
    }

    private func outcome(
        of body: [UInt8]
    ) async -> Result<(status: Int, body: [UInt8]), HTTPClientError> {
        do { return .success(try await post(body)) } catch { return .failure(error) }
    }

    /// Whether the same request may find a better moment.
    private static func mayPass(_ error: HTTPClientError) -> Bool {
        switch error {
        case .unresolved, .unreachable, .connectTimedOut, .timedOut, .cut: true
        case .badURL, .tooLarge, .malformed, .insecure, .tooManyRedirects, .cancelled, .shutDown:
            false
        }
    }

    private struct Request<Parameters: Encodable>: Encodable {
        var jsonrpc = "2.0"
        var id = 1
        var method: String
        var params: Parameters
    }

    private struct Response<Reply: Decodable>: Decodable {
        var result: Reply?
        var error: Failure?
    }

    private struct Failure: Decodable {
        var code: Int
        var message: String
    }
}
