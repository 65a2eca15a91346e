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

    /// `, airline's reference ABC123`, once there is one.
    static func airlineReference(of booking: BookingResponse) -> String {
        booking.airlineReference.map { ", airline's reference \($0)" } ?? ""
    }
}
