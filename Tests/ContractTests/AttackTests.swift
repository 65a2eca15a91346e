import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

/// What travel and escrow contracts of others fell to, each under its name.
@Suite(.builds()) struct AttackTests {
    @Test(arguments: [-1, Int128.min])
    func `negative amounts`(amount: Int128) throws {
        let world = try World()
        try world.publish()
        let (alice, token) = (world["alice"], SCVal.address(world.token))
        let (bob, value) = (world["bob"], SCVal.int128(amount))
        let until = SCVal.u32(world.world.ledger.sequence + 100)
        try world.call(world.token, "approve", [alice, bob, .int128(50), until], by: "alice")
        let calls: [(SCAddress, String, [SCVal], String, String)] = [
            (world.token, "transfer", [alice, bob, value], "alice", "#100"),
            (world.token, "transfer_from", [bob, alice, bob, value], "bob", "#100"),
            (world.token, "approve", [alice, bob, value, until], "alice", "#100"),
            (world.token, "burn", [alice, value], "alice", "#100"),
            (world.token, "burn_from", [bob, alice, value], "bob", "#100"),
            (world.token, "mint", [alice, value], "admin", "#100"),
            (world.airline, "deposit_bond", [alice, World.code, token, value], "alice", "#206"),
            (
                world.airline, "request_bond_withdrawal", [World.code, token, value], "owner",
                "#206"
            ),
            (
                world.flights, "set_fare",
                [world["operator"], .u64(1), .symbol("economy"), value, .u32(10)], "operator",
                "#306"
            ),
            (
                world.flights, "publish",
                [world["operator"], world.flight(number: 2, fares: [world.fare(price: amount)])],
                "operator", "#306"
            ),
            (
                world.booking, "book",
                [alice, .u64(1), .symbol("economy"), .u32(1), value, .bytes(7)], "alice", "#420"
            ),
            (
                world.refund, "quote",
                [.u32(1), value, .u64(World.now), .u64(World.departs), .u64(World.now)], "alice",
                "#503"
            ),
        ]
        for (contract, function, arguments, name, error) in calls {
            #expect(
                try world.error(contract, function, arguments, by: name) == error, "\(function)")
        }
        #expect(try world.balance(alice) == World.balance)
        #expect(try world.balance(bob) == World.balance)
        let loyalty = try LoyaltyWorld()
        for (function, error) in [("fund", "#607"), ("redeem", "#604")] {
            let arguments = [loyalty.alice.value, value]
            #expect(try loyalty.error(function, arguments, by: loyalty.alice) == error)
        }
    }

    @Test func `self-chosen refund share`() throws {
        let world = try World.ticketed()
        // The rule is the carrier's: a passenger publishes none.
        let policy = BookingWorld.policy([(0, 10_000)])
        #expect(
            try world.error(
                world.refund, "publish_policy", [world["alice"], World.code, policy], by: "alice")
                == "#500")
        world.world.advance(to: World.departs + World.hour)
        try world.call(
            world.booking, "dispute", [world["alice"], .u64(1), .bytes(6)], by: "alice")
        for (name, share, error) in [
            ("alice", 10_000, "#426"), ("arbiter", 10_001, "#427"), ("arbiter", .max, "#427"),
        ] as [(String, UInt32, String)] {
            let arguments = [world[name], .u64(1), SCVal.u32(share)]
            #expect(try world.error(world.booking, "resolve", arguments, by: name) == error)
        }
        // Nor does a quote's passenger choose its rule: the seller's key signed it.
        let quoted = try BookingWorld()
        let (offer, better) = (quoted.quote(policy: 1), quoted.quote(policy: 2))
        #expect(
            try quoted.bookingError(better, signature: quoted.signature(of: offer))
                == "Error(Crypto, InvalidInput)")
    }

    @Test func `release before departure`() throws {
        let world = try World.ticketed()
        for (time, error) in [
            (World.now + World.day, "#422"), (World.departs, "#422"), (World.arrives, "#422"),
        ] {
            world.world.advance(to: time)
            #expect(try world.reportError(3, at: World.arrives + 1, by: "operator") == "#316")
            #expect(try world.error(world.booking, "settle", [.u64(1)]) == error)
            #expect(try world.error(world.booking, "settle_stale", [.u64(1)]) == "#423")
        }
        // Said to have arrived at once, it is still not paid before the planned arrival is past.
        try world.report(3, at: World.arrives, by: "operator")
        #expect(try world.error(world.booking, "settle", [.u64(1)]) == "#423")
        #expect(try world.isBalanced(escrow: 2 * World.price))
    }

    @Test func `double settlement`() throws {
        let world = try World.ticketed()
        world.world.advance(to: World.arrives)
        try world.report(3, at: World.arrives, by: "operator")
        world.world.advance(to: World.arrives + 2 * World.day)
        let owner = try world.balance(world["owner"])
        try world.call(world.booking, "settle", [.u64(1)])
        world.world.advance(to: World.arrives + 100 * World.day)
        for function in [
            "settle", "settle_stale", "refund_cancelled", "expire",
        ] { #expect(try world.error(world.booking, function, [.u64(1)]) == "#403") }
        #expect(try world.error(world.booking, "resolve_expired", [.u64(1)]) == "#424")
        let cancel = [world["alice"], SCVal.u64(1), .u32(1)]
        #expect(try world.error(world.booking, "cancel", cancel, by: "alice") == "#403")
        let carrier = [world["operator"], SCVal.u64(1)]
        #expect(
            try world.error(world.booking, "carrier_cancel", carrier, by: "operator") == "#403")
        #expect(try world.balance(world["owner"]) == owner + 2 * World.price - 501)
        #expect(try world.isBalanced(escrow: 0))
    }

    @Test func `re-initialisation`() throws {
        let world = try World()
        let vote = try GovernanceWorld()
        let loyalty = try LoyaltyWorld()
        let mallory = try Person("mallory")
        let contracts: [(ContractWorld, SCAddress)] = [
            (world.world, world.token), (world.world, world.airline), (world.world, world.flights),
            (world.world, world.booking), (world.world, world.refund),
            (loyalty.world, loyalty.loyalty), (vote.world, vote.governance),
        ]
        for (world, contract) in contracts {
            for count in 0...7 {
                let arguments = Array(repeating: mallory.value, count: count)
                for name in ["__constructor", "initialize", "init"] {
                    #expect(throws: HostError.self) {
                        try world.call(contract, name, arguments, signedBy: [mallory])
                    }
                }
            }
        }
        // Nor is another contract made in its place.
        #expect(throws: HostError.self) {
            try world.world.deploy(
                ContractCode.airline.wasm, salt: 2,
                [mallory.value, .void, mallory.value, .u64(86_400)])
        }
        #expect(try world.call(world.booking, "admin", []) == world["admin"])
    }

    @Test func `vote with borrowed tokens`() throws {
        let vote = try GovernanceWorld()
        try vote.propose(vote.feeAction())
        vote.world.advance(to: GovernanceWorld.start + 1)
        // Mallory borrows Alice's 600 once voting has begun, and Bob lends his after he voted.
        func lend(_ from: Person, _ amount: Int128) throws {
            try vote.world.call(
                vote.token, "transfer",
                [from.value, vote.mallory.value, .int128(amount)], signedBy: [from])
        }
        try vote.world.call(
            vote.token, "delegate", [vote.mallory.value, vote.mallory.value],
            signedBy: [vote.mallory])
        try lend(vote.alice, 600)
        try vote.vote(vote.bob, 1)
        try lend(vote.bob, 300)
        #expect(try vote.voteError(vote.mallory, 1) == "#707")
        vote.world.advance(to: GovernanceWorld.end)
        #expect(try vote.voteError(vote.mallory, 1) == "#707")
        #expect(try vote.call("proposal", [.u32(1)])["support"] == .int128(300))
    }

    @Test func `oracle reporting twice`() throws {
        let world = try World.ticketed()
        world.world.advance(to: World.arrives + World.day)
        let late = World.arrives + 5 * World.hour
        try world.report(3, at: late, by: "oracle1")
        #expect(try world.reportError(3, at: late, by: "oracle1") == "#318")
        // Saying something else in between makes it no two oracles.
        try world.report(3, at: World.arrives, by: "oracle1")
        try world.report(3, at: late, by: "oracle1")
        let status = try world.call(world.flights, "status", [.u64(1)])
        #expect(status["confirmed"] == .bool(false))
        #expect(status["status"] == .u32(0))
        try world.report(3, at: late, by: "oracle2")
        #expect(
            try world.call(world.flights, "status", [.u64(1)])["confirmed"] == .bool(true))
    }

    @Test(arguments: [false, true])
    func `dispute deadlock`(isAnswered: Bool) throws {
        let world = try World.ticketed()
        world.world.advance(to: World.arrives)
        try world.call(
            world.booking, "dispute", [world["alice"], .u64(1), .bytes(6)], by: "alice")
        if isAnswered {
            try world.call(
                world.booking, "respond", [world["operator"], .u64(1), .bytes(6)], by: "operator")
        }
        // No arbiter is left, the contract is paused, the carrier suspended.
        try world.call(
            world.booking, "set_arbiter", [world["arbiter"], .bool(false)], by: "admin")
        try world.call(world.booking, "pause", [world["guardian"]], by: "guardian")
        try world.call(world.airline, "suspend", [World.code, .symbol("why")], by: "admin")
        world.world.advance(to: World.arrives + 14 * World.day)
        try world.call(world.booking, "resolve_expired", [.u64(1)])
        let paid = isAnswered ? World.price : 0
        #expect(try world.balance(world["alice"]) == World.balance - paid)
        #expect(try world.isBalanced(escrow: 0))
    }
}
