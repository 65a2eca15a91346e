import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct DisputeTests {
    private static let amount = 2 * World.price
    private static let disputedAt = World.arrives + World.hour
    private static let resolveBy = disputedAt + 14 * World.day

    private static func evidence(_ world: World, _ name: String) -> [SCVal] {
        [world[name], .u64(1), .bytes(6)]
    }

    private static func disputed(answered: Bool = false) throws -> World {
        let world = try World.ticketed()
        world.world.advance(to: disputedAt)
        try world.call(world.booking, "dispute", evidence(world, "alice"), by: "alice")
        if answered {
            try world.call(
                world.booking, "respond", evidence(world, "operator"), by: "operator")
        }
        return world
    }

    private func resolve(_ share: UInt32, _ world: World, by name: String = "arbiter") -> [SCVal] {
        [world[name], .u64(1), .u32(share)]
    }

    @Test(arguments: [(-1, nil), (0, "#405"), (1, "#405")] as [(Int, String?)])
    func `a passenger disputes until the stale window is over, to the second`(
        offset: Int, error: String?
    ) throws {
        let world = try World.ticketed()
        let arguments = Self.evidence(world, "alice")
        #expect(try world.error(world.booking, "dispute", arguments, by: "bob") == unauthorized)
        #expect(
            try world.error(world.booking, "dispute", Self.evidence(world, "bob"), by: "bob")
                == "#401")
        world.world.advance(to: UInt64(Int(World.arrives + 10 * World.day) + offset))
        if let error {
            #expect(
                try world.error(world.booking, "dispute", arguments, by: "alice") == error)
        } else {
            try world.call(world.booking, "dispute", arguments, by: "alice")
            #expect(try world.state == .u32(6))
        }
    }

    @Test func `what is disputed leaves by no other door`() throws {
        let world = try Self.disputed()
        world.world.advance(to: World.arrives + 12 * World.day)
        try world.report(3, at: World.arrives, by: "operator")
        for function in ["settle", "settle_stale", "refund_cancelled", "expire"] {
            #expect(try world.error(world.booking, function, [.u64(1)]) == "#403", "\(function)")
        }
        let cancel = [world["alice"], SCVal.u64(1), .u32(1)]
        #expect(try world.error(world.booking, "cancel", cancel, by: "alice") == "#403")
        #expect(
            try world.error(world.booking, "dispute", Self.evidence(world, "alice"), by: "alice")
                == "#403")
        #expect(try world.isBalanced(escrow: Self.amount))
    }

    @Test(
        arguments: [(0, 0, 501), (3_333, 6_666, 334), (10_000, 20_002, 0)]
            as [(UInt32, Int, Int)])
    func `an arbiter splits to the unit`(share: UInt32, refund: Int, fee: Int) throws {
        let world = try Self.disputed(answered: true)
        let owner = try world.balance(world["owner"])
        try world.call(world.booking, "resolve", resolve(share, world), by: "arbiter")
        #expect(world.eventNames.first == "resolved")
        let paid = World.balance - Self.amount + Int128(refund)
        #expect(try world.balance(world["alice"]) == paid)
        #expect(try world.balance(world["treasury"]) == Int128(fee))
        let rest = Self.amount - Int128(refund) - Int128(fee)
        #expect(try world.balance(world["owner"]) == owner + rest)
        #expect(try world.isBalanced(escrow: 0))
        #expect(
            try world.error(world.booking, "resolve", resolve(0, world), by: "arbiter") == "#424")
    }

    @Test func `only an arbiter who is no party decides`() throws {
        let world = try Self.disputed()
        #expect(
            try world.error(world.booking, "resolve", resolve(0, world), by: "bob")
                == unauthorized)
        for name in ["bob", "admin", "guardian", "alice", "operator"] {
            #expect(
                try world.error(world.booking, "resolve", resolve(0, world, by: name), by: name)
                    == "#426")
        }
        for name in ["alice", "operator", "owner"] {
            try world.call(world.booking, "set_arbiter", [world[name], .bool(true)], by: "admin")
            #expect(
                try world.error(world.booking, "resolve", resolve(0, world, by: name), by: name)
                    == "#426")
        }
        #expect(
            try world.error(world.booking, "resolve", resolve(10_001, world), by: "arbiter")
                == "#427")
        try world.call(
            world.booking, "set_arbiter", [world["arbiter"], .bool(false)], by: "admin")
        #expect(
            try world.error(world.booking, "resolve", resolve(0, world), by: "arbiter") == "#426")
    }

    @Test func `a carrier answers once`() throws {
        let world = try Self.disputed()
        let arguments = Self.evidence(world, "operator")
        #expect(try world.error(world.booking, "respond", arguments, by: "bob") == unauthorized)
        #expect(
            try world.error(world.booking, "respond", Self.evidence(world, "bob"), by: "bob")
                == "#402")
        try world.call(world.booking, "respond", arguments, by: "operator")
        #expect(
            try world.error(world.booking, "respond", arguments, by: "operator") == "#425")
    }

    @Test(arguments: [(-1, nil), (0, "#405"), (1, "#405")] as [(Int, String?)])
    func `carriers answer and arbiters decide until the deadline, to the second`(
        offset: Int, error: String?
    ) throws {
        let world = try Self.disputed()
        world.world.advance(to: UInt64(Int(Self.resolveBy) + offset))
        let calls = [
            ("respond", Self.evidence(world, "operator"), "operator"),
            ("resolve", resolve(5_000, world), "arbiter"),
        ]
        for (function, arguments, name) in calls {
            if let error {
                #expect(
                    try world.error(world.booking, function, arguments, by: name) == error)
            } else {
                try world.call(world.booking, function, arguments, by: name)
            }
        }
        #expect(try world.state == .u32(error == nil ? 7 : 6))
    }

    @Test(arguments: [false, true])
    func `a dispute that nobody decides ends by itself`(answered: Bool) throws {
        let world = try Self.disputed(answered: answered)
        world.world.advance(to: Self.resolveBy - 1)
        #expect(try world.error(world.booking, "resolve_expired", [.u64(1)]) == "#423")
        world.world.advance(to: Self.resolveBy)
        #expect(
            try world.error(world.booking, "resolve", resolve(0, world), by: "arbiter") == "#405")
        #expect(
            try world.error(
                world.booking, "respond", Self.evidence(world, "operator"), by: "operator")
                == "#405")
        try world.call(world.booking, "resolve_expired", [.u64(1)])
        let refund = answered ? Self.amount / 2 : Self.amount
        #expect(try world.balance(world["alice"]) == World.balance - Self.amount + refund)
        #expect(try world.isBalanced(escrow: 0))
        #expect(try world.state == .u32(7))
        #expect(try world.error(world.booking, "resolve_expired", [.u64(1)]) == "#424")
    }
}
