import Travel

/// Finds ways from one airport to another: without a stop, over a hub of one carrier, and only
/// where there is none of these over a hub with any carriers, or over two hubs.
struct Journeys: Sendable {
    let timetable: Timetable

    /// How many hubs are tried for one change.
    static let hubsMax = 8
    /// How many pairs of hubs are tried for two changes.
    static let pairsMax = 100
    /// How many ways over two hubs are enough.
    static let twoHubWaysMax = 6

    /// The journeys that leave on `date`, those without a stop first.
    func between(
        _ origin: Airport, and destination: Airport, on date: LocalDate, connectionsMax: Int
    ) -> [Slice] {
        var found = direct(from: origin, to: destination, on: date)
        // What does not exist in the world is only asked for, never stumbled upon.
        guard Scenario(from: origin.code, to: destination.code) == nil, connectionsMax >= 1 else {
            return found
        }
        found += overOneHub(from: origin, to: destination, on: date, isOneCarrier: true)
        if found.isEmpty {
            found = overOneHub(from: origin, to: destination, on: date, isOneCarrier: false)
        }
        if found.isEmpty && connectionsMax >= 2 {
            found = overTwoHubs(from: origin, to: destination, on: date)
        }
        return found
    }

    private func direct(from origin: Airport, to destination: Airport, on date: LocalDate)
        -> [Slice]
    {
        timetable.carriers(between: origin, and: destination).flatMap {
            timetable.flights(of: $0, from: origin, to: destination, on: date)
        }.compactMap { try? Slice(segments: [$0]) }
    }

    private func overOneHub(
        from origin: Airport, to destination: Airport, on date: LocalDate, isOneCarrier: Bool
    ) -> [Slice] {
        let wait =
            isOneCarrier ? ConnectionRules.comfortableMinutesMax : ConnectionRules.minutesMax
        var found: [Slice] = []
        var hubsUsed = 0
        for hub in hubs(between: origin, and: destination) where hubsUsed < Self.hubsMax {
            let onward = timetable.carriers(between: hub, and: destination)
            let before = found.count
            for carrier in timetable.carriers(between: origin, and: hub) {
                let next = isOneCarrier ? onward.filter { $0.code == carrier.code } : onward
                guard !next.isEmpty else { continue }
                found += timetable.flights(of: carrier, from: origin, to: hub, on: date)
                    .compactMap { flight in
                        connect(
                            [flight], from: origin, at: hub, by: next, to: destination,
                            minutesMax: wait)
                    }
            }
            if found.count > before { hubsUsed += 1 }
        }
        return found
    }

    /// The hubs that are not too far out of the way, the nearest to it first.
    private func hubs(between origin: Airport, and destination: Airport) -> [Airport] {
        let distance = origin.distanceKilometers(to: destination)
        return Carriers.all.hubs
            .filter {
                $0.code != origin.code && $0.code != destination.code
                    && Scenario(from: origin.code, to: $0.code) == nil
                    && Scenario(from: $0.code, to: destination.code) == nil
            }
            .map { hub in
                let length =
                    origin.distanceKilometers(to: hub) + hub.distanceKilometers(to: destination)
                return (hub: hub, length: length)
            }
            .filter { $0.length <= distance * 3 / 2 + 600 }
            .sorted { ($0.length, $0.hub.code.text) < ($1.length, $1.hub.code.text) }
            .map(\.hub)
    }

    /// Over one hub that serves the origin and one that serves the destination, the shortest ways
    /// first.
    private func overTwoHubs(from origin: Airport, to destination: Airport, on date: LocalDate)
        -> [Slice]
    {
        var pairs: [(first: Airport, second: Airport, length: Int)] = []
        for first in gateways(of: origin)
        where first.code != destination.code && first.code != origin.code {
            for second in gateways(of: destination)
            where second.code != destination.code && second.code != first.code
                && second.code != origin.code
            {
                let length =
                    origin.distanceKilometers(to: first) + first.distanceKilometers(to: second)
                    + second.distanceKilometers(to: destination)
                pairs.append((first, second, length))
            }
        }
        pairs.sort {
            ($0.length, $0.first.code.text, $0.second.code.text)
                < ($1.length, $1.first.code.text, $1.second.code.text)
        }
        var found: [Slice] = []
        for (first, second, _) in pairs.prefix(Self.pairsMax) where found.count < Self.twoHubWaysMax
        {
            let between = timetable.carriers(between: first, and: second)
            let onward = timetable.carriers(between: second, and: destination)
            found += timetable.carriers(between: origin, and: first)
                .flatMap { timetable.flights(of: $0, from: origin, to: first, on: date) }
                .compactMap { connect([$0], from: origin, at: first, by: between, to: second) }
                .compactMap {
                    connect($0.segments, from: first, at: second, by: onward, to: destination)
                }
        }
        return Array(found.prefix(Self.twoHubWaysMax))
    }

    /// The hubs from which an airport may be reached: of a hub, all others.
    private func gateways(of airport: Airport) -> [Airport] {
        Carriers.all.isHub(airport.code)
            ? Carriers.all.hubs : timetable.nearestHubs(of: airport)
    }

    /// The flights so far and the first one onwards that can be reached.
    private func connect(
        _ flights: [Segment], from origin: Airport, at hub: Airport, by carriers: [Carrier],
        to destination: Airport, minutesMax: Int = ConnectionRules.minutesMax
    ) -> Slice? {
        guard let last = flights.last else { return nil }
        let minutesMin = ConnectionRules.minutesMin(
            from: origin.country, at: hub.country, to: destination.country)
        let earliest = last.arrives.instant.adding(seconds: Int64(minutesMin) * 60)
        let latest = last.arrives.instant.adding(seconds: Int64(minutesMax) * 60)
        let date = last.arrives.local.date
        let onward = carriers.flatMap { carrier in
            [date, date.adding(days: 1)].flatMap {
                timetable.flights(of: carrier, from: hub, to: destination, on: $0)
            }
        }.filter { (earliest...latest).contains($0.departs.instant) }
            .min { ($0.arrives.instant, $0.flight.number) < ($1.arrives.instant, $1.flight.number) }
        return onward.flatMap { try? Slice(segments: flights + [$0]) }
    }
}
