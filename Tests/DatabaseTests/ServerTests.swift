import Database
import Foundation
import Support
import Testing

/// What only a server has: it can be away, refuse, restart, ask for TLS.
@Suite struct ServerTests {
    func open(
        _ url: String, _ change: (inout DatabaseConfiguration) -> Void = { _ in }
    ) async throws -> Database {
        var configuration = DatabaseConfiguration(
            try .init(url: url), busyTimeoutMillisecondsMax: 60_000)
        change(&configuration)
        return try await Database.open(configuration)
    }

    @Test func `a restart is noticed and survived`() async throws {
        let server = try await PostgreSQLServer.start()
        let database = try await open(await server.makeDatabase()) {
            $0.connectionsMax = 2
            $0.busyTimeoutMillisecondsMax = 20_000
        }
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        // Idle connections.
        try await server.restart()
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 1)
        try await database.execute("INSERT INTO t VALUES (2)")
        // A transaction that is under way is undone, and runs again.
        var runs = 0
        try await database.transaction { transaction in
            runs += 1
            try await transaction.execute("INSERT INTO t VALUES (3)")
            if runs == 1 { try await server.restart() }
            try await transaction.execute("INSERT INTO t VALUES (4)")
        }
        #expect(runs == 2)
        #expect(
            try await database.values("SELECT n FROM t ORDER BY n", as: Int.self) == [1, 2, 3, 4])
        await database.close()
    }

    @Test func `a server that hangs is given up, and found again`() async throws {
        let server = try await PostgreSQLServer.start()
        let database = try await open(await server.makeDatabase()) {
            $0.statementTimeoutMillisecondsMax = 200
        }
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await server.hang(true)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute("INSERT INTO t VALUES (1)")
        }
        try await server.hang(false)
        #expect(error?.code == .connectionLost)
        // The answer was lost; what was asked is done once, or not at all, and all goes on.
        #expect(try await database.value("SELECT COUNT(*) FROM t", as: Int.self) ?? 9 <= 1)
        try await database.execute("INSERT INTO t VALUES (2)")
        #expect(try await database.value("SELECT COUNT(*) FROM t WHERE n = 2") == 1)
        await database.close()
    }

    @Test func `work goes on while the server restarts again and again`() async throws {
        let server = try await PostgreSQLServer.start()
        let database = try await open(await server.makeDatabase()) {
            $0.busyTimeoutMillisecondsMax = 30_000
        }
        try await database.execute("CREATE TABLE t (n BIGINT PRIMARY KEY)")
        let workers = (0..<4).map { worker in
            Task {
                for number in 0..<60 {
                    let key = worker * 1_000 + number
                    // A commit whose answer was lost lasts or does not, as a whole; on a slow
                    // machine the server may restart while it is asked again.
                    var isWritten = false
                    while !isWritten {
                        do {
                            _ = try await database.transaction { transaction in
                                try await transaction.execute(
                                    "INSERT INTO t VALUES (\(key)) ON CONFLICT DO NOTHING")
                            }
                            isWritten = true
                        } catch let error as DatabaseError where error.code == .connectionLost {}
                    }
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        for _ in 0..<2 {
            try await Task.sleep(for: .milliseconds(150))
            try await server.restart()
        }
        for worker in workers { try await worker.value }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 240)
        await database.close()
    }

    @Test func `a server that is not there is waited for, then named`() async throws {
        let folder = try TestFolder()
        let start = ContinuousClock.now
        let error = await #expect(throws: DatabaseError.self) {
            try await open("postgres://traqora@/x?host=\(folder.url.path)") {
                $0.busyTimeoutMillisecondsMax = 300
            }
        }
        #expect(error?.code == .connectionLost)
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test func `a server that refuses is not asked again`() async throws {
        let server = try await PostgreSQLServer.shared()
        for url in [
            server.url(database: "nowhere"), server.url(options: "&user=nobody-known"),
            server.url(options: "&sslmode=sometimes"),
        ] {
            let error = await #expect(throws: DatabaseError.self) {
                try await open(url) { $0.busyTimeoutMillisecondsMax = 60_000 }
            }
            #expect(error?.code == .cannotOpen, "\(url)")
        }
    }

    @Test(arguments: [
        "postgres://u:hunter2@h/d?nonsense=1", "postgres://u:hunter2%zz@h/d",
        "postgres://u:hunter2@[h/d", "mysql://u:hunter2@h/d", "sqlite:", "",
    ])
    func `a URL that cannot be read is refused without its password`(url: String) {
        let error = #expect(throws: DatabaseError.self) {
            try DatabaseConfiguration.Location(url: url)
        }
        #expect(error?.code == .cannotOpen)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func `a URL prints without its password`() throws {
        let url = try ServerURL(
            "postgresql://anna:hunter2@db.example.org:5433/traqora?sslmode=require")
        #expect(url.description == "postgres://anna@db.example.org:5433/traqora")
        var text = ""
        dump(DatabaseConfiguration(.server(url)), to: &text)
        #expect(!"\(DatabaseConfiguration(.server(url)))\(text)".contains("hunter2"))
    }

    @Test func `the pool lends no more connections than it may`() async throws {
        let server = try await PostgreSQLServer.shared()
        let url = try await server.makeDatabase()
        let watcher = try await open(url)
        let database = try await open(url + "&application_name=counted") { $0.connectionsMax = 3 }
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    _ = try await database.run("SELECT 1 FROM (SELECT pg_sleep(0.05)) AS s")
                    return try await watcher.value(
                        """
                        SELECT COUNT(*) FROM pg_stat_activity
                        WHERE application_name = 'counted'
                        """) ?? 0
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.max() == 3)
        await database.close()
        await watcher.close()
    }

    @Test func `TLS is as the URL says`() async throws {
        let (server, port) = try await startListening()
        let base = "postgres://traqora@localhost:\(port)/postgres"
        let isEncrypted: SQL = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        let plain = try await open(base + "?sslmode=disable")
        #expect(try await plain.value(isEncrypted) == false)
        let encrypted = try await open(base + "?sslmode=require")
        #expect(try await encrypted.value(isEncrypted) == true)
        let certificate = server.folder.appendingPathComponent("server.crt").path
        let verified = try await open(base + "?sslmode=verify-full&sslrootcert=\(certificate)")
        #expect(try await verified.value(isEncrypted) == true)
        // Cancelling goes over a connection of its own.
        let task = Task { try await verified.run("SELECT 1 FROM (SELECT pg_sleep(60)) AS s") }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let cancelled = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(cancelled?.code == .cancelled)
        let other = try TestFolder()
        let stranger = try await #require(throws: DatabaseError.self) {
            try Data().write(to: URL(fileURLWithPath: other.path("none.crt")))
            _ = try await open(
                base + "?sslmode=verify-full&sslrootcert=\(other.path("none.crt"))")
        }
        #expect(stranger.code == .cannotOpen)
        for database in [plain, encrypted, verified] { await database.close() }
    }

    /// A server on a port that nobody had.
    private func startListening() async throws -> (PostgreSQLServer, Int) {
        for _ in 0..<8 {
            // Below those that the system hands out by itself.
            let port = Int.random(in: 20_000..<32_000)
            if let server = try? await PostgreSQLServer.start(port: port) { return (server, port) }
        }
        let port = Int.random(in: 20_000..<32_000)
        return (try await PostgreSQLServer.start(port: port), port)
    }
}
