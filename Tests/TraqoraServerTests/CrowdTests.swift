import Database
import HTTP
import Stellar
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Many at once, two processes, all workers running.
@Suite struct CrowdTests {
    @Test(arguments: Engine.all)
    func `forty bookings at once through two processes all get their ticket, once`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let other = world.anotherServer()
        let ports = [try await world.server.start(), try await other.start()]
        let clients = ports.map {
            TraqoraClient(base: "http://127.0.0.1:\($0)", http: world.client)
        }
        let offer = try await world.offer()
        let made = try await withThrowingTaskGroup(of: CreateBookingResponse.self) { group in
            for number in 0..<40 {
                let traveller = try KeyPair.random()
                await world.ledger.fund(traveller.accountID)
                group.addTask {
                    let made = try await clients[number % 2].createBooking(
                        world.request(offer, payer: traveller.address),
                        idempotencyKey: "a-key-for-number-\(number)")
                    _ = try await clients[(number + 1) % 2].pay(
                        made.booking.id, token: made.token,
                        signed: world.sign(made.transaction, by: traveller))
                    return made
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for made in made {
            var booking = made.booking
            var polls = 0
            try await Patience.until {
                // What is tried again later comes due.
                polls += 1
                if polls % 25 == 0 { world.clock.advance(by: 1) }
                booking = try await clients[0].booking(made.booking.id, token: made.token)
                return booking.status == .confirmed
                    || world.clock.now >= made.booking.holdExpiresAt
            }
            #expect(booking.status == .confirmed)
            #expect(booking.tickets.count == 1)
        }
        let journal: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM fulfilment_journal WHERE state_after = 'ticketed'")
        #expect(journal == 40)
        let left: Int? = try await world.database.value("SELECT COUNT(*) FROM outbox")
        #expect(left == 0)
        await world.server.stop()
        await other.stop()
        await world.close()
    }
}
