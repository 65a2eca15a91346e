public import Travel

/// What `POST /api/v1/admin/maintenance` takes.
public struct MaintenanceRequest: Codable, Hashable, Sendable {
    /// What people are told, 1 to 500 bytes.
    public var message: String
    /// When they may try again: `Retry-After` of every refusal, 1 to 86,400.
    public var retryAfterSeconds: Int64
    /// From when on nothing is changed; at once if not said.
    public var beginsAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case message
        case retryAfterSeconds = "retry_after_seconds"
        case beginsAt = "begins_at"
    }

    /// Maintenance.
    public init(message: String, retryAfterSeconds: Int64, beginsAt: Instant? = nil) {
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
        self.beginsAt = beginsAt
    }
}

/// That the service is maintained, or will be: until it ends, what would change something is
/// refused.
public struct MaintenanceNotice: Codable, Hashable, Sendable {
    /// What people are told.
    public var message: String
    /// From when on nothing is changed.
    public var beginsAt: Instant
    /// When one may try again.
    public var retryAfterSeconds: Int64

    private enum CodingKeys: String, CodingKey {
        case message
        case beginsAt = "begins_at"
        case retryAfterSeconds = "retry_after_seconds"
    }

    /// A notice.
    public init(message: String, beginsAt: Instant, retryAfterSeconds: Int64) {
        self.message = message
        self.beginsAt = beginsAt
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// What `/api/v1/admin/maintenance` answers.
public struct MaintenanceResponse: Codable, Hashable, Sendable {
    /// Whether what would change something is refused now.
    public var isOn: Bool
    /// What people are told; absent without maintenance, now or later.
    public var notice: MaintenanceNotice?

    private enum CodingKeys: String, CodingKey {
        case isOn = "is_on"
        case notice
    }

    /// An answer.
    public init(isOn: Bool, notice: MaintenanceNotice?) {
        self.isOn = isOn
        self.notice = notice
    }
}
