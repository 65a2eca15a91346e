import Database
import HTTP
import Stellar
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What keys of requests stand for, and how long.
@Suite(.serialized) struct IdempotencyTests {
    @Test(arguments: Engine.all)
    func `each account has keys of its own`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let other = try KeyPair.random()
        await world.ledger.fund(other.accountID)
        let request = try world.request(await world.offer())
        var ids: Set<BookingID> = []
        for key in [world.traveller, other] {
            let headers = try await world.signIn(key).headers
                .with("Idempotency-Key", "the-same-key-of-both")
            for _ in 0..<2 {
                let made = try await world.post(.createBooking, nil, request, headers: headers)
                #expect(made.status == .created)
                ids.insert(try made.json(as: CreateBookingResponse.self).booking.id)
            }
        }
        #expect(ids.count == 2)
        await world.close()
    }

    @Test(arguments: Engine.all, [(-1, true), (0, false)])
    func `a key has its time, and is forgotten then`(
        engine: Engine, place: (seconds: Int64, isTheSame: Bool)
    ) async throws {
        let world = try await TestWorld(engine)
        let keys = IdempotencyRepository(database: world.database)
        let made = try await world.book()
        let now = world.clock.now
        let count = { () async throws -> Int? in
            try await world.database.value("SELECT COUNT(*) FROM idempotency_keys")
        }
        let later = now.adding(seconds: IdempotencyRepository.lifetimeSeconds + place.seconds)
        _ = try await keys.claim(key: [1], request: [2], salt: [3], now: now)
        try await world.database.transaction { scope in
            _ = try await keys.finish(key: [1], booking: made.booking.id, in: scope)
        }
        let claim = try await keys.claim(key: [1], request: [9], salt: [4], now: later)
        #expect(claim == (place.isTheSame ? .otherRequest : .taken(salt: [4])))
        #expect(try await keys.forget(at: later, limit: 9) == (place.isTheSame ? 0 : 1))
        #expect(try await count() == (place.isTheSame ? 2 : 1))
        await world.close()
    }
}
