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

    var date: LocalDate
    var legs: [Leg]
    var product: String
    var passengers: PassengerCounts
    var quotedAt: Instant
    /// How often it has been priced again.
    var repriced: Int

    /// `sim1.2026-12-24.BALHRJFK00.ES.1-0-0.1798137000.0`
    var text: String {
        let flights = legs.map {
            "\($0.carrier)\($0.origin)\($0.destination)\($0.index)\($0.dayOffset)"
        }
        let people = "\(passengers.adults)-\(passengers.children)-\(passengers.infants)"
        return [
            "sim1", date.description, flights.joined(separator: "-"), product, people,
            String(quotedAt.seconds), String(repriced),
        ].joined(separator: ".")
    }

    init(
        date: LocalDate, legs: [Leg], product: String, passengers: PassengerCounts,
        quotedAt: Instant, repriced: Int
    ) {
        self.date = date
        self.legs = legs
        self.product = product
        self.passengers = passengers
        self.quotedAt = quotedAt
        self.repriced = repriced
    }

    /// Reads an id; `nil` for what the simulator never wrote.
    init?(_ id: OfferID) {
        let fields = id.text.split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        guard fields.count == 7, fields[0] == "sim1",
            let date = try? LocalDate(parsing: fields[1]), let seconds = Int64(fields[5]),
            let repriced = Int(fields[6]), (0...99).contains(repriced)
        else { return nil }
        let flights = fields[2].split(separator: "-", omittingEmptySubsequences: false)
        let people = fields[4].split(separator: "-", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard (1...3).contains(flights.count), people.count == 3,
            let adults = people[0], let children = people[1], let infants = people[2],
            let passengers = try? PassengerCounts(
                adults: adults, children: children, infants: infants)
        else { return nil }
        var legs: [Leg] = []
        for flight in flights {
            guard let leg = Leg(String(flight)) else { return nil }
            legs.append(leg)
        }
        self.init(
            date: date, legs: legs, product: fields[3], passengers: passengers,
            quotedAt: Instant(seconds: seconds), repriced: repriced)
        guard self.text == id.text else { return nil }
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
