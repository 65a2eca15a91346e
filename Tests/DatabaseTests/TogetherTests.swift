import Database
import Testing

/// Statements that are asked for together.
@Suite struct TogetherTests {
    struct Refusal: Error {}

    private func table(_ engine: Engine, _ folder: TestFolder) async throws -> Database {
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (n BIGINT PRIMARY KEY, name TEXT)")
        return database
    }

    @Test(arguments: Engine.all)
    func `each statement has its own answer, in order`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await table(engine, folder)
        let none: String? = nil
        let answers = try await database.run(together: [
            "INSERT INTO t VALUES (1, \(none)), (2, 'b')", "UPDATE t SET name = 'a' WHERE n = 1",
            "SELECT name FROM t ORDER BY n", "INSERT INTO t VALUES (2, 'c') ON CONFLICT DO NOTHING",
            "INSERT INTO t VALUES (3, \("d")) RETURNING n",
        ])
        #expect(answers.map(\.changes) == [2, 1, 0, 0, 1])
        #expect(answers.map(\.rows.count) == [0, 0, 2, 0, 1])
        #expect(try answers[2].rows.map { try $0.value(at: 0) as String } == ["a", "b"])
        #expect(try await database.run(together: []).isEmpty)
    }

    @Test(arguments: Engine.all)
    func `together is one transaction: what fails undoes all of it`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await table(engine, folder)
        await #expect(throws: DatabaseError.self) {
            _ = try await database.run(together: [
                "INSERT INTO t VALUES (1, 'a')", "INSERT INTO t VALUES (1, 'b')",
                "INSERT INTO t VALUES (2, 'c')",
            ])
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
        // The connection is as good as new.
        try await database.execute("INSERT INTO t VALUES (7, 'x')")
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 1)
    }

    @Test(arguments: Engine.all)
    func `what is left for later is there before the next statement, and with the end`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await table(engine, folder)
        try await database.transaction { transaction in
            try await transaction.later("INSERT INTO t VALUES (1, 'a')")
            try await transaction.later("INSERT INTO t VALUES (2, 'b')")
            #expect(try await transaction.value("SELECT COUNT(*) FROM t") == 2)
            try await transaction.later("UPDATE t SET name = 'c' WHERE n = 2")
        }
        #expect(try await database.value("SELECT name FROM t WHERE n = 2") == "c")
        // A transaction of which everything was left for later.
        try await database.transaction { try await $0.later("DELETE FROM t") }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test(arguments: Engine.all)
    func `what was left for later is undone with its transaction`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await table(engine, folder)
        await #expect(throws: Refusal.self) {
            try await database.transaction { transaction in
                try await transaction.later("INSERT INTO t VALUES (1, 'a')")
                throw Refusal()
            }
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test(arguments: Engine.all)
    func `a fault of what was left for later is told by what is sent with it`(engine: Engine)
        async throws
    {
        let folder = try TestFolder()
        let database = try await table(engine, folder)
        for _ in 0..<2 {
            let error = await #expect(throws: DatabaseError.self) {
                try await database.transaction { transaction in
                    try await transaction.later("INSERT INTO t VALUES (1, 'a')")
                    try await transaction.later("INSERT INTO t VALUES (1, 'b')")
                }
            }
            #expect(error?.code == .unique)
            let other = await #expect(throws: DatabaseError.self) {
                try await database.transaction { transaction in
                    try await transaction.later("INSERT INTO t VALUES (1, 'a'), (1, 'b')")
                    _ = try await transaction.run("SELECT 1")
                }
            }
            #expect(other?.code == .unique)
        }
        #expect(try await database.value("SELECT COUNT(*) FROM t") == 0)
    }

    @Test func `a statement of a group is prepared again when there is room for fewer`()
        async throws
    {
        let folder = try TestFolder()
        let database = try await Engine.postgreSQL.database(in: folder) {
            $0.cachedStatementsMax = 2
        }
        try await database.execute("CREATE TABLE t (n BIGINT)")
        for _ in 0..<3 {
            _ = try await database.run(together: [
                "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)", "INSERT INTO t VALUES (3)",
                "INSERT INTO t VALUES (4)",
            ])
        }
        #expect(try await database.value("SELECT SUM(n) FROM t", as: Int.self) == 30)
    }

    @Test func `what is asked for together is a snapshot's only if it reads`() async throws {
        let folder = try TestFolder()
        let database = try await table(.file, folder)
        let counts = try await database.snapshot { snapshot in
            try await snapshot.run(together: [
                "SELECT COUNT(*) FROM t", "SELECT COUNT(*) FROM t WHERE n = 1",
            ]).count
        }
        #expect(counts == 2)
        await #expect(throws: DatabaseError.self) {
            try await database.snapshot { _ = try await $0.run(together: ["DELETE FROM t"]) }
        }
    }
}
