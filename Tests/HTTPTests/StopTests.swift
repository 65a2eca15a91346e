import Foundation
import Glibc
import HTTP
import Telemetry
import Testing

/// Stopping: the library would abort the process if the order were wrong.
@Suite struct StopTests {
    let client = HTTPClient()

    @Test func `what is under way is answered, what is new is refused`() async throws {
        let (begun, goOn) = (Signal(), Signal())
        var router = Router()
        router.get("/slow") { _ in
            begun.give()
            await goOn.wait()
            return .text("done")
        }
        let server = HTTPServer(router: router)
        let port = try await server.start()
        let kept = [try RawConnection(port: port), try RawConnection(port: port)]
        for connection in kept {
            connection.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.receive { $0.contains("http.not_found") }
        }
        async let slow = client.send(.init(.get, "http://127.0.0.1:\(port)/slow"))
        await begun.wait()
        async let stopped: Void = server.stop()
        // One connection asks until it is told that this was the last answer; then the server
        // stops, and the other is refused.
        var answer = ""
        while !answer.contains("Connection: close") {
            guard kept[0].send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n") else { break }
            answer = try await kept[0].receive { $0.contains("\r\n\r\n") && $0.hasSuffix("}") }
        }
        #expect(answer.contains("Connection: close"))
        kept[1].send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
        let refusal = try await kept[1].receiveAll()
        #expect(refusal.hasPrefix("HTTP/1.1 503"))
        #expect(problemCode(refusal) == "http.stopping")
        #expect(refusal.contains("Connection: close"))
        goOn.give()
        #expect(try await slow.status == .ok)
        await stopped
        await #expect(throws: HTTPClientError.self) {
            try await client.send(.init(.get, "http://127.0.0.1:\(port)/slow"))
        }
    }

    @Test(arguments: 0..<5)
    func `a server stops cleanly under load`(round: Int) async throws {
        var router = Router()
        router.get("/") { _ in
            await Task.yield()
            return .text("ok")
        }
        router.get("/stream") { _ in
            HTTPResponse(
                body: .streaming(
                    AsyncStream<[UInt8]> { continuation in
                        for _ in 0..<50 { continuation.yield([1, 2, 3]) }
                        continuation.finish()
                    }))
        }
        let server = HTTPServer(router: router)
        let port = try await server.start()
        let answered = Lock(0)
        let enough = Signal()
        try await withThrowingTaskGroup { group in
            for worker in 0..<16 {
                group.addTask {
                    let path = worker % 4 == 0 ? "stream" : ""
                    // Until the server is gone.
                    while let answer = try? await client.send(
                        .init(.get, "http://127.0.0.1:\(port)/\(path)")),
                        answer.status != .serviceUnavailable
                    {
                        #expect(answer.status == .ok)
                        let count = answered.withLock { count in
                            count += 1
                            return count
                        }
                        if count == 200 { enough.give() }
                    }
                }
            }
            await enough.wait()
            await server.stop()
            try await group.waitForAll()
        }
        #expect(answered.withLock { $0 } >= 200)
    }

    /// With it, it cannot stop: the thread that stops it and one that wakes up both take the socket
    /// out of that one's epoll set, and whoever comes second aborts the process.
    @Test func `the library is not given the socket that listens`() async throws {
        let server = HTTPServer { _ in .text("ok") }
        let port = try await server.start()
        #expect(try await client.send(.init(.get, "http://127.0.0.1:\(port)/")).status == .ok)
        let watched = watchedDescriptors()
        #expect(!watched.isEmpty)
        #expect(!watched.contains { listens($0, at: port) })
        await server.stop()
    }

    /// It did abort here, once in some thousand rounds.
    @Test func `a server stops whatever its threads are at`() async throws {
        var configuration = HTTPServer.Configuration()
        configuration.threads = 4
        for _ in 0..<100 {
            let server = HTTPServer(configuration, immediate: { _ in .text("ok") }) { _ in
                .text("later")
            }
            let port = try await server.start()
            let enough = Signal()
            for _ in 0..<8 {
                let connection = try RawConnection(port: port)
                Thread.detachNewThread {
                    for round in 0... {
                        if round == 5 { enough.give() }
                        guard connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                            case .success(let answer) = connection.receiveNow(), !answer.isEmpty
                        else { break }
                    }
                }
            }
            await enough.wait()
            await server.stop()
        }
    }

    @Test func `a handler that never answers does not keep the server from stopping`()
        async throws
    {
        let (begun, cancelled) = (Signal(), Signal())
        var router = Router()
        router.get("/") { _ in
            begun.give()
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.give()
            }
            return .text("too late")
        }
        var configuration = HTTPServer.Configuration()
        configuration.stopTimeMax = .milliseconds(50)
        let server = HTTPServer(configuration, router: router)
        let port = try await server.start()
        async let answer = client.send(.init(.get, "http://127.0.0.1:\(port)/"))
        await begun.wait()
        await server.stop()
        await cancelled.wait()
        // Told, if the connection lived long enough; else cut.
        let status = try? await answer.status
        #expect(status == nil || status == .serviceUnavailable)
    }

    @Test func `streams of events are ended, and their readers see a proper end`() async throws {
        let (pieces, maker) = AsyncStream<[UInt8]>.makeStream()
        var router = Router()
        router.get("/") { _ in
            HTTPResponse(headers: ["Content-Type": "text/event-stream"], body: .streaming(pieces))
        }
        let server = HTTPServer(router: router)
        let port = try await server.start()
        let answer = try await client.stream(.init(.get, "http://127.0.0.1:\(port)/"))
        maker.yield(Array("data: 1\n\n".utf8))
        async let body = answer.body.bytes()
        await server.stop()
        // Whether the event came before the end is a race; that there is an end is not.
        #expect(["data: 1\n\n", ""].contains(String(decoding: try await body, as: UTF8.self)))
    }

    @Test func `another stream is cut when the time is over`() async throws {
        let (pieces, maker) = AsyncStream<[UInt8]>.makeStream()
        var router = Router()
        router.get("/") { _ in HTTPResponse(body: .streaming(pieces)) }
        var configuration = HTTPServer.Configuration()
        configuration.stopTimeMax = .milliseconds(50)
        let server = HTTPServer(configuration, router: router)
        let port = try await server.start()
        let answer = try await client.stream(.init(.get, "http://127.0.0.1:\(port)/"))
        maker.yield([1])
        let body = Task { try await answer.body.bytes() }
        await server.stop()
        await #expect(throws: HTTPClientError.self) { try await body.value }
    }
}

/// What this process waits for by epoll.
private func watchedDescriptors() -> Set<Int32> {
    let sets = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo")) ?? []
    let lines = sets.flatMap { number in
        let text = try? String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)
        return (text ?? "").split(separator: "\n").filter { $0.hasPrefix("tfd:") }
    }
    return Set(lines.compactMap { Int32($0.split(separator: " ")[1]) })
}

/// Whether a socket listens at a port.
private func listens(_ descriptor: Int32, at port: Int) -> Bool {
    var isListening: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size)
    var address = sockaddr_in()
    size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            _ = getsockname(descriptor, $0, &size)
        }
    }
    return isListening != 0 && Int(UInt16(bigEndian: address.sin_port)) == port
}
