public import Travel

/// What `GET /health` answers: 200 when it works, 503 when something is failing.
public struct HealthResponse: Codable, Hashable, Sendable {
    /// How something is.
    public enum Status: String, Codable, Hashable, CaseIterable, Sendable {
        case ok
        /// It works, without something that makes it faster or stricter.
        case degraded
        case failing
    }

    /// One thing that was looked at.
    public struct Check: Codable, Hashable, Sendable {
        /// What: `database`, `cache`, `rpc`, `horizon`, `indexer`, `contract.booking` and the other
        /// contracts, `worker.submitter` and the other workers,
        /// `mail`.
        public var name: String
        /// How it is.
        public var status: Status
        /// More, for people; no secrets.
        public var detail: String
        /// The newest ledger that it knows.
        public var ledger: UInt32?
        /// How many seconds ago that ledger closed.
        public var ledgerAgeSeconds: Int64?
        /// The SHA-256 of the code that a contract runs, in hexadecimal digits.
        public var codeHash: String?
        /// When a worker of this process last ended a round without a failure.
        public var lastSuccessAt: Instant?
        /// Until when some process holds the worker's lease.
        public var leasedUntil: Instant?

        private enum CodingKeys: String, CodingKey {
            case name, status, detail, ledger
            case ledgerAgeSeconds = "ledger_age_seconds"
            case codeHash = "code_hash"
            case lastSuccessAt = "last_success_at"
            case leasedUntil = "leased_until"
        }

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
    /// That nothing is changed now, or from some time on.
    public var maintenance: MaintenanceNotice?

    private enum CodingKeys: String, CodingKey {
        case status, checks, maintenance
        case checkedAt = "checked_at"
    }

    /// An answer; all together are as well as the worst.
    public init(checks: [Check], checkedAt: Instant, maintenance: MaintenanceNotice? = nil) {
        self.checks = checks
        self.checkedAt = checkedAt
        self.maintenance = maintenance
        let worst: [Status] = [.failing, .degraded]
        status = worst.first { status in checks.contains { $0.status == status } } ?? .ok
    }
}
