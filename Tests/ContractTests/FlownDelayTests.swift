import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = PlatformWorld

/// Claims for delays of what was really booked: Refund asks the Booking contract itself.
@Suite(.builds()) struct FlownDelayTests {
    private static let bond: Int128 = 5_000

    /// Two ticketed seats of Alice's, a bond, and 250 and 600 a seat from 3 and 6 hours on.
    private func insured() throws -> World {
        let world = try World()
        try world.call(
            world.refund, "set_schedule",
            [
                world["admin"], .address(world.token),
                RefundWorld.schedule(from: world.world.ledger.timestamp),
            ], by: "admin")
        try world.publish()
        try world.book()
        try world.call(
            world.booking, "ticket", [world["operator"], .u64(1), .bytes(5)], by: "operator")
        try world.call(
            world.airline, "deposit_bond",
            [world["owner"], World.code, .address(world.token), .int128(Self.bond)], by: "owner",
            below: [world.payment(Self.bond, from: "owner", to: world.airline)])
        return world
    }

    private func claim(_ world: World, by name: String = "alice") -> [SCVal] {
        [world[name], .u64(world.world.bookings.number(1))]
    }

    private func land(_ world: World, late: UInt64) throws {
        world.world.advance(to: World.arrives + late)
        for name in ["oracle1", "oracle2"] {
            try world.report(3, at: World.arrives + late, by: name)
        }
    }

    @Test(arguments: [false, true])
    func `a delay pays for each seat, before the booking is settled or after`(
        isSettled: Bool
    ) throws {
        let world = try insured()
        try land(world, late: 6 * World.hour)
        if isSettled {
            world.world.advance(to: World.arrives + 3 * World.day)
            try world.call(world.booking, "settle", [.u64(1)])
        }
        let before = try world.balance(world["alice"])
        let paid = try world.call(world.refund, "claim_delay", claim(world), by: "alice")
        #expect(paid == .int128(1_200))
        #expect(try world.balance(world["alice"]) == before + 1_200)
        #expect(
            try world.error(world.refund, "claim_delay", claim(world), by: "alice") == "#510")
        let bond = try world.call(world.airline, "bond", [World.code, .address(world.token)])
        #expect(bond["amount"] == .int128(Self.bond - 1_200))
    }

    @Test func `a cancelled flight pays for the seats that were refunded`() throws {
        let world = try insured()
        world.world.advance(to: World.departs - World.day)
        try world.report(4, at: World.departs - World.day, by: "operator")
        try world.call(world.booking, "refund_cancelled", [.u64(1)])
        #expect(try world.call(world.booking, "booking", [.u64(1)])["seats"] == .u32(2))
        let paid = try world.call(world.refund, "claim_delay", claim(world), by: "alice")
        #expect(paid == .int128(1_200))
        #expect(try world.balance(world["alice"]) == World.balance + 1_200)
    }

    @Test func `only the seats that were kept are paid for`() throws {
        let world = try insured()
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(1)], by: "alice")
        try land(world, late: 3 * World.hour)
        let paid = try world.call(world.refund, "claim_delay", claim(world), by: "alice")
        #expect(paid == .int128(250))
    }

    @Test func `a dispute keeps nobody from what a delay pays`() throws {
        let world = try insured()
        try land(world, late: 6 * World.hour)
        try world.call(
            world.booking, "dispute", [world["alice"], .u64(1), .bytes(6)], by: "alice")
        let paid = try world.call(world.refund, "claim_delay", claim(world), by: "alice")
        #expect(paid == .int128(1_200))
    }

    @Test func `who cancelled, was never ticketed or is another gets nothing`() throws {
        let world = try insured()
        #expect(
            try world.error(world.refund, "claim_delay", claim(world, by: "bob"), by: "bob")
                == "#505")
        #expect(
            try world.error(world.refund, "claim_delay", [world["alice"], .u64(9)], by: "alice")
                == "#400")
        #expect(
            try world.error(world.refund, "claim_delay", claim(world), by: "alice") == "#509")
        try world.book(1)
        let other = [world["alice"], SCVal.u64(world.world.bookings.number(2))]
        #expect(try world.error(world.refund, "claim_delay", other, by: "alice") == "#506")
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(2)], by: "alice")
        try land(world, late: 6 * World.hour)
        #expect(
            try world.error(world.refund, "claim_delay", claim(world), by: "alice") == "#506")
    }
}
