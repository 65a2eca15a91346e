/// Says, for as long as it is there, that a program runs which knows migrations up to some version,
/// so that contractions wait for it.
public final class ProgramRegistration: Sendable {
    private let database: Database
    private let program: String
    private let task: Task<Void, Never>

    /// How long one word holds, and how often it is given: a program that dies is forgotten in
    /// that time.
    public static let lifetimeSeconds: Int64 = 60
    private static let renewal = Duration.seconds(20)

    /// Registers a program.
    /// - Parameters:
    ///   - program: what no other process is called.
    ///   - version: the last migration it knows.
    ///   - now: seconds since 1970.
    public init(
        of program: String, version: Int, in database: Database,
        now: @escaping @Sendable () -> Int64
    ) async throws {
        self.database = database
        self.program = program
        let time = now()
        try await database.register(
            program: program, version: version, until: time + Self.lifetimeSeconds, now: time)
        task = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.renewal)
                // A database that is away keeps no word; the next one counts.
                guard !Task.isCancelled else { return }
                try? await database.renew(
                    program: program, version: version, until: now() + Self.lifetimeSeconds)
            }
        }
    }

    deinit { task.cancel() }

    /// Says that it ends.
    public func end() async {
        task.cancel()
        await task.value
        try? await database.unregister(program: program)
    }
}
