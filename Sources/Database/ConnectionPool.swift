/// Lends connections, first come first served.
actor ConnectionPool {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<SQLiteConnection?, Never>
    }

    private var idle: [SQLiteConnection]
    private var waiters: [Waiter] = []
    private var waitersSoFar = 0
    private var isClosed = false
    private let patience: Duration

    init(_ connections: [SQLiteConnection], patience: Duration) {
        idle = connections
        self.patience = patience
    }

    /// A connection, to be given back with ``giveBack(_:)``.
    /// - Throws: ``DatabaseError/Code/busy`` when none came free in time, `cancelled`, `closed`.
    func borrow() async throws(DatabaseError) -> SQLiteConnection {
        guard !isClosed else { throw DatabaseError(.closed, "the database is closed") }
        if let connection = idle.popLast() { return connection }
        if let connection = await wait() { return connection }
        if Task.isCancelled { throw DatabaseError(.cancelled, "cancelled while waiting") }
        if isClosed { throw DatabaseError(.closed, "the database is closed") }
        throw DatabaseError(
            .busy,
            "no connection came free in \(patience); inside a transaction, use the transaction")
    }

    /// Takes a connection back and hands it to who waits longest.
    func giveBack(_ connection: SQLiteConnection) {
        if isClosed { return }
        if waiters.isEmpty {
            idle.append(connection)
        } else {
            waiters.removeFirst().continuation.resume(returning: connection)
        }
    }

    /// Lets go of the connections; those lent are closed when they come back.
    func close() {
        isClosed = true
        idle = []
        waiters.forEach { $0.continuation.resume(returning: nil) }
        waiters = []
    }

    private func wait() async -> SQLiteConnection? {
        waitersSoFar += 1
        let number = waitersSoFar
        let alarm = Task { [patience] in
            try? await Task.sleep(for: patience)
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
        waiters.remove(at: index).continuation.resume(returning: nil)
    }
}
