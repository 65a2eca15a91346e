/// Lends connections, first come first served; opens them when they are wanted, up to a limit, and
/// replaces those that broke.
actor ConnectionPool {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Wake, Never>
    }

    private enum Wake {
        case connection(any EngineConnection)
        /// There is room to open one.
        case room
        case gaveUp
    }

    private let limit: Int
    private let patience: Duration
    private let open: @Sendable () async throws(DatabaseError) -> any EngineConnection
    private var idle: [any EngineConnection]
    /// Those that exist or are being opened.
    private var count: Int
    private var waiters: [Waiter] = []
    private var waitersSoFar = 0
    private var isClosed = false

    /// How long to wait before an engine that did not answer is tried again.
    private static let pause = Duration.milliseconds(50)

    /// - Parameters:
    ///   - connections: those that are open already.
    ///   - limit: how many there may be.
    ///   - patience: how long a caller waits for one.
    init(
        _ connections: [any EngineConnection] = [], limit: Int, patience: Duration,
        open: @escaping @Sendable () async throws(DatabaseError) -> any EngineConnection
    ) {
        idle = connections
        count = connections.count
        self.limit = max(1, limit)
        self.patience = patience
        self.open = open
    }

    /// A connection, to be given back with ``giveBack(_:)``.
    /// - Throws: ``DatabaseError/Code/busy`` when none came free in time, `cancelled`, `closed`,
    ///   and what opening one throws; an engine that is away is tried again until then.
    func borrow() async throws(DatabaseError) -> any EngineConnection {
        let deadline = ContinuousClock.now + patience
        while true {
            guard !isClosed else { throw DatabaseError(.closed, "the database is closed") }
            if let connection = await takeIdle() { return connection }
            if count < limit {
                if let connection = try await openOne(until: deadline) { return connection }
                continue
            }
            switch await wait(until: deadline) {
            case .connection(let connection): return connection
            case .room: continue
            case .gaveUp: throw unsuccessful()
            }
        }
    }

    /// Takes a connection back and hands it to who waits longest.
    func giveBack(_ connection: any EngineConnection) async {
        guard !isClosed, connection.isUsable else {
            count -= 1
            wakeForRoom()
            return await connection.close()
        }
        if waiters.isEmpty {
            idle.append(connection)
        } else {
            waiters.removeFirst().continuation.resume(returning: .connection(connection))
        }
    }

    /// Lets go of the connections; those lent are closed when they come back.
    func close() async {
        isClosed = true
        let connections = idle
        idle = []
        count -= connections.count
        waiters.forEach { $0.continuation.resume(returning: .gaveUp) }
        waiters = []
        for connection in connections { await connection.close() }
    }

    private func takeIdle() async -> (any EngineConnection)? {
        while let connection = idle.popLast() {
            if connection.isUsable { return connection }
            count -= 1
            await connection.close()
        }
        return nil
    }

    /// - Returns: `nil` when the engine did not answer, and there is time to try again.
    private func openOne(until deadline: ContinuousClock.Instant) async throws(DatabaseError)
        -> (any EngineConnection)?
    {
        count += 1
        do throws(DatabaseError) {
            let connection = try await open()
            guard !isClosed else {
                count -= 1
                await connection.close()
                throw DatabaseError(.closed, "the database is closed")
            }
            return connection
        } catch {
            count -= 1
            wakeForRoom()
            guard error.code == .connectionLost, !Task.isCancelled,
                ContinuousClock.now + Self.pause < deadline
            else { throw error }
            try? await Task.sleep(for: Self.pause)
            return nil
        }
    }

    private func wakeForRoom() {
        guard !waiters.isEmpty else { return }
        waiters.removeFirst().continuation.resume(returning: .room)
    }

    private func unsuccessful() -> DatabaseError {
        if Task.isCancelled { return DatabaseError(.cancelled, "cancelled while waiting") }
        if isClosed { return DatabaseError(.closed, "the database is closed") }
        return DatabaseError(
            .busy,
            "no connection came free in \(patience); inside a transaction, use the transaction")
    }

    private func wait(until deadline: ContinuousClock.Instant) async -> Wake {
        waitersSoFar += 1
        let number = waitersSoFar
        let alarm = Task {
            try? await Task.sleep(until: deadline, clock: .continuous)
            if !Task.isCancelled { giveUp(number) }
        }
        defer { alarm.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.append(Waiter(number: number, continuation: continuation))
            }
        } onCancel: {
            Task { await giveUp(number) }
        }
    }

    private func giveUp(_ number: Int) {
        guard let index = waiters.firstIndex(where: { $0.number == number }) else { return }
        waiters.remove(at: index).continuation.resume(returning: .gaveUp)
    }
}
