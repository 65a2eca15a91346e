public import HTTP
public import Travel

/// A request that the API answers: server, client and documents read it from here, and the server
/// can serve nothing else.
public struct Route: Sendable {
    /// What it is about: a chapter of the documents.
    public enum Subject: String, CaseIterable, Sendable {
        case flights, bookings, airlines, transactions, refunds, loyalty, governance, webhooks,
            signIn = "signing in", administration,
            operations

        /// What the chapter is about.
        public var summary: String {
            switch self {
            case .flights: "Finding flights."
            case .bookings: "Booking, paying, cancelling."
            case .airlines: "What airlines do that sell on the ledger."
            case .transactions: "What was offered to sign and is of no booking."
            case .refunds: "What returns, what delays pay, and what waits."
            case .loyalty: "Points."
            case .governance: "What the holders of the token decide."
            case .webhooks: "Being told of changes instead of asking."
            case .signIn: "Who asks: SEP-10, SEP-53, and the tokens that follow."
            case .administration: "For whoever runs the service."
            case .operations: "For whoever watches over it."
            }
        }
    }

    /// Who may ask.
    public enum Access: Sendable {
        /// Whoever watches over the service; not counted.
        case watcher
        /// Anyone.
        case anyone
        /// Anyone; an account that is signed in becomes the owner.
        case anyoneOrAccount
        /// An account that is signed in.
        case account
        /// Whoever has the booking's token, or the account that owns it.
        case bookingHolder
        /// An account that acts for the airline in the path, as its contract says.
        case airline
        /// The account that owns the airline in the path, as its contract says.
        case airlineOwner
        /// Whoever has the key of administration.
        case administrator
    }

    /// Its name.
    public let name: String
    /// The method.
    public let method: HTTPMethod
    /// The path, with names in place of what varies.
    public let pattern: String
    /// What it is about.
    public let subject: Subject
    /// What it does, in a sentence.
    public let summary: String
    /// Who may ask.
    public let access: Access
    /// What stands in the path, in the query and in the head.
    public let parameters: [Parameter]
    /// What it takes.
    public let body: Body?
    /// What it answers when all goes well, and other answers that are no problem documents.
    public let answers: [Answer]
    /// What it answers else.
    public let problems: [DocumentedProblem]

    /// A route. The problems that follow from who may ask, from parameters and from the body are
    /// added.
    init(
        _ name: String, _ method: HTTPMethod, _ pattern: String, in subject: Subject,
        _ summary: String, for access: Access, parameters: [Parameter] = [],
        takes body: Body? = nil,
        answers: [Answer], problems: [ProblemCode] = [], ofTrips: Bool = false
    ) {
        self.name = name
        self.method = method
        self.pattern = pattern
        self.subject = subject
        self.summary = summary
        self.access = access
        self.parameters = parameters
        self.body = body
        self.answers = answers
        var all = (access.problems + problems).map { DocumentedProblem($0) }
        all += DocumentedProblem.ofEveryRoute
        if body != nil { all += DocumentedProblem.ofBodies }
        if body?.isJSON == true { all += DocumentedProblem.ofJSON }
        if !parameters.isEmpty { all += DocumentedProblem.ofParameters }
        if pattern.contains("{") { all.append(DocumentedProblem(Problem.notFound)) }
        if ofTrips { all += DocumentedProblem.ofTrips }
        if Self.rests(method, subject) { all.append(DocumentedProblem(.maintenance)) }
        self.problems = all
    }

    /// Whether it changes something that must not change while the service is maintained. Who is
    /// signed in stays so, and who runs the service must be able to end it.
    public var restsDuringMaintenance: Bool { Self.rests(method, subject) }

    private static func rests(_ method: HTTPMethod, _ subject: Subject) -> Bool {
        method != .get && subject != .signIn && subject != .administration
    }

    /// The path for a booking.
    public func path(_ id: BookingID? = nil) -> String {
        pattern.replacing("{id}", with: id?.text ?? "")
    }
}

extension Route: Hashable {
    /// Routes are the same if their methods and paths are.
    public static func == (left: Route, right: Route) -> Bool {
        left.method == right.method && left.pattern == right.pattern
    }

    /// Hashes method and path.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(pattern)
    }
}

extension Route: CustomStringConvertible {
    /// `GET /health`.
    public var description: String { "\(method) \(pattern)" }
}

extension Route: CaseIterable {
    /// All there are; a server may serve fewer.
    public static var allCases: [Route] {
        ofFlights + ofBookings + ofAirlines + ofTransactions + ofRefunds + ofLoyalty
            + ofGovernance + ofWebhooks + ofSignIn + ofAdministration
            + ofOperations
    }
}

extension Route.Access {
    /// The names of the ways to show who one is, in the documents; each opens the route.
    public var schemes: [String] {
        switch self {
        case .watcher, .anyone: []
        case .anyoneOrAccount, .account, .airline, .airlineOwner: ["account"]
        case .bookingHolder: ["booking", "account"]
        case .administrator: ["administration"]
        }
    }

    /// Whether one may also come without.
    public var isOptional: Bool {
        if case .anyoneOrAccount = self { true } else { false }
    }

    /// Who that is, in words.
    public var sentence: String {
        switch self {
        case .watcher: "Anyone; not counted against a limit."
        case .anyone: "Anyone."
        case .anyoneOrAccount: "Anyone; an account that is signed in becomes the owner."
        case .account: "An account that is signed in: its access token as `Bearer`."
        case .bookingHolder:
            "Whoever has the booking's token, or the access token of the account that owns it, as "
                + "`Bearer`."
        case .airline:
            "An account that acts for the airline, as the Airline contract says now: its access "
                + "token as `Bearer`."
        case .airlineOwner:
            "The account that owns the airline, as the Airline contract says now: its access token "
                + "as `Bearer`."
        case .administrator: "Whoever has the key of administration, in `X-Admin-Key`."
        }
    }

    fileprivate var problems: [ProblemCode] {
        switch self {
        case .watcher: []
        case .anyone: [.tooManyRequests]
        case .anyoneOrAccount: [.tooManyRequests, .tokenRefused]
        case .account: [.tooManyRequests, .signInNeeded, .tokenRefused]
        case .bookingHolder: [.tooManyRequests, .tokenMissing, .tokenRefused, .bookingNotFound]
        case .airline, .airlineOwner:
            [
                .tooManyRequests, .signInNeeded, .tokenRefused, .notOperator, .airlineUnknown,
                .ledgerUnavailable,
            ]
        case .administrator: [.tooManyRequests, .adminRefused]
        }
    }
}
