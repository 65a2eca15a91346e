import HTTP
import Travel

extension Route {
    static let ofAdministration = [
        audit, users, userSessions, endAnySession, findBookings, bookingHistory, settleOrder,
        contracts, jobs, retryJob, maintenance, beginMaintenance, endMaintenance,
    ]

    private static let account = Parameter.query(
        "account", .text(lengths: 1...100),
        example: "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", "Only this account.")
    private static let limit = Parameter.query(
        "limit", 1...1_000, "How many; 100 if not said.")

    /// What was done by whom.
    public static let audit = Route(
        "audit", .get, "/api/v1/admin/audit", in: .administration,
        "What was done by whom.", for: .administrator,
        parameters: [
            .query("after", Int64.self, "The number behind which to begin; 0 if not said."),
            .query("limit", 1...1_000, "How many entries; 100 if not said."),
        ], answers: [.json(.ok, AuditResponse.self, "The entries, in order.")])
    /// Who has signed in.
    public static let users = Route(
        "users", .get, "/api/v1/admin/users", in: .administration,
        "The accounts that have signed in.", for: .administrator,
        parameters: [
            account,
            .query(
                "after", .text(lengths: 0...100), example: "GAAZ",
                "The `next_cursor` of the page before."),
            limit,
        ], answers: [.json(.ok, UsersResponse.self, "The accounts, page by page.")])
    /// Where somebody is signed in.
    public static let userSessions = Route(
        "userSessions", .get, "/api/v1/admin/users/{account}/sessions", in: .administration,
        "Where an account is and was signed in.", for: .administrator,
        parameters: [.path("account", String.self, "The account.")],
        answers: [.json(.ok, UserSessionsResponse.self, "Its sign-ins, none if it has none.")])
    /// End somebody's sign-in.
    public static let endAnySession = Route(
        "endAnySession", .delete, "/api/v1/admin/sessions/{id}", in: .administration,
        "End a sign-in: none of its tokens opens anything any more.", for: .administrator,
        parameters: [.path("id", String.self, "The sign-in.")],
        answers: [.empty(.noContent, "It has ended.")], problems: [.sessionUnknown])
    /// Bookings of anybody.
    public static let findBookings = Route(
        "findBookings", .get, "/api/v1/admin/bookings", in: .administration,
        "Bookings of anybody, without who flies, the newest first.", for: .administrator,
        parameters: [
            account,
            .query("locator", RecordLocator.self, "Only the booking that people call so."),
        ] + found,
        answers: [.json(.ok, BookingSummariesResponse.self, "The bookings, page by page.")],
        ofTrips: true)
    /// What happened to a booking.
    public static let bookingHistory = Route(
        "bookingHistory", .get, "/api/v1/admin/bookings/{id}", in: .administration,
        "A booking with all that happened to it.", for: .administrator,
        parameters: [.path("id", BookingID.self, "The booking.")],
        answers: [.json(.ok, BookingHistoryResponse.self, "The booking and its journals.")],
        problems: [.bookingNotFound], ofTrips: true)
    /// What became of an order.
    public static let settleOrder = Route(
        "settleOrder", .post, "/api/v1/admin/bookings/{id}/order", in: .administration,
        "Say what became of an order that its supplier never told, after a look at the airline.",
        for: .administrator, parameters: [.path("id", BookingID.self, "The booking.")],
        takes: .json(SettleOrderRequest.self),
        answers: [.json(.ok, BookingSummary.self, "The booking as it stands now.")],
        problems: [
            .bookingNotFound, .orderNotUncertain, .orderNotOurs, .orderUnconfirmed,
            .supplierLacksThis,
        ] + ofSuppliers, ofTrips: true)
    /// The contracts.
    public static let contracts = Route(
        "contracts", .get, "/api/v1/admin/contracts", in: .administration,
        "The contracts as the ledger has them, beside what this release has.",
        for: .administrator,
        answers: [.json(.ok, ContractsResponse.self, "The contracts.")],
        problems: [.ledgerUnavailable])
    /// What workers have to do.
    public static let jobs = Route(
        "jobs", .get, "/api/v1/admin/jobs", in: .administration,
        "What workers have to do, and who does what one process alone does.",
        for: .administrator,
        parameters: [
            .query(
                "topic", .text(lengths: 1...100), example: "submission", "Only this kind of work."),
            .query("state", JobResponse.State.self, "Only what stands so."),
            .query(
                "after", .text(pattern: "^[0-9]{1,12}~.+$"), example: "1795608000~id",
                "The `next_cursor` of the page before."),
            limit,
        ], answers: [.json(.ok, JobsResponse.self, "The jobs, page by page.")])
    /// Have a job done now.
    public static let retryJob = Route(
        "retryJob", .post, "/api/v1/admin/jobs/{id}/retry", in: .administration,
        "Have a job done now, also one that was given up.", for: .administrator,
        parameters: [.path("id", String.self, "The job.")],
        answers: [.json(.ok, JobResponse.self, "The job as it stands now.")],
        problems: [.jobUnknown])
    /// Whether the service is maintained.
    public static let maintenance = Route(
        "maintenance", .get, "/api/v1/admin/maintenance", in: .administration,
        "Whether the service is maintained.", for: .administrator,
        answers: [.json(.ok, MaintenanceResponse.self, "Whether, and what people are told.")])
    /// Begin maintenance.
    public static let beginMaintenance = Route(
        "beginMaintenance", .post, "/api/v1/admin/maintenance", in: .administration,
        "Refuse what would change something, in every process, now or from some time on.",
        for: .administrator, takes: .json(MaintenanceRequest.self),
        answers: [.json(.ok, MaintenanceResponse.self, "What people are told.")])
    /// End maintenance.
    public static let endMaintenance = Route(
        "endMaintenance", .delete, "/api/v1/admin/maintenance", in: .administration,
        "End maintenance, or what was planned.", for: .administrator,
        answers: [.empty(.noContent, "Everything goes on.")])
}
