import Foundation
import HTTP
import Stellar

/// Answers in the order that they were given, and what it was asked.
final class FakeServer: @unchecked Sendable {
    // Safe: every access holds the lock.
    private let lock = NSLock()
    private var answers: [Result<(Int, String), HTTPClientError>]
    private var asked: [String] = []
    private var slept: [Duration] = []

    init(_ answers: [Result<(Int, String), HTTPClientError>]) {
        self.answers = answers
    }

    /// Answers of status 200 whose result is this JSON.
    convenience init(results: String...) {
        self.init(results.map { .success((200, #"{"jsonrpc":"2.0","id":1,"result":\#($0)}"#)) })
    }

    var requests: [String] { lock.withLock { asked } }
    var pauses: [Duration] { lock.withLock { slept } }

    var rpc: SorobanRPC {
        let transport = RPCTransport(
            sleep: { [self] pause in lock.withLock { slept.append(pause) } },
            post: { [self] body throws(HTTPClientError) in try answer(body) })
        return SorobanRPC(transport: transport)
    }

    private func answer(_ body: [UInt8]) throws(HTTPClientError) -> (status: Int, body: [UInt8]) {
        let next = lock.withLock {
            asked.append(String(decoding: body, as: UTF8.self))
            return answers.isEmpty ? nil : answers.removeFirst()
        }
        let (status, text) = try (next ?? .failure(.shutDown)).get()
        return (status, Array(text.utf8))
    }
}
