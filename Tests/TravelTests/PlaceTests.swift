import Foundation
import Testing
import Travel

@Suite struct PlaceTests {
    @Test func `airports are the real ones`() throws {
        let heathrow = try Airports.all.require(AirportCode(parsing: "lhr"))
        #expect(heathrow.city == "London")
        #expect(heathrow.country == "GB")
        #expect(heathrow.timeZone == "Europe/London")
        #expect(Airports.all.codes.count > 7_800)
    }

    @Test func `every airport can be read, and its clock is known`() throws {
        for code in Airports.all.codes {
            let airport = try #require(Airports.all[code])
            #expect(!airport.name.isEmpty)
            #expect((-90...90).contains(airport.latitude))
            #expect((-180...180).contains(airport.longitude))
            #expect(throws: Never.self) {
                try ZonedTime(Instant(seconds: 1_790_000_000), in: airport.timeZone)
            }
        }
    }

    @Test(arguments: ["LH", "LHRX", "L1R", "ÄBC", "", "L R"])
    func `what is no airport code is refused`(text: String) {
        #expect(throws: TravelError.malformedAirport(text)) { try AirportCode(parsing: text) }
    }

    @Test func `an airport that is not there is unknown`() throws {
        let code = try AirportCode(parsing: "QQQ")
        #expect(throws: TravelError.unknownAirport("QQQ")) { try Airports.all.require(code) }
    }

    @Test(arguments: [
        // Great circles as the Great Circle Mapper gives them, in kilometres.
        ("LHR", "JFK", 5_540), ("SYD", "LHR", 17_020), ("FRA", "MUC", 300), ("GRU", "NRT", 18_460),
        ("AKL", "DOH", 14_535),
    ])
    func `distances are great circles`(from: String, to: String, kilometers: Int) throws {
        let origin = try Airports.all.require(AirportCode(parsing: from))
        let destination = try Airports.all.require(AirportCode(parsing: to))
        let distance = origin.distanceKilometers(to: destination)
        #expect(abs(distance - kilometers) * 200 <= kilometers + 400)
        #expect(destination.distanceKilometers(to: origin) == distance)
        #expect(origin.distanceKilometers(to: origin) == 0)
    }

    @Test(arguments: [
        ("BA117", "BA", 117, ""), ("ba 0117", "BA", 117, ""), ("U28034A", "U2", 8_034, "A"),
        ("6E1", "6E", 1, ""),
    ])
    func `flight numbers are compared as numbers`(
        text: String, carrier: String, number: Int, suffix: String
    ) throws {
        let flight = try FlightNumber(parsing: text)
        #expect(flight.carrier.text == carrier)
        #expect(flight.number == number)
        #expect(flight.suffix == suffix)
    }

    @Test(arguments: ["", "BA", "BA0", "BA12345", "12345", "BAX", "B", "BA-1", "BA1AB"])
    func `what is no flight number is refused`(text: String) {
        #expect(throws: TravelError.malformedFlightNumber(text)) { try FlightNumber(parsing: text) }
    }

    @Test func `a code in JSON is its text`() throws {
        let code = try JSONDecoder().decode([AirportCode].self, from: Data(#"["LHR"]"#.utf8))
        #expect(code.map(\.text) == ["LHR"])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([AirportCode].self, from: Data(#"["LONDON"]"#.utf8))
        }
    }
}
