import HTTP
import Telemetry
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

/// What stands behind `code` in a problem document.
func problemCode(_ answer: String) -> Substring? {
    answer.firstMatch(of: /"code":"([^"]*)"/)?.1
}

@Suite struct HTTPServerTests {
    let client = HTTPClient()

    @Test func `a request reaches the handler and its answer the client`() async throws {
        var router = Router()
        router.post("/echo/{name}") { request in
            #expect(request.remoteAddress == "127.0.0.1")
            #expect(request.headers["x-ask"] == "yes")
            return HTTPResponse(
                status: .created,
                headers: [
                    "X-Name": request.parameters["name"] ?? "", "X-Query": request.queryText,
                ],
                body: .bytes(request.body))
        }
        try await withServer(router) { port in
            let answer = try await client.send(
                .init(
                    .post, "http://127.0.0.1:\(port)/echo/a%20b?c=d", headers: ["X-Ask": "yes"],
                    body: [1, 0, 2]))
            #expect(answer.status == .created)
            #expect(answer.headers["x-name"] == "a b")
            #expect(answer.headers["X-Query"] == "c=d")
            #expect(answer.headers["Content-Length"] == "3")
            #expect(try await answer.body.bytes() == [1, 0, 2])
        }
    }

    @Test(arguments: [0, 1, 1023, 65_536, 1_048_576])
    func `a body of any allowed length comes back as it was`(count: Int) async throws {
        var router = Router()
        router.put("/") { HTTPResponse(body: .bytes($0.body)) }
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await withServer(router) { port in
            let answer = try await client.send(
                .init(.put, "http://127.0.0.1:\(port)/", body: body))
            #expect(try await answer.body.bytes() == body)
        }
    }

    @Test func `HEAD is GET without the body`() async throws {
        var router = Router()
        router.get("/") { _ in .text("seven b") }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("Content-Length: 7\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `requests of one connection are answered in their order, also in one piece`()
        async throws
    {
        var router = Router()
        router.get("/{name}") { .text("<\($0.parameters["name"] ?? "")>") }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send(
                (1...50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
                    + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let bodies = try await connection.receiveAll().matches(of: /<(\w+)>/).map { $0.1 }
            #expect(bodies == (1...50).map { "\($0)" } + ["last"])
        }
    }

    @Test func `whoever asks before sending a body is told to go on`() async throws {
        var router = Router()
        router.post("/") { HTTPResponse(body: .bytes($0.body)) }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n"
                    + "Connection: close\r\n\r\n")
            let interim = try await connection.receive { $0.contains("\r\n\r\n") }
            #expect(interim.hasPrefix("HTTP/1.1 100"))
            connection.send("abc")
            #expect(try await connection.receiveAll().hasSuffix("abc"))
        }
    }

    @Test func `a body in chunks is put together`() async throws {
        var router = Router()
        router.post("/") { HTTPResponse(body: .bytes($0.body)) }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                    + "Connection: close\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n")
            #expect(try await connection.receiveAll().hasSuffix("\r\n\r\nabcd"))
        }
    }

    @Test func `a handler that takes too long is cancelled and answered for`() async throws {
        let cancelled = Signal()
        var router = Router()
        router.get("/") { _ in
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.give()
            }
            return .text("too late")
        }
        var configuration = HTTPServer.Configuration()
        configuration.handlerTimeMax = .milliseconds(50)
        try await withServer(router, configuration) { port in
            let answer = try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
            #expect(answer.status == 503)
            #expect(answer.headers["Content-Type"] == "application/problem+json")
            await cancelled.wait()
        }
    }

    @Test func `what frames a message cannot be set by a handler`() async throws {
        var router = Router()
        router.get("/") { _ in
            var response = HTTPResponse.text("abc")
            response.headers.append("content-length", "1000")
            response.headers.append("Transfer-Encoding", "chunked")
            response.headers.append("X-Split", "a\r\nX-Injected: b")
            response.headers.append("X-Good", "yes")
            return response
        }
        try await withServer(router) { port in
            let answer = try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
            #expect(answer.headers.values("Content-Length") == ["3"])
            #expect(answer.headers["Transfer-Encoding"] == nil)
            #expect(answer.headers["X-Injected"] == nil)
            #expect(answer.headers["X-Good"] == "yes")
        }
    }

    @Test func `a connection too many waits until another ends`() async throws {
        var configuration = HTTPServer.Configuration()
        configuration.connectionsMax = 2
        var router = Router()
        router.get("/") { _ in .text("ok") }
        let ask = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        try await withServer(router, configuration) { port in
            var served = try [RawConnection(port: port), RawConnection(port: port)]
            for connection in served {
                connection.send(ask)
                _ = try await connection.receive { $0.hasSuffix("ok") }
            }
            let third = try RawConnection(port: port)
            third.send(ask)
            let isAnswered = Lock(false)
            async let answer = {
                let answer = try await third.receive { $0.hasSuffix("ok") }
                isAnswered.withLock { $0 = true }
                return answer
            }()
            try await Task.sleep(for: .milliseconds(100))
            #expect(!isAnswered.withLock { $0 })
            served.removeLast()
            #expect(try await answer.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a second server cannot have the port of the first`() async throws {
        try await withServer(Router()) { port in
            let second = HTTPServer(.init(port: port), router: Router())
            let error = await #expect(throws: HTTPServerError.self) { try await second.start() }
            #expect(error?.code == "http_server.cannot_listen")
        }
    }

    @Test func `a server starts once`() async throws {
        let server = HTTPServer(router: Router())
        _ = try await server.start()
        await #expect(throws: HTTPServerError.alreadyStarted) { try await server.start() }
        await server.stop()
        await server.stop()
        await #expect(throws: HTTPServerError.alreadyStarted) { try await server.start() }
    }

    @Test func `a host that is not ours is named`() async throws {
        let server = HTTPServer(.init(host: "nowhere.invalid"), router: Router())
        await #expect(throws: HTTPServerError.unknownHost("nowhere.invalid")) {
            try await server.start()
        }
    }
}
