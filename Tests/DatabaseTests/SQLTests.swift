import Database
import Testing

@Suite struct SQLTests {
    static let attacks = [
        "'; DROP TABLE people; --", "\" OR 1=1 --", "Robert'); DROP TABLE people;--", "?1", "$1",
        "\\'", "\u{0001}\u{7f}", "é漢字🛫", "",
    ]

    @Test(arguments: Engine.all, attacks)
    func `what looks like SQL is only data`(engine: Engine, text: String) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE people (name TEXT NOT NULL)")
        try await database.execute("INSERT INTO people (name) VALUES (\(text))")
        let found: [String] = try await database.values(
            "SELECT name FROM people WHERE name = \(text)")
        #expect(found == [text])
        #expect(try await database.value("SELECT COUNT(*) FROM people") == 1)
    }

    @Test(arguments: Engine.all)
    func `values come back as they went in`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute(
            "CREATE TABLE v (i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA, f BOOLEAN)")
        var random = SeededGenerator(state: 7)
        let edges: [Int64] = [0, 1, -1, .max, .min, 1 << 53, 1 << 32]
        for round in 0..<200 {
            let integer =
                round < edges.count ? edges[round] : Int64.random(in: .min ... .max, using: &random)
            let real = round == 0 ? -0.0 : Double(bitPattern: random.next() & ~(1 << 62))
            let text = String(
                (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    Unicode.Scalar(UInt32.random(in: 1..<0xd800, using: &random)).map(
                        Character.init)
                        ?? " "
                })
            let blob = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let flag = Bool.random(using: &random)
            let missing = Bool.random(using: &random) ? nil : text
            try await database.execute("DELETE FROM v")
            try await database.execute(
                "INSERT INTO v VALUES (\(integer), \(real), \(missing), \(blob), \(flag))")
            let row = try #require(
                try await database.run("SELECT i, r, t, b, f FROM v").rows.first)
            #expect(try row.value("i", as: Int64.self) == integer)
            #expect(try row.value("r", as: Double.self) == real)
            #expect(try row.value("t", as: String?.self) == missing)
            #expect(try row.value("b", as: [UInt8].self) == blob)
            #expect(try row.value("f", as: Bool.self) == flag)
        }
    }

    @Test(arguments: Engine.all)
    func `lists and parts keep their values apart`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE n (n BIGINT)")
        for number in 1...5 { try await database.execute("INSERT INTO n VALUES (\(number))") }
        let part: SQL = "n IN (\(list: [1, 3, 9])) OR n = \(5)"
        let order = SQL.raw("ORDER BY n DESC")
        let found: [Int] = try await database.values(
            "SELECT n FROM n WHERE n > \(0) AND (\(part)) \(order) LIMIT \(10)")
        #expect(found == [5, 3, 1])
        let none: [Int] = try await database.values(
            "SELECT n FROM n WHERE n IN (\(list: [Int]()))")
        #expect(none.isEmpty)
    }

    @Test(arguments: Engine.all, [Double.nan, .infinity])
    func `a real that is no number is refused, not stored as nothing`(
        engine: Engine, real: Double
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute("SELECT \(real)")
        }
        #expect(error?.code == .value)
    }

    @Test(arguments: Engine.all)
    func `text with a NUL is refused as the other engine refuses it`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute("SELECT \("a\0b")")
        }
        #expect(error?.code == .value)
    }

    @Test(
        arguments: Engine.all,
        [
            ("INSERT INTO c VALUES (1, 5, 1)", DatabaseError.Code.unique),
            ("INSERT INTO c VALUES (2, NULL, 1)", .notNull),
            ("INSERT INTO c VALUES (2, -1, 1)", .check),
            ("INSERT INTO c VALUES (2, 5, 9)", .foreignKey),
            ("INSERT INTO nowhere VALUES (1)", .statement),
            ("INSERT INTO c VALUES (", .statement),
            ("SELECT 1; SELECT 2", .statement),
            ("", .statement),
        ] as [(SQL, DatabaseError.Code)])
    func `a refusal has a code`(
        engine: Engine, refusal: (sql: SQL, code: DatabaseError.Code)
    ) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE p (id BIGINT PRIMARY KEY)")
        try await database.execute(
            """
            CREATE TABLE c (id BIGINT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0),
                p BIGINT REFERENCES p (id))
            """)
        try await database.execute("INSERT INTO p VALUES (1)")
        try await database.execute("INSERT INTO c VALUES (1, 1, 1)")
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute(refusal.sql)
        }
        #expect(error?.code == refusal.code)
    }

    @Test(arguments: Engine.all)
    func `an error shows the statement and no value`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE u (mail TEXT PRIMARY KEY)")
        let mail = "anna@example.org"
        try await database.execute("INSERT INTO u VALUES (\(mail))")
        let error = await #expect(throws: DatabaseError.self) {
            try await database.execute("INSERT INTO u VALUES (\(mail))")
        }
        #expect(
            error?.sql == "INSERT INTO u VALUES (\(engine == .postgreSQL ? "$1" : "?1"))")
        #expect(error?.description.contains("anna") == false)
    }

    @Test(arguments: Engine.all)
    func `a column that is not there or not so says which`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        let row = try #require(
            try await database.run("SELECT 'x' AS word, NULL AS gap").rows.first)
        #expect(throws: DatabaseError.self) { try row.value("other", as: Int.self) }
        #expect(throws: DatabaseError.self) { try row.value("word", as: Int.self) }
        #expect(throws: DatabaseError.self) { try row.value("gap", as: String.self) }
        #expect(try row.value("gap", as: String?.self) == nil)
    }

    @Test(arguments: Engine.all)
    func `a cached statement sees a changed schema`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.execute("CREATE TABLE t (a BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        #expect(try await database.run("SELECT * FROM t").rows.first?.columns == ["a"])
        try await database.execute("ALTER TABLE t ADD COLUMN b BIGINT")
        #expect(try await database.run("SELECT * FROM t").rows.first?.columns == ["a", "b"])
    }
}
