import Database
import HTTP
import TraqoraAPI
import Travel

/// What workers have to do, for whoever runs the service.
struct JobHandlers: Sendable {
    let gate: AdministrationGate
    let outbox: Outbox
    let leases: Leases
    let workers: WorkerHealth

    /// What is served here.
    var routes: [ServedRoute] { [(.jobs, jobs), (.retryJob, retry)] }

    /// `GET /api/v1/admin/jobs?topic&state&after&limit`
    func jobs(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "jobs")
        let query = try request.query
        let limit = try query.number("limit", 1...1_000) ?? 100
        let time = gate.now().seconds
        let state = try query.choice("state", of: JobResponse.State.self)
        let found = try await outbox.entries(
            topic: query.text("topic", 1...100),
            state: state.flatMap { Outbox.State(rawValue: $0.rawValue) },
            after: Self.place(query), limit: limit + 1, now: time)
        let page = Page(found, limit: limit) { "\($0.createdAt)~\($0.id)" }
        let response = JobsResponse(
            jobs: page.items.map(JobResponse.init), nextCursor: page.cursor,
            topics: try await outbox.counts(now: time).map {
                .init(
                    topic: $0.topic, state: JobResponse.State($0.state), count: $0.count,
                    oldestAt: Instant(seconds: $0.oldestAt))
            },
            leases: try await leases.all(now: time).map {
                .init(
                    name: $0.name, holder: $0.holder, fence: $0.fence,
                    expiresAt: Instant(seconds: $0.expiresAt))
            }, workers: await workers.checks())
        return try .json(response, headers: AdministrationGate.secrecy)
    }

    /// `POST /api/v1/admin/jobs/{id}/retry`
    func retry(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try request.parameters.plain("id")
        try await gate.check(request, "job \(id)")
        let time = gate.now().seconds
        let unknown = ProblemCode.jobUnknown.problem("It has been done, or there was none.")
        guard try await outbox.entry(id, now: time) != nil else { throw unknown }
        try await gate.record("admin.job_retried", id)
        guard try await outbox.revive(id, now: time),
            let entry = try await outbox.entry(id, now: time)
        else { throw unknown }
        return try .json(JobResponse(entry), headers: AdministrationGate.secrecy)
    }

    private static func place(_ query: HTTPQuery) throws -> (createdAt: Int64, id: String)? {
        guard let text = try query.text("after", 3...300) else { return nil }
        let parts = text.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count <= 12, let seconds = Int64(parts[0]) else {
            throw Problem.invalidParameter("after", "use the `next_cursor` of the page before.")
        }
        return (seconds, String(parts[1]))
    }
}

extension JobResponse {
    init(_ entry: Outbox.Entry) {
        let isHeld = entry.state == .held
        self.init(
            id: entry.id, topic: entry.topic, state: State(entry.state),
            attempts: entry.attempts, createdAt: Instant(seconds: entry.createdAt),
            dueAt: entry.state == .dead ? nil : Instant(seconds: entry.dueAt),
            holder: isHeld ? entry.holder : nil,
            heldUntil: isHeld ? Instant(seconds: entry.heldUntil) : nil,
            lastError: entry.lastError)
    }
}

extension JobResponse.State {
    init(_ state: Outbox.State) {
        self =
            switch state {
            case .waiting: .waiting
            case .due: .due
            case .held: .held
            case .dead: .dead
            }
    }
}
