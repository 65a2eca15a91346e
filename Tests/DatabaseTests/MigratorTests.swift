import Database
import Testing

@Suite struct MigratorTests {
    static let migrations = [
        Migration(1, "people", "CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT);"),
        Migration(
            2, "mail", "ALTER TABLE people ADD COLUMN mail TEXT; CREATE INDEX m ON people (mail);"),
    ]

    @Test(arguments: Engine.allCases)
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

    @Test(arguments: [
        [Migration(1, "people", "CREATE TABLE people (id BIGINT);"), migrations[1]],
        [migrations[0]],
        [migrations[1]],
        [Migration(2, "mail", "SELECT 1;"), migrations[0]],
    ])
    func `edited, missing or misnumbered ones are refused`(changed: [Migration]) async throws {
        let database = try await Database.open(DatabaseConfiguration(.memory))
        try await database.migrate(Self.migrations, now: 5)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.migrate(changed, now: 6)
        }
        #expect(error?.code == .migration)
        #expect(try await database.schemaVersion() == 2)
    }

    @Test func `one that fails half way leaves the one before`() async throws {
        let database = try await Database.open(DatabaseConfiguration(.memory))
        let broken = Migration(3, "broken", "CREATE TABLE half (n BIGINT); CREATE TABL whole;")
        await #expect(throws: DatabaseError.self) {
            try await database.migrate(Self.migrations + [broken], now: 5)
        }
        #expect(try await database.schemaVersion() == 2)
        #expect(
            try await database.value("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'") == 0)
    }

    @Test func `two programs may migrate at once`() async throws {
        let folder = try TestFolder()
        let (one, two) = (try await folder.open(), try await folder.open())
        async let first: Void = one.migrate(Self.migrations, now: 1)
        async let second: Void = two.migrate(Self.migrations, now: 2)
        _ = try await (first, second)
        #expect(try await one.value("SELECT COUNT(*) FROM schema_migrations") == 2)
    }
}
