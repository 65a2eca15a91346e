import Travel

/// Who flies where and when: a pure function of a seed and the date.
///
/// Every flight has one end at a hub of its carrier. Hubs are joined with each other by chance and
/// distance; any other airport is joined with the three nearest hubs, and with more by chance.
struct Timetable: Sendable {
    let seed: UInt64

    /// Nobody flies less far.
    static let kilometersMin = 120
    /// Nobody flies further.
    static let kilometersMax = 15_500

    /// One flight: `index` tells apart those of a day.
    struct Flight: Sendable {
        var carrier: Carrier
        var origin: Airport
        var destination: Airport
        var date: LocalDate
        var index: Int
    }

    /// The carriers that fly between two airports without a stop.
    func carriers(between one: Airport, and other: Airport) -> [Carrier] {
        let distance = one.distanceKilometers(to: other)
        guard Scenario(from: one.code, to: other.code) == nil else {
            return Carriers.all.based(at: one.code) + Carriers.all.based(at: other.code)
        }
        guard (Self.kilometersMin...Self.kilometersMax).contains(distance) else { return [] }
        let atOne = Carriers.all.based(at: one.code).filter {
            serves($0, from: one, other, distance: distance)
        }
        let atOther = Carriers.all.based(at: other.code).filter { carrier in
            serves(carrier, from: other, one, distance: distance)
                && !atOne.contains { $0.code == carrier.code }
        }
        return atOne + atOther
    }

    /// The hubs from which an airport that is none is always reached.
    func nearestHubs(of airport: Airport) -> [Airport] {
        let distances = Carriers.all.hubs.map { ($0, $0.distanceKilometers(to: airport)) }
        return distances.filter { (Self.kilometersMin...Self.kilometersMax).contains($0.1) }
            .sorted { ($0.1, $0.0.code.text) < ($1.1, $1.0.code.text) }.prefix(3).map(\.0)
    }

    /// The flights of a carrier on a route that leave on `date`, the earliest first.
    func flights(
        of carrier: Carrier, from origin: Airport, to destination: Airport, on date: LocalDate
    )
        -> [Segment]
    {
        (0..<frequency(of: carrier, from: origin, to: destination)).compactMap { index in
            segment(
                Flight(
                    carrier: carrier, origin: origin, destination: destination, date: date,
                    index: index))
        }
    }

    /// One flight with its times, `nil` if it does not operate on that day.
    func segment(_ flight: Flight) -> Segment? {
        let (origin, destination) = (flight.origin, flight.destination)
        let count = frequency(of: flight.carrier, from: origin, to: destination)
        guard (0..<count).contains(flight.index), operates(flight),
            let number = number(of: flight)
        else { return nil }
        var draw = Draw(
            seed: seed, "departure", flight.carrier.code.text, origin.code.text,
            destination.code.text, String(flight.index))
        // Departures spread over the day from six in the morning, on full five minutes.
        let window = 960 / count
        let minute = 360 + window * flight.index + draw.number(below: window)
        let distance = origin.distanceKilometers(to: destination)
        guard let local = LocalTime(date: flight.date, secondOfDay: minute / 5 * 300),
            let departs = try? ZonedTime(local: local, in: origin.timeZone)
        else { return nil }
        let minutes = blockMinutes(from: origin, to: destination, distance: distance)
        let landing = departs.instant.adding(seconds: Int64(minutes) * 60)
        guard let arrives = try? ZonedTime(landing, in: destination.timeZone) else { return nil }
        return try? Segment(
            flight: number, origin: origin.code, destination: destination.code, departs: departs,
            arrives: arrives, aircraft: aircraft(for: distance, draw: &draw),
            distanceKilometers: distance)
    }

    private func serves(_ carrier: Carrier, from hub: Airport, _ other: Airport, distance: Int)
        -> Bool
    {
        var draw = Draw(seed: seed, "route", carrier.code.text, hub.code.text, other.code.text)
        if Carriers.all.isHub(other.code) {
            return draw.chance(percent: distance < 4_000 ? 92 : distance < 9_000 ? 85 : 60)
        }
        if nearestHubs(of: other).contains(where: { $0.code == hub.code }) { return true }
        if other.country == carrier.country { return distance < 4_500 && draw.chance(percent: 45) }
        return distance < 5_000 && draw.chance(percent: 10)
    }

    private func frequency(of carrier: Carrier, from origin: Airport, to destination: Airport)
        -> Int
    {
        let distance = origin.distanceKilometers(to: destination)
        var draw = Draw(
            seed: seed, "frequency", carrier.code.text, origin.code.text, destination.code.text)
        let isTrunk = Carriers.all.isHub(origin.code) && Carriers.all.isHub(destination.code)
        if distance > 4_500 { return isTrunk ? 1 + draw.number(below: 2) : 1 }
        if distance > 1_500 { return 1 + draw.number(below: 2) }
        return isTrunk ? 2 + draw.number(below: 3) : 1 + draw.number(below: 2)
    }

    /// Thin long routes rest on one or two days a week.
    private func operates(_ flight: Flight) -> Bool {
        let distance = flight.origin.distanceKilometers(to: flight.destination)
        guard distance > 4_500,
            Scenario(from: flight.origin.code, to: flight.destination.code) == nil
        else { return true }
        var draw = Draw(
            seed: seed, "rest", flight.carrier.code.text, flight.origin.code.text,
            flight.destination.code.text)
        let restsOn = [draw.number(below: 14), draw.number(below: 14)]
        return !restsOn.contains(flight.date.weekday)
    }

    private func number(of flight: Flight) -> FlightNumber? {
        let ends = [flight.origin.code.text, flight.destination.code.text].sorted()
        var draw = Draw(seed: seed, "number", flight.carrier.code.text, ends[0], ends[1])
        let isReturn = ends[0] == flight.origin.code.text ? 0 : 1
        return FlightNumber(
            carrier: flight.carrier.code,
            number: 1 + draw.number(below: 900) * 10 + flight.index * 2 + isReturn)
    }

    /// From gate to gate: half an hour on the ground, the rest at cruise, a little more westwards
    /// where the wind blows; up to full five minutes.
    private func blockMinutes(from origin: Airport, to destination: Airport, distance: Int) -> Int {
        let kilometersPerHour = distance < 1_500 ? 720 : 850
        var minutes = 30 + distance * 60 / kilometersPerHour
        if distance > 2_000 {
            var east = destination.longitude - origin.longitude
            if east > 180 { east -= 360 }
            if east < -180 { east += 360 }
            minutes += minutes * (east < 0 ? 4 : -4) / 100
        }
        return (minutes + 4) / 5 * 5
    }

    private func aircraft(for distance: Int, draw: inout Draw) -> String {
        let types =
            distance < 600
            ? ["AT7", "E90", "319"]
            : distance < 4_500
                ? ["320", "32N", "321", "73H", "7M8"] : ["359", "789", "77W", "333"]
        return types[draw.number(below: types.count)]
    }
}
