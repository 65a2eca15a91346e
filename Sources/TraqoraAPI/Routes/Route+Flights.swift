import HTTP
import Travel

extension Route {
    static let ofFlights = [searchFlights]

    /// Flights from one airport to another on a day.
    public static let searchFlights = Route(
        "searchFlights", .get, "/api/v1/flights/search", in: .flights,
        "Flights from one airport to another on a day, the cheapest first.", for: .anyone,
        parameters: [
            .query("origin", AirportCode.self, "Where from.", isRequired: true),
            .query("destination", AirportCode.self, "Where to.", isRequired: true),
            .query("date", LocalDate.self, "The day of departure.", isRequired: true),
            .query(
                "adults", 0...PassengerCounts.seatsMax, "Who is twelve or older; 1 if not said."),
            .query("children", 0...PassengerCounts.seatsMax, "Who is two to eleven."),
            .query("infants", 0...PassengerCounts.seatsMax, "Who is younger, on a lap."),
            .query("cabin", Cabin.self, "The cabin; any if not said."),
            .query("connections_max", 0...2, "How often one may have to change."),
            .query("limit", 1...FlightSearchQuery.limitMax, "How many offers are wanted."),
        ],
        answers: [.json(.ok, FlightSearchResponse.self, "The offers, the cheapest first.")],
        problems: [.sameAirport, .dateOutOfRange] + ofSuppliers, ofTrips: true)

    /// What a supplier may do to whoever asks it.
    static let ofSuppliers: [ProblemCode] = [
        .supplierUnreachable, .supplierTimedOut, .supplierInterrupted, .supplierThrottled,
        .supplierQuotaUsedUp, .supplierUnauthorized, .supplierFailed, .supplierUnreadable,
        .supplierRejected,
    ]
}
