import Foundation
import HTTP
import Telemetry
import Testing

@Suite struct RouterTests {
    private func router() -> Router {
        var router = Router()
        router.get("/") { _ in .text("root") }
        router.get("/flights/search") { _ in .text("search") }
        router.get("/flights/{id}") { .text("flight \($0.parameters["id"] ?? "")") }
        router.delete("/flights/{id}") { _ in .empty() }
        router.get("/flights/{id}/seats/{seat}") {
            .text("\($0.parameters["id"] ?? "") \($0.parameters["seat"] ?? "")")
        }
        router.get("/files/{path...}") { .text($0.parameters["path"] ?? "") }
        router.get("/numbers/{number}") {
            .text("\(try $0.parameters.require("number", as: Int.self) + 1)")
        }
        return router
    }

    private func answer(_ method: HTTPMethod, _ target: String) async throws -> (Int, String) {
        let response = await router().respond(to: HTTPRequest(method, target))
        return (
            response.status.code, String(decoding: try await response.body.bytes(), as: UTF8.self)
        )
    }

    @Test(arguments: [
        ("/", "root"), ("/flights/search", "search"), ("/flights/7", "flight 7"),
        ("/flights/search/seats/3C", "search 3C"), ("/flights/a%2Fb", "flight a/b"),
        ("/files/a/b/c%20d", "a/b/c d"), ("/flights/7?x=1", "flight 7"), ("/numbers/41", "42"),
        ("/%66lights/%7e", "flight ~"),
    ])
    func `a path finds its route, a literal before a name`(target: String, text: String)
        async throws
    {
        #expect(try await answer(.get, target) == (200, text))
    }

    @Test(arguments: ["/flights", "/flights/", "/flights/7/", "/nothing", "/files", "//", ""])
    func `what is not there is 404`(target: String) async throws {
        let (status, text) = try await answer(.get, target)
        #expect(status == 404)
        #expect(problemCode(text) == "http.not_found")
    }

    @Test func `another method is 405 and says which there are`() async throws {
        let response = await router().respond(to: HTTPRequest(.put, "/flights/7"))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS")
    }

    @Test func `OPTIONS says which methods there are`() async throws {
        let response = await router().respond(to: HTTPRequest(.options, "/flights/search"))
        #expect(response.status == .noContent)
        #expect(response.headers["Allow"] == "GET, HEAD, OPTIONS")
    }

    @Test func `a parameter that cannot be read is named`() async throws {
        let (status, text) = try await answer(.get, "/numbers/many")
        #expect(status == 400)
        #expect(text.contains("`number`: `many` is not a valid Int."))
    }

    @Test func `middlewares stand around the routes, the first outermost`() async throws {
        let order = Lock<[String]>([])
        var router = Router()
        for name in ["a", "b"] {
            router.use { request, next in
                order.withLock { $0.append("\(name) in") }
                let response = try await next(request)
                order.withLock { $0.append("\(name) out \(response.status)") }
                return response
            }
        }
        router.group("/inner", behind: [{ _, _ in throw Problem.stopping }]) { group in
            group.get("/x") { _ in .text("never") }
        }
        let response = await router.respond(to: HTTPRequest(.get, "/inner/x"))
        #expect(response.status == .serviceUnavailable)
        #expect(order.withLock { $0 } == ["a in", "b in", "b out 503", "a out 503"])
        #expect(router.routes.map(\.pattern) == ["/inner/x"])
    }

    @Test func `an unknown error is reported, and the asker learns nothing of it`() async throws {
        struct Leak: Error {
            var password = "swordfish"
        }
        let reported = Lock(0)
        var router = Router { error, _ in
            if error is Leak { reported.withLock { $0 += 1 } }
        }
        router.get("/") { _ in throw Leak() }
        let response = await router.respond(to: HTTPRequest(.get, "/"))
        let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
        #expect(response.status == .internalServerError)
        #expect(problemCode(text) == "http.internal")
        #expect(!text.contains("swordfish"))
        #expect(reported.withLock { $0 } == 1)
    }
}

@Suite struct QueryTests {
    @Test func `parameters are decoded`() throws {
        let query = try HTTPQuery(parsing: "a=1&b=x+y%2B&a=2&flag&empty=")
        #expect(query.values("a") == ["1", "2"])
        #expect(query["b"] == "x y+")
        #expect(query["flag"] == "")
        #expect(query["none"] == nil)
        #expect(try query.require("a", as: Int.self) == 1)
        #expect(try query.optional("none", as: Int.self) == nil)
    }

    @Test func `what is missing or unreadable is named`() throws {
        let query = try HTTPQuery(parsing: "a=x")
        #expect(throws: Problem.missingParameter("b")) { try query.require("b", as: Int.self) }
        let error = #expect(throws: Problem.self) { try query.optional("a", as: Int.self) }
        #expect(error?.code == "http.parameter_invalid")
        #expect(error?.members == ["parameter": "a"])
    }

    @Test func `more parameters than are read are refused`() {
        let text = String(repeating: "a&", count: HTTPQuery.countMax + 1)
        #expect(throws: Problem.self) { try HTTPQuery(parsing: text) }
    }

    @Test(arguments: ["", "a b/c?d", "ü€😀", "~-._"])
    func `what is encoded decodes to itself`(text: String) {
        #expect(PercentCoding.decode(PercentCoding.encode(text)) == text)
    }
}

@Suite struct ProblemTests {
    @Test func `a problem is a document with stable members`() async throws {
        let problem = Problem(
            "booking.departed", status: .conflict, title: "The flight has departed",
            detail: "It left at \"10:00\".", members: ["status": "ignored", "at": "10:00"],
            headers: ["Retry-After": "3"])
        let response = problem.response
        #expect(response.status == .conflict)
        #expect(response.headers["Content-Type"] == "application/problem+json")
        #expect(response.headers["Retry-After"] == "3")
        #expect(
            String(decoding: try await response.body.bytes(), as: UTF8.self)
                == #"{"type":"/problems/booking.departed","title":"The flight has departed","#
                + #""status":409,"detail":"It left at \"10:00\".","code":"booking.departed","#
                + #""at":"10:00"}"#)
    }
}

@Suite struct JSONBodyTests {
    private struct Passenger: Codable, Equatable {
        var name: String
        var age: Int
    }

    private struct Order: Codable, Equatable {
        var passengers: [Passenger]
    }

    private func problem(_ body: String, contentType: String? = nil) -> Problem? {
        var request = HTTPRequest(.post, "/", body: Array(body.utf8))
        request.headers["Content-Type"] = contentType
        do {
            _ = try request.json(as: Order.self)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        (#"{"passengers":[{"name":"A"}]}"#, "passengers[0].age", "is missing"),
        (
            #"{"passengers":[{"name":"A","age":1},{"name":2,"age":1}]}"#, "passengers[1].name",
            "a string"
        ),
        (#"{"passengers":[{"name":"A","age":"x"}]}"#, "passengers[0].age", "a whole number"),
        (#"{"passengers":null}"#, "passengers", "null"), (#"{}"#, "passengers", "is missing"),
        (#"{"passengers":{}}"#, "passengers", "should be"), ("[]", "", "should be"),
    ])
    func `the field that is wrong is named`(body: String, field: String, words: String) {
        let problem = problem(body)
        #expect(problem?.code == "http.field_invalid")
        #expect(problem?.status == .unprocessableContent)
        #expect(problem?.members["field"] == field)
        #expect(problem?.detail?.contains(words) == true, "\(problem?.detail ?? "")")
    }

    @Test(arguments: ["", "{", "nope", "{\"passengers\":[}", "\u{0}"])
    func `what is not JSON is malformed`(body: String) {
        #expect(problem(body)?.code == "http.json_malformed")
    }

    @Test func `nesting without end is refused`() {
        #expect(problem(String(repeating: "[", count: 100_000))?.code == "http.json_malformed")
    }

    @Test func `another media type is refused, JSON with a parameter is not`() {
        let good = #"{"passengers":[]}"#
        #expect(problem(good, contentType: "text/plain")?.code == "http.wrong_media_type")
        #expect(problem(good, contentType: "application/json; charset=utf-8") == nil)
        #expect(problem(good, contentType: "application/vnd.api+json") == nil)
    }

    @Test func `a value becomes JSON and comes back`() throws {
        let order = Order(passengers: [Passenger(name: "a/b", age: 3)])
        let response = try HTTPResponse.json(order, status: .created)
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(try response.json(as: Order.self) == order)
    }
}
