import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

extension CostScenario {
    /// The other ends of a booking, the token by itself.
    func hold() throws {
        let world = try PlatformWorld(book)
        try reward(in: world)
        try world.publish()
        for _ in 0..<5 { try world.book(1) }
        let token = world.token
        func ticket(_ id: UInt64) throws {
            try world.call(
                world.booking, "ticket", [world["operator"], .u64(id), .bytes(5)], by: "operator")
        }
        try world.call(
            world.booking, "carrier_cancel", [world["operator"], .u64(1)], by: "operator")
        try ticket(2)
        try ticket(3)
        world.world.advance(to: PlatformWorld.now + 3 * PlatformWorld.hour)
        try world.call(world.booking, "expire", [.u64(4)])
        world.world.advance(to: PlatformWorld.arrives + 11 * PlatformWorld.day)
        try world.call(world.booking, "settle_stale", [.u64(2)])
        for name in ["oracle1", "oracle2"] {
            try world.report(4, at: PlatformWorld.departs, by: name)
        }
        try world.call(world.booking, "refund_cancelled", [.u64(3)])
        let (alice, bob) = (world["alice"], world["bob"])
        for (function, arguments) in [
            ("transfer", [alice, bob, .int128(10)]),
            ("approve", [alice, bob, .int128(100), .u32(world.world.ledger.sequence + 1_000)]),
            ("delegate", [alice, bob]), ("burn", [alice, .int128(5)]),
        ] { try world.call(token, function, arguments, by: "alice") }
        try world.call(token, "transfer_from", [bob, alice, bob, .int128(10)], by: "bob")
        try world.call(token, "burn_from", [bob, alice, .int128(10)], by: "bob")
        try world.call(token, "mint", [alice, .int128(10)], by: "admin")
        let past = SCVal.u64(world.world.ledger.timestamp - 1)
        for (function, arguments) in [
            ("balance", [alice]), ("allowance", [alice, bob]), ("decimals", []), ("name", []),
            ("symbol", []), ("total_supply", []), ("cap", []), ("delegate_of", [alice]),
            ("votes", [bob]), ("past_votes", [bob, past]), ("past_total_supply", [past]),
        ] { try world.call(token, function, arguments) }
    }

    func quote() throws { try BookingWorld(book).book() }

    func earn() throws {
        let world = try LoyaltyWorld(book)
        try world.fund(10_000)
        try world.call("accrue", world.accrual(1, 5_000), by: world.escrow)
        try world.call("redeem", [world.alice.value, .int128(10)], by: world.alice)
        try world.call("revoke", [.u64(1), .u32(2_500)], by: world.escrow)
        let alice = world.alice.value
        for (function, arguments) in [
            ("balance", [alice]), ("tier", [alice]), ("lots", [alice]), ("accrual", [.u64(1)]),
            ("pool", []), ("rate", [.address(world.token)]), ("tiers", []), ("redemption", []),
            ("extend", [.list([alice])]),
        ] { try world.call(function, arguments) }
        try world.call("set_tiers", [LoyaltyWorld.tiers()], by: world.admin)
        try world.call("set_redemption", [.int128(20)], by: world.admin)
        for function in ["admin", "guardian", "paused", "version"] { try world.call(function, []) }
        let bob = world.bob.value
        try world.call("set_guardian", [bob], by: world.admin)
        try world.call("pause", [world.admin.value], by: world.admin)
        try world.call("unpause", [], by: world.admin)
        try world.call("propose_admin", [bob], by: world.admin)
        try world.call("accept_admin", [], by: world.bob)
        let hash = SCVal.bytes(SCBytes(SHA256.hash(ContractCode.token.wasm)))
        try world.call("upgrade", [hash], by: world.bob)
    }

    func govern() throws {
        let world = try GovernanceWorld(book)
        try world.pass(world.feeAction(77))
        try world.call("execute", [.u32(1)])
        try world.propose(world.feeAction(78))
        try world.call("cancel", [world.alice.value, .u32(2)], by: world.alice)
        for (function, arguments) in [
            ("state", [.u32(1)]), ("proposal", [.u32(1)]), ("proposal_actions", [.u32(1)]),
            ("ballot", [.u32(1), world.alice.value]), ("settings", []),
            ("extend", [.list([.u32(1)])]), ("admin", []), ("guardian", []), ("paused", []),
            ("paused_until", []), ("version", []),
        ] { try world.call(function, arguments) }
        let own = SCVal.address(world.governance)
        let other = try world.world.deploy(
            ContractCode.airline.wasm, salt: 9,
            [world.admin.value, .void, world.admin.value, .u64(86_400)])
        try world.world.call(other, "propose_admin", [own], signedBy: [world.admin])
        try world.call("accept_admin_of", [.address(other)])
        try world.call("pause", [world.guardian.value], by: world.guardian)
    }
}
