import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct SettlementTests {
    private static let amount = 2 * World.price
    /// 2.5 % of 20,002, rounded up.
    private static let fee: Int128 = 501
    private static let id: [SCVal] = [.u64(1)]

    private func arrived(at time: UInt64 = World.arrives) throws -> World {
        let world = try World.ticketed()
        world.world.advance(to: max(time, World.arrives))
        try world.report(3, at: time, by: "operator")
        return world
    }

    @Test(
        arguments: [(0, -1, "#423"), (0, 0, nil), (0, 1, nil), (900, -1, "#423"), (900, 0, nil)]
            as [(UInt64, Int, String?)])
    func `settlement waits for arrival and dispute window, to the second`(
        late: UInt64, offset: Int, error: String?
    ) throws {
        let world = try arrived(at: World.arrives + late)
        let due = World.arrives + late + 2 * World.day
        world.world.advance(to: UInt64(Int(due) + offset))
        if let error {
            #expect(try world.error(world.booking, "settle", Self.id) == error)
            return
        }
        let owner = try world.balance(world["owner"])
        try world.call(world.booking, "settle", Self.id)
        #expect(world.eventNames.contains("settled"))
        #expect(try world.balance(world["owner"]) == owner + Self.amount - Self.fee)
        #expect(try world.balance(world["treasury"]) == Self.fee)
        #expect(try world.isBalanced(escrow: 0))
        #expect(try world.state == .u32(5))
        for function in ["settle", "settle_stale", "refund_cancelled", "expire"] {
            #expect(try world.error(world.booking, function, Self.id) == "#403", "\(function)")
        }
    }

    @Test func `an arrival said early opens no window before the planned one`() throws {
        let world = try World.ticketed()
        let early = World.departs + World.hour
        world.world.advance(to: early)
        try world.report(3, at: early, by: "operator")
        world.world.advance(to: early + 2 * World.day)
        #expect(try world.error(world.booking, "settle", Self.id) == "#423")
        world.world.advance(to: World.arrives + 2 * World.day)
        try world.call(world.booking, "settle", Self.id)
    }

    @Test func `money goes where the carrier's money goes today`() throws {
        let world = try arrived()
        try world.call(world.airline, "set_payout", [World.code, world["bob"]], by: "owner")
        try world.call(world.airline, "suspend", [World.code, .symbol("why")], by: "admin")
        try world.call(world.booking, "pause", [world["admin"]], by: "admin")
        world.world.advance(to: World.arrives + 2 * World.day)
        try world.call(world.booking, "settle", Self.id)
        #expect(try world.balance(world["bob"]) == World.balance + Self.amount - Self.fee)
    }

    @Test func `what was not ticketed or did not arrive is not settled`() throws {
        let world = try World()
        try world.publish()
        try world.book()
        #expect(try world.error(world.booking, "settle", Self.id) == "#403")
        #expect(try world.error(world.booking, "settle", [.u64(2)]) == "#400")
        let other = try World.ticketed()
        other.world.advance(to: World.arrives + 3 * World.day)
        #expect(try other.error(other.booking, "settle", Self.id) == "#422")
        try other.report(5, at: World.arrives, by: "operator")
        #expect(try other.error(other.booking, "settle", Self.id) == "#422")
    }

    @Test(arguments: [(-1, "#423"), (0, nil), (1, nil)] as [(Int, String?)])
    func `what nobody reports is settled in the end, to the second`(
        offset: Int, error: String?
    ) throws {
        let world = try World.ticketed()
        let due = World.arrives + 10 * World.day
        world.world.advance(to: UInt64(Int(due) + offset))
        if let error {
            #expect(try world.error(world.booking, "settle_stale", Self.id) == error)
        } else {
            try world.call(world.booking, "settle_stale", Self.id)
            #expect(try world.isBalanced(escrow: 0))
            #expect(try world.state == .u32(5))
        }
    }

    @Test func `a cancelled flight returns everything, whoever asks, and is never settled`()
        throws
    {
        let world = try World.ticketed()
        #expect(try world.error(world.booking, "refund_cancelled", Self.id) == "#421")
        world.world.advance(to: World.departs + World.hour)
        try world.report(4, at: World.departs + World.hour, by: "operator")
        world.world.advance(to: World.arrives + 20 * World.day)
        #expect(try world.error(world.booking, "settle_stale", Self.id) == "#422")
        try world.call(world.booking, "pause", [world["admin"]], by: "admin")
        try world.call(world.booking, "refund_cancelled", Self.id)
        #expect(try world.balance(world["alice"]) == World.balance)
        #expect(try world.isBalanced(escrow: 0))
        #expect(try world.state == .u32(4))
        #expect(try world.error(world.booking, "refund_cancelled", Self.id) == "#403")
    }

    @Test(arguments: [(-1, nil), (0, "#404"), (1, "#404")] as [(Int, String?)])
    func `a carrier cancels before departure, to the second`(offset: Int, error: String?) throws {
        let world = try World.ticketed()
        let arguments = [world["operator"], SCVal.u64(1)]
        #expect(
            try world.error(world.booking, "carrier_cancel", arguments, by: "alice")
                == unauthorized)
        #expect(
            try world.error(
                world.booking, "carrier_cancel", [world["bob"], .u64(1)], by: "bob") == "#402")
        world.world.advance(to: UInt64(Int(World.departs) + offset))
        if let error {
            #expect(
                try world.error(world.booking, "carrier_cancel", arguments, by: "operator")
                    == error)
        } else {
            try world.call(world.booking, "carrier_cancel", arguments, by: "operator")
            #expect(try world.balance(world["alice"]) == World.balance)
            #expect(try world.state == .u32(4))
            #expect(
                try world.call(world.flights, "availability", [.u64(1), .symbol("economy")])
                    == .u32(10))
        }
    }
}
