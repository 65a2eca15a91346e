import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = GovernanceWorld

@Suite(.builds()) struct GovernanceExecutionTests {
    @Test func `a proposal pauses and unpauses the escrow and changes its fee, all at once`() throws
    {
        let world = try World()
        let own = SCVal.address(world.governance)
        try world.pass(
            World.action(world.booking, "pause", [own]), world.feeAction(77),
            World.action(world.booking, "set_guardian", [world.bob.value]))
        try world.call("execute", [.u32(1)])
        #expect(try world.world.call(world.booking, "paused", []) == .bool(true))
        #expect(try world.fee() == .u32(77))
        #expect(try world.world.call(world.booking, "guardian", []) == world.bob.value)
        try world.pass(World.action(world.booking, "unpause", []))
        try world.call("execute", [.u32(2)])
        #expect(try world.world.call(world.booking, "paused", []) == .bool(false))
    }

    @Test func `a proposal replaces the code of another contract`() throws {
        let world = try World()
        let loyalty = try world.world.deploy(
            ContractCode.loyalty.wasm, salt: 4,
            LoyaltyWorld.constructor(
                .address(world.governance), booking: world.admin, token: world.token))
        let other = ContractCode.refund.wasm
        try world.world.upload(other)
        let hash = SCVal.bytes(SCBytes(SHA256.hash(other)))
        try world.pass(World.action(loyalty, "upgrade", [hash]))
        _ = try world.world.call(loyalty, "redemption", [])
        try world.call("execute", [.u32(1)])
        #expect(throws: HostError.self) { try world.world.call(loyalty, "redemption", []) }
        #expect(try world.world.error(loyalty, "policy", [.u32(1)]) == "#502")
    }

    @Test func `it pays through another contract what it has agreed to`() throws {
        let world = try World()
        let own = SCVal.address(world.governance)
        let loyalty = try world.world.deploy(
            ContractCode.loyalty.wasm, salt: 4,
            LoyaltyWorld.constructor(own, booking: world.admin, token: world.token))
        try world.world.call(
            world.token, "transfer", [world.alice.value, own, .int128(50)],
            signedBy: [world.alice])
        let fund = World.action(loyalty, "fund", [own, .int128(50)])
        let payment = SCVal.list([
            .symbol("Contract"),
            .fields([
                "context": .fields([
                    "args": .list([own, .address(loyalty), .int128(50)]),
                    "contract": .address(world.token), "fn_name": .symbol("transfer"),
                ]),
                "sub_invocations": .list([]),
            ]),
        ])
        try world.pass(fund)
        #expect(try world.error("execute", [.u32(1)]) == unauthorized)
        try world.pass(World.action(world.governance, "authorize", [.list([payment])]), fund)
        try world.call("execute", [.u32(2)])
        let pool = try world.world.call(world.token, "balance", [.address(loyalty)])
        #expect(pool.int128 == 50)
    }

    @Test func `an action that fails undoes those before it`() throws {
        let world = try World()
        try world.pass(world.feeAction(77), world.feeAction(1_001))
        #expect(try world.error("execute", [.u32(1)]) == "#416")
        #expect(try world.fee() == .u32(250))
        #expect(try world.state() == 4)
    }

    @Test func `it mints, once the administration of the token is its own`() throws {
        let world = try World()
        #expect(throws: HostError.self) {
            try world.call("accept_admin_of", [.address(world.token)])
        }
        try world.world.call(
            world.token, "propose_admin", [.address(world.governance)], signedBy: [world.admin])
        try world.call("accept_admin_of", [.address(world.token)])
        #expect(try world.world.call(world.token, "admin", []) == .address(world.governance))
        try world.pass(World.action(world.token, "mint", [world.bob.value, .int128(5)]))
        try world.call("execute", [.u32(1)])
        #expect(try world.world.call(world.token, "balance", [world.bob.value]).int128 == 305)
    }

    @Test func `settings change through a proposal alone, and for those after it`() throws {
        let world = try World()
        let settings = World.settings(quorum: 1, timelock: World.hour)
        for function in ["set_settings", "upgrade", "set_guardian", "unpause", "propose_admin"] {
            #expect(throws: HostError.self, "\(function)") {
                try world.call(function, [settings], by: world.alice, world.guardian, world.admin)
            }
        }
        try world.propose(world.feeAction())
        try world.pass(World.action(world.governance, "set_settings", [settings]))
        try world.call("execute", [.u32(2)])
        #expect(try world.call("settings", []) == settings)
        #expect(try world.call("proposal", [.u32(1)])["quorum_bps"] == .u32(4_000))
        try world.propose(world.feeAction())
        #expect(try world.call("proposal", [.u32(3)])["timelock"] == .u64(World.hour))
    }

    @Test func `each setting has its bounds`() throws {
        let (hour, day) = (World.hour, World.day)
        let wrong = [
            World.settings(delay: 59), World.settings(delay: 30 * day + 1),
            World.settings(grace: day - 1), World.settings(grace: 30 * day + 1),
            World.settings(pause: hour - 1), World.settings(pause: 14 * day + 1),
            World.settings(period: hour - 1), World.settings(period: 30 * day + 1),
            World.settings(quorum: 0), World.settings(quorum: 5_001),
            World.settings(threshold: 0), World.settings(timelock: hour - 1),
            World.settings(timelock: 30 * day + 1),
        ]
        let right = [
            World.settings(
                delay: 60, grace: day, pause: hour, period: hour, quorum: 1, threshold: 1,
                timelock: hour),
            World.settings(
                delay: 30 * day, grace: 30 * day, pause: 14 * day, period: 30 * day,
                quorum: 5_000, timelock: 30 * day),
        ]
        let world = try World()
        for settings in wrong + right {
            let arguments = [SCVal.address(world.token), .void, settings]
            let code = ContractCode.governance.wasm
            if wrong.contains(settings) {
                #expect(throws: HostError.self) {
                    try world.world.deploy(code, salt: 9, arguments)
                }
            } else {
                let salt: UInt8 = settings == right[0] ? 10 : 11
                _ = try world.world.deploy(code, salt: salt, arguments)
            }
        }
        try world.pass(World.action(world.governance, "set_settings", [wrong[0]]))
        #expect(try world.error("execute", [.u32(1)]) == "#712")
        try world.pass(World.action(world.governance, "pause", [.u64(14 * day + 1)]))
        #expect(try world.error("execute", [.u32(2)]) == "#712")
    }

    @Test func `a guardian pauses once, for a time, and nothing more`() throws {
        let world = try World()
        let guardian = world.guardian
        #expect(
            try world.error("pause", [world.mallory.value], by: world.mallory) == "#3")
        #expect(try world.error("pause", [guardian.value], by: world.mallory) == unauthorized)
        try world.pass(world.feeAction(77))
        let now = world.world.ledger.timestamp
        try world.call("pause", [guardian.value], by: guardian)
        #expect(try world.call("paused", []) == .bool(true))
        #expect(try world.call("paused_until", []) == .u64(now + World.pause))
        #expect(try world.error("pause", [guardian.value], by: guardian) == "#713")
        #expect(try world.error("execute", [.u32(1)]) == "#2")
        #expect(try world.proposalError([world.feeAction()]) == "#2")
        world.world.advance(to: now + World.pause - 1)
        #expect(try world.error("execute", [.u32(1)]) == "#2")
        #expect(throws: HostError.self) { try world.call("unpause", [], by: guardian) }
        world.world.advance(to: now + World.pause)
        #expect(try world.call("paused", []) == .bool(false))
        #expect(try world.error("pause", [guardian.value], by: guardian) == "#713")
        try world.call("execute", [.u32(1)])
        // Governance may pause again, and give the guardian another pause.
        try world.pass(
            World.action(world.governance, "pause", [.u64(World.day)]),
            World.action(world.governance, "set_guardian", [world.carol.value]))
        try world.call("execute", [.u32(2)])
        #expect(try world.call("paused", []) == .bool(true))
        #expect(try world.call("guardian", []) == world.carol.value)
        try world.call("pause", [world.carol.value], by: world.carol)
    }

    @Test func `a pause takes nobody's time to execute`() throws {
        let world = try World()
        try world.pass(world.feeAction(77))
        let executable = world.world.ledger.timestamp
        world.world.advance(to: executable + World.grace - 1)
        try world.call("pause", [world.guardian.value], by: world.guardian)
        let until = executable + World.grace - 1 + World.pause
        world.world.advance(to: until + World.grace - 1)
        try world.call("execute", [.u32(1)])
        #expect(try world.fee() == .u32(77))
    }

    @Test func `nor does a second pause take what the first gave`() throws {
        let world = try World()
        // Both can be executed from the same second on.
        for action in [
            world.feeAction(77),
            World.action(world.governance, "set_guardian", [world.guardian.value]),
        ] { try world.propose(action) }
        let proposed = world.world.ledger.timestamp
        world.world.advance(to: proposed + World.delay + 1)
        for id in 1...2 as ClosedRange<UInt32> { try world.vote(world.alice, 1, on: id) }
        world.world.advance(to: proposed + World.delay + World.period + 1)
        for id in 1...2 as ClosedRange<UInt32> { try world.call("queue", [.u32(id)]) }
        let executable = world.world.ledger.timestamp + World.timelock
        world.world.advance(to: executable + World.grace - 1)
        try world.call("pause", [world.guardian.value], by: world.guardian)
        let first = world.world.ledger.timestamp + World.pause
        world.world.advance(to: first + World.grace - 1)
        try world.call("execute", [.u32(2)])
        #expect(try world.state() == 4)
        try world.call("pause", [world.guardian.value], by: world.guardian)
        #expect(try world.state() == 4)
        let second = world.world.ledger.timestamp + World.pause
        world.world.advance(to: second + World.grace - 1)
        #expect(try world.state() == 4)
        try world.call("execute", [.u32(1)])
        #expect(try world.fee() == .u32(77))
    }

    @Test func `a pause revives nothing that had expired`() throws {
        let world = try World()
        try world.pass(world.feeAction(77))
        world.world.advance(to: world.world.ledger.timestamp + World.grace)
        #expect(try world.state() == 5)
        try world.call("pause", [world.guardian.value], by: world.guardian)
        #expect(try world.state() == 5)
    }

    @Test func `it replaces its own code, from the next call on`() throws {
        let world = try World()
        let other = ContractCode.refund.wasm
        try world.world.upload(other)
        #expect(try world.call("version", []) == .u32(1))
        #expect(try world.error("migrate", []) == "#4")
        try world.pass(
            World.action(
                world.governance, "upgrade", [.bytes(SCBytes(SHA256.hash(other)))]))
        try world.call("execute", [.u32(1)])
        #expect(throws: HostError.self) { try world.state() }
        #expect(try world.error("policy", [.u32(1)]) == "#502")
    }

    @Test(arguments: 0..<6)
    func `whatever is called in whatever order, the tallies are the votes`(seed: UInt64) throws {
        let world = try World()
        var random = Seed(seed)
        let people = [world.alice, world.bob, world.carol, world.mallory]
        var tallies: [UInt32: [Int128]] = [:]
        var fees: Set<UInt32> = [250]
        for step in 0..<60 {
            let person = people[random.index(4)]
            let id = UInt32(random.index(max(1, tallies.count)) + 1)
            switch random.index(8) {
            case 0:
                let proposed = try? world.propose(world.feeAction(UInt32(step)), by: person)
                if case .u32(let id)? = proposed { tallies[id] = [0, 0, 0] }
            case 1, 2:
                let support = random.index(3)
                let cast = try? world.call(
                    "vote", [person.value, .u32(id), .u32(UInt32(support))], by: person)
                if let weight = cast?.int128 { tallies[id]?[support] += weight }
            case 3: _ = try? world.call("queue", [.u32(id)])
            case 4:
                if (try? world.call("execute", [.u32(id)])) != nil {
                    #expect(tallies[id].map { $0[1] > $0[0] && $0[1] + $0[2] >= 400 } == true)
                    if case .u32(let fee)? = try world.fee() { fees.insert(fee) }
                }
            case 5:
                _ = try? world.world.call(
                    world.token, "transfer",
                    [person.value, people[random.index(4)].value, .int128(50)],
                    signedBy: [person])
            default:
                let step = UInt64(random.index(Int(World.day)))
                world.world.advance(to: world.world.ledger.timestamp + step)
            }
            for (id, tally) in tallies {
                let proposal = try world.call("proposal", [.u32(id)])
                #expect(proposal["against"]?.int128 == tally[0])
                #expect(proposal["support"]?.int128 == tally[1])
                #expect(proposal["abstain"]?.int128 == tally[2])
                #expect(tally.reduce(0, +) <= 1_000)
            }
            if case .u32(let fee)? = try world.fee() { #expect(fees.contains(fee)) }
        }
    }
}
