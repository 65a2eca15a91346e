import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = BookingWorld

@Suite struct BookingAdminTests {
    @Test func `only the admin changes anything`() throws {
        let world = try World()
        let calls: [(String, [SCVal])] = [
            ("set_settings", [World.settings(world.treasury)]),
            ("set_quote_key", [world.bob.value, .bytes(1)]),
            ("set_token", [.address(world.token), .bool(false)]),
            ("set_guardian", [world.bob.value]), ("unpause", []),
            ("propose_admin", [world.bob.value]),
        ]
        for (function, arguments) in calls {
            #expect(
                try world.error(function, arguments, by: world.bob, world.guardian)
                    == unauthorized, "\(function)")
            try world.call(function, arguments, by: world.admin)
            #expect(world.eventNames.count == 1, "\(function)")
        }
        #expect(try world.error("accept_admin", [], by: world.alice) == unauthorized)
        try world.call("accept_admin", [], by: world.bob)
        #expect(try world.call("admin", []) == world.bob.value)
        #expect(try world.error("accept_admin", [], by: world.bob) == "#1")
        #expect(try world.error("unpause", [], by: world.admin) == unauthorized)
        #expect(try world.call("guardian", []) == world.bob.value)
        #expect(try world.call("accepts", [.address(world.token)]) == .bool(false))
        #expect(try world.call("quote_key", [world.bob.value]) == .bytes(1))
    }

    @Test(
        arguments: [
            (0, 600, nil), (1_000, 604_800, nil), (1_001, 600, "#416"), (0, 599, "#416"),
            (0, 604_801, "#416"),
        ] as [(UInt32, UInt64, String?)])
    func `settings stay within their bounds`(fee: UInt32, window: UInt64, error: String?) throws {
        let world = try World()
        let settings = World.settings(world.treasury, fee: fee, window: window)
        if let error {
            #expect(try world.error("set_settings", [settings], by: world.admin) == error)
        } else {
            try world.call("set_settings", [settings], by: world.admin)
        }
    }

    @Test func `a token that is no longer accepted still pays out`() throws {
        let world = try World()
        try world.book()
        try world.call("set_token", [.address(world.token), .bool(false)], by: world.admin)
        #expect(try world.bookingError(world.quote(nonce: 2)) == "#408")
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
        #expect(try world.escrowed() == 0)
    }

    @Test func `the fare rules are those of the constructor`() throws {
        let world = try World()
        #expect(try world.call("policy", [.u32(1)]) == World.policy(grace: World.day))
        #expect(try world.error("policy", [.u32(2)]) == "#409")
        let wrong = [
            World.policy([]), World.policy([(10, 5_000), (10, 4_000)]),
            World.policy([(10, 5_000), (5, 6_000)]), World.policy([(0, 10_001)]),
            World.policy((0..<9).map { (UInt64(9 - $0), 100) }),
        ]
        for policy in wrong {
            #expect(throws: (any Error).self) { try deploy(world, policies: [policy]) }
        }
        #expect(throws: (any Error).self) { try deploy(world, policies: []) }
        #expect(throws: (any Error).self) {
            try deploy(world, policies: Array(repeating: World.policy(), count: 9))
        }
        #expect(throws: (any Error).self) { try deploy(world, tokens: 9) }
        #expect(throws: (any Error).self) {
            try deploy(world, settings: World.settings(world.treasury, fee: 1_001))
        }
        try deploy(world, tokens: 8, policies: Array(repeating: World.policy(), count: 8))
    }

    private func deploy(
        _ world: World, settings: SCVal? = nil, tokens: Int = 1, policies: [SCVal]? = nil
    ) throws {
        _ = try world.world.deploy(
            ContractCode.booking.wasm, salt: 9,
            World.constructor(
                world.admin, world.guardian, world.treasury, world.token, settings: settings,
                tokens: tokens, policies: policies))
    }
}
