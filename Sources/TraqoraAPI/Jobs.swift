public import Travel

/// Something that a worker has to do.
public struct JobResponse: Codable, Hashable, Sendable {
    /// Where a job stands.
    public enum State: String, Codable, Hashable, CaseIterable, Sendable {
        /// Its time has not come.
        case waiting
        /// A worker may take it.
        case due
        /// A worker has it.
        case held
        /// It was given up.
        case dead
    }

    /// Its id.
    public var id: String
    /// What kind of work.
    public var topic: String
    /// Where it stands.
    public var state: State
    /// How often it was tried.
    public var attempts: Int
    /// Since when there is something to do.
    public var createdAt: Instant
    /// When it will be tried again; absent when it was given up.
    public var dueAt: Instant?
    /// The process that has it.
    public var holder: String?
    /// Until when that one has it.
    public var heldUntil: Instant?
    /// Why the last attempt failed.
    public var lastError: String?

    private enum CodingKeys: String, CodingKey {
        case id, topic, state, attempts, holder
        case createdAt = "created_at"
        case dueAt = "due_at"
        case heldUntil = "held_until"
        case lastError = "last_error"
    }

    /// A job.
    public init(
        id: String, topic: String, state: State, attempts: Int, createdAt: Instant,
        dueAt: Instant?, holder: String?, heldUntil: Instant?, lastError: String?
    ) {
        self.id = id
        self.topic = topic
        self.state = state
        self.attempts = attempts
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.holder = holder
        self.heldUntil = heldUntil
        self.lastError = lastError
    }
}

/// What `GET /api/v1/admin/jobs` answers.
public struct JobsResponse: Codable, Hashable, Sendable {
    /// How many jobs of a kind there are.
    public struct Topic: Codable, Hashable, Sendable {
        /// The kind.
        public var topic: String
        /// Where they stand.
        public var state: JobResponse.State
        /// How many.
        public var count: Int
        /// When the oldest was made.
        public var oldestAt: Instant

        private enum CodingKeys: String, CodingKey {
            case topic, state, count
            case oldestAt = "oldest_at"
        }

        /// A kind.
        public init(topic: String, state: JobResponse.State, count: Int, oldestAt: Instant) {
            self.topic = topic
            self.state = state
            self.count = count
            self.oldestAt = oldestAt
        }
    }

    /// Work that one process alone does.
    public struct Lease: Codable, Hashable, Sendable {
        /// What.
        public var name: String
        /// The process.
        public var holder: String
        /// Grows with every new holder.
        public var fence: Int64
        /// Until when.
        public var expiresAt: Instant

        private enum CodingKeys: String, CodingKey {
            case name, holder, fence
            case expiresAt = "expires_at"
        }

        /// A lease.
        public init(name: String, holder: String, fence: Int64, expiresAt: Instant) {
            self.name = name
            self.holder = holder
            self.fence = fence
            self.expiresAt = expiresAt
        }
    }

    /// The jobs, the oldest first.
    public var jobs: [JobResponse]
    /// What `after` is for the next page; absent on the last.
    public var nextCursor: String?
    /// How many there are of each kind.
    public var topics: [Topic]
    /// Who does what one process alone does.
    public var leases: [Lease]
    /// The workers of the process that answers, as `/health` has them.
    public var workers: [HealthResponse.Check]

    private enum CodingKeys: String, CodingKey {
        case jobs, topics, leases, workers
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(
        jobs: [JobResponse], nextCursor: String?, topics: [Topic], leases: [Lease],
        workers: [HealthResponse.Check]
    ) {
        self.jobs = jobs
        self.nextCursor = nextCursor
        self.topics = topics
        self.leases = leases
        self.workers = workers
    }
}
