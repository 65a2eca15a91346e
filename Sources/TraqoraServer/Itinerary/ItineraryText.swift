import TraqoraAPI
import Travel

/// The words that an itinerary has in all its forms.
enum ItineraryText {
    /// `London (LHR)`
    static func city(_ code: AirportCode) -> String {
        Airports.all[code].map { "\($0.city) (\(code))" } ?? code.text
    }

    /// `London (LHR), Heathrow`
    static func place(_ code: AirportCode) -> String {
        Airports.all[code].map { "\(city(code)), \($0.name)" } ?? code.text
    }

    /// `2026-12-24 09:30`, by the clock there.
    static func time(_ time: ZonedTime) -> String {
        "\(time.local.date) \(time.local.clock)"
    }

    /// `7 h 05 min`
    static func duration(minutes: Int) -> String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        return hours == 0 ? "\(rest) min" : "\(hours) h \(rest < 10 ? "0" : "")\(rest) min"
    }

    /// `BA117 14A` for each flight on which somebody has chosen a seat.
    static func seats(of passenger: Passenger, on trip: Itinerary) -> [String] {
        let segments = trip.segments
        return (passenger.seats ?? []).filter { segments.indices.contains($0.segment) }
            .sorted { $0.segment < $1.segment }
            .map { "\(segments[$0.segment].flight) \($0.number)" }
    }

    /// `14A, 14B`: the seats on one flight; empty where nobody has chosen one.
    static func seats(on segment: Int, of passengers: [Passenger]) -> String {
        let seats = passengers.flatMap { $0.seats ?? [] }.filter { $0.segment == segment }
        return seats.map(\.number.description).joined(separator: ", ")
    }

    /// `, airline's reference ABC123`, once there is one.
    static func airlineReference(of booking: BookingResponse) -> String {
        booking.airlineReference.map { ", airline's reference \($0)" } ?? ""
    }
}
