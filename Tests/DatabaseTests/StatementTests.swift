import Database
import Foundation
import Support
import Testing

/// What may happen to a statement while it runs.
@Suite struct StatementTests {
    /// A statement that runs for minutes if nobody stops it.
    static func endless(on engine: Engine) -> SQL {
        switch engine {
        case .postgreSQL: "SELECT 1 FROM (SELECT pg_sleep(120)) AS waiting"
        case .file, .memory:
            """
            SELECT COUNT(*) FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                SELECT i FROM n LIMIT 20000000000)
            """
        }
    }

    @Test(arguments: Engine.all)
    func `cancelling the task stops its statement, and nobody else's`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) { $0.connectionsMax = 1 }
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let task = Task { try await database.run(Self.endless(on: engine)) }
            try await Task.sleep(for: .milliseconds(40))
            task.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(ContinuousClock.now - start < .seconds(60))
            for number in 0..<20 { #expect(try await database.value("SELECT \(number)") == number) }
        }
    }

    @Test(arguments: Engine.all)
    func `a task cancelled before does nothing`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await database.execute("INSERT INTO t VALUES (1)")
        }
        task.cancel()
        let error = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test(arguments: Engine.all)
    func `a cancelled transaction is undone, and its connection used again`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) { $0.connectionsMax = 1 }
        try await database.execute("CREATE TABLE t (n BIGINT)")
        let task = Task {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                _ = try await transaction.run(Self.endless(on: engine))
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test(arguments: Engine.all)
    func `a statement that takes too long is stopped`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) {
            $0.statementTimeoutMillisecondsMax = 1_500
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await database.run(Self.endless(on: engine))
        }
        #expect(error?.code == .timeout)
        #expect(try await database.value("SELECT 7") == 7)
    }

    @Test(arguments: Engine.all)
    func `values of megabytes go through whole`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT PRIMARY KEY, b BYTEA, t TEXT)")
        let blob = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let text = String(repeating: "Straße 漢字 🛫 ", count: 100_000)
        try await database.execute("INSERT INTO t VALUES (1, \(blob), \(text))")
        let row = try #require(try await database.run("SELECT b, t FROM t").rows.first)
        #expect(try row.value("b") == blob)
        #expect(try row.value("t") == text)
    }

    @Test(arguments: Engine.all)
    func `many statements, and the same with and without values, share few connections`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) {
            $0.connectionsMax = 3
            $0.cachedStatementsMax = 4
        }
        try await database.execute("CREATE TABLE t (n BIGINT, label TEXT)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let label = number % 3 == 0 ? nil : "label \(number)"
                    try await database.execute("INSERT INTO t VALUES (\(number), \(label))")
                    let found: [String?] = try await database.values(
                        "SELECT label FROM t WHERE n = \(number)")
                    #expect(found == [label])
                    // Many texts, so that prepared statements make room for each other.
                    let spelled: SQL =
                        switch number % 6 {
                        case 0: "SELECT 1 + \(number)"
                        case 1: "SELECT  1 + \(number)"
                        case 2: "SELECT 1  + \(number)"
                        case 3: "SELECT 1 +  \(number)"
                        case 4: "SELECT  1  + \(number)"
                        default: "SELECT  1  +  \(number)"
                        }
                    #expect(try await database.value(spelled) == number + 1)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t WHERE label IS NULL") == 67)
    }

    @Test(arguments: Engine.all)
    func `tasks inside a transaction take turns`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.transaction { transaction in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await transaction.execute("INSERT INTO t VALUES (\(number))")
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(try await database.value("SELECT SUM(n) FROM t") == 190)
    }

    @Test(arguments: Engine.all)
    func `sums and constants have the types of a number`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        for number in [1, 2, 4, 5] {
            try await database.execute("INSERT INTO t VALUES (\(number))")
        }
        #expect(try await database.value("SELECT SUM(n) FROM t") == 12)
        #expect(try await database.value("SELECT 1.5", as: Double.self) == 1.5)
        #expect(
            try await database.value("SELECT MAX(n) FROM t WHERE n > 9", as: Int?.self)
                == .some(nil))
    }
}
