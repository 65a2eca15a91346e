import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What a traveller may do when something went wrong, over the API.
@Suite(.serialized) struct DisputeTests {
    private static let statement = "Eleven hours late, and nobody told us why."

    private func confirmed(_ world: TestWorld) async throws -> CreateBookingResponse {
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        return made
    }

    private func post(
        _ world: TestWorld, _ route: Route, _ made: CreateBookingResponse,
        _ body: (any Encodable)? = nil
    ) async throws -> HTTPResponse {
        try await world.post(
            route, made.booking.id, body, headers: ["Authorization": "Bearer \(made.token)"])
    }

    @Test(arguments: Engine.all)
    func `a dispute holds the money, and the ledger gets a hash of what was said`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await confirmed(world)
        let prepared = try await post(
            world, .disputeBooking, made, DisputeRequest(statement: Self.statement))
        #expect(prepared.status == .created)
        let unsigned = try prepared.json(as: UnsignedTransactionResponse.self)
        #expect(unsigned.purpose == .dispute)
        let sent = try await post(
            world, .disputeBooking, made, DisputeRequest(transaction: world.sign(unsigned)))
        #expect(sent.status == .accepted)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .disputed)
        #expect(booking.dispute?.statement == Self.statement)
        let row = try #require(try await world.server.parts.bookings.find(made.booking.id))
        let evidence = await world.ledger.evidence[1]
        #expect(evidence == DisputeBooking.evidence(Self.statement, salt: row.salt))
        #expect(evidence != DisputeBooking.evidence(Self.statement, salt: []))

        // Nothing of it lies open in the database, and nothing can be said after it.
        let kept = try #require(
            try await world.database.value("SELECT statement FROM disputes", as: [UInt8].self))
        #expect(!String(decoding: kept, as: UTF8.self).contains("Eleven"))
        let again = try await post(
            world, .disputeBooking, made, DisputeRequest(statement: "and more"))
        #expect(again.problemCode == "bookings.not_disputable")
        #expect(try await world.read(made).dispute?.statement == Self.statement)
        await world.close()
    }

    @Test func `what was said may be changed until it was sent`() async throws {
        let world = try await TestWorld()
        let made = try await confirmed(world)
        for text in ["first", "second"] {
            let answer = try await post(
                world, .disputeBooking, made, DisputeRequest(statement: text))
            #expect(answer.status == .created)
        }
        #expect(
            try await world.server.parts.disputes.words(of: [made.booking.id])[
                made.booking.id]?.statement == "second")
        await world.close()
    }

    @Test func `the statement of a transaction that was not sent is not kept as evidence`()
        async throws
    {
        let world = try await TestWorld()
        let made = try await confirmed(world)
        let first = try await post(
            world, .disputeBooking, made, DisputeRequest(statement: "first"))
        _ = try await post(world, .disputeBooking, made, DisputeRequest(statement: "second"))
        // Signing the older one would commit to words that are no longer kept.
        let unsigned = try first.json(as: UnsignedTransactionResponse.self)
        let sent = try await post(
            world, .disputeBooking, made, DisputeRequest(transaction: world.sign(unsigned)))
        #expect(sent.problemCode == "payments.other_transaction")
        await world.close()
    }

    @Test func `what cannot be disputed says why`() async throws {
        let world = try await TestWorld()
        let unpaid = try await world.book()
        let early = try await post(
            world, .disputeBooking, unpaid, DisputeRequest(statement: "no"))
        #expect(early.problemCode == "bookings.not_disputable")
        let made = try await confirmed(world)
        for statement in ["", " \n", String(repeating: "x", count: 4_001)] {
            let answer = try await post(
                world, .disputeBooking, made, DisputeRequest(statement: statement))
            #expect(answer.problemCode == "bookings.statement_malformed")
        }
        let row = try #require(try await world.server.parts.bookings.find(made.booking.id))
        let stale = try #require(row.escrow?.staleAt)
        world.clock.advance(by: world.clock.now.seconds(until: stale))
        let late = try await post(
            world, .disputeBooking, made, DisputeRequest(statement: "too late"))
        #expect(late.problemCode == "bookings.not_disputable")
        await world.close()
    }

    @Test func `supplier inventory has no bond to claim from`() async throws {
        let world = try await TestWorld()
        let made = try await confirmed(world)
        let answer = try await post(world, .claimDelay, made)
        #expect(answer.problemCode == "bookings.not_claimable")
        await world.close()
    }

    @Test func `erasing a booking erases what was said`() async throws {
        let world = try await TestWorld()
        let made = try await confirmed(world)
        _ = try await post(
            world, .disputeBooking, made, DisputeRequest(statement: Self.statement))
        world.clock.advance(by: 400 * 86_400)
        try await PersonalData(
            database: world.database, keys: world.configuration.columnKeys,
            now: { world.clock.now }, random: { [UInt8](repeating: 1, count: $0) }
        ).erase(made.booking.id)
        let rows: Int? = try await world.database.value("SELECT COUNT(*) FROM disputes")
        #expect(rows == 0)
        await world.close()
    }
}
