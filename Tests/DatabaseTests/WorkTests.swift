import Database
import Testing

@Suite struct LeaseTests {
    func leases(_ engine: Engine, _ folder: TestFolder) async throws -> Leases {
        let database = try await engine.database(in: folder)
        try await database.migrate([Migration(1, "leases", Leases.schema)], now: 0)
        return Leases(database)
    }

    @Test(arguments: Engine.all)
    func `a lease has one holder until it runs out`(engine: Engine) async throws {
        let folder = try TestFolder()
        let leases = try await leases(engine, folder)
        #expect(try await leases.take("indexer", for: "a", seconds: 10, now: 100) == 1)
        #expect(try await leases.take("indexer", for: "b", seconds: 10, now: 109) == nil)
        #expect(try await leases.take("indexer", for: "a", seconds: 10, now: 105) == 1)
        #expect(try await leases.take("indexer", for: "b", seconds: 10, now: 114) == nil)
        #expect(try await leases.take("indexer", for: "b", seconds: 10, now: 115) == 2)
        #expect(try await leases.take("indexer", for: "a", seconds: 10, now: 116) == nil)
    }

    @Test(arguments: Engine.all)
    func `a released lease is free, another's is not mine to release`(engine: Engine) async throws {
        let folder = try TestFolder()
        let leases = try await leases(engine, folder)
        #expect(try await leases.take("x", for: "a", seconds: 10, now: 100) == 1)
        try await leases.release("x", by: "b")
        #expect(try await leases.take("x", for: "b", seconds: 10, now: 101) == nil)
        try await leases.release("x", by: "a")
        #expect(try await leases.take("x", for: "b", seconds: 10, now: 101) == 2)
    }
}

extension LeaseTests {
    @Test(arguments: Engine.all)
    func `a lease that is held is renewed when half of it is gone`(engine: Engine) async throws {
        let folder = try TestFolder()
        let database = try await engine.database(in: folder)
        try await database.migrate([Migration(1, "leases", Leases.schema)], now: 0)
        let leases = Leases(database)
        let expires = { () async throws in
            try await database.value("SELECT expires_at FROM leases", as: Int64.self)
        }
        #expect(try await leases.hold("x", for: "a", seconds: 10, now: 100) == 1)
        #expect(try await leases.hold("x", for: "a", seconds: 10, now: 104) == 1)
        #expect(try await expires() == 110)
        #expect(try await leases.hold("x", for: "b", seconds: 10, now: 104) == nil)
        #expect(try await leases.hold("x", for: "a", seconds: 10, now: 105) == 1)
        #expect(try await expires() == 115)
        #expect(try await leases.hold("x", for: "b", seconds: 10, now: 115) == 2)
        #expect(try await leases.hold("x", for: "a", seconds: 10, now: 116) == nil)
    }
}

@Suite struct OutboxTests {
    func outbox(_ engine: Engine, _ folder: TestFolder) async throws -> (Database, Outbox) {
        let database = try await engine.database(in: folder)
        try await database.migrate([Migration(1, "outbox", Outbox.schema)], now: 0)
        return (database, Outbox(database))
    }

    @Test(arguments: Engine.all)
    func `a message lives and dies with its transaction`(engine: Engine) async throws {
        let folder = try TestFolder()
        struct Refusal: Error {}
        let (database, outbox) = try await outbox(engine, folder)
        await #expect(throws: Refusal.self) {
            try await database.transaction { transaction in
                try await outbox.add("1", topic: "t", payload: [1], now: 0, in: transaction)
                throw Refusal()
            }
        }
        #expect(
            try await outbox.take(topic: "t", limit: 9, for: "a", seconds: 5, now: 1).isEmpty)
    }

    @Test(arguments: Engine.all)
    func `each message goes to one worker at a time, oldest first`(engine: Engine) async throws {
        let folder = try TestFolder()
        let (database, outbox) = try await outbox(engine, folder)
        try await database.transaction { transaction in
            for number in 1...4 {
                try await outbox.add(
                    "\(number)", topic: number == 4 ? "other" : "t", payload: [],
                    now: 10 - Int64(number),
                    in: transaction)
            }
        }
        let first = try await outbox.take(topic: "t", limit: 2, for: "a", seconds: 5, now: 20)
        #expect(first.map(\.id) == ["3", "2"])
        let second = try await outbox.take(topic: "t", limit: 2, for: "b", seconds: 5, now: 20)
        #expect(second.map(\.id) == ["1"])
        #expect(try await outbox.finish("3", by: "a") == true)
        #expect(try await outbox.finish("1", by: "a") == false)
        try await outbox.retry("2", by: "a", at: 22, because: "no answer")
        #expect(
            try await outbox.take(topic: "t", limit: 9, for: "b", seconds: 5, now: 21).isEmpty)
        let again = try await outbox.take(topic: "t", limit: 9, for: "b", seconds: 5, now: 25)
        #expect(again.map(\.id) == ["2", "1"] || again.map(\.id) == ["1", "2"])
        #expect(again.allSatisfy { $0.attempts == 2 })
    }

    @Test(arguments: Engine.all)
    func `a worker that died gives its messages back by dying`(engine: Engine) async throws {
        let folder = try TestFolder()
        let (database, outbox) = try await outbox(engine, folder)
        try await database.transaction { transaction in
            try await outbox.add("1", topic: "t", payload: [9], now: 0, in: transaction)
        }
        _ = try await outbox.take(topic: "t", limit: 1, for: "dead", seconds: 5, now: 1)
        let taken = try await outbox.take(topic: "t", limit: 1, for: "alive", seconds: 5, now: 6)
        #expect(taken.map(\.attempts) == [2])
        #expect(try await outbox.finish("1", by: "dead") == false)
        #expect(try await outbox.finish("1", by: "alive") == true)
    }
}
