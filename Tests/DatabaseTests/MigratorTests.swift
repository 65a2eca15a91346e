import Database
import Testing

@Suite struct MigratorTests {
    static let migrations = [
        Migration(1, "people", "CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT);"),
        Migration(
            2, "mail", "ALTER TABLE people ADD COLUMN mail TEXT; CREATE INDEX m ON people (mail);"),
    ]

    @Test(arguments: Engine.all)
    func `migrations run once, in order`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        #expect(try await database.schemaVersion() == 0)
        try await database.migrate(Array(Self.migrations.prefix(1)), now: 5)
        #expect(try await database.schemaVersion() == 1)
        try await database.migrate(Self.migrations, now: 6)
        try await database.migrate(Self.migrations, now: 7)
        #expect(try await database.schemaVersion() == 2)
        try await database.execute("INSERT INTO people VALUES (1, 'Anna', 'a@example.org')")
        #expect(
            try await database.values("SELECT applied_at FROM schema_migrations ORDER BY number")
                == [5, 6])
    }

    @Test(
        arguments: Engine.all,
        [
            [Migration(1, "people", "CREATE TABLE people (id BIGINT);"), migrations[1]],
            [migrations[1]],
            [Migration(2, "mail", "SELECT 1;"), migrations[0]],
        ])
    func `edited, missing or misnumbered ones are refused`(
        engine: Engine, changed: [Migration]
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.migrate(Self.migrations, now: 5)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(changed, now: 6)
        }
        #expect(error?.code == .migration)
        #expect(try await database.schemaVersion() == 2)
    }

    @Test(arguments: [
        "ALTER TABLE people DROP mail", "ALTER TABLE people\n  DROP COLUMN mail",
        "ALTER TABLE people ADD age BIGINT NOT NULL",
        "ALTER TABLE people ADD COLUMN age BIGINT NOT NULL",
    ])
    func `an expansion takes nothing away, however it is written`(sql: String) async throws {
        let folder = try TestFolder()
        let database = try await Engine.memory.database(in: folder)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(Self.migrations + [Migration(3, "less", sql)], now: 5)
        }
        #expect(error?.code == .migration)
    }

    @Test func `a program waits for a migration of another as long as that takes`() async throws {
        let folder = try TestFolder()
        let location = try await Engine.postgreSQL.location(in: folder)
        var configuration = DatabaseConfiguration(location)
        configuration.busyTimeoutMillisecondsMax = 50
        // A transaction that says nothing for twice as long is ended, which a busy machine must not
        // bring about.
        configuration.statementTimeoutMillisecondsMax = 1_000
        let (one, other) = (
            try await Database.open(configuration), try await Database.open(configuration)
        )
        let long = [Migration(1, "long", "CREATE TABLE t (n BIGINT); SELECT pg_sleep(1.5);")]
        async let first = one.migrate(long, now: 5)
        async let second = other.migrate(long, now: 5)
        try await other.register(program: "p", version: 1, until: 99, now: 5)
        let ran = try await (first, second)
        #expect(ran.0 + ran.1 == [1])
        await one.close()
        await other.close()
    }

    @Test func `a database from before there were phases is refused with what to do`()
        async throws
    {
        let folder = try TestFolder()
        let database = try await Engine.memory.database(in: folder)
        try await database.execute(
            """
            CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL,
                checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)
            """)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(Self.migrations, now: 5)
        }
        #expect(error?.code == .migration && error?.message.contains("move it away") == true)
    }

    @Test(arguments: Engine.all)
    func `one that fails half way leaves the one before`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let broken = Migration(3, "broken", "CREATE TABLE half (n BIGINT); CREATE TABL whole;")
        await #expect(throws: DatabaseError.self) {
            try await database.migrate(Self.migrations + [broken], now: 5)
        }
        #expect(try await database.schemaVersion() == 2)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute("SELECT COUNT(*) FROM half")
        }
        #expect(error?.code == .statement)
    }

    static let contraction = Migration(
        3, "no mail", phase: .contract, "DROP INDEX m; ALTER TABLE people DROP COLUMN mail;")
    static let addition = Migration(4, "seats", "CREATE TABLE seats (id BIGINT PRIMARY KEY);")

    @Test(arguments: Engine.all)
    func `a contraction waits until no older program runs, an expansion does not`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.migrate([Self.migrations[0]], now: 1)
        try await database.register(program: "old", version: 2, until: 100, now: 10)
        try await database.register(program: "new", version: 4, until: 100, now: 10)
        let all = [
            Self.migrations[0],
            Migration(2, "mail", "ALTER TABLE people ADD COLUMN mail TEXT;"),
            Migration(3, "no mail", phase: .contract, "ALTER TABLE people DROP COLUMN mail;"),
            Self.addition,
        ]
        #expect(try await database.migrate(all, now: 20) == [2, 4])
        let waiting = try await database.migrationStatus(all, now: 20)
        #expect(waiting.entries[2].state == .waiting(olderPrograms: 1))
        // It says so again, then it dies and says nothing more.
        try await database.register(program: "old", version: 2, until: 130, now: 99)
        #expect(try await database.migrate(all, now: 129).isEmpty)
        #expect(try await database.migrate(all, now: 130) == [3])
        try await database.unregister(program: "new")
        #expect(
            try await database.migrationStatus(all, now: 131).entries.map(\.state) == [
                .applied(at: 1), .applied(at: 20), .applied(at: 130), .applied(at: 20),
            ])
    }

    @Test(arguments: Engine.all)
    func `an older program lives with expansions, not with contractions`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let expanded = Self.migrations + [Migration(3, "seats", "CREATE TABLE seats (n BIGINT);")]
        try await database.migrate(expanded, now: 1)
        #expect(try await database.migrate(Self.migrations, now: 2).isEmpty)
        let status = try await database.migrationStatus(Self.migrations, now: 2)
        #expect(status.entries.last?.state == .newer(at: 1))
        let contracted = expanded + [Migration(4, "x", phase: .contract, "DROP TABLE seats;")]
        try await database.migrate(contracted, now: 3)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(expanded, now: 4)
        }
        #expect(error?.code == .migration)
    }

    @Test(arguments: [
        "DROP TABLE people;", "alter table people drop  column name;",
        "ALTER TABLE people RENAME TO persons;", "ALTER TABLE people ADD COLUMN n BIGINT NOT NULL;",
        "DELETE FROM people;", "CREATE TABLE x (n BIGINT); ALTER TABLE people RENAME name TO n;",
    ])
    func `an expansion takes nothing away`(sql: String) async throws {
        let database = try await Database.open(DatabaseConfiguration(.memory))
        let migrations = [Self.migrations[0], Migration(2, "wrong", sql)]
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(migrations, now: 1)
        }
        #expect(error?.code == .migration)
        #expect(try await database.schemaVersion() == 0)
    }

    @Test(arguments: Engine.all)
    func `a rehearsal runs everything and leaves nothing`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.migrate([Self.migrations[0]], now: 1)
        #expect(
            try await database.rehearse(Self.migrations + [Self.contraction], now: 2) == [2, 3])
        #expect(try await database.schemaVersion() == 1)
        let broken = Self.migrations + [Migration(3, "broken", "INSERT INTO nowhere VALUES (1);")]
        let error = await #expect(throws: DatabaseError.self) {
            try await database.rehearse(broken, now: 2)
        }
        #expect(error?.code == .statement)
        #expect(try await database.schemaVersion() == 1)
    }

    @Test(arguments: [Engine.memory, .postgreSQL])
    func `a migration may take longer than a statement may`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder) {
            $0.statementTimeoutMillisecondsMax = 1_000
        }
        let slow =
            switch engine {
            case .postgreSQL: "CREATE TABLE n AS SELECT 1 AS i FROM (SELECT pg_sleep(1.5)) AS s;"
            case .file, .memory:
                """
                CREATE TABLE n AS WITH RECURSIVE c (i) AS (
                    SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 9000000) SELECT MAX(i) AS i FROM c;
                """
            }
        #expect(try await database.migrate([Migration(1, "slow", slow)], now: 1) == [1])
        #expect(try await database.value("SELECT COUNT(*) FROM n") == 1)
    }

    @Test(arguments: [Engine.file, .postgreSQL])
    func `two programs may migrate at once`(engine: Engine) async throws {
        let folder = try TestFolder()
        let location = try await engine.location(in: folder)
        let configuration = DatabaseConfiguration(location, busyTimeoutMillisecondsMax: 60_000)
        let one = try await Database.open(configuration)
        let two = try await Database.open(configuration)
        async let first = one.migrate(Self.migrations, now: 1)
        async let second = two.migrate(Self.migrations, now: 2)
        _ = try await (first, second)
        #expect(try await one.value("SELECT COUNT(*) FROM schema_migrations") == 2)
    }
}
