public import HTTP
import Travel

/// A problem that a route may answer with: what programs look at.
public struct DocumentedProblem: Hashable, Sendable {
    /// The stable code.
    public var code: String
    /// The status it comes with.
    public var status: HTTPStatus
    /// What kind of thing went wrong.
    public var title: String
    /// What a 401 names that would open.
    public var challenge: String?

    init(_ problem: Problem) {
        code = problem.code
        status = problem.status
        title = problem.title
        challenge = problem.headers["WWW-Authenticate"]
    }

    /// One of ours.
    init(_ code: ProblemCode) { self.init(code.problem()) }

    /// What any route may answer with.
    static let ofEveryRoute = [
        Problem.badTarget(""), .ambiguousHost, .targetTooLong(limit: 0),
        .headTooLarge(bytes: 0, fields: 0), .internalFault, .stopping, .tookTooLong,
    ].map(DocumentedProblem.init)
    /// What a route with a body may answer with.
    static let ofBodies = [
        Problem.bodyTooLarge(limit: 0), .ambiguousLength, .unknownCoding, .bodyTooSlow,
    ]
    .map(DocumentedProblem.init)
    /// What a route with a body of JSON may answer with.
    static let ofJSON = [
        Problem.wrongMediaType("", expected: ""), .malformedJSON(""), .invalidField("", ""),
    ].map(DocumentedProblem.init)
    /// What a route with parameters may answer with.
    static let ofParameters = [Problem.missingParameter(""), .invalidParameter("", "")]
        .map(DocumentedProblem.init)
    /// What is wrong with something that was said about a trip.
    static let ofTrips = TravelError.examples.map { DocumentedProblem($0.problem) }
}

extension TravelError {
    private static let day = LocalDate(daysSinceEpoch: 0)

    /// One of each kind.
    static let examples: [TravelError] = [
        .malformedDate(""), .malformedTime(""), .unknownTimeZone(""), .malformedAmount(""),
        .unknownCurrency(""), .amountOutOfRange, .currencyMismatch("", ""),
        .quoteExpired(Instant(seconds: 0)), .malformedAirport(""), .unknownAirport(""),
        .malformedAirline(""), .malformedFlightNumber(""), .malformedLocator(""),
        .malformedOffer(""), .malformedBookingID(""), .malformedName(""), .malformedEmail(""),
        .malformedPhone(""), .malformedSeat(""),
        .seatTwice(""), .noSeatThere(""), .unknownCountry(""), .malformedDocument(""),
        .documentExpired(day, tripEnds: day), .malformedLap(""),
        .nameTooLong("", limit: 0), .dateOfBirthInFuture, .ageMismatch(.adult, age: 0),
        .passengerCount(""), .brokenItinerary(""),
    ]
}
