import HTTP
import Testing

/// Runs a server for `body`, and stops it whatever happens.
func withServer<Result>(
    _ router: Router, _ configuration: HTTPServer.Configuration = .init(),
    _ body: (Int) async throws -> Result
) async throws -> Result {
    let server = HTTPServer(configuration, router: router)
    let port = try await server.start()
    do {
        let result = try await body(port)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

@Suite struct HTTPServerTests {
    let client = HTTPClient()

    @Test func `a request reaches the handler and its answer the client`() async throws {
        var router = Router()
        router.post("/echo/{name}") { request in
            #expect(request.remoteAddress == "127.0.0.1")
            return HTTPResponse(
                status: .created,
                headers: [
                    "X-Name": request.parameters["name"] ?? "", "X-Query": request.queryText,
                ],
                body: .bytes(request.body))
        }
        try await withServer(router) { port in
            let answer = try await client.send(
                .init(.post, "http://127.0.0.1:\(port)/echo/a%20b?c=d", body: [1, 0, 2]))
            #expect(answer.status == .created)
            #expect(answer.headers["x-name"] == "a b")
            #expect(answer.headers["X-Query"] == "c=d")
            #expect(answer.headers["Content-Length"] == "3")
            #expect(try await answer.body.bytes() == [1, 0, 2])
        }
    }

    @Test func `an answer in pieces comes in pieces`() async throws {
        var router = Router()
        router.get("/pieces") { _ in
            HTTPResponse(
                body: .streaming(
                    AsyncStream<[UInt8]> { continuation in
                        for number in 0..<1000 {
                            continuation.yield(Array("\(number)\n".utf8))
                        }
                        continuation.finish()
                    }))
        }
        let expected = (0..<1000).map { "\($0)\n" }.joined()
        try await withServer(router) { port in
            let url = "http://127.0.0.1:\(port)/pieces"
            let whole = try await client.send(.init(.get, url))
            #expect(whole.headers["Transfer-Encoding"] == "chunked")
            #expect(String(decoding: try await whole.body.bytes(), as: UTF8.self) == expected)
            let stream = try await client.stream(.init(.get, url))
            #expect(String(decoding: try await stream.body.bytes(), as: UTF8.self) == expected)
        }
    }

    @Test func `a second server cannot have the port of the first`() async throws {
        try await withServer(Router()) { port in
            let second = HTTPServer(.init(port: port), router: Router())
            let error = await #expect(throws: HTTPServerError.self) { try await second.start() }
            #expect(error?.code == "http_server.cannot_listen")
        }
    }
}
