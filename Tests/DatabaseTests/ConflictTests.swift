import Database
import Foundation
import Support
import Testing

/// What happens when transactions collide: the same on every engine, as if they came one by one.
@Suite struct ConflictTests {
    @Test(arguments: Engine.all)
    func `two who each leave the last word to the other do not both leave`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE duty (name TEXT PRIMARY KEY, works BOOLEAN)")
        for round in 0..<20 {
            try await database.execute("DELETE FROM duty")
            try await database.execute("INSERT INTO duty VALUES ('a', \(true)), ('b', \(true))")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in ["a", "b"] {
                    group.addTask {
                        try await database.transaction { transaction in
                            let working: Int? = try await transaction.value(
                                "SELECT COUNT(*) FROM duty WHERE works = \(true)")
                            await Task.yield()
                            guard working == 2 else { return }
                            try await transaction.execute(
                                "UPDATE duty SET works = \(false) WHERE name = \(name)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let left: Int? = try await database.value(
                "SELECT COUNT(*) FROM duty WHERE works = \(true)")
            #expect(left == 1, "round \(round)")
        }
    }

    @Test(arguments: Engine.all)
    func `fifty who look before they insert insert once`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE claims (name TEXT PRIMARY KEY, owner BIGINT)")
        let owners = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await database.transaction { transaction in
                        let owner: Int? = try await transaction.value(
                            "SELECT owner FROM claims WHERE name = 'seat'")
                        if let owner { return owner }
                        try await transaction.execute(
                            "INSERT INTO claims VALUES ('seat', \(number))")
                        return number
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(owners.count == 1)
        #expect(try await database.value("SELECT COUNT(*) FROM claims") == 1)
    }

    @Test(arguments: Engine.all)
    func `a lock of a name is held to the end of the transaction`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE counter (n BIGINT)")
        try await database.execute("INSERT INTO counter VALUES (0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    // One attempt: with the lock nobody collides.
                    try await database.transaction(isolation: .readCommitted, attempts: 1) {
                        try await $0.lock("counter")
                        let n: Int = try await $0.value("SELECT n FROM counter") ?? 0
                        await Task.yield()
                        try await $0.execute("UPDATE counter SET n = \(n + 1)")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.value("SELECT n FROM counter") == 40)
    }

    @Test func `a collision that may not be run again is told`() async throws {
        let folder = try TestFolder()
        let database = try await Engine.postgreSQL.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (0)")
        let error = await #expect(throws: DatabaseError.self) {
            try await database.transaction(attempts: 1) { transaction in
                _ = try await transaction.run("SELECT n FROM t")
                try await database.execute("UPDATE t SET n = 1")
                try await transaction.execute("UPDATE t SET n = 2")
            }
        }
        #expect(error?.code == .conflict)
        #expect(try await database.value("SELECT n FROM t") == 1)
    }

    @Test(arguments: Engine.all)
    func `after a statement that failed a transaction can only be undone`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT PRIMARY KEY)")
        let later = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                _ = try? await transaction.execute("INSERT INTO t VALUES (1)")
                try await transaction.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(later?.code == .closed)
        let atTheEnd = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                _ = try? await transaction.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(atTheEnd?.code == .closed)
        // Also when the server never heard of it.
        let atOnce = await #expect(throws: DatabaseError.self) {
            try await database.transaction { transaction in
                _ = try? await transaction.execute("INSERT INTO nowhere VALUES (1)")
                try await transaction.execute("INSERT INTO t VALUES (3)")
            }
        }
        #expect(atOnce?.code == .closed)
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test(arguments: Engine.all)
    func `a table changed under a prepared statement harms no transaction`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) { $0.connectionsMax = 1 }
        try await database.execute("CREATE TABLE t (a BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        let columns = {
            try await database.transaction { transaction in
                try await transaction.run("SELECT * FROM t").rows.first?.columns
            }
        }
        #expect(try await columns() == ["a"])
        try await database.execute("ALTER TABLE t ADD COLUMN b BIGINT")
        #expect(try await columns() == ["a", "b"])
    }
}
