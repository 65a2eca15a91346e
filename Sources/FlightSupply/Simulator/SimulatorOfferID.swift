import Travel

/// An offer of the simulator, written into its own id: since everything follows from the seed, the
/// simulator need not remember what it offered, and any process can answer for any other.
struct SimulatorOfferID: Equatable {
    /// One flight: who, where, which of the day, and how many days after the first.
    struct Leg: Equatable {
        var carrier: AirlineCode
        var origin: AirportCode
        var destination: AirportCode
        var index: Int
        var dayOffset: Int
    }

    /// One journey: the day it was searched for, and its flights.
    struct Journey: Equatable {
        var date: LocalDate
        var legs: [Leg]
    }

    var journeys: [Journey]
    var product: String
    var passengers: PassengerCounts
    var quotedAt: Instant
    /// How often it has been priced again.
    var repriced: Int

    /// `sim1.2026-12-24.BALHRJFK00.ES.1-0-0.1798137000.0`; dates and flights of several journeys
    /// are parted by `_`.
    var text: String {
        let dates = journeys.map(\.date.description)
        let flights = journeys.map { journey in
            journey.legs.map {
                "\($0.carrier)\($0.origin)\($0.destination)\($0.index)\($0.dayOffset)"
            }.joined(separator: "-")
        }
        let people = "\(passengers.adults)-\(passengers.children)-\(passengers.infants)"
        return [
            "sim1", dates.joined(separator: "_"), flights.joined(separator: "_"), product, people,
            String(quotedAt.seconds), String(repriced),
        ].joined(separator: ".")
    }

    init(
        journeys: [Journey], product: String, passengers: PassengerCounts, quotedAt: Instant,
        repriced: Int
    ) {
        self.journeys = journeys
        self.product = product
        self.passengers = passengers
        self.quotedAt = quotedAt
        self.repriced = repriced
    }

    /// Reads an id; `nil` for what the simulator never wrote.
    init?(_ id: OfferID) {
        let fields = id.text.split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        guard fields.count == 7, fields[0] == "sim1", let seconds = Int64(fields[5]),
            let repriced = Int(fields[6]), (0...99).contains(repriced),
            let passengers = Self.passengers(fields[4])
        else { return nil }
        let dates = fields[1].split(separator: "_", omittingEmptySubsequences: false)
        let flights = fields[2].split(separator: "_", omittingEmptySubsequences: false)
        guard (1...Itinerary.slicesMax).contains(dates.count), flights.count == dates.count else {
            return nil
        }
        var journeys: [Journey] = []
        for (date, legs) in zip(dates, flights) {
            let texts = legs.split(separator: "-", omittingEmptySubsequences: false)
            let legs = texts.compactMap { Leg(String($0)) }
            guard let date = try? LocalDate(parsing: String(date)), (1...3).contains(texts.count),
                legs.count == texts.count
            else { return nil }
            journeys.append(Journey(date: date, legs: legs))
        }
        self.init(
            journeys: journeys, product: fields[3], passengers: passengers,
            quotedAt: Instant(seconds: seconds), repriced: repriced)
        guard self.text == id.text else { return nil }
    }

    private static func passengers(_ text: String) -> PassengerCounts? {
        let people = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard people.count == 3, let adults = people[0], let children = people[1],
            let infants = people[2]
        else { return nil }
        return try? PassengerCounts(adults: adults, children: children, infants: infants)
    }
}

extension SimulatorOfferID.Leg {
    fileprivate init?(_ text: String) {
        guard text.utf8.count == 10, text.allSatisfy(\.isASCII) else { return nil }
        let characters = Array(text)
        guard let carrier = try? AirlineCode(parsing: String(characters[0..<2])),
            let origin = try? AirportCode(parsing: String(characters[2..<5])),
            let destination = try? AirportCode(parsing: String(characters[5..<8])),
            let index = Int(String(characters[8])), let dayOffset = Int(String(characters[9]))
        else { return nil }
        self.init(
            carrier: carrier, origin: origin, destination: destination, index: index,
            dayOffset: dayOffset)
    }
}
