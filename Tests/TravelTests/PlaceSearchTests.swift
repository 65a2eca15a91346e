import Testing
import Travel

/// Airports and cities by what people type.
@Suite struct PlaceSearchTests {
    private func codes(_ text: String, limit: Int = 5) -> [String] {
        PlaceSearch.all.find(text, limit: limit).map(\.code.text)
    }

    @Test(
        arguments: [
            ("LHR", "LHR"), ("lhr", "LHR"), ("LON", "LON"), ("london", "LON"), ("Lond", "LON"),
            ("heathrow", "LHR"), ("new york", "NYC"), ("kennedy", "JFK"), ("paris", "PAR"),
            ("gaulle", "CDG"), ("zürich", "ZRH"), ("zurich", "ZRH"), ("sao paulo", "SAO"),
            ("São-Paulo", "SAO"), ("haneda", "HND"), ("tokyo international", "HND"),
            ("singapore", "SIN"),
            ("frankfurt", "FRA"),
            // A letter wrong, left out, added, swapped.
            ("heatrow", "LHR"), ("frnakfurt", "FRA"), ("amsterdan", "AMS"), ("barcellona", "BCN"),
            ("new yrk", "NYC"),
            // As they are called where they are.
            ("münchen", "MUC"), ("Wien", "VIE"), ("praha", "PRG"), ("Lisboa", "LIS"),
        ])
    func `the place that is meant comes first`(text: String, code: String) {
        #expect(codes(text).first == code)
    }

    @Test func `a city brings its airports, the busiest first`() throws {
        let city = try #require(PlaceSearch.all.find("london", limit: 1).first)
        #expect(city.kind == .city)
        #expect(city.airports.map(\.text) == ["LHR", "LGW", "STN", "LTN", "LCY", "SEN"])
        #expect(codes("london", limit: 5) == ["LON", "LHR", "LGW", "STN", "LTN"])
    }

    @Test(arguments: ["", "   ", "~~", "qqqqqqq", "xx yy zz"])
    func `where nothing fits there is nothing`(text: String) {
        #expect(codes(text).isEmpty)
    }

    @Test func `the airports of every city exist, and its code is no airport's`() {
        for group in CityGroup.all.list {
            #expect(Airports.all[group.code] == nil, "\(group.code)")
            #expect(!group.airports.isEmpty)
            for code in group.airports {
                #expect(Airports.all[code]?.country == group.country, "\(code)")
                #expect(CityGroup.all.city(of: code) == group)
            }
        }
    }
}
