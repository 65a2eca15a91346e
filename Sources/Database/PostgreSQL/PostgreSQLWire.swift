internal import CPostgreSQL
internal import Dispatch
internal import Foundation

/// libpq's end of a connection: nothing here blocks. It belongs to one actor.
final class PostgreSQLWire {
    /// What stops the statement that runs; `nil` without a connection.
    private(set) var canceller: StatementCancel?

    private let configuration: DatabaseConfiguration
    private let socket: IdleSocket
    /// `nil` before the connection and after its end.
    private var pointer: OpaquePointer?
    private var lossMessage = "the connection was lost"

    init(_ configuration: DatabaseConfiguration, socket: IdleSocket) {
        self.configuration = configuration
        self.socket = socket
    }

    deinit { lose("") }

    /// Where the server thinks the connection is in a transaction.
    var transactionStatus: PGTransactionStatusType {
        pointer.map { PQtransactionStatus($0) } ?? PQTRANS_UNKNOWN
    }

    /// Why there is no connection any more.
    func lost(sql: String?) -> DatabaseError {
        DatabaseError(.connectionLost, lossMessage, sql: sql)
    }

    /// Connects.
    func connect(_ url: ServerURL) async throws(DatabaseError) {
        // What stands before `dbname` the URL may change, what stands behind it not.
        let settings: [(String, String)] = [
            ("application_name", "traqora"), ("keepalives_idle", "30"),
            ("keepalives_interval", "10"), ("keepalives_count", "3"), ("dbname", url.text),
            ("client_encoding", "UTF8"),
        ]
        let begun = await Self.offThread { Self.begin(settings) }
        guard let opened = begun.value else {
            throw DatabaseError(.cannotOpen, "out of memory")
        }
        let patience = max(10_000, configuration.busyTimeoutMillisecondsMax)
        do throws(DatabaseError) {
            try await poll(opened, until: .now + .milliseconds(patience))
        } catch {
            PQfinish(opened)
            throw error
        }
        // What the server remarks is no fault, and would go to standard error.
        PQsetNoticeReceiver(opened, { _, _ in }, nil)
        socket.opened(PQsocket(opened))
        pointer = opened
        let handle = CancelHandle(of: opened)
        canceller = StatementCancel { handle.cancel() }
    }

    private static func begin(_ settings: [(String, String)]) -> Transfer<OpaquePointer?> {
        var keys = settings.map { UnsafePointer(strdup($0.0)) }
        var values = settings.map { UnsafePointer(strdup($0.1)) }
        defer { for text in keys + values { free(UnsafeMutablePointer(mutating: text)) } }
        keys.append(nil)
        values.append(nil)
        return Transfer(value: PQconnectStartParams(keys, values, 1))
    }

    private func poll(_ opened: OpaquePointer, until deadline: ContinuousClock.Instant)
        async throws(DatabaseError)
    {
        guard PQstatus(opened) != CONNECTION_BAD else { throw Self.refusal(of: opened) }
        var status = PGRES_POLLING_WRITING
        while status != PGRES_POLLING_OK {
            guard status != PGRES_POLLING_FAILED else { throw Self.refusal(of: opened) }
            let isReady = await SocketPoller.shared.wait(
                for: PQsocket(opened), status == PGRES_POLLING_READING ? .reading : .writing,
                until: deadline)
            guard isReady else {
                throw DatabaseError(.connectionLost, "the server did not answer in time")
            }
            let transfer = Transfer(value: opened)
            status = await Self.offThread { PQconnectPoll(transfer.value) }
        }
        PQsetnonblocking(opened, 1)
    }

    /// Why there is no connection: a server that is away, starting or stopping may come back; one
    /// that refuses does not change its mind.
    private static func refusal(of opened: OpaquePointer) -> DatabaseError {
        let message = PQerrorMessage(opened).map { String(cString: $0) } ?? ""
        let lasting = [
            "authentication", "does not exist", "no pg_hba.conf", "certificate", "SSL", "ssl",
            "no password", "permission denied", "invalid", "could not translate",
        ]
        // What stands before names the host, which may be called anything.
        let told = message.split(separator: "\n").map { line in
            line.firstRange(of: " failed: ").map { line[$0.upperBound...] } ?? line
        }.joined(separator: "\n").replacing("SSL SYSCALL error", with: "")
        let isLasting =
            lasting.contains { told.contains($0) } && !told.contains("closed")
            && !told.contains("No such file")
        let line = message.split(separator: "\n").joined(separator: "; ")
        return DatabaseError(isLasting ? .cannotOpen : .connectionLost, line)
    }

    /// Sends, and waits for all that comes back.
    /// - Parameter isLimited: whether an answer that does not come is given up.
    func exchange(
        sql: String?, isLimited: Bool = true, _ send: (OpaquePointer) -> Int32
    ) async throws(DatabaseError) -> [PostgreSQLResult] {
        guard let pointer else { throw lost(sql: sql) }
        guard send(pointer) == 1 else { throw loss(of: pointer, sql: sql) }
        let deadline = deadline(isLimited: isLimited)
        try await flush(pointer, sql: sql, until: deadline)
        var results: [PostgreSQLResult] = []
        while let result = try await next(pointer, sql: sql, until: deadline) {
            results.append(result)
        }
        if PQstatus(pointer) == CONNECTION_BAD { throw loss(of: pointer, sql: sql) }
        return results
    }

    /// Sends several statements, one behind the other, and waits for all at once. Behind one that
    /// fails none is run; those outside a transaction are one of their own.
    /// - Returns: an answer each, up to one that failed.
    func exchange(
        sql: String?, together sends: [(OpaquePointer) -> Int32]
    ) async throws(DatabaseError) -> [PostgreSQLResult] {
        guard let pointer else { throw lost(sql: sql) }
        let isSent =
            PQenterPipelineMode(pointer) == 1 && sends.allSatisfy { $0(pointer) == 1 }
            && PQpipelineSync(pointer) == 1
        guard isSent else { throw loss(of: pointer, sql: sql) }
        let deadline = deadline(isLimited: true)
        try await flush(pointer, sql: sql, until: deadline)
        var results: [PostgreSQLResult] = []
        while true {
            guard let result = try await next(pointer, sql: sql, until: deadline) else {
                // The end of one statement, or of everything.
                guard PQstatus(pointer) != CONNECTION_BAD else { throw loss(of: pointer, sql: sql) }
                continue
            }
            if result.isSync { break }
            results.append(result)
        }
        guard PQexitPipelineMode(pointer) == 1 else { throw loss(of: pointer, sql: sql) }
        return results
    }

    /// A server that says nothing although its own time-out has passed is given up.
    private func deadline(isLimited: Bool) -> ContinuousClock.Instant {
        .now
            + (isLimited
                ? .milliseconds(configuration.statementTimeoutMillisecondsMax + 5_000)
                : .seconds(30 * 86_400))
    }

    private func flush(
        _ pointer: OpaquePointer, sql: String?, until deadline: ContinuousClock.Instant
    ) async throws(DatabaseError) {
        while true {
            let left = PQflush(pointer)
            if left == 0 { return }
            guard left > 0 else { throw loss(of: pointer, sql: sql) }
            // A server that cannot write to us does not read either.
            let soon = min(deadline, .now + .milliseconds(50))
            _ = await SocketPoller.shared.wait(for: PQsocket(pointer), .writing, until: soon)
            guard ContinuousClock.now < deadline, PQconsumeInput(pointer) == 1 else {
                throw loss(of: pointer, sql: sql)
            }
        }
    }

    /// The next result, `nil` behind the last of a statement.
    private func next(
        _ pointer: OpaquePointer, sql: String?, until deadline: ContinuousClock.Instant
    ) async throws(DatabaseError) -> PostgreSQLResult? {
        while PQisBusy(pointer) == 1 {
            let isReady = await SocketPoller.shared.wait(
                for: PQsocket(pointer), .reading, until: deadline)
            guard isReady else {
                lose("the server did not answer in time")
                throw lost(sql: sql)
            }
            // What has arrived is looked at first: a server that ends says why.
            guard PQconsumeInput(pointer) == 1 || PQisBusy(pointer) == 0 else {
                throw loss(of: pointer, sql: sql)
            }
        }
        return PQgetResult(pointer).map(PostgreSQLResult.init)
    }

    private func loss(of pointer: OpaquePointer, sql: String?) -> DatabaseError {
        let message = PQerrorMessage(pointer).map { String(cString: $0) } ?? ""
        lose(message.split(separator: "\n").first.map(String.init) ?? lossMessage)
        return lost(sql: sql)
    }

    /// The connection is over.
    func lose(_ message: String) {
        guard let pointer else { return }
        lossMessage = message
        self.pointer = nil
        canceller = nil
        socket.closed()
        PQfinish(pointer)
    }

    /// Runs what may look up a host's name, and wait for that, on a thread that may wait.
    private static func offThread<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}

/// A pointer that is handed to another thread.
// Safe: whoever hands it over waits, and does not use it meanwhile.
private struct Transfer<Value>: @unchecked Sendable {
    var value: Value
}
