import HTTP
import Support
import Testing

/// Answers on the thread that read the request, and limits that a handler sets for itself.
@Suite struct ImmediateTests {
    let client = HTTPClient()

    private func answers(
        _ server: HTTPServer, to requests: [HTTPClient.Request], at path: String = ""
    ) async throws -> [HTTPResponse] {
        let port = try await server.start()
        var answers: [HTTPResponse] = []
        do {
            for var request in requests {
                request.url = "http://127.0.0.1:\(port)\(request.url)"
                answers.append(try await client.send(request))
            }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        return answers
    }

    @Test func `what is answered at once never reaches the handler, the rest does`() async throws {
        let server = HTTPServer { request in
            request.path == "/quick" ? .bytes(request.body, contentType: "text/plain") : nil
        } handler: { request in
            .bytes(Array("handled \(request.path)".utf8), contentType: "text/plain")
        }
        let body = [UInt8](repeating: 7, count: 100_000)
        let found = try await answers(
            server,
            to: [.init(.post, "/quick", body: body), .init(.get, "/slow"), .init(.get, "/quick")])
        #expect(try await found[0].body.bytes() == body)
        #expect(try await found[1].body.bytes() == Array("handled /slow".utf8))
        #expect(try await found[2].body.bytes() == [])
    }

    @Test func `a server that answers at once stops when it has`() async throws {
        let server = HTTPServer { _ in
            .empty()
        } handler: { _ in
            .empty()
        }
        let port = try await server.start()
        let client = client
        let asking = Task {
            var count = 0
            while (try? await client.send(.init(.get, "http://127.0.0.1:\(port)/"))) != nil {
                count += 1
            }
            return count
        }
        try await Task.sleep(for: .milliseconds(50))
        await server.stop()
        #expect(await asking.value > 0)
    }

    @Test func `the answer that a handler left for the case that it is late is given`() async throws
    {
        let server = HTTPServer { request in
            request.limitTime(
                to: .milliseconds(20),
                else: HTTPResponse(status: HTTPStatus(504), body: .bytes([1, 2, 3])))
            do { try await Task.sleep(for: .seconds(60)) } catch { return .empty() }
            return .empty()
        }
        let start = ContinuousClock.now
        let found = try await answers(server, to: [.init(.get, "/")])
        #expect(found[0].status.code == 504)
        #expect(try await found[0].body.bytes() == [1, 2, 3])
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `a handler that is in time keeps its answer`() async throws {
        let server = HTTPServer { request in
            request.limitTime(to: .seconds(30), else: .empty(504))
            return .bytes([9], contentType: "text/plain")
        }
        let found = try await answers(server, to: [.init(.get, "/"), .init(.get, "/")])
        #expect(found.map(\.status) == [.ok, .ok])
    }
}
