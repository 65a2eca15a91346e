import Foundation
import HTTP
import Support
import Testing
import Travel

@testable import FlightSupply

/// What airlines change of orders at Duffel.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct DuffelChangeTests {
    static let list = "GET /air/airline_initiated_changes"
    static let accept = "POST /air/airline_initiated_changes/aic_1/actions/accept"

    private func ordered(_ world: DuffelWorld) async throws -> OrderRequest {
        let request = try await world.request()
        _ = await world.supply.order(request, at: DuffelServer.now)
        return request
    }

    @Test func `a change has the trip as it was and as it is, without who sits where`()
        async throws
    {
        let world = try await DuffelWorld()
        let request = try await ordered(world)
        #expect(try await world.supply.changes(of: request, at: DuffelServer.now).isEmpty)
        world.duffel.change()
        let change = try #require(
            try await world.supply.changes(of: request, at: DuffelServer.now).first)
        #expect(change.id == "aic_1" && change.isAcceptable && change.answer == nil)
        #expect("\(change.detectedAt)" == "2020-02-08T12:42:31Z")
        let flights = { (slices: [Slice]) in slices.flatMap(\.segments).map { "\($0.flight)" } }
        #expect(flights(change.before) == ["BA472"] && flights(change.after) == ["BA474"])
        #expect(change.after[0].departs.local.description == "2020-06-13T11:00:00")
        #expect(change.after[0].segments[0].originTerminal == "B")
        let asked = try #require(world.server.asked.last)
        #expect(asked.query == "order_id=ord_00009hthhsUZ8W4LxQgkjo")
        await world.close()
    }

    @Test func `a change takes the place of what it changes, in the whole trip`() throws {
        let before = try Self.slice("LHR", "BCN", "2020-06-13T06:15:00", "2020-06-13T09:25:00")
        let after = try Self.slice("LHR", "BCN", "2020-06-13T11:00:00", "2020-06-13T14:15:00")
        let back = try Self.slice("BCN", "LHR", "2020-06-20T06:15:00", "2020-06-20T09:25:00")
        let trip = try Itinerary(slices: [before, back])
        let change = { (before: [Slice], after: [Slice]) in
            TripChange(
                id: "c", before: before, after: after, detectedAt: DuffelServer.now,
                isAcceptable: true)
        }
        #expect(change([before], [after]).applied(to: trip)?.slices == [after, back])
        // What was changed before is known by where it goes.
        let later = try Itinerary(slices: [after, back])
        #expect(change([before], [before]).applied(to: later)?.slices == [before, back])
        // One journey in the place of two is the trip that is left.
        #expect(change([before, back], [after]).applied(to: trip)?.slices == [after])
        #expect(change([before], []).applied(to: trip) == nil)
        let far = try Self.slice("JFK", "LAX", "2020-06-13T06:15:00", "2020-06-13T09:25:00")
        #expect(change([far], [after]).applied(to: trip) == nil)
        // A journey that now ends after the next has begun is no trip.
        let late = try Self.slice("LHR", "BCN", "2020-06-20T05:00:00", "2020-06-20T08:25:00")
        #expect(change([before], [late]).applied(to: trip) == nil)
    }

    @Test func `a yes is said once, whatever becomes of the answer`() async throws {
        let world = try await DuffelWorld()
        let request = try await ordered(world)
        world.duffel.change()
        world.server.fail(Self.accept, .doneThenCut)
        await #expect(throws: SupplyError.self) {
            try await world.supply.accept("aic_1", of: request, at: DuffelServer.now)
        }
        try await world.supply.accept("aic_1", of: request, at: DuffelServer.now)
        #expect(world.server.count(Self.accept) == 1)
        let change = try await world.supply.changes(of: request, at: DuffelServer.now).first
        #expect(change?.answer == .accepted)
        await world.close()
    }

    @Test(arguments: [
        (#"["cancel", "update"]"#, "null", "suppliers.not_supported"),
        (#"["accept"]"#, #""cancelled""#, "suppliers.not_supported"),
    ])
    func `what cannot be accepted there is not`(actions: String, taken: String, code: String)
        async throws
    {
        let world = try await DuffelWorld()
        let request = try await ordered(world)
        world.duffel.change(actions: actions, taken: taken)
        let change = try await world.supply.changes(of: request, at: DuffelServer.now).first
        #expect(change?.isAcceptable == actions.contains("accept"))
        #expect(change?.answer == (taken == "null" ? nil : .other))
        let error = await #expect(throws: SupplyError.self) {
            try await world.supply.accept("aic_1", of: request, at: DuffelServer.now)
        }
        #expect(error?.code == code)
        await #expect(throws: SupplyError.offerGone) {
            try await world.supply.accept("aic_2", of: request, at: DuffelServer.now)
        }
        #expect(world.server.count("POST /air/airline_initiated_changes") == 0)
        await world.close()
    }

    static let faults: [(SupplierServer.Fault, String)] = [
        (.status(500, DuffelServer.failure("internal_server_error")), "suppliers.failed"),
        (.page(502), "suppliers.failed"), (.page(200), "suppliers.unreadable"),
        (.cut, "suppliers.interrupted"),
        (.status(200, #"{"data": [{"id": "aic_1"}]}"#), "suppliers.unreadable"),
        (.status(401, DuffelServer.failure("expired_access_token")), "suppliers.unauthorized"),
    ]

    @Test(arguments: faults)
    func `that nothing has changed is said by an answer alone`(
        fault: SupplierServer.Fault, code: String
    ) async throws {
        let world = try await DuffelWorld()
        let request = try await ordered(world)
        world.server.fail(Self.list, fault, fault, fault)
        let error = await #expect(throws: SupplyError.self) {
            try await world.supply.changes(of: request, at: DuffelServer.now)
        }
        #expect(error?.code == code)
        await world.close()
    }

    @Test func `the simulator changes every flight of one route, after it was ordered`()
        async throws
    {
        let simulator = Simulator()
        let now = World.now
        let search = try FlightSearch(
            origin: World.airport("LGW"), destination: World.airport("STN"),
            date: LocalTime(now, offsetSeconds: 0).date.adding(days: 20),
            passengers: PassengerCounts(adults: 1), at: now)
        let offer = try #require(try await simulator.offers(for: search, at: now).first)
        let request = OrderRequest(
            offer: offer, passengers: [try DuffelWorld.amelia()], reference: "r")
        #expect(try await simulator.changes(of: request, at: now).isEmpty)
        _ = await simulator.order(request, at: now)
        let change = try #require(try await simulator.changes(of: request, at: now).first)
        #expect(
            change.before[0].departs.instant.seconds(until: change.after[0].departs.instant)
                == 7_200)
        #expect(change.applied(to: offer.itinerary)?.slices == change.after)
        try await simulator.accept(change.id, of: request, at: now)
        #expect(try await simulator.changes(of: request, at: now).first?.answer == .accepted)
    }

    private static func slice(_ from: String, _ to: String, _ departs: String, _ arrives: String)
        throws -> Slice
    {
        let (from, to) = (try AirportCode(parsing: from), try AirportCode(parsing: to))
        return try Slice(segments: [
            Segment(
                flight: FlightNumber(parsing: "BA1"), origin: from, destination: to,
                departs: ZonedTime(departs, at: from, zone: nil),
                arrives: ZonedTime(arrives, at: to, zone: nil), aircraft: "320",
                distanceKilometers: 1)
        ])
    }
}
