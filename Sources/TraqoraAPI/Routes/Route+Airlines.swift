import HTTP
import Travel

extension Route {
    static let ofAirlines =
        [
            airlines, airline, airlineOperators, setOperator, publishFareRule, airlineFlights,
            publishFlight, changeFare, closeFlight, reportStatus, airlineBookings,
            cancelForAirline, ticketForAirline, answerDispute, flightSettlements, daySettlements,
        ] + ofOwners

    static let airlineCode = Parameter.path("code", String.self, "The airline's code.")
    private static let flightID = Parameter.path(
        "id", UInt64.self, "The flight's number in the FlightRegistry contract.")
    private static let number = Parameter.path(
        "number", UInt64.self, "The booking's number in the Booking contract.")
    private static let days: [Parameter] = [
        .query("from", LocalDate.self, "From this day (UTC) on."),
        .query("until", LocalDate.self, "Up to this day (UTC)."),
    ]
    private static let limit = Parameter.query("limit", 1...100, "How many; 50 if not said.")
    private static let flightCursor = Parameter.query(
        "cursor", .text(pattern: "^[0-9]{1,12}~[0-9]{1,20}$"), example: "1795608000~17",
        "The `next_cursor` of the page before.")
    static let airlineSigns: [Answer] = [
        .json(
            .created, UnsignedTransactionResponse.self,
            "The transaction to sign, to be sent with `POST /api/v1/transactions`.")
    ]

    /// The airlines.
    public static let airlines = Route(
        "airlines", .get, "/api/v1/airlines", in: .airlines,
        "The airlines of the Airline contract.", for: .anyone,
        parameters: [
            .query(
                "cursor", .text(lengths: 1...3), example: "TQ",
                "The `next_cursor` of the page before."), limit,
        ], answers: [.json(.ok, AirlinesResponse.self, "The airlines, page by page.")])
    /// An airline.
    public static let airline = Route(
        "airline", .get, "/api/v1/airlines/{code}", in: .airlines,
        "An airline: who owns it and acts for it, its bond, its fare rules.", for: .anyone,
        parameters: [airlineCode], answers: [.json(.ok, AirlineResponse.self, "The airline.")],
        problems: [.airlineUnknown])
    /// Who acts for an airline.
    public static let airlineOperators = Route(
        "airlineOperators", .get, "/api/v1/airlines/{code}/operators", in: .airlines,
        "The accounts that act for an airline.", for: .anyone, parameters: [airlineCode],
        answers: [.json(.ok, AirlineOperatorsResponse.self, "The accounts.")],
        problems: [.airlineUnknown])
    /// Lets an account act for an airline, or not any more.
    public static let setOperator = Route(
        "setOperator", .post, "/api/v1/airlines/{code}/operators", in: .airlines,
        "The transaction with which the owner lets an account act for the airline, or not any "
            + "more.", for: .airlineOwner, parameters: [airlineCode],
        takes: .json(SetOperatorRequest.self), answers: airlineSigns,
        problems: [.malformedAccount] + ofLedger)
    /// Publish a fare rule.
    public static let publishFareRule = Route(
        "publishFareRule", .post, "/api/v1/airlines/{code}/fare-rules", in: .airlines,
        "The transaction that publishes a fare rule; a published one never changes.",
        for: .airline, parameters: [airlineCode], takes: .json(PublishFareRuleRequest.self),
        answers: airlineSigns, problems: ofLedger)
    /// The flights of an airline.
    public static let airlineFlights = Route(
        "airlineFlights", .get, "/api/v1/airlines/{code}/flights", in: .airlines,
        "The flights that an airline published, with what is sold and left.", for: .airline,
        parameters: [airlineCode] + days + [
            .query("status", PublishedFlightStatus.self, "Only those of which this became."),
            flightCursor, limit,
        ], answers: [.json(.ok, AirlineFlightsResponse.self, "The flights, page by page.")],
        ofTrips: true)
    /// Publish a flight.
    public static let publishFlight = Route(
        "publishFlight", .post, "/api/v1/airlines/{code}/flights", in: .airlines,
        "The transaction that publishes a flight.", for: .airline, parameters: [airlineCode],
        takes: .json(PublishFlightRequest.self), answers: airlineSigns, problems: ofLedger,
        ofTrips: true)
    /// Change a fare.
    public static let changeFare = Route(
        "changeFare", .post, "/api/v1/airlines/{code}/flights/{id}/fares", in: .airlines,
        "The transaction that changes price and seats for who books from then on.",
        for: .airline, parameters: [airlineCode, flightID], takes: .json(ChangeFareRequest.self),
        answers: airlineSigns, problems: [.flightUnknown] + ofLedger)
    /// Close a flight.
    public static let closeFlight = Route(
        "closeFlight", .post, "/api/v1/airlines/{code}/flights/{id}/closing", in: .airlines,
        "The transaction after which a flight is sold no more; what was sold stays sold.",
        for: .airline, parameters: [airlineCode, flightID], answers: airlineSigns,
        problems: [.flightUnknown] + ofLedger)
    /// Say what became of a flight.
    public static let reportStatus = Route(
        "reportStatus", .post, "/api/v1/airlines/{code}/flights/{id}/status", in: .airlines,
        "The transaction that says what became of a flight; `cancelled` gives all the money back.",
        for: .airline, parameters: [airlineCode, flightID], takes: .json(ReportStatusRequest.self),
        answers: airlineSigns, problems: [.flightUnknown] + ofLedger)
    /// The bookings of an airline's flights.
    public static let airlineBookings = Route(
        "airlineBookings", .get, "/api/v1/airlines/{code}/bookings", in: .airlines,
        "The bookings of flights that an airline published. Reading who flies is written to the "
            + "audit log.", for: .airline,
        parameters: [
            airlineCode,
            .query("flight", UInt64.self, "Only those of this flight of the registry."),
            .query("state", EscrowState.self, "Only those whose money is there."),
            flightCursor, limit,
        ],
        answers: [
            .json(
                .ok, AirlineBookingsResponse.self, "The bookings, the newest first, page by page.")
        ])
    /// Give a booking's money back.
    public static let cancelForAirline = Route(
        "cancelForAirline", .post, "/api/v1/airlines/{code}/bookings/{number}/cancellation",
        in: .airlines,
        "The transaction with which the airline gives all of a booking's money back.",
        for: .airline, parameters: [airlineCode, number], answers: airlineSigns,
        problems: [.airlineBookingUnknown] + ofLedger)
    /// Ticket a booking.
    public static let ticketForAirline = Route(
        "ticketForAirline", .post, "/api/v1/airlines/{code}/bookings/{number}/ticket",
        in: .airlines, "The transaction with which the airline says that there is a ticket.",
        for: .airline, parameters: [airlineCode, number], answers: airlineSigns,
        problems: [.airlineBookingUnknown] + ofLedger)
    /// Answer a dispute.
    public static let answerDispute = Route(
        "answerDispute", .post, "/api/v1/airlines/{code}/bookings/{number}/answer",
        in: .airlines,
        "The transaction with which the airline answers a dispute, once: the ledger gets a hash of "
            + "what it says.", for: .airline, parameters: [airlineCode, number],
        takes: .json(AnswerDisputeRequest.self), answers: airlineSigns,
        problems: [.airlineBookingUnknown, .notDisputable, .statementMalformed] + ofLedger)
    /// The money of an airline's flights.
    public static let flightSettlements = Route(
        "flightSettlements", .get, "/api/v1/airlines/{code}/settlements/flights", in: .airlines,
        "What was paid out and what is pending, flight by flight.", for: .airline,
        parameters: [airlineCode] + days + [flightCursor, limit],
        answers: [.json(.ok, FlightSettlementsResponse.self, "The flights, page by page.")],
        ofTrips: true)
    /// The money of an airline's days.
    public static let daySettlements = Route(
        "daySettlements", .get, "/api/v1/airlines/{code}/settlements/days", in: .airlines,
        "What was paid out and what is pending, day by day: from 30 days ago to 60 days ahead if "
            + "not said otherwise, 400 at most.", for: .airline, parameters: [airlineCode] + days,
        answers: [.json(.ok, DaySettlementsResponse.self, "The days.")],
        problems: [.airlineUnknown], ofTrips: true)
}
