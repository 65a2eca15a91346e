import Database
import Foundation
import HTTP
import Stellar
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct AccessTests {
    @Test(arguments: Engine.all)
    func `somebody else's booking looks like none`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let mine = try await world.book()
        let other = try await world.book("FRA", "MAD")
        let unknown = try #require(BookingID(randomBytes: [UInt8](repeating: 1, count: 16)))
        let routes: [Route] = [.readBooking, .payBooking, .cancelBooking]
        for route in routes {
            var answers: [HTTPResponse] = []
            for (id, token) in [
                (mine.booking.id, other.token), (unknown, mine.token),
                (mine.booking.id, "AAAA"), (mine.booking.id, String(mine.token.dropLast()) + "_"),
            ] {
                let body = SignedTransactionRequest(
                    transaction: try world.sign(mine.transaction))
                answers.append(
                    try await world.post(
                        route, id, route == .readBooking ? nil : body,
                        headers: ["Authorization": "Bearer \(token)"]))
            }
            #expect(answers.allSatisfy { $0.status == .notFound })
            var bodies: Set<[UInt8]> = []
            for answer in answers { bodies.insert(try await answer.body.bytes()) }
            #expect(bodies.count == 1)
            let nothing = try await world.post(route, mine.booking.id)
            #expect(nothing.problemCode == "bookings.token_missing")
            #expect(nothing.status == .unauthorized)
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what a booking is read with is nowhere in the database`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let key = UUID().uuidString
        let made = try await world.create(world.request(world.offer()), key: key)
            .json(as: CreateBookingResponse.self)
        let token = try #require(
            Data(
                base64Encoded: made.token.replacing("-", with: "+").replacing("_", with: "/")
                    + "="))
        for table in ["bookings", "idempotency_keys"] {
            let rows = try await dump(table, of: world)
            #expect(!rows.contains(made.token))
            #expect(!rows.contains(key))
            #expect(!rows.contains("\(Array(token))"))
        }
        await world.close()
    }

    private func dump(_ table: String, of world: TestWorld) async throws -> String {
        switch table {
        case "bookings": "\(try await world.database.run("SELECT * FROM bookings").rows)"
        default: "\(try await world.database.run("SELECT * FROM idempotency_keys").rows)"
        }
    }

    @Test(arguments: Engine.all)
    func `the same request with the same key is one booking`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let request = try await world.request(world.offer())
        let key = UUID().uuidString
        let first = try await world.create(request, key: key)
        world.clock.advance(by: 5)
        let second = try await world.create(request, key: key)
        #expect(first.status == .created && second.status == .created)
        let (one, other) = try (
            first.json(as: CreateBookingResponse.self), second.json(as: CreateBookingResponse.self)
        )
        #expect(one.booking.id == other.booking.id)
        #expect(one.token == other.token)
        #expect(one.transaction == other.transaction)

        var different = request
        different.payer = try KeyPair.random().address
        let reused = try await world.create(different, key: key)
        #expect(reused.problemCode == "bookings.idempotency_key_reused")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `fifty at once with one key make one booking`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let request = try await world.request(world.offer())
        let key = UUID().uuidString
        let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            for _ in 0..<50 { group.addTask { try await world.create(request, key: key) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let made = answers.filter { $0.status == .created }
        #expect(!made.isEmpty)
        let ids = try made.map { try $0.json(as: CreateBookingResponse.self).booking.id }
        #expect(Set(ids).count == 1)
        let rest = answers.filter { $0.status != .created }
        #expect(rest.allSatisfy { $0.problemCode == "bookings.idempotency_key_in_use" })
        let count: Int? = try await world.database.value("SELECT COUNT(*) FROM bookings")
        #expect(count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a request that died leaves its key to a later one`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let keys = IdempotencyRepository(database: world.database)
        let now = world.clock.now
        let salt = [UInt8](repeating: 1, count: 32)
        let claim = { (time: Instant) in
            try await keys.claim(key: [1], request: [2], salt: salt, now: time)
        }
        #expect(try await claim(now) == .taken(salt: salt))
        #expect(try await claim(now.adding(seconds: 59)) == .inUse)
        #expect(try await claim(now.adding(seconds: 60)) == .taken(salt: salt))
        #expect(
            try await keys.claim(key: [1], request: [3], salt: salt, now: now) == .otherRequest)
        await world.close()
    }
}
