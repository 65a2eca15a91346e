import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

/// Refusals that the tests of a contract's own subject do not come by.
@Suite(.builds()) struct RefusalTests {
    @Test func `no call does anything for an airline that there is not`() throws {
        let world = try World()
        let (code, token) = (SCVal.symbol("ZZ"), SCVal.address(world.token))
        let calls: [(String, [SCVal], String)] = [
            ("approve", [code], "admin"), ("suspend", [code, .symbol("why")], "admin"),
            ("reinstate", [code], "admin"), ("accept_owner", [code], "bob"),
            ("set_operator", [code, world["bob"], .bool(true)], "owner"),
            ("set_payout", [code, world["bob"]], "owner"),
            ("propose_owner", [code, world["bob"]], "owner"),
            ("deposit_bond", [world["owner"], code, token, .int128(1)], "owner"),
            ("request_bond_withdrawal", [code, token, .int128(1)], "owner"),
            ("withdraw_bond", [code, token], "owner"), ("airline", [code], "bob"),
            ("payout", [code], "bob"), ("extend", [.list([code])], "bob"),
        ]
        for (function, arguments, name) in calls {
            #expect(
                try world.error(world.airline, function, arguments, by: name) == "#200",
                "\(function)")
        }
        #expect(try world.call(world.airline, "is_active", [code]) == .bool(false))
        #expect(
            try world.call(world.airline, "is_operator", [code, world["bob"]]) == .bool(false))
    }

    @Test func `no call does anything for a booking that there is not`() throws {
        let world = try World.ticketed()
        let id = SCVal.u64(2)
        let calls: [(String, [SCVal], String)] = [
            ("ticket", [world["operator"], id, .bytes(5)], "operator"), ("expire", [id], "bob"),
            ("cancel", [world["alice"], id, .u32(1)], "alice"),
            ("carrier_cancel", [world["operator"], id], "operator"),
            ("refund_cancelled", [id], "bob"), ("settle", [id], "bob"),
            ("settle_stale", [id], "bob"), ("dispute", [world["alice"], id, .bytes(6)], "alice"),
            ("respond", [world["operator"], id, .bytes(6)], "operator"),
            ("resolve", [world["arbiter"], id, .u32(1)], "arbiter"),
            ("resolve_expired", [id], "bob"), ("booking", [id], "bob"),
            ("refund_preview", [id], "bob"), ("extend", [.list([id])], "bob"),
        ]
        for (function, arguments, name) in calls {
            #expect(
                try world.error(world.booking, function, arguments, by: name) == "#400",
                "\(function)")
        }
    }

    @Test func `what is over shows no refund any more`() throws {
        let world = try World.ticketed()
        try world.call(world.booking, "refund_preview", [.u64(1)])
        try world.call(world.booking, "cancel", [world["alice"], .u64(1), .u32(2)], by: "alice")
        #expect(try world.error(world.booking, "refund_preview", [.u64(1)]) == "#403")
    }

    @Test func `the same passengers are booked once`() throws {
        let world = try World()
        try world.publish()
        func book(_ seats: UInt32, by name: String) throws -> String {
            let arguments = [
                world[name], .u64(1), .symbol("economy"), .u32(seats), .int128(World.price),
                SCVal.bytes(7),
            ]
            let payment = world.payment(World.price * Int128(seats), from: name, to: world.booking)
            return try world.error(world.booking, "book", arguments, by: name, below: [payment])
        }
        try world.book(2)
        // As often as a transaction is sent again.
        #expect(try book(2, by: "alice") == "#428")
        #expect(try book(1, by: "alice") == "#428")
        #expect(try world.isBalanced(escrow: 2 * World.price))
    }

    @Test func `what the registry refuses to sell or take back`() throws {
        let world = try World()
        try world.publish()
        // As if a person were the Booking contract, so that one sees what he is told.
        try world.world.store(world["bob"], as: "booking", in: world.flights)
        func error(_ function: String, _ cabin: SCSymbol, _ seats: UInt32, of id: UInt64 = 1) throws
            -> String
        {
            try world.error(
                world.flights, function, [.u64(id), .symbol(cabin), .u32(seats)], by: "bob")
        }
        func sell(_ function: String, _ seats: UInt32) throws {
            try world.call(
                world.flights, function, [.u64(1), .symbol("economy"), .u32(seats)], by: "bob")
        }
        for function in ["hold", "release"] {
            #expect(try error(function, "economy", 1, of: 2) == "#300")
            #expect(try error(function, "third", 1) == "#312")
            #expect(try error(function, "economy", 0) == "#313")
        }
        #expect(try error("hold", "economy", 11) == "#313")
        #expect(try error("release", "economy", 1) == "#313")
        try sell("hold", 10)
        #expect(try error("hold", "economy", 1) == "#313")
        #expect(try error("release", "economy", 11) == "#313")
        #expect(try error("release", "economy", .max) == "#313")
        try sell("release", 3)
        try world.call(world.flights, "pause", [world["guardian"]], by: "guardian")
        #expect(try error("hold", "economy", 1) == "#2")
        try sell("release", 1)
        try world.call(world.flights, "unpause", [], by: "admin")
        try world.report(4, at: World.now, by: "operator")
        #expect(try error("hold", "economy", 1) == "#314")
        world.world.advance(to: World.departs)
        #expect(try error("hold", "economy", 1) == "#311")
        try world.call(world.flights, "close", [world["operator"], .u64(1)], by: "operator")
        #expect(try error("hold", "economy", 1) == "#310")
        try sell("release", 6)
    }

    @Test func `what the registry does not know`() throws {
        let world = try World()
        let fare = [
            world["operator"], SCVal.u64(1), .symbol("economy"), .int128(1), .u32(1),
        ]
        #expect(try world.error(world.flights, "set_fare", fare, by: "operator") == "#300")
        try world.publish()
        #expect(
            try world.error(world.flights, "availability", [.u64(1), .symbol("third")]) == "#312")
    }

    @Test func `more than is there cannot be burnt, whatever is allowed`() throws {
        let world = try TokenWorld()
        try world.call(
            "approve", world.approve(5_000, until: world.world.ledger.sequence + 9), by: world.alice
        )
        #expect(
            try world.error(
                "burn_from", [world.bob.value, world.alice.value, .int128(1_001)], by: world.bob)
                == "#103")
    }

    @Test func `administration is handed over, and pauses are called, by those named alone`() throws
    {
        let platform = try WholePlatform()
        let base = platform.base
        let contracts = [
            base.token, base.airline, base.flights, base.refund, base.loyalty, platform.token,
        ]
        for contract in contracts {
            #expect(try base.error(contract, "accept_admin", [], by: "bob") == "#1")
            #expect(try base.error(contract, "pause", [base["bob"]], by: "bob") == "#3")
            for (function, arguments) in [
                ("propose_admin", [base["bob"]]), ("set_guardian", [base["bob"]]), ("unpause", []),
                ("upgrade", [.bytes(1)]), ("migrate", []),
            ] as [(String, [SCVal])] {
                #expect(
                    try base.error(contract, function, arguments, by: "bob") == unauthorized)
            }
            try base.call(contract, "propose_admin", [base["bob"]], by: "admin")
            #expect(
                try base.error(contract, "accept_admin", [], by: "alice") == unauthorized)
            // An offer can be replaced until it is taken.
            try base.call(contract, "propose_admin", [base["alice"]], by: "admin")
            #expect(try base.error(contract, "accept_admin", [], by: "bob") == unauthorized)
            try base.call(contract, "accept_admin", [], by: "alice")
            #expect(try base.call(contract, "admin", []) == base["alice"])
            #expect(
                try base.error(contract, "set_guardian", [.void], by: "admin") == unauthorized)
            try base.call(contract, "set_guardian", [.void], by: "alice")
            #expect(try base.error(contract, "pause", [base["guardian"]], by: "guardian") == "#3")
        }
    }

    @Test func `new code adapts what older code stored, once, and when the admin says so`() throws {
        let platform = try WholePlatform()
        let base = platform.base
        let contracts = [base.token, base.airline, base.flights, base.refund, base.loyalty]
        for contract in contracts {
            #expect(try base.error(contract, "migrate", [], by: "admin") == "#4")
            try base.world.store(.u32(0), as: "version", in: contract)
            #expect(try base.error(contract, "migrate", [], by: "bob") == unauthorized)
            try base.call(contract, "migrate", [], by: "admin")
            #expect(base.eventNames == ["migrated"])
            #expect(base.world.events.first?.data == .u32(1))
            #expect(try base.error(contract, "migrate", [], by: "admin") == "#4")
        }
        let escrow = try World()
        try escrow.world.store(.u32(0), as: "version", in: escrow.booking)
        try escrow.call(escrow.booking, "migrate", [], by: "admin")
        #expect(try escrow.error(escrow.booking, "migrate", [], by: "admin") == "#4")
        // Governance is its own admin: there is nothing in it that a stranger could choose.
        let safety = SCVal.fields([
            "guardian": .void, "is_spent": .bool(false), "paused_at": .u64(0),
            "paused_until": .u64(0), "version": .u32(0),
        ])
        try base.world.store(safety, as: "safety", in: platform.governance)
        try base.call(platform.governance, "migrate", [])
        #expect(try base.error(platform.governance, "migrate", []) == "#4")
    }
}
