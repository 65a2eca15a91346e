/// What is wrong with something that was said about a trip. Its words are for the person who said
/// it; ``code`` is for programs.
public enum TravelError: Error, Hashable, Sendable {
    case malformedDate(String)
    case malformedTime(String)
    case unknownTimeZone(String)
    case malformedAmount(String)
    case unknownCurrency(String)
    case amountOutOfRange
    case currencyMismatch(String, String)
    case quoteExpired(Instant)
    case malformedAirport(String)
    case unknownAirport(String)
    case malformedAirline(String)
    case malformedFlightNumber(String)
    case malformedLocator(String)
    case malformedOffer(String)
    case malformedBookingID(String)
    case malformedName(String)
    case nameTooLong(String, limit: Int)
    case malformedEmail(String)
    case malformedPhone(String)
    case malformedSeat(String)
    case seatTwice(String)
    case noSeatThere(String)
    case unknownCountry(String)
    case malformedDocument(String)
    case documentExpired(LocalDate, tripEnds: LocalDate)
    case malformedLap(String)
    case dateOfBirthInFuture
    case ageMismatch(PassengerType, age: Int)
    case passengerCount(String)
    case brokenItinerary(String)

    /// The stable code.
    public var code: String {
        switch self {
        case .malformedDate: "travel.malformed_date"
        case .malformedTime: "travel.malformed_time"
        case .unknownTimeZone: "travel.unknown_time_zone"
        case .malformedAmount: "travel.malformed_amount"
        case .unknownCurrency: "travel.unknown_currency"
        case .amountOutOfRange: "travel.amount_out_of_range"
        case .currencyMismatch: "travel.currency_mismatch"
        case .quoteExpired: "travel.quote_expired"
        case .malformedAirport: "travel.malformed_airport"
        case .unknownAirport: "travel.unknown_airport"
        case .malformedAirline: "travel.malformed_airline"
        case .malformedFlightNumber: "travel.malformed_flight_number"
        case .malformedLocator: "travel.malformed_locator"
        case .malformedOffer: "travel.malformed_offer"
        case .malformedBookingID: "travel.malformed_booking_id"
        case .malformedName: "travel.malformed_name"
        case .nameTooLong: "travel.name_too_long"
        case .malformedEmail: "travel.malformed_email"
        case .malformedPhone: "travel.malformed_phone"
        case .malformedSeat: "travel.malformed_seat"
        case .seatTwice: "travel.seat_twice"
        case .noSeatThere: "travel.no_seat_there"
        case .unknownCountry: "travel.unknown_country"
        case .malformedDocument: "travel.malformed_document"
        case .documentExpired: "travel.document_expired"
        case .malformedLap: "travel.malformed_lap"
        case .dateOfBirthInFuture: "travel.date_of_birth_in_future"
        case .ageMismatch: "travel.age_mismatch"
        case .passengerCount: "travel.passenger_count"
        case .brokenItinerary: "travel.broken_itinerary"
        }
    }
}

extension TravelError: CustomStringConvertible {
    /// A sentence that says what would do.
    public var description: String {
        switch self {
        case .malformedDate(let text): "“\(text)” is no date: write it as 2026-12-24"
        case .malformedTime(let text): "“\(text)” is no time: write it as 2026-12-24T18:30:00Z"
        case .unknownTimeZone(let name): "“\(name)” is no time zone of the IANA database"
        case .malformedAmount(let text): "“\(text)” is no amount: write it as 355.34"
        case .unknownCurrency(let code): "“\(code)” is no currency we know: use a code like USD"
        case .amountOutOfRange: "the amount is too large to be counted"
        case .currencyMismatch(let one, let other): "\(one) and \(other) cannot be added"
        case .quoteExpired(let instant): "the exchange quote expired at \(instant): ask again"
        case .malformedAirport(let text): "“\(text)” is no airport code: use three letters like LHR"
        case .unknownAirport(let code): "there is no airport \(code)"
        case .malformedAirline(let text): "“\(text)” is no airline code: use two characters like BA"
        case .malformedFlightNumber(let text): "“\(text)” is no flight number: write it as BA117"
        case .malformedLocator(let text):
            "“\(text)” is no record locator: one has \(RecordLocator.length) letters and digits"
        case .malformedOffer: "that is no offer of ours: search again and use its id unchanged"
        case .malformedBookingID: "that is no booking id: use the one the booking came with"
        case .malformedName(let text):
            "“\(text)” cannot be put on a ticket: use letters, spaces, hyphens and apostrophes"
        case .nameTooLong(let text, let limit):
            "“\(text)” is too long for a ticket: at most \(limit) letters"
        case .malformedEmail(let text):
            "“\(text)” is no address for mail: write it as name@example.org"
        case .malformedPhone(let text):
            "“\(text)” is no telephone number: write it with its country, as +44 20 8016 0508"
        case .malformedSeat(let text): "“\(text)” is no seat: write row and letter, as 14A"
        case .seatTwice(let reason), .noSeatThere(let reason), .malformedLap(let reason): reason
        case .unknownCountry(let text):
            "“\(text)” is no country: use two letters of ISO 3166, as GB"
        case .malformedDocument(let reason): "the document cannot be used: \(reason)"
        case .documentExpired(let last, let end):
            "the document expires on \(last), before the trip ends on \(end)"
        case .dateOfBirthInFuture: "the date of birth lies in the future"
        case .ageMismatch(let type, let age):
            "someone aged \(age) on the last day of the trip cannot travel as \(type.rawValue)"
        case .passengerCount(let reason): reason
        case .brokenItinerary(let reason): reason
        }
    }
}
