import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = PlatformWorld

/// What an airline announced to take back is taken soon, or announced again.
@Suite(.builds()) struct BondTests {
    private func deposit(_ world: World) throws {
        try world.call(
            world.airline, "deposit_bond",
            [world["owner"], World.code, .address(world.token), .int128(1_000)], by: "owner",
            below: [world.payment(1_000, from: "owner", to: world.airline)])
    }

    @Test(arguments: [(-1, nil), (0, "#211"), (1, "#211")] as [(Int, String?)])
    func `a withdrawal that was announced is made within a week, or not`(
        offset: Int, error: String?
    ) throws {
        let world = try World()
        try deposit(world)
        let token = SCVal.address(world.token)
        let (withdrawal, all) = ([World.code, token], [World.code, token, SCVal.int128(1_000)])
        try world.call(world.airline, "request_bond_withdrawal", all, by: "owner")
        let last = World.now + 14 * World.day
        world.world.advance(to: offset < 0 ? last - 1 : last + UInt64(offset))
        guard let error else {
            try world.call(world.airline, "withdraw_bond", withdrawal, by: "owner")
            return
        }
        #expect(try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == error)
        let bond = try world.call(world.airline, "bond", [World.code, token])
        #expect(bond["amount"] == .int128(1_000))
        // Announced again it waits again.
        try world.call(world.airline, "request_bond_withdrawal", all, by: "owner")
        #expect(try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == "#208")
        world.world.advance(to: world.world.ledger.timestamp + 7 * World.day)
        try world.call(world.airline, "withdraw_bond", withdrawal, by: "owner")
        #expect(try world.balance(.address(world.airline)) == 0)
    }

    @Test func `a bond cannot be kept ready to vanish on a bad day`() throws {
        let world = try World()
        try deposit(world)
        let token = SCVal.address(world.token)
        try world.call(
            world.airline, "request_bond_withdrawal", [World.code, token, .int128(1_000)],
            by: "owner")
        world.world.advance(to: World.arrives)
        let withdrawal = [World.code, token]
        #expect(try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == "#211")
    }
}
