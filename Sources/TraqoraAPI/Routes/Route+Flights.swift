import HTTP
import Travel

extension Route {
    static let ofFlights = [searchFlights, fareCalendar, findPlaces, readOffer, seatMaps]

    private static let passengers: [Parameter] = [
        .query("adults", 0...PassengerCounts.seatsMax, "Who is twelve or older; 1 if not said."),
        .query("children", 0...PassengerCounts.seatsMax, "Who is two to eleven."),
        .query("infants", 0...PassengerCounts.seatsMax, "Who is younger, on a lap."),
        .query("cabin", Cabin.self, "The cabin; any if not said."),
        .query("connections_max", 0...2, "How often one may have to change on each journey."),
    ]

    private static let journeys: [Parameter] = [
        .query("origin", AirportCode.self, "Where from: an airport, or a city such as LON."),
        .query("destination", AirportCode.self, "Where to."),
        .query("date", LocalDate.self, "The day of departure."),
        .query("return_date", LocalDate.self, "The day of the way back, if there is one."),
        .query(
            "journeys",
            .text(
                pattern: "^[A-Za-z]{3}-[A-Za-z]{3}-[0-9]{4}-[0-9]{2}-[0-9]{2}"
                    + "(,[A-Za-z]{3}-[A-Za-z]{3}-[0-9]{4}-[0-9]{2}-[0-9]{2})*$"),
            example: "LHR-JFK-2026-12-24,BOS-SFO-2026-12-28",
            "Up to six journeys, in place of the four above."),
    ]

    private static let filters: [Parameter] = [
        .query(
            "ages", .text(pattern: "^[0-9]{1,2}(,[0-9]{1,2})*$"), example: "4,15",
            "The ages of the children, and of adults under 18: some airlines' prices depend on it."),
        clock("departs", "When the first journey leaves, by the clock there."),
        clock("arrives", "When the first journey arrives, by the clock there."),
        clock("return_departs", "When the last journey leaves, by the clock there."),
        clock("return_arrives", "When the last journey arrives, by the clock there."),
        airlines("airlines", "Only flights that these airlines sell."),
        airlines("exclude_airlines", "No flight that these airlines sell or fly."),
        .query("checked_bags_min", 0...9, "So many pieces for the hold must be included."),
        .query("carry_on_bags_min", 0...9, "So many pieces for the cabin must be included."),
        .query("refundable", .boolean, example: true, "Only what can be given back."),
        .query("minutes_max", 1...OfferFilter.minutesLimit, "How long a journey may take."),
        .query("sort", OfferSort.self, "The order: price if not said."),
        .query(
            "cursor", .text(pattern: "^(best|price|duration)~-?[0-9]+~[A-Za-z0-9._-]+$"),
            example: "price~35534~sim1.LHR-JFK.2026-12-24.0",
            "The `next_cursor` of the page before."),
        .query("limit", 1...FlightSearchQuery.limitMax, "How many offers are wanted."),
    ]

    private static func clock(_ name: String, _ meaning: String) -> Parameter {
        .query(
            name, .text(pattern: "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"),
            example: "06:00-12:00", meaning)
    }

    private static func airlines(_ name: String, _ meaning: String) -> Parameter {
        .query(
            name, .text(pattern: "^[A-Za-z0-9]{2}(,[A-Za-z0-9]{2})*$"), example: "BA,AF", meaning)
    }

    private static let ofSearches: [ProblemCode] =
        [.sameAirport, .dateOutOfRange, .datesOutOfOrder, .journeyCount] + ofSuppliers

    /// Flights for up to six journeys.
    public static let searchFlights = Route(
        "searchFlights", .get, "/api/v1/flights/search", in: .flights,
        "Flights for one journey, there and back, or up to six, of all suppliers together.",
        for: .anyone, parameters: journeys + passengers + filters,
        answers: [.json(.ok, FlightSearchResponse.self, "The offers, page by page.")],
        problems: ofSearches, ofTrips: true)

    /// A month's prices.
    public static let fareCalendar = Route(
        "fareCalendar", .get, "/api/v1/flights/calendar", in: .flights,
        "The cheapest price of each day of a month.", for: .anyone,
        parameters: [
            .query("origin", AirportCode.self, "Where from.", isRequired: true),
            .query("destination", AirportCode.self, "Where to.", isRequired: true),
            .query(
                "month", .text(pattern: "^[0-9]{4}-[0-9]{2}$"), example: "2026-12", "The month.",
                isRequired: true),
            .query(
                "nights", 1...FareCalendarQuery.nightsMax,
                "How many nights later the way back is; one way if not said."),
        ] + passengers,
        answers: [.json(.ok, FareCalendarResponse.self, "The days that are on sale.")],
        problems: ofSearches, ofTrips: true)

    /// Airports and cities by what people type.
    public static let findPlaces = Route(
        "findPlaces", .get, "/api/v1/airports", in: .flights,
        "Airports and cities by code, the beginning of a name, or a name with a slip.",
        for: .anyone,
        parameters: [
            .query(
                "q", .text(lengths: 1...PlaceSearch.lengthMax), example: "lond",
                "What was typed.", isRequired: true),
            .query("limit", 1...50, "How many places are wanted; 10 if not said."),
        ], answers: [.json(.ok, PlacesResponse.self, "The places that fit, the best first.")])

    /// An offer as it stands now.
    public static let readOffer = Route(
        "readOffer", .get, "/api/v1/offers/{id}", in: .flights,
        "An offer as it stands now, with all its conditions: to be asked before booking.",
        for: .anyone, parameters: [.path("id", OfferID.self, "The offer, as the search gave it.")],
        answers: [.json(.ok, OfferResponse.self, "The offer, priced again.")],
        problems: [.unknownOffer, .offerExpired, .offerGone, .priceChanged, .detailsMissing]
            + ofSuppliers,
        ofTrips: true)

    /// Where one may sit.
    public static let seatMaps = Route(
        "seatMaps", .get, "/api/v1/offers/{id}/seat-maps", in: .flights,
        "Where one may sit on the flights of an offer, and what that costs.",
        for: .anyone, parameters: [.path("id", OfferID.self, "The offer, as it was given last.")],
        answers: [
            .json(.ok, SeatMapsResponse.self, "A map of each flight whose airline shows one.")
        ],
        problems: [.unknownOffer, .offerExpired, .offerGone, .supplierLacksThis] + ofSuppliers,
        ofTrips: true)

    /// What a supplier may do to whoever asks it.
    static let ofSuppliers: [ProblemCode] = [
        .supplierUnreachable, .supplierTimedOut, .supplierInterrupted, .supplierThrottled,
        .supplierQuotaUsedUp, .supplierUnauthorized, .supplierFailed, .supplierUnreadable,
        .supplierRejected,
    ]
}
