import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// A token whose holders govern an escrow: Alice 600, Bob 300 and Carol 100 of 1,000 votes.
struct GovernanceWorld {
    let world: ContractWorld
    let token: SCAddress
    let governance: SCAddress
    let booking: SCAddress
    let admin: Person
    let guardian: Person
    let alice: Person
    let bob: Person
    let carol: Person
    let mallory: Person

    static let now = ContractWorld.start
    static let hour: UInt64 = 3_600
    static let day = 24 * hour
    static let delay = day
    static let period = 3 * day
    static let timelock = 2 * day
    static let grace = 7 * day
    static let pause = 5 * day
    /// When a proposal made now is voted on: from the second after.
    static let start = now + delay
    static let end = start + period

    init(_ costBook: CostBook? = nil) throws {
        world = try ContractWorld(costBook)
        admin = try Person("admin")
        guardian = try Person("guardian")
        alice = try Person("alice")
        bob = try Person("bob")
        carol = try Person("carol")
        mallory = try Person("mallory")
        let people = [admin, guardian, alice, bob, carol, mallory]
        for person in people { try world.add(person) }
        world.ledger.timestamp = Self.now - Self.day
        token = try world.deploy(
            ContractCode.token.wasm, salt: 1,
            TokenWorld.constructor(
                admin, cap: 1_000_000,
                holders: [
                    TokenWorld.holder(alice, 600), TokenWorld.holder(bob, 300),
                    TokenWorld.holder(carol, 100),
                ]))
        governance = try world.deploy(
            ContractCode.governance.wasm, salt: 2,
            [.address(token), guardian.value, Self.settings()])
        booking = try world.deploy(
            ContractCode.booking.wasm, salt: 3,
            [.address(governance)]
                + BookingWorld.constructor(admin, guardian, admin, token, Self.neighbours(token))
                .dropFirst())
        for person in [alice, bob, carol] {
            try world.call(
                token, "delegate", [person.value, person.value], signedBy: [person])
        }
        world.advance(to: Self.now)
    }

    /// The contracts that the escrow calls: none of them is here.
    private static func neighbours(_ token: SCAddress) -> SCVal {
        .fields([
            "airline": .address(token), "flights": .address(token), "loyalty": .address(token),
            "refund": .address(token),
        ])
    }

    static func settings(
        delay: UInt64 = delay, grace: UInt64 = grace, pause: UInt64 = pause,
        period: UInt64 = period, quorum: UInt32 = 4_000, threshold: Int128 = 100,
        timelock: UInt64 = timelock
    ) -> SCVal {
        .fields([
            "delay": .u64(delay), "grace": .u64(grace), "pause": .u64(pause),
            "period": .u64(period), "quorum_bps": .u32(quorum), "threshold": .int128(threshold),
            "timelock": .u64(timelock),
        ])
    }

    static func action(_ contract: SCAddress, _ function: String, _ arguments: [SCVal]) -> SCVal {
        .fields([
            "args": .list(arguments), "contract": .address(contract),
            "function": .symbol(SCSymbol(function)),
        ])
    }

    /// Sets the escrow's fee.
    func feeAction(_ fee: UInt32 = 100) -> SCVal {
        Self.action(booking, "set_settings", [BookingWorld.settings(admin, fee: fee)])
    }

    func fee() throws -> SCVal? { try world.call(booking, "settings", [])["fee_bps"] }

    @discardableResult
    func call(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> SCVal {
        try world.call(governance, function, arguments, signedBy: people)
    }

    func error(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> String {
        try world.error(governance, function, arguments, signedBy: people)
    }

    /// Proposes, and returns the number.
    @discardableResult
    func propose(_ actions: SCVal..., by proposer: Person? = nil) throws -> SCVal {
        let proposer = proposer ?? alice
        return try call(
            "propose", [proposer.value, .list(actions), .bytes(7)], by: proposer)
    }

    func proposalError(_ actions: [SCVal], by proposer: Person? = nil) throws -> String {
        let proposer = proposer ?? alice
        return try error(
            "propose", [proposer.value, .list(actions), .bytes(7)], by: proposer)
    }

    func vote(_ voter: Person, _ support: UInt32, on id: UInt32 = 1) throws {
        try call("vote", [voter.value, .u32(id), .u32(support)], by: voter)
    }

    func voteError(_ voter: Person, _ support: UInt32, on id: UInt32 = 1) throws -> String {
        try error("vote", [voter.value, .u32(id), .u32(support)], by: voter)
    }

    func state(_ id: UInt32 = 1) throws -> UInt32? {
        guard case .u32(let state) = try call("state", [.u32(id)]) else { return nil }
        return state
    }

    /// Takes a proposal made now to where it can be executed.
    func pass(_ actions: SCVal...) throws {
        let proposed = try call("propose", [alice.value, .list(actions), .bytes(7)], by: alice)
        guard case .u32(let id) = proposed else { throw WorldError.unexpected(proposed) }
        let now = world.ledger.timestamp
        world.advance(to: now + Self.delay + 1)
        try vote(alice, 1, on: id)
        world.advance(to: now + Self.delay + Self.period + 1)
        try call("queue", [.u32(id)])
        world.advance(to: now + Self.delay + Self.period + 1 + Self.timelock)
    }
}
