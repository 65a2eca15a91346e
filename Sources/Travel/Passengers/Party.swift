/// Those who travel on one booking, as far as one of them depends on another.
public enum Party {
    /// How many documents, and how many programmes, one may name.
    public static let documentsMax = 6

    /// On whose lap each infant travels: the place of the adult by the place of the infant.
    ///
    /// Infants that name nobody are given to the adults that are left, in order.
    /// - Throws: `malformedLap`, `passengerCount`.
    public static func laps(of passengers: [Passenger]) throws(TravelError) -> [Int: Int] {
        var laps: [Int: Int] = [:]
        for (index, passenger) in passengers.enumerated() {
            guard let adult = passenger.onLapOf else { continue }
            guard passenger.type == .infant else {
                throw .malformedLap("only an infant travels on a lap")
            }
            guard passengers.indices.contains(adult), passengers[adult].type == .adult else {
                throw .malformedLap("passenger \(adult) is no adult of this booking")
            }
            guard !laps.values.contains(adult) else {
                throw .malformedLap("passenger \(adult) has an infant on the lap already")
            }
            laps[index] = adult
        }
        var free = passengers.indices.filter {
            passengers[$0].type == .adult && !laps.values.contains($0)
        }[...]
        for (index, passenger) in passengers.enumerated()
        where passenger.type == .infant && laps[index] == nil {
            guard let adult = free.popFirst() else {
                throw .passengerCount("each infant travels on the lap of an adult of its own")
            }
            laps[index] = adult
        }
        return laps
    }

    /// Checks what each says against the trip and against what the others say.
    /// - Throws: `dateOfBirthInFuture`, `ageMismatch`, `malformedLap`, `passengerCount`,
    ///   `malformedDocument`, `documentExpired`, `seatTwice`, `noSeatThere`.
    public static func check(_ passengers: [Passenger], on trip: Itinerary, today: LocalDate)
        throws(TravelError)
    {
        let end = trip.arrives.local.date
        var taken: Set<Seat> = []
        var documents: Set<IdentityDocument> = []
        for passenger in passengers {
            try passenger.check(today: today, tripEnds: end)
            guard (passenger.documents ?? []).count <= documentsMax,
                (passenger.frequentFlyer ?? []).count <= documentsMax
            else { throw .malformedDocument("nobody shows more than \(documentsMax) of a kind") }
            for document in passenger.documents ?? [] {
                if let last = document.expiresOn, last < end {
                    throw .documentExpired(last, tripEnds: end)
                }
                guard documents.insert(document).inserted else {
                    throw .malformedDocument("two passengers cannot have the same one")
                }
            }
            try check(passenger.seats ?? [], of: passenger, on: trip, &taken)
        }
        _ = try laps(of: passengers)
    }

    private struct Seat: Hashable {
        var segment: Int
        var number: SeatNumber
    }

    private static func check(
        _ seats: [SeatChoice], of passenger: Passenger, on trip: Itinerary,
        _ taken: inout Set<Seat>
    ) throws(TravelError) {
        guard seats.isEmpty || passenger.type != .infant else {
            throw .noSeatThere("an infant on a lap has no seat of its own")
        }
        guard Set(seats.map(\.segment)).count == seats.count else {
            throw .seatTwice("nobody has two seats on one flight")
        }
        for seat in seats {
            guard trip.segments.indices.contains(seat.segment) else {
                throw .noSeatThere("there is no flight \(seat.segment), they count from 0")
            }
            guard taken.insert(Seat(segment: seat.segment, number: seat.number)).inserted else {
                throw .seatTwice("two passengers cannot have seat \(seat.number)")
            }
        }
    }
}
