public import Travel

/// What `GET /health` answers: 200 when all is well, 503 when something is not.
public struct HealthResponse: Codable, Hashable, Sendable {
    /// How something is.
    public enum Status: String, Codable, Hashable, Sendable {
        case ok
        case failing
    }

    /// One thing that was looked at.
    public struct Check: Codable, Hashable, Sendable {
        /// What: `database`, `rpc`, `indexer`.
        public var name: String
        /// How it is.
        public var status: Status
        /// More, for people; no secrets.
        public var detail: String

        /// A check.
        public init(name: String, status: Status, detail: String) {
            self.name = name
            self.status = status
            self.detail = detail
        }
    }

    /// All together.
    public var status: Status
    /// One by one.
    public var checks: [Check]
    /// When it was looked at.
    public var checkedAt: Instant

    private enum CodingKeys: String, CodingKey {
        case status, checks
        case checkedAt = "checked_at"
    }

    /// An answer; all is well when each is.
    public init(checks: [Check], checkedAt: Instant) {
        self.checks = checks
        self.checkedAt = checkedAt
        status = checks.allSatisfy { $0.status == .ok } ? .ok : .failing
    }
}
