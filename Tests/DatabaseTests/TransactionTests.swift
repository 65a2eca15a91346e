import Database
import Foundation
import Testing

@Suite struct TransactionTests {
    struct Refusal: Error {}

    @Test(arguments: Engine.all)
    func `what throws leaves nothing behind`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT PRIMARY KEY)")
        await #expect(throws: Refusal.self) {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                throw Refusal()
            }
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
        try await database.transaction { transaction in
            try await transaction.execute("INSERT INTO t VALUES (1)")
            #expect(try await transaction.value("SELECT COUNT(*) FROM t") == 1)
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 1)
    }

    @Test(arguments: [Engine.file, .postgreSQL])
    func `readers beside a writer see whole transactions only`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, n BIGINT)")
        try await database.execute("INSERT INTO account VALUES (1, 1000), (2, 0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<200 {
                    try await database.transaction { transaction in
                        try await transaction.execute("UPDATE account SET n = n - 1 WHERE id = 1")
                        try await transaction.execute("UPDATE account SET n = n + 1 WHERE id = 2")
                    }
                }
            }
            for _ in 0..<6 {
                group.addTask {
                    for _ in 0..<100 {
                        let sum = try await database.value(
                            "SELECT SUM(n) FROM account", as: Int.self)
                        #expect(sum == 1000)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.value("SELECT n FROM account WHERE id = 2") == 200)
    }

    @Test(arguments: [Engine.file, .postgreSQL])
    func `a snapshot does not move`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.snapshot { snapshot in
            #expect(try await snapshot.value("SELECT COUNT(*) FROM t") == 0)
            try await database.execute("INSERT INTO t VALUES (1)")
            #expect(try await snapshot.value("SELECT COUNT(*) FROM t") == 0)
            await #expect(throws: DatabaseError.self) {
                try await snapshot.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 1)
    }

    @Test(arguments: Engine.all)
    func `writers take turns and lose nothing`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE counter (n BIGINT)")
        try await database.execute("INSERT INTO counter VALUES (0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await database.transaction { transaction in
                        let n: Int = try await transaction.value("SELECT n FROM counter") ?? 0
                        await Task.yield()
                        try await transaction.execute("UPDATE counter SET n = \(n + 1)")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.value("SELECT n FROM counter") == 50)
    }

    @Test(arguments: [Engine.memory, .postgreSQL])
    func `the database used inside its own transaction is refused in time`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) {
            $0.busyTimeoutMillisecondsMax = 200
            $0.connectionsMax = 1
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction { _ in _ = try await database.run("SELECT 1") }
        }
        #expect(error?.code == .busy)
        #expect(try await database.value("SELECT 1") == 1)
    }

    @Test(arguments: Engine.all)
    func `a transaction is over when its scope is`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let late = try await database.transaction { $0 }
        let error = await #expect(throws: DatabaseError.self) { try await late.run("SELECT 1") }
        #expect(error?.code == .closed)
    }

    @Test(arguments: [Engine.memory, .postgreSQL])
    func `a cancelled wait does nothing and blocks nobody`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) { $0.connectionsMax = 1 }
        try await database.transaction { _ in
            let waiting = Task { try await database.run("SELECT 1") }
            try await Task.sleep(for: .milliseconds(5))
            waiting.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
            #expect(error?.code == .cancelled)
        }
        #expect(try await database.value("SELECT 1") == 1)
    }

    @Test func `another process's lock is waited for, then named`() async throws {
        let folder = try TestFolder()
        let first = try await folder.open()
        let second = try await folder.open(busyTimeout: 30)
        try await first.execute("CREATE TABLE t (n BIGINT)")
        try await first.transaction { transaction in
            try await transaction.execute("INSERT INTO t VALUES (1)")
            let error = await #expect(throws: DatabaseError.self) {
                try await second.execute("INSERT INTO t VALUES (2)")
            }
            #expect(error?.code == .busy)
            #expect(try await second.value("SELECT COUNT(*) FROM t") == 0)
        }
        try await second.execute("INSERT INTO t VALUES (2)")
        #expect(try await first.value("SELECT COUNT(*) FROM t") == 2)
    }

    @Test func `a process that dies loses what it had not committed, and only that`() async throws {
        let folder = try TestFolder()
        let database = try await folder.open()
        try await database.execute("CREATE TABLE t (n BIGINT)")
        for round in 1...10 {
            try await database.execute("INSERT INTO t VALUES (\(round))")
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (-1)")
                // What a killed process leaves: the files as they are now.
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(
                        atPath: folder.path() + suffix, toPath: folder.path("dead\(round)") + suffix
                    )
                }
                try await transaction.execute("DELETE FROM t WHERE n = -1")
            }
            let survivor = try await folder.open("dead\(round)")
            #expect(try await survivor.values("SELECT n FROM t ORDER BY n") == Array(1...round))
            #expect(try await survivor.value("PRAGMA integrity_check") == "ok")
            await survivor.close()
        }
    }

    @Test func `a file that is no database is refused`() async throws {
        let folder = try TestFolder()
        try Data(repeating: 7, count: 4_096).write(to: URL(fileURLWithPath: folder.path()))
        let error = await #expect(throws: DatabaseError.self) { try await folder.open() }
        #expect(error?.code == .corrupt)
        let nowhere = await #expect(throws: DatabaseError.self) {
            try await Database.open(DatabaseConfiguration(.file(folder.path("no/such/folder"))))
        }
        #expect(nowhere?.code == .cannotOpen)
    }

    @Test(arguments: Engine.all)
    func `a closed database says so`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        await database.close()
        let error = await #expect(throws: DatabaseError.self) { try await database.run("SELECT 1") }
        #expect(error?.code == .closed)
    }
}
