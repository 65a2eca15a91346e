import Database
import Stellar
import StellarXDR
import Testing
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// What the indexer makes of every event that is about money.
@Suite(.serialized) struct IndexerTests {
    static let passenger = SCAddress.account(.ed25519(Uint256(fitting: [1])))
    static let seller = SCAddress.account(.ed25519(Uint256(fitting: [2])))
    static let token = SCAddress.contract(Hash(fitting: [9]))
    static let price: Int128 = 1_000_000_000

    /// A booking of two seats: of the registry's flight, or quoted.
    private static func booking(flight: UInt64?, nonce: UInt64) -> BookingContract.Booking {
        BookingContract.Booking(
            arrives: 2_000, bookedAt: 100, cabin: flight == nil ? nil : "economy", carrier: "TQ",
            departs: 1_000, disputeWindow: 500, feeBps: 100, flight: flight,
            flightRef: Hash(fitting: [3]), nonce: nonce, passenger: passenger, policy: 1,
            price: price, resolveBy: 0, resolveWindow: 700, responded: false, seats: 2,
            seller: seller, staleAt: 3_000, state: .paid, ticketDeadline: 900, ticketHash: nil,
            token: token)
    }

    private func tell(
        _ world: TestWorld, _ name: SCSymbol, _ topics: [SCVal], _ value: SCVal
    ) async {
        await world.ledger.add(
            ScriptedLedger.Event(
                ledger: 100, hash: Hash(fitting: [4]), topics: [.symbol(name)] + topics,
                value: value))
    }

    private func tell(
        _ world: TestWorld, _ name: SCSymbol, _ id: UInt64, _ value: SCVal
    ) async {
        await tell(world, name, [.u64(id), .address(Self.passenger)], value)
    }

    private func book(_ world: TestWorld, _ id: UInt64, flight: UInt64? = nil) async {
        await tell(
            world, "booked",
            [.u64(id), .address(Self.passenger), .address(Self.seller)],
            Self.booking(flight: flight, nonce: flight == nil ? id : 0).scVal)
    }

    private static func amounts(_ fields: [(SCSymbol, Int128)]) -> SCVal {
        .map(fields.map { SCMapEntry(key: .symbol($0.0), val: $0.1.scVal) })
    }

    private func row(_ world: TestWorld, _ id: UInt64) async throws -> EscrowRow {
        try #require(try await world.server.parts.escrows.find(id, in: world.database))
    }

    /// All that can happen to the money, one booking for each end.
    private func tellEverything(_ world: TestWorld) async {
        let nothing = SCVal.structure(["ticket_hash": Hash(fitting: [5]).scVal])
        for id: UInt64 in 1...8 { await book(world, id, flight: id <= 4 ? id : nil) }
        for id: UInt64 in 2...7 { await tell(world, "ticketed", id, nothing) }
        await tell(world, "expired", 1, Self.amounts([("refund", 2 * Self.price)]))
        let cancellation = { (left: UInt32) in
            SCVal.structure([
                "fee": Int128(5).scVal, "penalty": Int128(500).scVal,
                "refund": (Self.price - 500).scVal, "seats": .u32(1), "seats_left": .u32(left),
            ])
        }
        await tell(world, "cancelled", 2, cancellation(1))
        await tell(world, "cancelled", 2, cancellation(0))
        await tell(world, "cancelled", 3, cancellation(1))
        await tell(world, "refunded", 4, Self.amounts([("refund", 2 * Self.price)]))
        await tell(
            world, "settled", 5,
            Self.amounts([("fee", 20), ("seller", 2 * Self.price - 20)]))
        for id: UInt64 in 6...7 {
            await tell(
                world, "disputed", id,
                .structure(["evidence": Hash(fitting: [6]).scVal, "resolve_by": .u64(4_000)]))
        }
        await tell(
            world, "responded", [.u64(7), .address(Self.seller)],
            .structure(["evidence": Hash(fitting: [7]).scVal]))
        await tell(
            world, "resolved", 7,
            .structure([
                "arbiter": .void, "fee": Int128(9).scVal, "refund": Self.price.scVal,
                "seller": (Self.price - 9).scVal,
            ]))
        await tell(
            world, "credited", [.address(Self.seller), .address(Self.token)], Int128(70).scVal)
        await tell(
            world, "credited", [.address(Self.seller), .address(Self.token)], Int128(30).scVal)
        await tell(
            world, "withdrawn", [.address(Self.seller), .address(Self.token)],
            .structure(["amount": Int128(60).scVal, "to": .address(Self.passenger)]))
        // What is not about money is passed over.
        await tell(world, "paused", [.address(Self.seller)], .map([]))
    }

    @Test(arguments: Engine.all)
    func `each end of a booking divides the money as its event says`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        await tellEverything(world)
        while try await world.server.parts.indexer.run() > 0 {}
        let rows = try await world.server.parts.escrows.all()
        #expect(
            rows.map(\.state) == [
                .expired, .cancelled, .ticketed, .refunded, .settled, .disputed, .resolved, .paid,
            ])
        let seats = TokenAmount(baseUnits: Int64(2 * Self.price))
        #expect(try await row(world, 1).refunded == seats)
        let cancelled = try await row(world, 2)
        #expect(cancelled.refunded.baseUnits == Int64(2 * Self.price) - 1_000)
        #expect(cancelled.paidOut.baseUnits == 990 && cancelled.fees.baseUnits == 10)
        let reduced = try await row(world, 3)
        #expect(reduced.seats == 1 && reduced.escrowed.baseUnits == Int64(Self.price))
        #expect(try await row(world, 4).refunded == seats)
        let settled = try await row(world, 5)
        #expect(settled.paidOut.baseUnits == Int64(2 * Self.price) - 20)
        #expect(settled.fees.baseUnits == 20 && settled.escrowed.baseUnits == 0)
        let disputed = try await row(world, 6)
        #expect(disputed.resolveBy == Instant(seconds: 4_000) && !disputed.hasResponded)
        #expect(disputed.escrowed == seats)
        let resolved = try await row(world, 7)
        #expect(resolved.hasResponded && resolved.refunded.baseUnits == Int64(Self.price))
        // All of the money of whatever has ended is accounted for.
        for row in rows where row.state.isFinal {
            #expect(
                row.refunded.baseUnits + row.paidOut.baseUnits + row.fees.baseUnits
                    == Int64(2 * Self.price), "\(row.escrowID)")
        }
        let credit = try await world.server.parts.escrows.credit(
            of: Self.seller.description, token: Self.token.description)
        #expect(credit?.baseUnits == 40)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a rebuild gives the same, and reading twice changes nothing`(engine: Engine) async throws
    {
        let world = try await TestWorld(engine)
        await tellEverything(world)
        let parts = world.server.parts
        while try await parts.indexer.run() > 0 {}
        let before = try await parts.escrows.all()
        // Another process over the same database has the place, not the events, to go on from.
        _ = try await world.anotherServer().parts.indexer.run()
        #expect(try await parts.escrows.all() == before)
        try await world.server.rebuildEscrow()
        #expect(try await parts.escrows.all().isEmpty)
        while try await parts.indexer.run() > 0 {}
        #expect(try await parts.escrows.all() == before)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what the network has forgotten stops the reading`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        await book(world, 1)
        #expect(try await world.server.parts.indexer.run() == 1)
        let place = try await world.server.parts.escrows.cursor(
            of: world.server.parts.escrow.contractText)
        await world.ledger.set(oldest: 105)
        await book(world, 2)
        await #expect(throws: Indexer.Fault.gap(101..<105)) {
            try await world.server.parts.indexer.run()
        }
        // Nothing was passed over: the place is where it was.
        let after = try await world.server.parts.escrows.cursor(
            of: world.server.parts.escrow.contractText)
        #expect(after == place)
        await world.ledger.set(oldest: 101)
        #expect(try await world.server.parts.indexer.run() == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an event of a booking that was never made is no small matter`(engine: Engine) async throws
    {
        let world = try await TestWorld(engine)
        await tell(world, "expired", 77, Self.amounts([("refund", 1)]))
        await #expect(throws: Indexer.Fault.unknownBooking(77)) {
            try await world.server.parts.indexer.run()
        }
        let events: Int? = try await world.database.value("SELECT COUNT(*) FROM chain_events")
        #expect(events == 0)
        await world.close()
    }
}
