import HTTP
import Telemetry
import Testing

/// What a server must bear. After each attack it still serves.
@Suite struct HostileInputTests {
    private let client = HTTPClient()

    private func attack(
        _ configuration: HTTPServer.Configuration = .init(),
        _ body: (Int) async throws -> Void
    ) async throws {
        var router = Router()
        router.post("/") { .text("<\($0.body.count)>") }
        router.get("/") { _ in .text("<served>") }
        try await withServer(router, configuration) { port in
            try await body(port)
            let answer = try await client.send(.init(.get, "http://127.0.0.1:\(port)/"))
            #expect(answer.status == .ok)
        }
    }

    @Test func `a head that comes byte by byte is read`() async throws {
        try await attack { port in
            let connection = try RawConnection(port: port)
            let text =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab"
            for byte in text.utf8 { connection.send([byte]) }
            #expect(try await connection.receiveAll().hasSuffix("<2>"))
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nX-Endless: ",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
    ])
    func `a head or body that comes too slowly is cut off`(beginning: String) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.headTimeMax = .milliseconds(150)
        configuration.bodyTimeMax = .milliseconds(150)
        try await attack(configuration) { port in
            let connection = try RawConnection(port: port)
            connection.send(beginning)
            // Each byte comes well within the limit of idleness; all of them never would.
            var isAlive = true
            for _ in 0..<1000 where isAlive {
                isAlive = connection.send("a")
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(!isAlive)
        }
    }

    @Test func `a body that is cut never reaches the handler`() async throws {
        let called = Lock(false)
        var router = Router()
        router.post("/") { _ in
            called.withLock { $0 = true }
            return .text("")
        }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nten bytes.")
            connection.endSending()
            #expect(!(try await connection.receiveAll().hasPrefix("HTTP/1.1 200")))
        }
        #expect(called.withLock { $0 } == false)
    }

    @Test func `a head over the limit is 431`() async throws {
        try await attack { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + String(repeating: "x", count: 100_000))
            #expect(try await connection.receiveAll().hasPrefix("HTTP/1.1 431"))
        }
    }

    @Test(arguments: [
        // Announced, and sent.
        "Content-Length: 2000\r\n\r\n" + String(repeating: "x", count: 2000),
        // In chunks.
        "Transfer-Encoding: chunked\r\n\r\n"
            + String(repeating: "64\r\n" + String(repeating: "x", count: 100) + "\r\n", count: 20)
            + "0\r\n\r\n",
        // Announced only: who asks first is told before he sends.
        "Content-Length: 2000\r\nExpect: 100-continue\r\n\r\n",
        // More than is even thrown away.
        "Content-Length: 99999999999\r\n\r\n",
    ])
    func `a body over the limit is 413, with a problem document`(rest: String) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.bodyBytesMax = 1000
        try await attack(configuration) { port in
            let connection = try RawConnection(port: port)
            connection.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + rest)
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(problemCode(answer) == "http.body_too_large")
        }
    }

    @Test(arguments: [
        "\r\n\r\n\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n", "GET / FTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n: no name\r\n\r\n", String(repeating: "A", count: 70_000),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func `garbage is refused or cut off`(garbage: String) async throws {
        try await attack { port in
            let connection = try RawConnection(port: port)
            connection.send(garbage)
            connection.endSending()
            #expect(
                !(try await connection.receiveAll().contains("<served>"))
                    || garbage.contains("GET /"))
        }
    }

    @Test(arguments: [
        "zz\r\nabc\r\n0\r\n\r\n", "-1\r\nabc\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n", "3abc\r\n0\r\n\r\n",
        ";\r\n\r\n", " 3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
    ])
    func `a bad chunk size never reaches the handler`(chunks: String) async throws {
        try await attack { port in
            let connection = try RawConnection(port: port)
            connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
            connection.endSending()
            let answer = try await connection.receiveAll()
            #expect(!answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
        }
    }

    @Test(arguments: [
        "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "Content-Length: -3\r\n\r\nabc", "Content-Length: 3 5\r\n\r\nabc",
        "Content-Length: +3\r\n\r\nabc", "Content-Length: 0x3\r\n\r\nabc",
        "Content-Length: 99999999999999999999999\r\n\r\nabc",
        "Transfer-Encoding: gzip\r\n\r\nabc", "Transfer-Encoding: chunked, gzip\r\n\r\nabc",
    ])
    func `a body whose length can be read in two ways is refused, and nothing after it is read`(
        rest: String
    ) async throws {
        try await attack { port in
            let connection = try RawConnection(port: port)
            connection.send("POST / HTTP/1.1\r\nHost: a\r\n" + rest)
            connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.endSending()
            let answer = try await connection.receiveAll()
            #expect(!answer.contains("HTTP/1.1 200"), "\(answer)")
        }
    }

    @Test(arguments: ["/%", "/%zz", "/%00", "/%ff%fe", "/?a=%f"])
    func `a target that cannot be decoded is a problem`(target: String) async throws {
        var router = Router()
        router.get("/{name}") { .text($0.parameters["name"] ?? "") }
        router.get("/") { .text(try $0.query["a"] ?? "") }
        try await withServer(router) { port in
            let connection = try RawConnection(port: port)
            connection.send("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            #expect(problemCode(answer) == "http.bad_target")
        }
    }

    @Test func `two thousand idle connections keep nobody waiting`() async throws {
        // Nobody is cut off for idling here, however slow the machine is.
        var patient = HTTPServer.Configuration()
        patient.headTimeMax = .seconds(600)
        patient.idleTimeMax = .seconds(600)
        try await attack(patient) { port in
            var idle: [RawConnection] = []
            for number in 0..<2000 {
                let connection = try RawConnection(port: port)
                // Some silent, some stuck in the middle of their head.
                if number % 2 == 0 { connection.send("GET / HTTP/1.1\r\nHost:") }
                idle.append(connection)
            }
            for _ in 0..<100 {
                let answer = try await client.send(
                    .init(
                        .get, "http://127.0.0.1:\(port)/", totalTimeMax: .seconds(60)))
                #expect(answer.status == .ok)
            }
            // The stuck ones are still there, and may go on.
            idle[0].send(" a\r\nConnection: close\r\n\r\n")
            #expect(try await idle[0].receiveAll().hasSuffix("<served>"))
        }
    }
}
