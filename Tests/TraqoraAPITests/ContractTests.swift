import Foundation
import HTTP
import Support
import Testing
import TraqoraAPI
import Travel

@Suite struct ContractTests {
    @Test func `problem codes are unique and say what they are`() {
        #expect(Set(ProblemCode.allCases.map(\.title)).count == ProblemCode.allCases.count)
        for code in ProblemCode.allCases {
            #expect(code.rawValue.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil)
            #expect((400...599).contains(code.status.code))
            #expect(!code.title.hasSuffix("."))
        }
    }

    @Test func `every code and every route is documented`() throws {
        let page = try String(
            contentsOf: Package.root.appendingPathComponent("Docs/reference/api.md"),
            encoding: .utf8)
        for code in ProblemCode.allCases {
            let line = "| `\(code.rawValue)` | \(code.status) | \(code.title) |"
            #expect(page.contains(line), "\(line)")
        }
        let source = try String(
            contentsOf: Package.root.appendingPathComponent("Sources/Travel/TravelError.swift"),
            encoding: .utf8)
        for match in source.matches(of: /"(travel\.[a-z_]+)"/) {
            #expect(page.contains("`\(match.1)`"), "\(match.1)")
        }
        for route in Route.allCases {
            #expect(page.contains("`\(route.method) \(route.pattern)"), "\(route)")
        }
    }

    @Test func `routes are unique and their booking is put into the path`() throws {
        let all = Route.allCases.map { "\($0.method) \($0.pattern)" }
        #expect(Set(all).count == all.count)
        let id = try BookingID(parsing: String(repeating: "0f", count: 16))
        #expect(Route.payBooking.path(id) == "/api/v1/bookings/\(id)/payment")
    }

    @Test(
        arguments: [
            ("origin=LHR&destination=JFK&date=2026-12-24", nil),
            ("origin=lhr&destination=JFK&date=2026-12-24&adults=2&cabin=business&limit=5", nil),
            ("destination=JFK&date=2026-12-24", "http.parameter_missing"),
            ("origin=LHR&destination=JFK", "http.parameter_missing"),
            ("origin=LONDON&destination=JFK&date=2026-12-24", "travel.malformed_airport"),
            ("origin=LHR&destination=JFK&date=24.12.2026", "travel.malformed_date"),
            ("origin=LHR&destination=JFK&date=2026-02-30", "travel.malformed_date"),
            ("origin=LHR&destination=JFK&date=2026-12-24&adults=x", "http.parameter_invalid"),
            ("origin=LHR&destination=JFK&date=2026-12-24&adults=10", "http.parameter_invalid"),
            (
                "origin=LHR&destination=JFK&date=2026-12-24&adults=1&infants=2",
                "travel.passenger_count"
            ),
            ("origin=LHR&destination=JFK&date=2026-12-24&limit=0", "http.parameter_invalid"),
            ("origin=LHR&destination=JFK&date=2026-12-24&cabin=sofa", "http.parameter_invalid"),
            (
                "origin=LHR&destination=JFK&date=2026-12-24&connections_max=3",
                "http.parameter_invalid"
            ),
        ] as [(String, String?)])
    func `a query is read, or says what is wrong with it`(text: String, code: String?) throws {
        do {
            let query = try FlightSearchQuery(HTTPQuery(parsing: text))
            #expect(code == nil)
            let written = query.items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            #expect(try FlightSearchQuery(HTTPQuery(parsing: written)) == query)
        } catch let error as any ProblemConvertible {
            #expect(error.problem.code == code)
            #expect(error.problem.detail != nil)
        }
    }

    @Test func `a request with a bad field says which`() throws {
        let body = """
            {"offer_id": "sim1.x", "total": {"amount": "1.00", "currency": "USD"}, "payer": "G",
            "passengers": [{"name": {"given": "Ada", "family": "Lovelace"}, "type": "adult",
            "born_on": "1990-02-30"}]}
            """
        let request = HTTPRequest(.post, "/", body: Array(body.utf8))
        let problem = #expect(throws: Problem.self) {
            try request.json(as: CreateBookingRequest.self)
        }
        #expect(problem?.code == "http.field_invalid")
        #expect(problem?.members["field"] == "passengers[0].born_on")
    }
}
