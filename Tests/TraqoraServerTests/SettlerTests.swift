import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// What nobody ends is ended, what nobody touches is kept.
@Suite(.serialized) struct SettlerTests {
    private static let day: Int64 = 86_400

    /// A booking that has its ticket.
    private func ticketed(_ world: TestWorld) async throws -> BookingRow {
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        let row = try #require(try await world.server.parts.bookings.find(made.booking.id))
        #expect(row.escrow?.state == .ticketed)
        return row
    }

    private func state(_ world: TestWorld, _ row: BookingRow) async throws -> EscrowState? {
        _ = try await world.server.parts.indexer.run()
        return try await world.server.parts.bookings.find(row.booking.id)?.escrow?.state
    }

    @Test(arguments: Engine.all)
    func `a flight of which nobody says anything is settled when the contract lets it be`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let row = try await ticketed(world)
        let settler = world.server.parts.settler
        let stale = try #require(row.escrow?.staleAt)
        world.clock.advance(by: world.clock.now.seconds(until: stale) - 1)
        #expect(try await settler.run() == 0)
        world.clock.advance(by: 1)
        #expect(try await settler.run() == 1)
        #expect(try await state(world, row) == .settled)

        // The ledger's word has come: nothing is left to do, and nothing is done twice.
        let applied = await world.ledger.applied.count
        world.clock.advance(by: Settler.echoSeconds)
        #expect(try await settler.run() == 0)
        #expect(try await world.database.value("SELECT COUNT(*) FROM outbox", as: Int.self) == 0)
        #expect(await world.ledger.applied.count == applied)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what the contract refuses is asked for again, later and later`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let row = try await ticketed(world)
        let settler = world.server.parts.settler
        world.clock.advance(by: 400 * Self.day)
        await world.ledger.set(simulationError: "HostError: Error(Contract, #423)")
        #expect(try await settler.run() == 0)
        #expect(try await settler.run() == 0)
        let due: Int64? = try await world.database.value("SELECT due_at FROM outbox")
        #expect(due == world.clock.now.seconds + 30)
        await world.ledger.set(simulationError: nil)
        world.clock.advance(by: 30)
        #expect(try await settler.run() == 1)
        #expect(try await state(world, row) == .settled)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `each exit is due from its second on and for no other booking`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let parts = world.server.parts
        try await world.database.transaction { transaction in
            for id: UInt64 in 1...7 {
                // The seventh is somebody else's.
                if id < 7 { try await Self.insertBooking(id, in: transaction) }
                var escrow = Self.escrow(id)
                switch id {
                case 1:
                    escrow.state = .disputed
                    escrow.resolveBy = Instant(seconds: 5_000)
                case 2: escrow.state = .paid
                case 6: escrow.state = .settled
                default: break
                }
                try await parts.escrows.insert(escrow, in: transaction)
            }
            for (flight, status, time) in [
                (UInt64(2), "cancelled", Int64(4_000)), (3, "arrived", 4_200),
                (4, "departed", 4_300), (6, "arrived", 4_200), (7, "cancelled", 4_000),
            ] {
                try await Self.insertFlight(flight, status, time, in: transaction)
            }
        }
        let due = { (second: Int64) in
            try await Set(
                SettlementRepository(database: world.database)
                    .due(at: Instant(seconds: second), limit: 10))
        }
        typealias Due = SettlementRepository.Due
        #expect(try await due(4_699) == [Due(2, .refundCancelled)])
        #expect(try await due(4_700) == [Due(2, .refundCancelled), Due(3, .settle)])
        #expect(try await due(4_999).contains(Due(1, .resolveExpired)) == false)
        #expect(try await due(5_000).contains(Due(1, .resolveExpired)))
        #expect(try await due(8_999).contains(Due(4, .settleStale)) == false)
        #expect(
            try await due(9_000) == [
                Due(1, .resolveExpired), Due(2, .refundCancelled), Due(3, .settleStale),
                Due(4, .settleStale), Due(5, .settleStale),
            ])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a booking made a year ahead is offered to the ledger every 25 days`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let row = try await ticketed(world)
        let id = try #require(row.escrow?.escrowID)
        let keeper = world.server.parts.keeper
        #expect(try await keeper.run() == 0)
        for round in 1...3 {
            world.clock.advance(by: Keeper.periodSeconds - 1)
            #expect(try await keeper.run() == 0)
            world.clock.advance(by: 1)
            #expect(try await keeper.run() == 1)
            #expect(try await keeper.run() == 0)
            #expect(await world.ledger.extensions[id] == round)
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `one booking that cannot be kept does not cost another its life`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let row = try await ticketed(world)
        let id = try #require(row.escrow?.escrowID)
        try await world.database.transaction { transaction in
            try await Self.insertBooking(99, in: transaction)
            try await world.server.parts.escrows.insert(Self.escrow(99), in: transaction)
        }
        world.clock.advance(by: Keeper.periodSeconds)
        #expect(try await world.server.parts.keeper.run() == 1)
        #expect(await world.ledger.extensions == [id: 1])
        await world.close()
    }

    private static func escrow(_ id: UInt64) -> EscrowRow {
        EscrowRow(
            escrowID: id, seller: EscrowRow.published, nonce: "\(id)", passenger: "P",
            state: .ticketed, token: "T", price: TokenAmount(baseUnits: 10), seats: 1,
            feeBps: 0, carrier: "TQ", flightID: id, cabin: "economy", policy: 1,
            bookedAt: Instant(seconds: 1_000), departs: Instant(seconds: 3_000),
            arrives: Instant(seconds: 4_000), ticketDeadline: Instant(seconds: 2_000),
            disputeWindowSeconds: 500, staleAt: Instant(seconds: 9_000))
    }

    private static func insertBooking(_ id: UInt64, in transaction: DatabaseTransaction)
        async throws
    {
        try await transaction.execute(
            """
            INSERT INTO bookings (id, locator, offer, payer, price, conversion, seller, nonce,
                hold_expires_at, created_at, fulfilment, personal_key)
            VALUES (\("b\(id)"), \("L\(id)"), '', 'P', 10, '', 'registry', \("\(id)"), 0, 0,
                'ticketed', 1)
            """)
    }

    private static func insertFlight(
        _ id: UInt64, _ status: String, _ time: Int64, in transaction: DatabaseTransaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            VALUES (\(Int64(id)), 'TQ', 1, 'LHR', 'JFK', 3000, 4000, \(true), \(status), \(time),
                \(true))
            """)
    }
}
