import Database
import FlightSupply
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What airlines change of trips after they were booked.
@Suite struct TripChangeTests {
    /// A booking with a ticket, on the simulator's route on which flights are changed.
    private func ticketed(_ world: TestWorld, _ from: String = "LGW", _ to: String = "STN")
        async throws -> CreateBookingResponse
    {
        let request = try await world.request(world.offer(from, to))
        let made = try await world.create(request).json(as: CreateBookingResponse.self)
        _ = try await world.pay(made)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        return made
    }

    private func changes(_ made: CreateBookingResponse, in world: TestWorld) async throws
        -> [BookingChangesResponse.Change]
    {
        try await world.ask(
            .bookingChanges, nil, ["id": made.booking.id.text],
            headers: ["Authorization": "Bearer \(made.token)"]
        ).json(as: BookingChangesResponse.self).changes
    }

    private func decide(
        _ change: String, of made: CreateBookingResponse, accept: Bool, in world: TestWorld
    ) async throws -> HTTPResponse {
        try await world.ask(
            .decideChange, nil, ["id": made.booking.id.text, "change": change],
            body: DecideChangeRequest(accept: accept),
            headers: ["Authorization": "Bearer \(made.token)"])
    }

    @Test(arguments: Engine.all)
    func `a changed trip waits for the traveller's word, and is flown as it is now if that is yes`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await ticketed(world)
        #expect(try await changes(made, in: world).isEmpty)
        #expect(try await world.server.parts.watch.run() == 1)
        let booking = try await world.read(made)
        #expect(booking.status == .changed && booking.fulfilment == .changed)
        #expect(booking.itinerary == made.booking.itinerary, "nothing is agreed to yet")
        let change = try #require(try await changes(made, in: world).first)
        #expect(change.decision == nil && change.isAcceptable)
        let unknown = try await decide("other", of: made, accept: true, in: world)
        #expect(unknown.problemCode == "changes.unknown")

        let after = try await decide(change.id, of: made, accept: true, in: world)
            .json(as: BookingResponse.self)
        #expect(after.status == .confirmed && after.itinerary.slices == change.after)
        #expect(after.fare == booking.fare && after.total == booking.total)
        try await world.work()
        let again = try await decide(change.id, of: made, accept: false, in: world)
        #expect(again.problemCode == "changes.decided")
        // The supplier was told.
        let parts = world.server.parts
        let row = try #require(try await parts.bookings.find(made.booking.id))
        let told = try await parts.supplier.changes(of: row.order, at: world.clock.now)
        #expect(told.first?.answer == .accepted)
        let kept = try #require(try await changes(made, in: world).first)
        #expect(kept.decision == .accepted && kept.before == change.before)
        // Looked at again it is no news.
        world.clock.advance(by: 86_400)
        #expect(try await parts.watch.run() == 0)
        #expect(try await world.read(made).status == .confirmed)
        let journal: [String] = try await world.database.values(
            "SELECT event FROM fulfilment_journal ORDER BY number")
        #expect(journal == ["paid", "confirmed", "ticketed", "rescheduled", "accepted"])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `who refuses is paid back in full by the operator, and the order is given up`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await ticketed(world)
        _ = try await world.server.parts.watch.run()
        let change = try #require(try await changes(made, in: world).first)
        let after = try await decide(change.id, of: made, accept: false, in: world)
            .json(as: BookingResponse.self)
        #expect(after.status == .refunding && after.fulfilment == .declined)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .refunded && booking.fulfilment == .refunded)
        #expect(booking.chain.refunded == booking.price)
        #expect(await world.ledger.state(of: 1) == "refunded")
        let parts = world.server.parts
        let row = try #require(try await parts.bookings.find(made.booking.id))
        #expect(try await parts.supplier.order(placedAs: row.order, at: world.clock.now) == nil)
        let again = try await decide(change.id, of: made, accept: true, in: world)
        #expect(again.problemCode == "changes.decided")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `of two who say something at once one is heard`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await ticketed(world)
        _ = try await world.server.parts.watch.run()
        let change = try #require(try await changes(made, in: world).first)
        let codes = try await withThrowingTaskGroup { group in
            for number in 0..<6 {
                group.addTask {
                    try await decide(change.id, of: made, accept: number % 2 == 0, in: world)
                        .problemCode
                }
            }
            return try await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == "changes.decided" } == 5)
        await world.close()
    }

    @Test func `trips are looked at more often the nearer they are, and no more when begun`()
        async throws
    {
        let world = try await TestWorld()
        let made = try await ticketed(world, "LHR", "JFK")
        let id = made.booking.id
        let parts = world.server.parts
        let due = {
            try await world.database.value(
                "SELECT changes_due_at FROM bookings WHERE id = \(id)", as: Int64?.self
            ).flatMap { $0 }
        }
        #expect(try await parts.watch.run() == 0)
        let departs = made.booking.itinerary.departs.instant
        for (before, pause) in [(30 * 86_400, 43_200), (2 * 86_400, 10_800), (3_600, 1_800)]
            as [(Int64, Int64)]
        {
            world.clock.advance(by: world.clock.now.seconds(until: departs) - before)
            try await world.database.execute("UPDATE bookings SET changes_due_at = 0")
            _ = try await parts.watch.run()
            #expect(try await due() == world.clock.now.seconds + pause)
            #expect(try await parts.watch.changes.due(at: world.clock.now, limit: 9).isEmpty)
        }
        world.clock.advance(by: 3_600)
        _ = try await parts.watch.run()
        #expect(try await due() == nil)
        await world.close()
    }

    @Test func `a second change takes the place of one that nobody has answered`() async throws {
        let world = try await TestWorld()
        let made = try await ticketed(world)
        let parts = world.server.parts
        _ = try await parts.watch.run()
        let first = try #require(try await changes(made, in: world).first)
        let second = TripChange(
            id: "second", before: first.before, after: first.after,
            detectedAt: world.clock.now.adding(seconds: 60), isAcceptable: false)
        try await world.database.transaction { transaction in
            let isNews = try await parts.watch.changes.add(
                second, of: made.booking.id, in: transaction)
            #expect(isNews)
        }
        let all = try await changes(made, in: world)
        #expect(all.map(\.decision) == [.superseded, nil])
        let late = try await decide(first.id, of: made, accept: true, in: world)
        #expect(late.problemCode == "changes.decided")
        let impossible = try await decide("second", of: made, accept: true, in: world)
        #expect(impossible.problemCode == "changes.not_acceptable")
        #expect(try await world.read(made).status == .changed)
        let departs = made.booking.itinerary.departs.instant
        world.clock.advance(by: world.clock.now.seconds(until: departs))
        let over = try await decide("second", of: made, accept: false, in: world)
        #expect(over.problemCode == "bookings.departed")
        await world.close()
    }

    @Test func `a change that is not yet said is said by whoever looks next`() async throws {
        let world = try await TestWorld()
        let made = try await ticketed(world)
        let parts = world.server.parts
        let row = try #require(try await parts.bookings.find(made.booking.id))
        let found = try await parts.supplier.changes(of: row.order, at: world.clock.now)
        let change = try #require(found.first)
        // As if the process had died behind this.
        try await world.database.transaction { transaction in
            _ = try await parts.watch.changes.add(change, of: made.booking.id, in: transaction)
        }
        #expect(try await world.read(made).status == .confirmed)
        #expect(try await parts.watch.run() == 0)
        #expect(try await world.read(made).status == .changed)
        // Accepted by telephone, say.
        try await parts.supplier.accept(change.id, of: row.order, at: world.clock.now)
        world.clock.advance(by: 86_400)
        _ = try await parts.watch.run()
        #expect(try await world.read(made).status == .confirmed)
        #expect(try await changes(made, in: world).map(\.decision) == [.accepted])
        await world.close()
    }

    @Test func `somebody else's changes are nobody's business`() async throws {
        let world = try await TestWorld()
        let made = try await ticketed(world)
        let refused = try await world.ask(
            .bookingChanges, nil, ["id": made.booking.id.text],
            headers: ["Authorization": "Bearer \(String(repeating: "0", count: 64))"])
        #expect(refused.problemCode == "bookings.not_found")
        await world.close()
    }
}
