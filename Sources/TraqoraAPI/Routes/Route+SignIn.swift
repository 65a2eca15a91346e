import HTTP

extension Route {
    static let ofSignIn = [
        signInChallenge, signIn, refresh, signOut, sessions, endSession, airlineAccess,
        webAuthChallenge, webAuthToken,
    ]

    /// What an account signs to sign in.
    public static let signInChallenge = Route(
        "signInChallenge", .post, "/api/v1/auth/challenge", in: .signIn,
        "What an account signs to sign in: a message and a transaction.", for: .anyone,
        takes: .json(SignInChallengeRequest.self),
        answers: [.json(.created, SignInChallengeResponse.self, "Sign one of the two.")],
        problems: [.signInAccount, .signInContract, .ledgerUnavailable])
    /// Sign in.
    public static let signIn = Route(
        "signIn", .post, "/api/v1/auth/verify", in: .signIn,
        "Sign in with one of the two, signed.", for: .anyone, takes: .json(SignInRequest.self),
        answers: [.json(.ok, SignInResponse.self, "The account is signed in.")],
        problems: [
            .signInMalformed, .signInAccount, .challengeUnknown, .signatureRefused,
            .ledgerUnavailable,
        ])
    /// A new pair of tokens.
    public static let refresh = Route(
        "refresh", .post, "/api/v1/auth/refresh", in: .signIn,
        "A new pair of tokens for the newest refresh token.", for: .anyone,
        takes: .json(RefreshRequest.self),
        answers: [.json(.ok, SignInResponse.self, "The new pair; the old one is over.")],
        problems: [.refreshRefused])
    /// End the sign-in.
    public static let signOut = Route(
        "signOut", .post, "/api/v1/auth/logout", in: .signIn,
        "End the sign-in whose access token this is.", for: .account,
        answers: [.empty(.noContent, "It has ended.")])
    /// Where the account is signed in.
    public static let sessions = Route(
        "sessions", .get, "/api/v1/auth/sessions", in: .signIn,
        "Where the account is signed in.", for: .account,
        answers: [.json(.ok, SessionsResponse.self, "The sign-ins, the newest first.")])
    /// End one of the account's sign-ins.
    public static let endSession = Route(
        "endSession", .delete, "/api/v1/auth/sessions/{id}", in: .signIn,
        "End one of the account's sign-ins.", for: .account,
        parameters: [.path("id", String.self, "The sign-in, as the list names it.")],
        answers: [.empty(.noContent, "It has ended.")], problems: [.sessionUnknown])
    /// Whether the account acts for an airline.
    public static let airlineAccess = Route(
        "airlineAccess", .get, "/api/v1/auth/airlines/{code}", in: .signIn,
        "Whether the account acts for an airline, as the Airline contract says now.",
        for: .account, parameters: [.path("code", String.self, "The airline's code.")],
        answers: [.json(.ok, AirlineAccessResponse.self, "Whether it does.")],
        problems: [.ledgerUnavailable])
    /// A challenge as SEP-10 has it.
    public static let webAuthChallenge = Route(
        "webAuthChallenge", .get, "/auth", in: .signIn, "A challenge as SEP-10 has it.",
        for: .anyone,
        parameters: [
            .query("account", String.self, "The account, `G…` or `M…`.", isRequired: true),
            .query("memo", UInt64.self, "Which of those who share a `G…` account."),
            .query("home_domain", String.self, "The domain one signs in to."),
            .query("client_domain", String.self, "The domain of the wallet, which signs too."),
        ],
        answers: [
            .json(.ok, WebAuthChallengeResponse.self, "The transaction to sign."),
            .json(.badRequest, WebAuthErrorResponse.self, "Why not."),
            .json(.serviceUnavailable, WebAuthErrorResponse.self, "The ledger cannot be asked."),
        ])
    /// The token for a signed challenge.
    public static let webAuthToken = Route(
        "webAuthToken", .post, "/auth", in: .signIn,
        "The token for a signed challenge, as SEP-10 has it.", for: .anyone,
        takes: .json(WebAuthTokenRequest.self, or: ["application/x-www-form-urlencoded"]),
        answers: [
            .json(.ok, WebAuthTokenResponse.self, "The account is signed in."),
            .json(.badRequest, WebAuthErrorResponse.self, "Why not."),
            .json(.serviceUnavailable, WebAuthErrorResponse.self, "The ledger cannot be asked."),
        ])
}
