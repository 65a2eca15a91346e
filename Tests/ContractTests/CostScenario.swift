import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

private typealias World = PlatformWorld

/// One call of every function of every contract, as it usually is, in an order in which each
/// succeeds.
struct CostScenario {
    let book: CostBook

    init() throws { book = try CostBook() }

    func run() throws {
        try sell()
        try disputeAndReport()
        try hold()
        try quote()
        try earn()
        try govern()
    }

    /// From the offer to the claim for a delay.
    private func sell() throws {
        let world = try World(book)
        try reward(in: world)
        let (id, token) = ([SCVal.u64(1)], SCVal.address(world.token))
        let registry = world.flights
        try world.publish()
        try world.book()
        try world.call(
            world.booking, "ticket", [world["operator"], .u64(1), .bytes(5)], by: "operator")
        for (function, arguments) in [
            ("booking", id), ("refund_preview", id), ("extend", [.list(id)]), ("settings", []),
            ("escrowed", [token]), ("credit", [world["alice"], token]), ("accepts", [token]),
            ("is_arbiter", [world["arbiter"]]), ("quote_key", [world["operator"]]),
        ] { try world.call(world.booking, function, arguments) }
        for (function, arguments) in [
            ("flight", id), ("status", id), ("extend", [.list(id)]), ("oracles", []),
            ("availability", id + [.symbol("economy")]),
            ("find", [World.code, .u32(100), .u64(World.departs)]),
        ] { try world.call(registry, function, arguments) }
        try world.call(
            registry, "set_fare",
            [world["operator"], .u64(1), .symbol("first"), .int128(60_000), .u32(3)],
            by: "operator")
        try world.call(registry, "close", [world["operator"], .u64(1)], by: "operator")
        try world.call(
            registry, "set_oracles", [.list([world["oracle1"], world["oracle2"]]), .u32(2)],
            by: "admin")
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(1)], by: "alice")
        try compensate(world)
        try administer(world)
    }

    /// Points, as settling gives them.
    func reward(in world: PlatformWorld) throws {
        _ = try world.world.deploy(
            ContractCode.loyalty.wasm, salt: 6,
            [
                world["admin"], .void, .address(world.booking), .address(world.token),
                LoyaltyWorld.tiers(), .int128(10),
            ])
        try world.call(
            world.loyalty, "set_rate", [.address(world.token), .u64(10_000_000)], by: "admin")
    }

    /// Bond and schedule, arrival, settlement, claim.
    private func compensate(_ world: World) throws {
        let token = SCVal.address(world.token)
        try world.call(
            world.airline, "deposit_bond",
            [world["owner"], World.code, token, .int128(5_000)], by: "owner",
            below: [world.payment(5_000, from: "owner", to: world.airline)])
        let schedule = SCVal.fields([
            "bands": .list([
                .fields(["amount": .int128(500), "min_delay_seconds": .u64(3 * World.hour)])
            ]), "from": .u64(world.world.ledger.timestamp), "notice_seconds": .u64(World.day),
        ])
        try world.call(
            world.refund, "set_schedule", [world["admin"], token, schedule], by: "admin")
        try world.call(
            world.refund, "schedule", [token, .u64(world.world.ledger.timestamp)])
        try world.call(world.refund, "policy", [.u32(1)])
        try world.call(world.refund, "extend", [.list([.u32(1)])])
        try world.call(
            world.refund, "quote",
            [
                .u32(1), .int128(World.price), .u64(World.now), .u64(World.departs),
                .u64(World.now + World.day),
            ])
        // Booked once there was a schedule.
        let other = try world.publish(world.flight(number: 101))
        try world.call(
            world.booking, "book",
            [
                world["bob"], other, .symbol("economy"), .u32(1), .int128(World.price), .bytes(8),
            ], by: "bob", below: [world.payment(World.price, from: "bob", to: world.booking)])
        try world.call(
            world.booking, "ticket", [world["operator"], .u64(2), .bytes(5)], by: "operator")
        let arrival = World.arrives + 5 * World.hour
        world.world.advance(to: arrival + 3 * World.day)
        for (id, reporter) in [(1, "operator"), (2, "oracle1"), (2, "oracle2")]
            as [(UInt64, String)]
        {
            try world.call(
                world.flights, "report",
                [world[reporter], .u64(id), .u32(3), .u64(arrival)], by: reporter)
        }
        for id in [UInt64(1), 2] { try world.call(world.booking, "settle", [.u64(id)]) }
        let number = SCVal.u64(world.world.bookings.number(2))
        try world.call(world.refund, "claim_delay", [world["bob"], number], by: "bob")
        try world.call(world.refund, "claim", [number])
    }

    /// What admins, owners and guardians do, with the views beside it.
    private func administer(_ world: World) throws {
        let code = [World.code]
        let token = SCVal.address(world.token)
        for (function, arguments) in [
            ("airline", code), ("is_active", code), ("payout", code), ("bond", code + [token]),
            ("is_operator", code + [world["operator"]]), ("extend", [.list(code)]),
        ] { try world.call(world.airline, function, arguments) }
        for (function, arguments) in [
            ("set_payout", code + [world["owner"]]), ("propose_owner", code + [world["bob"]]),
            ("request_bond_withdrawal", code + [token, .int128(100)]),
        ] { try world.call(world.airline, function, arguments, by: "owner") }
        world.world.advance(to: world.world.ledger.timestamp + 8 * World.day)
        try world.call(world.airline, "withdraw_bond", code + [token], by: "owner")
        try world.call(world.airline, "accept_owner", code, by: "bob")
        try world.call(world.airline, "suspend", code + [.symbol("safety")], by: "admin")
        try world.call(world.airline, "reinstate", code, by: "admin")
        for (function, arguments) in [
            ("set_arbiter", [world["arbiter"], .bool(true)]),
            ("set_quote_key", [world["operator"], .bytes(1)]),
            ("set_token", [token, .bool(true)]),
            ("set_settings", [World.settings(world["treasury"])]),
        ] { try world.call(world.booking, function, arguments, by: "admin") }
        for contract in [world.token, world.airline, world.flights, world.booking, world.refund] {
            try administer(contract) { try world.call(contract, $0, $1, by: $2) }
        }
    }

    /// What every contract has.
    private func administer(
        _ contract: SCAddress, _ call: (String, [SCVal], String) throws -> SCVal
    ) throws {
        let (admin, bob) = (try Person("admin").value, try Person("bob").value)
        for function in ["admin", "guardian", "paused", "version"] {
            _ = try call(function, [], "admin")
        }
        _ = try call("set_guardian", [bob], "admin")
        _ = try call("pause", [admin], "admin")
        _ = try call("unpause", [], "admin")
        _ = try call("propose_admin", [bob], "admin")
        _ = try call("accept_admin", [], "bob")
        let hash = SCVal.bytes(SCBytes(SHA256.hash(ContractCode.token.wasm)))
        _ = try call("upgrade", [hash], "bob")
    }

    private func disputeAndReport() throws {
        for share in [UInt32(5_000), nil] {
            let world = try World(book)
            try world.publish()
            try world.book()
            try world.call(
                world.booking, "ticket", [world["operator"], .u64(1), .bytes(5)], by: "operator")
            try world.call(
                world.booking, "set_arbiter", [world["arbiter"], .bool(true)], by: "admin")
            try world.call(
                world.booking, "dispute", [world["alice"], .u64(1), .bytes(6)], by: "alice")
            try world.call(
                world.booking, "respond", [world["operator"], .u64(1), .bytes(6)], by: "operator")
            if let share {
                try world.call(
                    world.booking, "resolve", [world["arbiter"], .u64(1), .u32(share)],
                    by: "arbiter")
            } else {
                world.world.advance(to: World.now + 15 * World.day)
                try world.call(world.booking, "resolve_expired", [.u64(1)])
            }
        }
    }
}
