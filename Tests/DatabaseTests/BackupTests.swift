import Database
import Foundation
import Support
import Testing

@Suite(.serialized) struct BackupTests {
    static let engines = [Engine.file, .postgreSQL]

    /// Tables with every kind of value, a reference, and more rows than are read at once.
    func filled(_ engine: Engine, _ folder: TestFolder) async throws -> (
        Database, DatabaseConfiguration.Location
    ) {
        let location = try await engine.location(in: folder)
        let database = try await Database.open(DatabaseConfiguration(location))
        try await database.migrate(
            [
                Migration(
                    1, "all",
                    """
                    CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT, photo BYTEA,
                        height DOUBLE PRECISION, is_adult BOOLEAN);
                    CREATE TABLE trips (id TEXT PRIMARY KEY,
                        person BIGINT NOT NULL REFERENCES people (id));
                    CREATE INDEX trips_person ON trips (person);
                    CREATE TABLE "order" (n BIGINT);
                    """)
            ], now: 1)
        try await database.transaction { transaction in
            for number in 0..<2_500 {
                let name = number % 7 == 0 ? nil : "Ödön \(number) 🛫"
                try await transaction.execute(
                    """
                    INSERT INTO people VALUES (\(number), \(name),
                        \([UInt8(number % 256), 0, 255]), \(Double(number) / 3),
                        \(number % 2 == 0))
                    """)
            }
            try await transaction.execute("INSERT INTO trips VALUES ('a', 1), ('b', 2)")
        }
        return (database, location)
    }

    func server(of location: DatabaseConfiguration.Location) -> ServerURL? {
        guard case .server(let url) = location else { return nil }
        return url
    }

    @Test(arguments: engines)
    func `a backup is proven by a restore into scratch, which is then gone`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let (database, location) = try await filled(engine, folder)
        let made = try await database.backUp(to: folder.path("backup"), now: 77)
        #expect(made.schemaVersion == 1)
        #expect(made.tables.first { $0.name == "people" }?.rows == 2_500)
        #expect(made.tables.map(\.name).contains("order"))
        // What is written after the backup is not in it.
        try await database.execute("DELETE FROM trips")
        let verified = try await Backup.verify(
            folder.path("backup"), server: server(of: location), scratchFolder: folder.url.path)
        #expect(verified == made)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!left.contains { $0.contains("verify") || $0.contains("partial") })
        if engine == .postgreSQL {
            let scratch: Int? = try await database.value(
                "SELECT COUNT(*) FROM pg_database WHERE datname LIKE 'traqora_verify%'")
            #expect(scratch == 0)
        }
        await database.close()
    }

    @Test(arguments: engines)
    func `what is restored is what was backed up, and works`(engine: Engine) async throws {
        let folder = try TestFolder()
        let (database, location) = try await filled(engine, folder)
        let before = try await database.digests()
        _ = try await database.backUp(to: folder.path("backup"), now: 77)
        try await database.execute("DELETE FROM trips")
        try await database.execute("UPDATE people SET name = 'lost'")
        await database.close()

        let refused = await #expect(throws: DatabaseError.self) {
            try await Backup.restore(
                from: folder.path("backup"), to: DatabaseConfiguration(location))
        }
        #expect(refused?.code == .backup)
        _ = try await Backup.restore(
            from: folder.path("backup"), to: DatabaseConfiguration(location), replaces: true)
        let restored = try await Database.open(DatabaseConfiguration(location))
        #expect(try await restored.digests() == before)
        let orphan = await #expect(throws: DatabaseError.self) {
            try await restored.execute("INSERT INTO trips VALUES ('c', 99999)")
        }
        #expect(orphan?.code == .foreignKey)
        let other = try await engine.location(in: folder)
        _ = try await Backup.restore(
            from: folder.path("backup"), to: DatabaseConfiguration(other))
        await restored.close()
    }

    @Test(arguments: engines)
    func `a backup from before a migration takes the place of what came after`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let (database, location) = try await filled(engine, folder)
        let before = try await database.digests()
        _ = try await database.backUp(to: folder.path("backup"), now: 77)
        try await database.execute("CREATE TABLE newer (trip TEXT REFERENCES trips (id))")
        try await database.execute("INSERT INTO newer VALUES ('a')")
        await database.close()
        _ = try await Backup.restore(
            from: folder.path("backup"), to: DatabaseConfiguration(location), replaces: true)
        let restored = try await Database.open(DatabaseConfiguration(location))
        #expect(try await restored.digests() == before)
        await restored.close()
    }

    @Test(arguments: engines)
    func `a backup is one state of the data while others write`(engine: Engine) async throws {
        let folder = try TestFolder()
        let (database, location) = try await filled(engine, folder)
        try await database.execute("INSERT INTO \"order\" VALUES (0)")
        let writing = Task {
            var count = 0
            try await database.execute("UPDATE people SET height = 0 WHERE id = 0")
            while !Task.isCancelled {
                count += 1
                let n = count
                // The two always add up to nothing.
                try await database.transaction { transaction in
                    try await transaction.execute("UPDATE \"order\" SET n = n + 1")
                    try await transaction.execute(
                        "UPDATE people SET height = \(Double(-n)) WHERE id = 0")
                }
            }
        }
        for round in 0..<3 {
            while try await database.value("SELECT n FROM \"order\"", as: Int.self) ?? 0 <= round {
                try await Task.sleep(for: .milliseconds(5))
            }
            _ = try await database.backUp(to: folder.path("backup\(round)"), now: 77)
            _ = try await Backup.verify(
                folder.path("backup\(round)"), server: server(of: location),
                scratchFolder: folder.url.path)
            let copy = try await engine.location(in: folder)
            _ = try await Backup.restore(
                from: folder.path("backup\(round)"), to: DatabaseConfiguration(copy))
            let restored = try await Database.open(DatabaseConfiguration(copy))
            let sum: Double? = try await restored.value(
                "SELECT n + (SELECT height FROM people WHERE id = 0) FROM \"order\"")
            #expect(sum == 0)
            await restored.close()
        }
        writing.cancel()
        do {
            try await writing.value
        } catch let error as DatabaseError where error.code == .cancelled {
            // In the middle of a transaction, which then did nothing.
        }
        await database.close()
    }

    @Test func `a damaged backup is found out`() async throws {
        let folder = try TestFolder()
        let (database, _) = try await filled(.file, folder)
        _ = try await database.backUp(to: folder.path("backup"), now: 77)
        let copy = try await folder.open("backup/data.sqlite")
        try await copy.execute("UPDATE people SET name = 'other' WHERE id = 1700")
        await copy.close()
        let error = await #expect(throws: DatabaseError.self) {
            try await Backup.verify(
                folder.path("backup"), server: nil, scratchFolder: folder.url.path)
        }
        #expect(error?.code == .backup)
        #expect(error?.message.contains("people") == true)
        let again = await #expect(throws: DatabaseError.self) {
            try await database.backUp(to: folder.path("backup"), now: 78)
        }
        #expect(again?.code == .backup)
        let nothing = await #expect(throws: DatabaseError.self) {
            try await Backup.verify(
                folder.url.path, server: nil, scratchFolder: folder.url.path)
        }
        #expect(nothing?.code == .backup)
        await database.close()
    }

    @Test func `equal rows have equal digests on both engines, in any order`() async throws {
        let folder = try TestFolder()
        let (one, _) = try await filled(.file, folder)
        let (two, _) = try await filled(.postgreSQL, folder)
        try await one.execute("DELETE FROM trips")
        try await one.execute("INSERT INTO trips VALUES ('b', 2), ('a', 1)")
        #expect(try await one.digests() == two.digests())
        try await two.execute("UPDATE people SET is_adult = NOT is_adult WHERE id = 3")
        #expect(try await one.digests() != two.digests())
        await one.close()
        await two.close()
    }
}
