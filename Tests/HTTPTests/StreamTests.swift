import HTTP
import Telemetry
import Testing

@Suite struct StreamTests {
    let client = HTTPClient()

    private struct Broken: Error {}

    @Test func `an answer in pieces comes whole, gathered or as a stream`() async throws {
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

    @Test func `an event is there before the next is made`() async throws {
        let (pieces, maker) = AsyncStream<[UInt8]>.makeStream()
        var router = Router()
        router.get("/events") { _ in
            HTTPResponse(
                headers: ["Content-Type": "text/event-stream"], body: .streaming(pieces))
        }
        try await withServer(router) { port in
            let answer = try await client.stream(.init(.get, "http://127.0.0.1:\(port)/events"))
            guard case .stream(let body) = answer.body else { throw Broken() }
            var number = 0
            maker.yield(Array("data: 0\n\n".utf8))
            for try await event in body {
                #expect(String(decoding: event, as: UTF8.self) == "data: \(number)\n\n")
                number += 1
                guard number < 20 else { break }
                maker.yield(Array("data: \(number)\n\n".utf8))
            }
            #expect(number == 20)
        }
    }

    @Test func `what nobody reads is not made`() async throws {
        let maker = Maker()
        var router = Router()
        router.get("/") { _ in HTTPResponse(body: .streaming(maker)) }
        try await withServer(router) { port in
            let answer = try await client.stream(.init(.get, "http://127.0.0.1:\(port)/"))
            guard case .stream(let body) = answer.body else { throw Broken() }
            for try await _ in body { break }
            _ = consume answer
            _ = consume body
            // Letting go of the answer closed the connection, which ends the maker.
            await maker.isGone.wait()
            // The system's buffers take some megabytes.
            #expect(maker.made.withLock { $0 } < 1000)
        }
    }

    @Test func `an error in the middle cuts the connection`() async throws {
        var router = Router()
        router.get("/") { _ in
            HTTPResponse(
                body: .streaming(
                    AsyncThrowingStream<[UInt8], any Error> { continuation in
                        continuation.yield(Array("half".utf8))
                        continuation.finish(throwing: Broken())
                    }))
        }
        try await withServer(router) { port in
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
            }
            #expect(error?.code == "http_client.cut")
        }
    }

    @Test func `events end when their reader has gone, even if none comes`() async throws {
        let (pieces, maker) = AsyncStream<[UInt8]>.makeStream()
        let gone = Signal()
        maker.onTermination = { _ in gone.give() }
        var router = Router()
        router.get("/") { _ in
            HTTPResponse(headers: ["Content-Type": "text/event-stream"], body: .streaming(pieces))
        }
        try await withServer(router) { port in
            do {
                let connection = try RawConnection(port: port)
                connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                maker.yield(Array("data: 1\n\n".utf8))
                _ = try await connection.receive { $0.contains("data: 1") }
            }
            await gone.wait()
        }
    }

    @Test func `HEAD of a stream makes none of it`() async throws {
        var router = Router()
        router.get("/") { _ in
            HTTPResponse(
                body: .streaming(
                    AsyncStream<[UInt8]> {
                        Issue.record("a piece was made")
                        return nil
                    }))
        }
        try await withServer(router) { port in
            let answer = try await client.send(.init(.head, "http://127.0.0.1:\(port)/"))
            #expect(answer.status == .ok)
        }
    }
}

/// Pieces without end, as fast as they are taken.
private struct Maker: AsyncSequence, Sendable {
    let made = Lock(0)
    let isGone = Signal()

    func makeAsyncIterator() -> Iterator { Iterator(maker: self) }

    final class Iterator: AsyncIteratorProtocol {
        let maker: Maker

        init(maker: Maker) { self.maker = maker }
        deinit { maker.isGone.give() }

        func next() async -> [UInt8]? {
            maker.made.withLock { $0 += 1 }
            return [UInt8](repeating: 7, count: 65_536)
        }
    }
}
