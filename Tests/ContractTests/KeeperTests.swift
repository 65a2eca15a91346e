import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = PlatformWorld

/// Bookings outlive what the network keeps without being asked: 120 days.
@Suite(.builds()) struct KeeperTests {
    private static let departs = World.now + 360 * World.day
    private static let settled = departs + 2 * World.hour + 2 * World.day

    /// A flight almost a year ahead, booked and ticketed.
    private func soldEarly() throws -> World {
        let world = try World()
        try world.publish(world.flight(departs: Self.departs))
        try world.book()
        try world.call(
            world.booking, "ticket", [world["operator"], .u64(1), .bytes(5)], by: "operator")
        return world
    }

    /// What a keeper sends: nobody signs it.
    private func keep(_ world: World) throws {
        try world.call(world.booking, "extend", [.list([.u64(1)])])
        try world.call(world.flights, "extend", [.list([.u64(1)])])
        try world.call(world.airline, "extend", [.list([World.code])])
        try world.call(world.refund, "extend", [.list([.u32(1)])])
    }

    /// The entries without which nobody knows what was booked, each with its contract.
    private func entries(_ world: World) -> [(SCVal, SCAddress)] {
        let number = SCVal.u64(world.world.bookings.number(1))
        return [
            (.list([.symbol("bookings"), number]), world.booking),
            (.ledgerKeyContractInstance, world.booking),
            (.list([.symbol("flights"), .u64(1)]), world.flights),
            (.ledgerKeyContractInstance, world.flights),
            (.list([.symbol("airlines"), World.code]), world.airline),
            (.ledgerKeyContractInstance, world.airline),
            (.list([.symbol("policies"), .u32(1)]), world.refund),
            (.ledgerKeyContractInstance, world.refund),
        ]
    }

    private func land(_ world: World) throws {
        world.world.advance(to: Self.departs + 2 * World.hour)
        try world.report(3, at: Self.departs + 2 * World.hour, by: "operator")
    }

    private func settle(_ world: World) throws {
        world.world.advance(to: Self.settled)
        let owner = try world.balance(world["owner"])
        try world.call(world.booking, "settle", [.u64(1)])
        #expect(try world.balance(world["owner"]) == owner + 2 * World.price - 501)
        #expect(try world.balance(world["treasury"]) == 501)
        #expect(try world.isBalanced(escrow: 0))
        #expect(try world.state == .u32(5))
    }

    @Test func `a booking made 360 days ahead stays alive through a keeper`() throws {
        let world = try soldEarly()
        var time = World.now
        while time + 25 * World.day < Self.departs {
            time += 25 * World.day
            world.world.advance(to: time)
            try keep(world)
            for (key, contract) in entries(world) {
                let left = try #require(world.world.life(of: key, of: contract))
                #expect(left >= 30 * 17_280 - 10, "\(key)")
            }
        }
        world.world.advance(to: Self.departs - 1)
        world.world.restoresArchived = false
        #expect(try world.state == .u32(1))
        try world.call(world.booking, "refund_preview", [.u64(1)])
        world.world.restoresArchived = true
        try land(world)
        try settle(world)
    }

    @Test func `if the keeper slept, a booking is restored with all it needs`() throws {
        let world = try soldEarly()
        world.world.advance(to: Self.departs + 2 * World.hour)
        for (key, contract) in entries(world) {
            #expect(try #require(world.world.life(of: key, of: contract)) <= 0, "\(key)")
        }
        world.world.restoresArchived = false
        #expect(throws: WorldError.self) { try world.state }
        #expect(throws: WorldError.self) {
            try world.report(3, at: Self.departs + 2 * World.hour, by: "operator")
        }
        world.world.restoresArchived = true
        try world.report(3, at: Self.departs + 2 * World.hour, by: "operator")
        #expect(!world.world.restored.isEmpty)
        world.world.advance(to: Self.settled)
        let before = world.world.state
        world.world.restoresArchived = false
        #expect(throws: WorldError.self) { try world.call(world.booking, "settle", [.u64(1)]) }
        world.world.restoresArchived = true
        world.world.state = before
        try settle(world)
    }

    /// The calls that open an entry's life again, and how long the entries of each then live.
    @Test func `each contract's keeper gives its entries 120 days, at most 50 at once`() throws {
        let world = try soldEarly()
        let number = world.world.bookings.number(1)
        let table: [(SCAddress, SCVal, String, [SCVal])] = [
            (world.booking, .u64(1), "#418", [.list([.symbol("bookings"), .u64(number)])]),
            (
                world.flights, .u64(1), "#320",
                [
                    .list([.symbol("flights"), .u64(1)]),
                    .list([.symbol("ids"), World.code, .u64(Self.departs * 10_000 + 100)]),
                ]
            ),
            (world.airline, World.code, "#210", [.list([.symbol("airlines"), World.code])]),
            (world.refund, .u32(1), "#511", [.list([.symbol("policies"), .u32(1)])]),
        ]
        world.world.advance(to: World.now + 91 * World.day)
        for (contract, id, tooMany, keys) in table {
            let many = SCVal.list(Array(repeating: id, count: 51))
            #expect(try world.error(contract, "extend", [many]) == tooMany)
            try world.call(contract, "extend", [.list(Array(repeating: id, count: 50))])
            for key in keys + [.ledgerKeyContractInstance] {
                #expect(world.world.life(of: key, of: contract) ?? 0 >= 2_073_600 - 2, "\(key)")
            }
        }
    }

    @Test func `points and proposals are kept alive too`() throws {
        let points = try LoyaltyWorld()
        try points.accrue(1, 5_000)
        let account = SCVal.list([.symbol("accounts"), points.alice.value])
        points.world.advance(to: points.world.ledger.timestamp + 91 * World.day)
        let alice = points.alice.value
        #expect(try points.error("extend", [.list(Array(repeating: alice, count: 51))]) == "#610")
        try points.call("extend", [.list([alice])])
        #expect(points.world.life(of: account, of: points.loyalty) ?? 0 >= 2_073_600 - 2)

        let vote = try GovernanceWorld()
        try vote.propose(vote.feeAction())
        vote.world.advance(to: vote.world.ledger.timestamp + 91 * World.day)
        let many = SCVal.list(Array(repeating: .u32(1), count: 51))
        #expect(try vote.error("extend", [many]) == "#714")
        #expect(try vote.error("extend", [.list([.u32(2)])]) == "#703")
        try vote.call("extend", [.list([.u32(1)])])
        for name in ["proposals", "actions"] as [SCSymbol] {
            let key = SCVal.list([.symbol(name), .u32(1)])
            #expect(vote.world.life(of: key, of: vote.governance) ?? 0 >= 2_073_600 - 2)
        }
    }
}
