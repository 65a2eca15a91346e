import Travel

/// Puts journeys together to trips.
enum SimulatorTrips {
    /// How many airports of a city are tried, at each end.
    static let airportsMax = 3
    /// How many beginnings of trips are carried on to the next journey, and how many journeys are
    /// tried behind each.
    static let beginningsMax = 60
    static let journeysMax = 20

    /// The journeys between any airports of two places.
    static func journeys(
        of slice: SearchSlice, in timetable: Timetable, connectionsMax: Int
    ) -> [Slice] {
        slice.origin.airports.prefix(airportsMax).flatMap { origin in
            slice.destination.airports.prefix(airportsMax).flatMap { destination in
                Journeys(timetable: timetable).between(
                    origin, and: destination, on: slice.date, connectionsMax: connectionsMax)
            }
        }
    }

    /// The cheapest trips that take one journey of each kind, each after the one before.
    ///
    /// All of them for one kind; else the cheapest beginnings are carried on, so that six journeys
    /// take no longer than six times one.
    static func combined(_ journeys: [[Slice]], cents: (Slice) -> Int) -> [[Slice]] {
        guard journeys.count > 1 else { return journeys.first.map { $0.map { [$0] } } ?? [] }
        var trips: [(slices: [Slice], cents: Int)] = [([], 0)]
        for (number, kind) in journeys.enumerated() {
            let priced = kind.map { ($0, cents($0)) }
                .sorted { ($0.1, $0.0.minutes) < ($1.1, $1.0.minutes) }.prefix(journeysMax)
            var longer: [(slices: [Slice], cents: Int)] = []
            for trip in trips {
                for (slice, cents) in priced {
                    if let last = trip.slices.last,
                        last.arrives.instant > slice.departs.instant
                    {
                        continue
                    }
                    longer.append((trip.slices + [slice], trip.cents + cents))
                }
            }
            // Sorting is stable, so that equal trips keep the order of their journeys.
            longer.sort { $0.cents < $1.cents }
            let isLast = number == journeys.count - 1
            trips = Array(longer.prefix(isLast ? beginningsMax * 2 : beginningsMax))
        }
        return trips.map(\.slices)
    }
}

extension Slice {
    /// How far its flights go together.
    var kilometers: Int { segments.reduce(0) { $0 + $1.distanceKilometers } }
}
