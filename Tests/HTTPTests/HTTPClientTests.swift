import Glibc
import Telemetry
import Testing

@testable import HTTP

@Suite struct HTTPClientTests {
    let client = HTTPClient()

    @Test(arguments: [
        HTTPMethod.get, .post, .put, .patch, .delete, .options, "PROPFIND",
    ])
    func `every method is sent as such, with and without a body`(method: HTTPMethod) async throws {
        let server = HTTPServer { request in
            .text("\(request.method) \(request.body.count)")
        }
        let port = try await server.start()
        for body in [[], [1, 2, 3]] as [[UInt8]] {
            let answer = try await client.send(
                .init(method, "http://127.0.0.1:\(port)/", body: body))
            let text = String(decoding: try await answer.body.bytes(), as: UTF8.self)
            #expect(text == "\(method) \(body.count)")
        }
        await server.stop()
    }

    @Test func `one connection carries many requests`() async throws {
        let core = ServerCore(.init()) { _ in .text("") }
        let server = HTTPServer(core)
        let port = try await server.start()
        for _ in 0..<50 { _ = try await client.send(.init(.get, "http://127.0.0.1:\(port)/")) }
        #expect(core.connections.count == 1)
        await server.stop()
    }

    @Test func `many transfers go at the same time`() async throws {
        let waiting = Lock(0)
        let all = Signal()
        let server = HTTPServer { _ in
            let count = waiting.withLock { count in
                count += 1
                return count
            }
            if count == 20 { all.give() }
            await all.wait()
            return .text("")
        }
        let port = try await server.start()
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { try await client.send(.init(.get, "http://127.0.0.1:\(port)/")) }
            }
            for try await answer in group { #expect(answer.status == .ok) }
        }
        await server.stop()
    }

    @Test(arguments: ["ftp://a/", "file:///etc/passwd", "", "nonsense", "http://", "http:// a/"])
    func `an address of another kind is refused`(url: String) async {
        await #expect(throws: HTTPClientError.badURL(url)) {
            try await client.send(.init(.get, url))
        }
    }

    @Test func `a host without an address is unresolved`() async {
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(.get, "http://nowhere.invalid/"))
        }
        #expect(error?.code == "http_client.unresolved")
        #expect(error?.isBeforeSending == true)
    }

    @Test func `nobody listening is unreachable`() async throws {
        let server = HTTPServer { _ in .text("") }
        let port = try await server.start()
        await server.stop()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
        }
        #expect(error?.code == "http_client.unreachable")
    }

    @Test func `a connection that is not taken times out before anything is sent`() async throws {
        // The system accepts two connections for a queue of length 0; the rest must wait.
        let listener = RawListener(backlog: 0)
        let filling = (0..<8).map { _ in HTTPClient() }
        var configuration = HTTPClient.Configuration()
        configuration.connectTimeMax = .milliseconds(300)
        let url = "http://127.0.0.1:\(listener.port)/"
        await withTaskGroup { group in
            for client in filling {
                group.addTask { _ = try? await client.send(.init(.get, url)) }
            }
            let patient = HTTPClient(configuration)
            var last: HTTPClientError?
            for _ in 0..<10 where last != .connectTimedOut {
                do throws(HTTPClientError) {
                    _ = try await patient.send(.init(.get, url, totalTimeMax: .seconds(2)))
                } catch {
                    last = error
                }
            }
            #expect(last == .connectTimedOut)
            group.cancelAll()
        }
    }

    @Test func `an answer that does not come times out`() async throws {
        let over = Signal()
        let server = HTTPServer { _ in
            await over.wait()
            return .text("")
        }
        let port = try await server.start()
        let request = HTTPClient.Request(
            .get, "http://127.0.0.1:\(port)/", totalTimeMax: .milliseconds(100))
        await #expect(throws: HTTPClientError.timedOut) { try await client.send(request) }
        await #expect(throws: HTTPClientError.timedOut) { try await client.stream(request) }
        over.give()
        await server.stop()
    }

    @Test(arguments: [true, false])
    func `a body over the limit is not taken, announced or not`(isAnnounced: Bool) async throws {
        let server = HTTPServer { _ in
            let bytes = [UInt8](repeating: 1, count: 200_000)
            guard !isAnnounced else { return HTTPResponse(body: .bytes(bytes)) }
            return HTTPResponse(body: .streaming(AsyncStream<[UInt8]> { bytes }))
        }
        let port = try await server.start()
        var configuration = HTTPClient.Configuration()
        configuration.bodyBytesMax = 199_999
        let client = HTTPClient(configuration)
        await #expect(throws: HTTPClientError.tooLarge(limit: 199_999)) {
            try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
        }
        await server.stop()
    }

    @Test func `a cancelled transfer ends at once, and the connection with it`() async throws {
        let (begun, over) = (Signal(), Signal())
        let server = HTTPServer { _ in
            begun.give()
            await over.wait()
            return .text("")
        }
        let port = try await server.start()
        let task = Task { try await client.send(.init(.get, "http://127.0.0.1:\(port)/")) }
        await begun.wait()
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
        over.give()
        await server.stop()
    }

    @Test func `a transfer of a cancelled task is never begun`() async throws {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.send(.init(.get, "http://127.0.0.1:1/"))
        }
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
    }

    @Test(arguments: [
        ("", "http_client.cut"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "http_client.cut"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha", "http_client.cut"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "http_client.malformed"),
        ("SSH-2.0-OpenSSH\r\n\r\n", "http_client.malformed"),
    ])
    func `a peer that cuts or babbles is an error`(answer: String, code: String) async throws {
        let listener = RawListener { peer in
            _ = peer.receive()
            peer.send(answer)
        }
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(.get, "http://127.0.0.1:\(listener.port)/"))
        }
        #expect(error?.code == code)
    }

    @Test func `a head without end is not read`() async throws {
        let listener = RawListener { peer in
            _ = peer.receive()
            peer.send("HTTP/1.1 200 OK\r\n")
            let field = "X-Long: " + String(repeating: "x", count: 1000) + "\r\n"
            while peer.send(field) {}
        }
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(.get, "http://127.0.0.1:\(listener.port)/"))
        }
        #expect(error?.code == "http_client.malformed")
    }

    @Test func `redirects are followed only where asked, and not for ever`() async throws {
        let server = HTTPServer { request in
            let next = ["/a": "/b", "/b": "/c", "/round": "/round"][request.path]
            guard let next else { return .text("here") }
            return HTTPResponse(status: 302, headers: ["Location": next])
        }
        let port = try await server.start()
        let url = "http://127.0.0.1:\(port)"
        #expect(try await client.send(.init(.get, url + "/a")).status == 302)
        var configuration = HTTPClient.Configuration()
        configuration.redirectsMax = 3
        let follower = HTTPClient(configuration)
        let answer = try await follower.send(.init(.get, url + "/a"))
        #expect(answer.status == .ok)
        #expect(try await answer.body.bytes() == Array("here".utf8))
        await #expect(throws: HTTPClientError.tooManyRedirects) {
            try await follower.send(.init(.get, url + "/round"))
        }
        await server.stop()
    }

    @Test func `a client that is shut down ends its transfers and takes none`() async throws {
        let (begun, over) = (Signal(), Signal())
        let server = HTTPServer { _ in
            begun.give()
            await over.wait()
            return .text("")
        }
        let port = try await server.start()
        let client = HTTPClient()
        let answer = Task { try await client.send(.init(.get, "http://127.0.0.1:\(port)/")) }
        await begun.wait()
        client.shutDown()
        await #expect(throws: HTTPClientError.shutDown) { try await answer.value }
        await #expect(throws: HTTPClientError.shutDown) {
            try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
        }
        over.give()
        await server.stop()
    }

    @Test func `a transfer outlives the last reference to its client`() async throws {
        let (begun, over) = (Signal(), Signal())
        let server = HTTPServer { _ in
            begun.give()
            await over.wait()
            return .text("")
        }
        let port = try await server.start()
        let task = Task {
            try await HTTPClient().send(.init(.get, "http://127.0.0.1:\(port)/"))
        }
        await begun.wait()
        over.give()
        #expect(try await task.value.status == .ok)
        await server.stop()
    }
}
