import Foundation
import HTTP
import Support
import Telemetry

/// A supplier on this machine: answers with what was recorded, and misbehaves when told to.
final class SupplierServer: Sendable {
    /// What goes wrong with one request.
    enum Fault: Sendable {
        /// An answer of the supplier's own.
        case status(Int, String, HTTPHeaders = [:])
        /// A page of some proxy in between.
        case page(Int)
        /// The answer comes, late.
        case slow(Duration)
        /// The connection ends in the middle of the answer.
        case cut
        /// What was asked is done, and the connection ends before it is told.
        case doneThenCut
        /// This much of an answer comes, and then the connection ends, or nothing more.
        case begunThenCut(String)
        case begunThenSilent(String)
    }

    /// What was asked.
    struct Asked: Sendable {
        var method: HTTPMethod
        var path: String
        var query: String
        var headers: HTTPHeaders
        var body: String

        /// `POST /air/orders`
        var line: String { "\(method) \(path)" }
    }

    private struct State {
        var faults: [String: [Fault]] = [:]
        var asked: [Asked] = []
        var server: HTTPServer?
    }

    private let state = Lock(State())
    private let respond: @Sendable (Asked) throws -> HTTPResponse

    /// - Parameter respond: what the supplier answers when nothing goes wrong.
    init(respond: @escaping @Sendable (Asked) throws -> HTTPResponse) { self.respond = respond }

    /// Listens, and gives the address.
    func start() async throws -> String {
        let server = HTTPServer { [self] in await answer($0) }
        let port = try await server.start()
        state.withLock { $0.server = server }
        return "http://127.0.0.1:\(port)"
    }

    func stop() async { await state.withLock { $0.server }?.stop() }

    /// The next request whose line begins so meets this.
    func fail(_ line: String, _ faults: Fault...) {
        state.withLock { $0.faults[line, default: []] += faults }
    }

    /// Everything that was asked, in order.
    var asked: [Asked] { state.withLock { $0.asked } }

    /// How often something was asked whose line begins so.
    func count(_ line: String) -> Int { asked.count { $0.line.hasPrefix(line) } }

    private func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let asked = Asked(
            method: request.method, path: request.path, query: request.queryText,
            headers: request.headers, body: String(decoding: request.body, as: UTF8.self))
        let fault: Fault? = state.withLock { state in
            state.asked.append(asked)
            guard
                let line = state.faults.keys.first(where: {
                    asked.line.hasPrefix($0) && !(state.faults[$0] ?? []).isEmpty
                })
            else { return nil }
            return state.faults[line]?.removeFirst()
        }
        switch fault {
        case .status(let code, let body, var headers):
            headers["Content-Type"] = "application/json"
            return HTTPResponse(
                status: HTTPStatus(code), headers: headers, body: .bytes(Array(body.utf8)))
        case .page(let code):
            return .text(
                "<html><body><h1>Bad Gateway</h1></body></html>", status: HTTPStatus(code),
                contentType: "text/html")
        case .slow(let duration):
            try? await Task.sleep(for: duration)
            return usual(asked)
        case .cut: return cut(usual(asked))
        case .doneThenCut:
            _ = usual(asked)
            return cut(HTTPResponse(body: .bytes([])))
        case .begunThenCut(let text): return begun(text, isCut: true)
        case .begunThenSilent(let text): return begun(text, isCut: false)
        case nil: return usual(asked)
        }
    }

    private func usual(_ asked: Asked) -> HTTPResponse {
        do { return try respond(asked) } catch { return .text("\(error)", status: 599) }
    }

    private func begun(_ text: String, isCut: Bool) -> HTTPResponse {
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(Array(text.utf8))
            Task {
                // A cut comes behind what was sent, not in its place.
                try? await Task.sleep(for: isCut ? .milliseconds(200) : .seconds(3))
                continuation.finish(throwing: CocoaError(.coderInvalidValue))
            }
        }
        return HTTPResponse(status: .created, body: .streaming(pieces))
    }

    /// The first half of an answer, and then the end of the connection.
    private func cut(_ response: HTTPResponse) -> HTTPResponse {
        guard case .bytes(let bytes) = response.body else { return response }
        var response = response
        let half = Array(bytes.prefix(max(1, bytes.count / 2)))
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(half)
            continuation.finish(throwing: CocoaError(.coderInvalidValue))
        }
        response.body = .streaming(pieces)
        return response
    }
}

/// JSON of the recorded replies, changed a little.
enum Recorded {
    static func object(_ path: String) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Vectors.data("suppliers/\(path)"))
        guard let object = json as? [String: Any] else { throw CocoaError(.coderInvalidValue) }
        return object
    }

    static func response(_ object: Any, status: HTTPStatus = .ok) throws -> HTTPResponse {
        let data = try JSONSerialization.data(withJSONObject: object)
        return .bytes(Array(data), contentType: "application/json", status: status)
    }
}
