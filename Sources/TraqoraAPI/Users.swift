public import Travel

/// What `GET /api/v1/admin/users` answers.
public struct UsersResponse: Codable, Hashable, Sendable {
    /// An account that has signed in.
    public struct User: Codable, Hashable, Sendable {
        /// `G…`, `M…`, or `G…:memo`.
        public var account: String
        /// When it first signed in.
        public var firstSeenAt: Instant
        /// When it last signed in or refreshed a token.
        public var lastSeenAt: Instant
        /// How many of its sign-ins go on.
        public var activeSessions: Int
        /// How many bookings are its own.
        public var bookings: Int

        private enum CodingKeys: String, CodingKey {
            case account, bookings
            case firstSeenAt = "first_seen_at"
            case lastSeenAt = "last_seen_at"
            case activeSessions = "active_sessions"
        }

        /// An account.
        public init(
            account: String, firstSeenAt: Instant, lastSeenAt: Instant, activeSessions: Int,
            bookings: Int
        ) {
            self.account = account
            self.firstSeenAt = firstSeenAt
            self.lastSeenAt = lastSeenAt
            self.activeSessions = activeSessions
            self.bookings = bookings
        }
    }

    /// In the order of their names.
    public var users: [User]
    /// What `after` is for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case users
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(users: [User], nextCursor: String?) {
        self.users = users
        self.nextCursor = nextCursor
    }
}

/// What `GET /api/v1/admin/users/{account}/sessions` answers.
public struct UserSessionsResponse: Codable, Hashable, Sendable {
    /// A sign-in.
    public struct Session: Codable, Hashable, Sendable {
        /// Its name.
        public var id: String
        /// What the device was called.
        public var device: String
        /// When it began.
        public var createdAt: Instant
        /// When it was last refreshed.
        public var lastUsedAt: Instant
        /// When it ends by itself.
        public var expiresAt: Instant
        /// When it was ended.
        public var endedAt: Instant?
        /// Why.
        public var endReason: String?

        private enum CodingKeys: String, CodingKey {
            case id, device
            case createdAt = "created_at"
            case lastUsedAt = "last_used_at"
            case expiresAt = "expires_at"
            case endedAt = "ended_at"
            case endReason = "end_reason"
        }

        /// A sign-in.
        public init(
            id: String, device: String, createdAt: Instant, lastUsedAt: Instant,
            expiresAt: Instant, endedAt: Instant?, endReason: String?
        ) {
            self.id = id
            self.device = device
            self.createdAt = createdAt
            self.lastUsedAt = lastUsedAt
            self.expiresAt = expiresAt
            self.endedAt = endedAt
            self.endReason = endReason
        }
    }

    /// Whose.
    public var account: String
    /// The newest hundred, the newest first, also those that have ended.
    public var sessions: [Session]

    /// An answer.
    public init(account: String, sessions: [Session]) {
        self.account = account
        self.sessions = sessions
    }
}
