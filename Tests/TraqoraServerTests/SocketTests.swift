import HTTP
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// The whole service behind its socket, with its workers running, through the typed client.
@Suite struct SocketTests {
    @Test(arguments: Engine.all)
    func `a traveller books over HTTP and sees the ticket come`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let port = try await world.server.start()
        let client = TraqoraClient(base: "http://127.0.0.1:\(port)", http: world.client)
        let query = try FlightSearchQuery(
            origin: AirportCode(parsing: "LHR"), destination: AirportCode(parsing: "JFK"),
            date: LocalDate(parsing: "2026-12-24"), passengers: PassengerCounts(adults: 1))
        let found = try await client.searchFlights(query)
        let offer = try #require(found.offers.first)
        #expect(found.airports["LHR"]?.city == "London")
        #expect(found.airlines[offer.itinerary.segments[0].flight.carrier.text] != nil)
        let made = try await client.createBooking(
            world.request(offer), idempotencyKey: "one-for-the-test")
        _ = try await client.pay(
            made.booking.id, token: made.token, signed: world.sign(made.transaction))
        let booking = try await wait(for: .confirmed, of: made, client)
        #expect(booking.chain.escrowed == made.booking.price)

        let preview = try await client.prepareCancellation(made.booking.id, token: made.token)
        _ = try await client.cancel(
            made.booking.id, token: made.token, signed: world.sign(preview.transaction))
        let cancelled = try await wait(for: .cancelled, of: made, client)
        #expect(cancelled.chain.refunded == preview.refund)
        await world.server.stop()
        await world.close()
    }

    /// Whether the worker has ended a round: until then it is only young.
    private func hasIndexed(_ health: HealthResponse) -> Bool {
        health.checks.contains { $0.name == "worker.indexer" && $0.lastSuccessAt != nil }
    }

    private func isExpirer(_ check: HealthResponse.Check) -> Bool {
        check.name == "worker.expirer"
    }

    @Test(arguments: Engine.all)
    func `health says what is well and what is not`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let port = try await world.server.start()
        let client = TraqoraClient(base: "http://127.0.0.1:\(port)", http: world.client)
        var health = try await client.health()
        // Workers are told of once they have begun, in the order in which they did.
        let expected = [
            "cache", "contract.booking", "contract.token", "database", "indexer", "mail", "rpc",
            "worker.changes", "worker.expirer", "worker.fulfilment", "worker.indexer",
            "worker.keeper",
            "worker.settler", "worker.sponsor", "worker.submitter", "worker.tickets",
            "worker.webhooks",
        ]
        try await Patience.until(pause: .milliseconds(200)) {
            let lease = health.checks.first { $0.name == "worker.indexer" }?.leasedUntil
            let isWhole = Set(expected).isSubset(of: health.checks.map(\.name))
            if health.status == .ok, hasIndexed(health), isWhole, lease != nil { return true }
            world.clock.advance(by: 2)
            health = try await client.health()
            return false
        }
        #expect(health.status == .ok)
        #expect(health.checks.map(\.name).sorted() == expected)
        let booking = try #require(health.checks.first { $0.name == "contract.booking" })
        #expect(booking.codeHash == Hash(fitting: [0xc0, 0xde]).description)
        #expect(health.checks.first { $0.name == "rpc" }?.ledgerAgeSeconds == 0)
        let indexer = try #require(health.checks.first { $0.name == "worker.indexer" })
        #expect(indexer.lastSuccessAt != nil)
        #expect(try #require(indexer.leasedUntil) > world.clock.now)
        await world.ledger.set(isDown: true)
        world.clock.advance(by: 2)
        let failing = try await client.health()
        #expect(failing.status == .failing)
        for name in ["rpc", "contract.booking"] {
            #expect(failing.checks.first { $0.name == name }?.status == .failing)
        }
        // A worker that gets nothing done is told after a minute.
        world.clock.advance(by: 63)
        var stuck = try await client.health()
        try await Patience.until {
            guard stuck.checks.first(where: isExpirer)?.status != .ok else { return true }
            world.clock.advance(by: 2)
            stuck = try await client.health()
            return false
        }
        #expect(stuck.checks.first { $0.name == "worker.indexer" }?.status == .failing)
        #expect(stuck.checks.first(where: isExpirer)?.status == .ok)
        await world.server.stop()
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `problems come through the client as what they are`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let port = try await world.server.start()
        let client = TraqoraClient(base: "http://127.0.0.1:\(port)/", http: world.client)
        let id = try BookingID(parsing: String(repeating: "0", count: 32))
        let error = await #expect(throws: TraqoraClientError.self) {
            try await client.booking(id, token: String(repeating: "A", count: 43))
        }
        guard case .problem(let problem) = error else {
            Issue.record("\(error as (any Error)?)")
            return
        }
        #expect(problem.code == "bookings.not_found")
        #expect(problem.status == 404)
        await world.server.stop()
        let gone = await #expect(throws: TraqoraClientError.self) {
            try await client.health()
        }
        guard case .transport = gone else {
            Issue.record("\(gone as (any Error)?)")
            return
        }
        await world.close()
    }

    private func wait(
        for status: BookingStatus, of made: CreateBookingResponse, _ client: TraqoraClient
    ) async throws -> BookingResponse {
        var booking = made.booking
        try await Patience.until {
            booking = try await client.booking(made.booking.id, token: made.token)
            return booking.status == status
        }
        #expect(booking.status == status)
        return booking
    }
}
