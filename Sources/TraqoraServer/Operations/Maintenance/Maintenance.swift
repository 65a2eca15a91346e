import Cache
import HTTP
import TraqoraAPI
import Travel

/// Refuses what would change something while the service is maintained. What reads goes on, and so
/// do the workers: money that is on its way arrives.
struct Maintenance: Sendable {
    let repository: MaintenanceRepository
    let now: @Sendable () -> Instant
    private let known: Cache<String, MaintenanceNotice?>

    /// How long a process may believe what it heard.
    static let lifetimeSeconds = 0.5

    init(repository: MaintenanceRepository, now: @escaping @Sendable () -> Instant) {
        self.repository = repository
        self.now = now
        known = Cache(
            countMax: 1, lifetimeSeconds: Self.lifetimeSeconds, now: { Double(now().seconds) })
    }

    /// What the database said within the last second.
    func notice() async throws -> MaintenanceNotice? {
        try await known.value(for: "") { try await repository.find() }
    }

    /// The same as far as people are told.
    func state() async throws -> MaintenanceResponse {
        let notice = try await notice()
        return MaintenanceResponse(
            isOn: notice.map { $0.beginsAt <= now() } ?? false, notice: notice)
    }

    /// Begins or plans it.
    func begin(_ notice: MaintenanceNotice) async throws {
        try await repository.set(notice)
        known.keep(notice, for: "")
    }

    /// Ends it.
    func end() async throws {
        try await repository.clear()
        known.keep(nil, for: "")
    }

    /// A handler that rests meanwhile.
    func guarded(_ handler: @escaping HTTPHandler) -> HTTPHandler {
        { request in
            guard let notice = try await notice(), notice.beginsAt <= now() else {
                return try await handler(request)
            }
            var problem = ProblemCode.maintenance.problem(notice.message)
            problem.headers["Retry-After"] = "\(notice.retryAfterSeconds)"
            throw problem
        }
    }
}
