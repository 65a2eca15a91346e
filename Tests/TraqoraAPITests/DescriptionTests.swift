import Foundation
import HTTP
import Support
import Testing
import Travel

@testable import TraqoraAPI

@Suite struct DescriptionTests {
    @Test func `every type and field that travels says what it is`() throws {
        let definitions = try OpenAPIDocument(Route.allCases).definitions
        #expect(definitions.count > 30)
        for (name, definition) in definitions {
            #expect(!definition.meaning.isEmpty, "\(name): write a comment, run `make generate`")
            guard case .object(let members) = definition.schema else { continue }
            for member in members {
                #expect(!member.meaning.isEmpty, "\(name).\(member.name)")
            }
        }
    }

    @Test func `a type's schema has exactly the members that it writes`() throws {
        for (name, definition) in try OpenAPIDocument(Route.allCases).definitions {
            guard case .object(let members) = definition.schema else { continue }
            let written = try #require(definition.example.members, "\(name)")
            #expect(Set(written.keys) == Set(members.map(\.name)), "\(name)")
        }
    }

    @Test func `what may be missing is not required, and else it is`() throws {
        let book = SchemaBook()
        _ = try book.schema(of: ChainResponse.self)
        guard case .object(let members)? = book.definitions["ChainResponse"]?.schema
        else {
            Issue.record("it is no object")
            return
        }
        let required = Set(members.filter(\.isRequired).map(\.name))
        #expect(required == ["network", "contract", "escrowed", "transactions"])
    }

    private struct Odd: Codable {
        init(from decoder: any Decoder) throws { _ = try decoder.singleValueContainer() }
        func encode(to encoder: any Encoder) throws {}
    }

    @Test func `a type that cannot be described is refused by name`() throws {
        let error = #expect(throws: SchemaError.self) { try SchemaBook().schema(of: Odd.self) }
        #expect(error?.description.contains("Odd") == true)
    }

    @Test func `paths name what stands in them, and nothing else does`() {
        for route in Route.allCases {
            let named = Set(route.pattern.matches(of: /\{([a-z_]+)\}/).map { String($0.1) })
            let places = Set(route.parameters.filter { $0.place == .path }.map(\.name))
            #expect(named == places, "\(route)")
            #expect(Set(route.parameters.map(\.name)).count == route.parameters.count)
        }
    }

    @Test func `the query of the typed client is documented`() throws {
        let airport = { try AirportCode(parsing: $0) }
        let there = SearchedJourney(
            origin: try airport("LHR"), destination: try airport("JFK"),
            date: try LocalDate(parsing: "2026-12-24"))
        let back = SearchedJourney(
            origin: there.destination, destination: there.origin, date: there.date)
        var filter = OfferFilter()
        let day = try ClockRange(parsing: "06:00-12:00")
        (filter.departs, filter.arrives) = (day, day)
        (filter.returnDeparts, filter.returnArrives) = (day, day)
        filter.airlines = [try AirlineCode(parsing: "BA")]
        filter.excludedAirlines = [try AirlineCode(parsing: "AF")]
        (filter.checkedBagsMin, filter.carryOnBagsMin) = (1, 1)
        (filter.isRefundable, filter.minutesMax) = (true, 600)
        var names: Set<String> = []
        for journeys in [[there, back], [there, there]] {
            var query = FlightSearchQuery(
                journeys, passengers: try PassengerCounts(adults: 1), cabin: .economy,
                filter: filter, cursor: OfferCursor("price~1~a"))
            query.ages = [15]
            names.formUnion(query.items.map(\.name))
            // What is written is read again.
            let text = query.items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            #expect(try FlightSearchQuery(HTTPQuery(parsing: text)) == query)
        }
        #expect(names == Set(Route.searchFlights.parameters.map(\.name)))
    }

    @Test func `every error about a trip is among the documented ones`() throws {
        let source = try String(
            contentsOf: Package.root.appendingPathComponent("Sources/Travel/TravelError.swift"),
            encoding: .utf8)
        let codes = Set(source.matches(of: /"(travel\.[a-z_]+)"/).map { String($0.1) })
        #expect(Set(DocumentedProblem.ofTrips.map(\.code)) == codes)
    }
}
