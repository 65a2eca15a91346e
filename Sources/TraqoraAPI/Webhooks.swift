public import Travel

/// What `POST /api/v1/webhooks` takes.
public struct AddWebhookRequest: Codable, Sendable {
    /// Where messages go: an `https` address on the public internet.
    public var url: String
    /// What is told; bookings alone if it is not said.
    public var topics: [EventTopic]?

    /// An address.
    public init(url: String, topics: [EventTopic]? = nil) {
        self.url = url
        self.topics = topics
    }
}

/// What `POST /api/v1/webhooks` answers.
public struct AddWebhookResponse: Codable, Sendable {
    /// The address.
    public var webhook: WebhookResponse
    /// What signs the messages, in hexadecimal digits. It is told once.
    public var secret: String

    /// An answer.
    public init(webhook: WebhookResponse, secret: String) {
        self.webhook = webhook
        self.secret = secret
    }
}

/// The addresses of an account.
public struct WebhooksResponse: Codable, Sendable {
    /// The oldest first.
    public var webhooks: [WebhookResponse]

    /// An answer.
    public init(webhooks: [WebhookResponse]) { self.webhooks = webhooks }
}

/// An address that is told of what concerns the account.
public struct WebhookResponse: Codable, Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Where messages go.
    public var url: String
    /// What is told.
    public var topics: [EventTopic]
    /// Since when.
    public var createdAt: Instant
    /// When a message last arrived.
    public var deliveredAt: Instant?
    /// Why the last one did not arrive; absent after one that did.
    public var failure: String?
    /// When that was.
    public var failedAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case id, url, topics, failure
        case createdAt = "created_at"
        case deliveredAt = "delivered_at"
        case failedAt = "failed_at"
    }

    /// An address.
    public init(
        id: String, url: String, topics: [EventTopic], createdAt: Instant,
        deliveredAt: Instant?, failure: String?, failedAt: Instant?
    ) {
        self.id = id
        self.url = url
        self.topics = topics
        self.createdAt = createdAt
        self.deliveredAt = deliveredAt
        self.failure = failure
        self.failedAt = failedAt
    }
}

/// What a webhook gets: no more than that there is news. Who may see the booking asks for it; what
/// the ledger says anybody may see.
public struct WebhookMessage: Codable, Hashable, Sendable {
    /// The same when a message comes twice.
    public var id: String
    /// The booking, if it is about one of the account's.
    public var bookingID: BookingID?
    /// What it has come to.
    public var status: BookingStatus?
    /// What happened on the ledger, if it is about that.
    public var event: LedgerEventResponse?
    /// When. Messages may arrive in another order.
    public var at: Instant

    private enum CodingKeys: String, CodingKey {
        case id, status, event, at
        case bookingID = "booking_id"
    }

    /// A message about the ledger.
    public init(id: String, event: LedgerEventResponse, at: Instant) {
        self.id = id
        self.event = event
        self.at = at
    }

    /// A message about a booking.
    public init(id: String, bookingID: BookingID, status: BookingStatus, at: Instant) {
        self.id = id
        self.bookingID = bookingID
        self.status = status
        self.at = at
    }
}
