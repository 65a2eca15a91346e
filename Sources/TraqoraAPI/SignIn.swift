public import Travel

/// What `GET /api/v1/auth/airlines/{code}` answers.
public struct AirlineAccessResponse: Codable, Hashable, Sendable {
    /// The airline.
    public var code: String
    /// Whether the Airline contract says that the account acts for it.
    public var isOperator: Bool

    private enum CodingKeys: String, CodingKey {
        case code
        case isOperator = "is_operator"
    }

    /// An answer.
    public init(code: String, isOperator: Bool) {
        self.code = code
        self.isOperator = isOperator
    }
}

/// What `GET /api/v1/admin/audit` answers.
public struct AuditResponse: Codable, Hashable, Sendable {
    /// Something that was done.
    public struct Entry: Codable, Hashable, Sendable {
        /// Its place, from 1, without gaps.
        public var number: Int64
        /// When.
        public var at: Instant
        /// By whom.
        public var actor: String
        /// What.
        public var action: String
        /// To what.
        public var subject: String

        /// An entry.
        public init(number: Int64, at: Instant, actor: String, action: String, subject: String) {
            self.number = number
            self.at = at
            self.actor = actor
            self.action = action
            self.subject = subject
        }
    }

    /// In order.
    public var entries: [Entry]
    /// What `after` is for the next page; absent on the last.
    public var nextCursor: Int64?

    private enum CodingKeys: String, CodingKey {
        case entries
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(entries: [Entry], nextCursor: Int64?) {
        self.entries = entries
        self.nextCursor = nextCursor
    }
}

/// What `GET /api/v1/bookings` answers.
public struct BookingsResponse: Codable, Sendable {
    /// The account's bookings, the newest first.
    public var bookings: [BookingResponse]
    /// What `cursor` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case bookings
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(bookings: [BookingResponse], nextCursor: String?) {
        self.bookings = bookings
        self.nextCursor = nextCursor
    }
}

/// What `POST /api/v1/auth/challenge` takes.
public struct SignInChallengeRequest: Codable, Sendable {
    /// The account that signs in: `G…`, or `M…` for one of those who share it.
    public var account: String
    /// Which of those who share a `G…` account.
    public var memo: UInt64?

    /// A request.
    public init(account: String, memo: UInt64? = nil) {
        self.account = account
        self.memo = memo
    }
}

/// What `POST /api/v1/auth/challenge` answers: sign one of the two.
public struct SignInChallengeResponse: Codable, Hashable, Sendable {
    /// The challenge's name.
    public var id: String
    /// A message, to be signed as SEP-53 says.
    public var message: String
    /// A transaction that no ledger takes, to be signed as SEP-10 says: XDR in base 64.
    public var transaction: String
    /// The network whose passphrase the transaction's signature covers.
    public var networkPassphrase: String
    /// Until when it may be answered.
    public var expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case id, message, transaction
        case networkPassphrase = "network_passphrase"
        case expiresAt = "expires_at"
    }

    /// An answer.
    public init(
        id: String, message: String, transaction: String, networkPassphrase: String,
        expiresAt: Instant
    ) {
        self.id = id
        self.message = message
        self.transaction = transaction
        self.networkPassphrase = networkPassphrase
        self.expiresAt = expiresAt
    }
}

/// What `POST /api/v1/auth/verify` takes: the signed transaction, or the challenge's name and the
/// signature of its message.
public struct SignInRequest: Codable, Sendable {
    /// The transaction with the signatures, as XDR in base 64.
    public var transaction: String?
    /// The challenge whose message was signed.
    public var id: String?
    /// The signature of the message, in base 64 or hexadecimal digits.
    public var signature: String?
    /// The key that signed, if it is another signer of the account.
    public var signer: String?
    /// What people call the device, for the list of sign-ins.
    public var device: String?

    /// A request.
    public init(
        transaction: String? = nil, id: String? = nil, signature: String? = nil,
        signer: String? = nil, device: String? = nil
    ) {
        self.transaction = transaction
        self.id = id
        self.signature = signature
        self.signer = signer
        self.device = device
    }
}

/// What `POST /api/v1/auth/refresh` takes.
public struct RefreshRequest: Codable, Sendable {
    /// The newest refresh token of the sign-in.
    public var refreshToken: String

    private enum CodingKeys: String, CodingKey { case refreshToken = "refresh_token" }

    /// A request.
    public init(refreshToken: String) { self.refreshToken = refreshToken }
}

/// What signing in and refreshing answer.
public struct SignInResponse: Codable, Hashable, Sendable {
    /// Opens the API for a quarter of an hour: `Authorization: Bearer …`.
    public var accessToken: String
    /// Gives a new pair, once.
    public var refreshToken: String
    /// Always `Bearer`.
    public var tokenType: String
    /// How long the access token lives.
    public var expiresIn: Int64
    /// Who is signed in.
    public var account: String
    /// The sign-in's name in the list of sign-ins.
    public var sessionID: String

    private enum CodingKeys: String, CodingKey {
        case account
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case sessionID = "session_id"
    }

    /// An answer.
    public init(
        accessToken: String, refreshToken: String, expiresIn: Int64, account: String,
        sessionID: String
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        tokenType = "Bearer"
        self.expiresIn = expiresIn
        self.account = account
        self.sessionID = sessionID
    }
}

/// What `GET /api/v1/auth/sessions` answers.
public struct SessionsResponse: Codable, Hashable, Sendable {
    /// One sign-in, on one device.
    public struct Session: Codable, Hashable, Sendable {
        /// Its name.
        public var id: String
        /// What the device was called.
        public var device: String
        /// When it began.
        public var createdAt: Instant
        /// When it was last refreshed.
        public var lastUsedAt: Instant
        /// When it ends.
        public var expiresAt: Instant
        /// Whether it is the one that asks.
        public var isCurrent: Bool

        private enum CodingKeys: String, CodingKey {
            case id, device
            case createdAt = "created_at"
            case lastUsedAt = "last_used_at"
            case expiresAt = "expires_at"
            case isCurrent = "is_current"
        }

        /// A sign-in.
        public init(
            id: String, device: String, createdAt: Instant, lastUsedAt: Instant,
            expiresAt: Instant, isCurrent: Bool
        ) {
            self.id = id
            self.device = device
            self.createdAt = createdAt
            self.lastUsedAt = lastUsedAt
            self.expiresAt = expiresAt
            self.isCurrent = isCurrent
        }
    }

    /// Who is signed in.
    public var account: String
    /// Where, the newest first.
    public var sessions: [Session]

    /// An answer.
    public init(account: String, sessions: [Session]) {
        self.account = account
        self.sessions = sessions
    }
}
