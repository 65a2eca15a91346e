import Foundation
import Testing

@testable import Travel

/// Those who travel together, their documents and their seats.
@Suite struct PartyTests {
    private func passenger(
        _ given: String, _ type: PassengerType = .adult, born: String = "1990-12-10",
        documents: [IdentityDocument]? = nil, onLapOf adult: Int? = nil,
        seats: [(Int, String)] = []
    ) throws -> Passenger {
        Passenger(
            name: try PassengerName(given: given, family: "Lovelace"), type: type,
            bornOn: try LocalDate(parsing: born), documents: documents, onLapOf: adult,
            seats: try seats.map { SeatChoice(segment: $0, number: try SeatNumber(parsing: $1)) })
    }

    private func passport(_ number: String, expires: String = "2030-01-01") throws
        -> IdentityDocument
    {
        try IdentityDocument(
            kind: .passport, number: number, issuedBy: CountryCode(parsing: "GB"),
            nationality: CountryCode(parsing: "GB"), expiresOn: LocalDate(parsing: expires))
    }

    /// One flight; it arrives on 2026-12-24.
    private func trip() throws -> Itinerary {
        let segment = try Segment(
            flight: FlightNumber(parsing: "BA117"), origin: AirportCode(parsing: "LHR"),
            destination: AirportCode(parsing: "JFK"),
            departs: ZonedTime(
                local: LocalTime(parsing: "2026-12-24T08:25:00"), in: "Europe/London"),
            arrives: ZonedTime(
                local: LocalTime(parsing: "2026-12-24T11:30:00"), in: "America/New_York"),
            aircraft: "77W", distanceKilometers: 5_540)
        return try Itinerary(slices: [Slice(segments: [segment])])
    }

    private func check(_ passengers: [Passenger]) throws {
        try Party.check(
            passengers, on: trip(), today: LocalDate(parsing: "2026-11-25"))
    }

    @Test func `an infant travels on the lap that was said, or on the first that is free`() throws {
        let infant = { (adult: Int?) in
            try passenger("Zoe", .infant, born: "2026-01-01", onLapOf: adult)
        }
        let (one, two) = (try passenger("Ada"), try passenger("Eve"))
        #expect(try Party.laps(of: [one, two, infant(1)]) == [2: 1])
        #expect(try Party.laps(of: [infant(nil), one, two, infant(1)]) == [0: 2, 3: 1])
        let child = try passenger("Ida", .child, born: "2020-01-01")
        for party in try [
            [one, infant(0), infant(0)], [one, infant(1)], [one, child, infant(1)],
            [one, infant(7)],
            [one, infant(-1)], [one, passenger("Amy", onLapOf: 0)],
        ] {
            let error = #expect(throws: TravelError.self) { try Party.laps(of: party) }
            #expect(error?.code == "travel.malformed_lap")
        }
        #expect(throws: TravelError.self) { try Party.laps(of: [one, infant(nil), infant(nil)]) }
    }

    @Test func `a document is good to the last day of the trip, and nobody shares one`() throws {
        try check([passenger("Ada", documents: [passport("1", expires: "2026-12-24")])])
        let (last, end) = try (
            LocalDate(parsing: "2026-12-23"), LocalDate(parsing: "2026-12-24")
        )
        #expect(throws: TravelError.documentExpired(last, tripEnds: end)) {
            try check([passenger("Ada", documents: [passport("1", expires: "2026-12-23")])])
        }
        let twice = try ["Ada", "Eve"].map { try passenger($0, documents: [passport("1")]) }
        #expect(throws: TravelError.self) { try check(twice) }
        let many = try (0...Party.documentsMax).map { try passport("\($0)") }
        #expect(throws: TravelError.self) { try check([passenger("Ada", documents: many)]) }
    }

    @Test(arguments: ["", "12345678901234567890X", "A/1", "ÄÖ", "1\r\n2"])
    func `the number of a document has letters and digits`(number: String) {
        #expect(throws: TravelError.self) { try passport(number) }
        #expect(throws: TravelError.self) {
            try FrequentFlyer(airline: AirlineCode(parsing: "BA"), number: number)
        }
    }

    @Test func `a passport says whose citizen one is and when it ends; a number of a border not`()
        throws
    {
        #expect(try passport("ab-12 3").number == "AB123")
        let country = try CountryCode(parsing: "gb")
        #expect(throws: TravelError.self) {
            try IdentityDocument(
                kind: .passport, number: "1", issuedBy: country, nationality: country)
        }
        #expect(throws: TravelError.self) {
            try IdentityDocument(
                kind: .identityCard, number: "1", issuedBy: country,
                expiresOn: LocalDate(parsing: "2030-01-01"))
        }
        let known = try IdentityDocument(kind: .knownTraveler, number: "9", issuedBy: country)
        let json = try JSONEncoder().encode([known, passport("1")])
        #expect(
            try JSONDecoder().decode([IdentityDocument].self, from: json) == [
                known, passport("1"),
            ])
        let bad = Data(#"{"kind": "passport", "number": "1", "issued_by": "GB"}"#.utf8)
        #expect(throws: TravelError.self) {
            try JSONDecoder().decode(IdentityDocument.self, from: bad)
        }
    }

    @Test func `countries are those of ISO 3166`() throws {
        #expect(CountryCode.all.count == 250)
        for city in ["LON", "NYC"] {
            let airports = try #require(CityGroup.all[AirportCode(parsing: city)]).airports
            let countries = airports.compactMap { Airports.all[$0]?.country }
            #expect(!countries.isEmpty && countries.allSatisfy(CountryCode.all.contains))
        }
        for text in ["", "G", "UK", "GBR", "ZZ", "1A"] {
            #expect(throws: TravelError.unknownCountry(text)) { try CountryCode(parsing: text) }
        }
    }

    @Test func `a seat is on a flight of the trip, for one person, who has a seat`() throws {
        try check([passenger("Ada", seats: [(0, "14A")]), passenger("Eve", seats: [(0, "14B")])])
        for (party, code) in try [
            ([passenger("Ada", seats: [(1, "14A")])], "travel.no_seat_there"),
            ([passenger("Ada", seats: [(-1, "14A")])], "travel.no_seat_there"),
            ([passenger("Ada", seats: [(0, "14A"), (0, "14B")])], "travel.seat_twice"),
            (
                [passenger("Ada", seats: [(0, "14A")]), passenger("Eve", seats: [(0, "14a")])],
                "travel.seat_twice"
            ),
            (
                [
                    passenger("Ada"),
                    passenger("Zoe", .infant, born: "2026-01-01", seats: [(0, "14A")]),
                ], "travel.no_seat_there"
            ),
        ] {
            let error = #expect(throws: TravelError.self) { try check(party) }
            #expect(error?.code == code)
        }
    }

    @Test func `a name goes out as typed and as airlines get it, and comes in as typed`() throws {
        let name = try PassengerName(given: "Jörg", family: "Müller")
        let json = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
        #expect(json.contains(#""ticketed":"MUELLER\/JOERG""#))
        let other = Data(#"{"given": "Jörg", "family": "Müller", "ticketed": "X/Y"}"#.utf8)
        #expect(try JSONDecoder().decode(PassengerName.self, from: other) == name)
    }
}
