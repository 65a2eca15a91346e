import HTTP
import Travel

extension Route {
    static let ofBookings = [
        createBooking, listBookings, readBooking, bookingEvents, itinerary, itineraryCalendar,
        itineraryPage, payBooking, cancelBooking, disputeBooking, claimDelay, bookingChanges,
        decideChange,
        testDollars,
    ]

    private static let id = Parameter.path("id", BookingID.self, "The booking.")

    /// Which bookings are looked for.
    static let found: [Parameter] = [
        .query(
            "status",
            .text(pattern: "^[a-z_]+(,[a-z_]+)*$"), example: "confirming,confirmed",
            "Only those of these statuses."),
        .query("from", LocalDate.self, "Only those made on this day (UTC) or later."),
        .query("until", LocalDate.self, "Only those made on this day (UTC) or before."),
        .query(
            "cursor", .text(pattern: "^[0-9]{1,12}~[0-9a-f]{32}$"),
            example: "1795608000~0123456789abcdef0123456789abcdef",
            "The `next_cursor` of the page before."),
        .query("limit", 1...50, "How many bookings; 50 if not said."),
    ]

    /// Hold an offer.
    public static let createBooking = Route(
        "createBooking", .post, "/api/v1/bookings", in: .bookings,
        "Hold an offer; answers with what is to be signed to pay for it.", for: .anyoneOrAccount,
        parameters: [
            .header(
                "Idempotency-Key", .text(pattern: "^[!-~]+$", lengths: 16...100),
                example: "6f2b4c1e-8a53-4d0c-9d56-0f6f3f1f2a77",
                "A fresh random value; the same when one tries again.")
        ],
        takes: .json(CreateBookingRequest.self),
        answers: [.json(.created, CreateBookingResponse.self, "The booking is held.")],
        problems: ofSponsored + [
            .unknownOffer, .offerExpired, .offerGone, .priceChanged, .passengersDiffer,
            .keyMissing, .keyMalformed, .keyReused, .keyInUse, .malformedAccount, .alreadyPaid,
            .holdExpired, .sameAirport, .dateOutOfRange, .detailsMissing, .seatUnavailable,
            .agesDiffer, .supplierLacksThis,
        ] + ofLedger + ofSuppliers, ofTrips: true)
    /// The bookings of an account.
    public static let listBookings = Route(
        "listBookings", .get, "/api/v1/bookings", in: .bookings,
        "The bookings of the account that is signed in, the newest first.", for: .account,
        parameters: found,
        answers: [.json(.ok, BookingsResponse.self, "The bookings, page by page.")],
        problems: [], ofTrips: true)
    /// A booking.
    public static let readBooking = Route(
        "readBooking", .get, "/api/v1/bookings/{id}", in: .bookings,
        "A booking: the trip, its state, where its money is.", for: .bookingHolder,
        parameters: [id], answers: [.json(.ok, BookingResponse.self, "The booking.")],
        ofTrips: true)
    /// A booking as it changes.
    public static let bookingEvents = Route(
        "bookingEvents", .get, "/api/v1/bookings/{id}/events", in: .bookings,
        "The booking each time it changes, as server-sent events, until it has come to its end.",
        for: .bookingHolder,
        parameters: [
            id,
            .header(
                "Last-Event-ID", .text(), example: "0123456789abcdef", isRequired: false,
                "The id of the event that was heard last."),
        ],
        answers: [
            .bytes(
                .ok, "text/event-stream",
                "Each event is named as the booking's status; its data is the booking.")
        ], problems: [.tooManyListeners], ofTrips: true)
    /// The trip.
    public static let itinerary = Route(
        "itinerary", .get, "/api/v1/bookings/{id}/itinerary", in: .bookings,
        "The trip of a booking.", for: .bookingHolder, parameters: [id],
        answers: [.json(.ok, Itinerary.self, "The journeys.")], ofTrips: true)
    /// The trip for a calendar.
    public static let itineraryCalendar = Route(
        "itineraryCalendar", .get, "/api/v1/bookings/{id}/itinerary.ics", in: .bookings,
        "The trip for a calendar, as iCalendar (RFC 5545).", for: .bookingHolder,
        parameters: [id],
        answers: [.bytes(.ok, "text/calendar", "An appointment for each flight.")],
        ofTrips: true)
    /// The trip on paper.
    public static let itineraryPage = Route(
        "itineraryPage", .get, "/api/v1/bookings/{id}/itinerary.pdf", in: .bookings,
        "The trip for printing.", for: .bookingHolder, parameters: [id],
        answers: [.bytes(.ok, "application/pdf", "A page, or more.")], ofTrips: true)
    /// Pay a booking.
    public static let payBooking = Route(
        "payBooking", .post, "/api/v1/bookings/{id}/payment", in: .bookings,
        "Send the signed payment to the ledger; without one, a new one to sign; or an authorization "
            + "to sign, while the platform pays the network.",
        for: .bookingHolder, parameters: [id],
        takes: .json(SigningRequest.self, isRequired: false),
        answers: [
            .json(.accepted, BookingResponse.self, "It was sent; the ledger decides."),
            .json(.created, UnsignedTransactionResponse.self, "A new transaction to sign."),
            .json(
                .ok, UnsignedAuthorizationResponse.self,
                "An authorization to sign, if `sponsored` was asked for."),
        ],
        problems: [
            .alreadyPaid, .holdExpired, .offerExpired, .offerGone, .unknownOffer,
        ] + ofSponsored + ofSigned + ofLedger, ofTrips: true)
    /// Cancel a booking.
    public static let cancelBooking = Route(
        "cancelBooking", .post, "/api/v1/bookings/{id}/cancellation", in: .bookings,
        "What cancels a booking, to sign; then, signed, send it.", for: .bookingHolder,
        parameters: [id], takes: .json(SigningRequest.self, isRequired: false),
        answers: [
            .json(.accepted, BookingResponse.self, "It was sent; the ledger decides."),
            .json(.created, CancellationResponse.self, "What would return, and what to sign."),
            .json(
                .ok, SponsoredCancellationResponse.self,
                "What would return, and an authorization to sign, if `sponsored` was asked for."),
        ], problems: [.notCancellable, .departed] + ofSponsored + ofSigned + ofLedger,
        ofTrips: true)
    /// Dispute a booking.
    public static let disputeBooking = Route(
        "disputeBooking", .post, "/api/v1/bookings/{id}/dispute", in: .bookings,
        "Say what went wrong, and get what asks the arbiters, to sign; then, signed, send it.",
        for: .bookingHolder, parameters: [id], takes: .json(DisputeRequest.self),
        answers: [
            .json(.accepted, BookingResponse.self, "It was sent; the ledger decides."),
            .json(.created, UnsignedTransactionResponse.self, "The transaction to sign."),
            .json(
                .ok, UnsignedAuthorizationResponse.self,
                "An authorization to sign, if `sponsored` was asked for."),
        ], problems: [.notDisputable, .statementMalformed] + ofSponsored + ofSigned + ofLedger,
        ofTrips: true)
    /// Claim for a delay.
    public static let claimDelay = Route(
        "claimDelay", .post, "/api/v1/bookings/{id}/claim", in: .bookings,
        "What claims for a delay from the airline's bond, to sign; then, signed, send it.",
        for: .bookingHolder, parameters: [id],
        takes: .json(SigningRequest.self, isRequired: false),
        answers: [
            .json(.accepted, BookingResponse.self, "It was sent; the ledger decides."),
            .json(.created, ClaimResponse.self, "What would be paid, and what to sign."),
            .json(
                .ok, SponsoredClaimResponse.self,
                "What would be paid, and an authorization to sign, if `sponsored` was asked for."),
        ], problems: [.notClaimable] + ofSponsored + ofSigned + ofLedger, ofTrips: true)
    /// What the airline changed.
    public static let bookingChanges = Route(
        "bookingChanges", .get, "/api/v1/bookings/{id}/changes", in: .bookings,
        "What the airline changed of the trip after it was booked.", for: .bookingHolder,
        parameters: [id],
        answers: [.json(.ok, BookingChangesResponse.self, "The changes, the oldest first.")],
        ofTrips: true)
    /// Accept or refuse a change.
    public static let decideChange = Route(
        "decideChange", .post, "/api/v1/bookings/{id}/changes/{change}", in: .bookings,
        "Accept what the airline changed; or refuse it, and all of the money goes back.",
        for: .bookingHolder,
        parameters: [id, .path("change", String.self, "The change.")],
        takes: .json(DecideChangeRequest.self),
        answers: [.json(.ok, BookingResponse.self, "The booking as it stands now.")],
        problems: [.changeUnknown, .changeDecided, .changeNotAcceptable, .departed],
        ofTrips: true)
    /// Test dollars.
    public static let testDollars = Route(
        "testDollars", .post, "/api/v1/test-dollars", in: .bookings,
        "Test dollars for an account, on a standalone network alone.", for: .anyone,
        takes: .json(TestDollarsRequest.self),
        answers: [.json(.created, TestDollarsResponse.self, "They were given.")],
        problems: [.malformedAccount] + ofLedger)
}
