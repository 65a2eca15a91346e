public import Travel

/// Why there is no offer, or none any more, or no answer.
public enum SupplyError: Error, Hashable, Sendable {
    case sameAirport(AirportCode)
    case dateOutOfRange(LocalDate, first: LocalDate)
    /// A journey begins on an earlier day than the one before it.
    case datesOutOfOrder(LocalDate, after: LocalDate)
    /// More journeys than a trip may have, or none.
    case journeyCount(Int)
    /// The id is none of this supplier's.
    case unknownOffer
    case offerExpired(Instant)
    /// The seats or the fare are gone.
    case offerGone
    /// It costs something else now; how much, if the supplier said so.
    case priceChanged(Money?)
    /// What the supplier has to know of the passengers and was not told.
    case detailsMissing(String)
    /// The seat is taken, or is none for that passenger.
    case seatUnavailable(SeatNumber)
    /// It was made for people of other ages; these are those of the passengers.
    case agesDiffer([Int])
    /// The supplier has no such thing: seat maps, say.
    case notSupported(String)

    /// The supplier was not reached: whatever was asked for certainly was not done.
    case unreachable(String)
    /// It did not answer in time.
    case timedOut
    /// The connection ended in the middle.
    case interrupted(String)
    /// It takes no more questions for a while.
    case throttled(retryAfterSeconds: Int?)
    /// What we may ask in a month is used up.
    case quotaUsedUp
    /// It does not accept our key.
    case unauthorized(String)
    /// It failed, and said so with this status.
    case failed(status: Int, reason: String)
    /// What it answered cannot be read.
    case unreadable(String)
    /// It refuses the question: its own code and words.
    case rejected(code: String, reason: String)
    /// Whether there is an order is not known.
    case orderUnconfirmed

    /// The stable code.
    public var code: String {
        switch self {
        case .sameAirport: "flights.same_airport"
        case .dateOutOfRange: "flights.date_out_of_range"
        case .datesOutOfOrder: "flights.dates_out_of_order"
        case .journeyCount: "flights.journey_count"
        case .unknownOffer: "offers.unknown"
        case .offerExpired: "offers.expired"
        case .offerGone: "offers.gone"
        case .priceChanged: "offers.price_changed"
        case .detailsMissing: "bookings.details_missing"
        case .seatUnavailable: "offers.seat_unavailable"
        case .agesDiffer: "offers.ages_differ"
        case .notSupported: "suppliers.not_supported"
        case .unreachable: "suppliers.unreachable"
        case .timedOut: "suppliers.timed_out"
        case .interrupted: "suppliers.interrupted"
        case .throttled: "suppliers.throttled"
        case .quotaUsedUp: "suppliers.quota_used_up"
        case .unauthorized: "suppliers.unauthorized"
        case .failed: "suppliers.failed"
        case .unreadable: "suppliers.unreadable"
        case .rejected: "suppliers.rejected"
        case .orderUnconfirmed: "suppliers.order_unconfirmed"
        }
    }

    /// Whether it lies with the supplier or the way there, not with what was asked.
    public var isFault: Bool { code.hasPrefix("suppliers.") && !isAnswer }

    /// Whether the supplier certainly did not do what it was asked to.
    var isCertainlyWithoutEffect: Bool {
        switch self {
        case .unreachable, .throttled, .quotaUsedUp, .unauthorized: true
        default: false
        }
    }

    private var isAnswer: Bool {
        switch self {
        case .notSupported, .rejected: true
        default: false
        }
    }
}

extension SupplyError: CustomStringConvertible {
    /// A sentence that says what would do.
    public var description: String {
        switch self {
        case .sameAirport(let code): "the flight would begin and end at \(code)"
        case .dateOutOfRange(let date, let first):
            "\(date) cannot be booked: choose a day from \(first) to "
                + "\(first.adding(days: FlightSearch.daysAheadMax))"
        case .datesOutOfOrder(let date, let before):
            "a journey on \(date) cannot follow one on \(before): put them in order"
        case .journeyCount(let count):
            "\(count) journeys cannot be searched at once: use 1 to \(Itinerary.slicesMax)"
        case .unknownOffer: "there is no such offer: search again and use its id unchanged"
        case .offerExpired(let instant): "the offer expired at \(instant): search again"
        case .offerGone: "the last seats at this price have been sold: search again"
        case .priceChanged(let money):
            money.map { "it costs \($0) now: agree to that or search again" }
                ?? "it costs something else now: search again"
        case .detailsMissing(let what): "the airline has to know \(what) of each passenger"
        case .seatUnavailable(let seat):
            "seat \(seat) cannot be had by that passenger: choose another one, or none"
        case .agesDiffer(let ages):
            "the price depends on ages: search again with "
                + (ages.isEmpty
                    ? "no ages" : "ages=\(ages.map(String.init).joined(separator: ","))")
        case .notSupported(let what): "the supplier of this offer has no \(what)"
        case .unreachable(let why): "the supplier cannot be reached: \(why)"
        case .timedOut: "the supplier did not answer in time: try again"
        case .interrupted(let why): "the connection to the supplier broke: \(why)"
        case .throttled(let seconds):
            "the supplier takes no more questions now: try again"
                + (seconds.map { " in \($0) seconds" } ?? " later")
        case .quotaUsedUp: "the supplier's quota of this month is used up"
        case .unauthorized(let why): "the supplier does not accept our key: \(why)"
        case .failed(let status, let reason):
            "the supplier failed with status \(status)" + (reason.isEmpty ? "" : ": \(reason)")
        case .unreadable(let why): "the supplier's answer cannot be read: \(why)"
        case .rejected(let code, let reason): "the supplier refuses this (\(code)): \(reason)"
        case .orderUnconfirmed: "the supplier has not said yet whether there is an order"
        }
    }
}
