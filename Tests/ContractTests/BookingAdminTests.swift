import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = BookingWorld

@Suite(.builds()) struct BookingAdminTests {
    @Test func `only the admin changes anything`() throws {
        let world = try World()
        let calls: [(String, [SCVal])] = [
            ("set_settings", [World.settings(world.treasury)]),
            ("set_quote_key", [world.bob.value, .bytes(1)]),
            ("set_token", [.address(world.token), .bool(false)]),
            ("set_arbiter", [world.bob.value, .bool(true)]),
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

    @Test func `a deployment stays within the bounds`() throws {
        let world = try World()
        #expect(throws: (any Error).self) { try deploy(world, tokens: 9) }
        #expect(throws: (any Error).self) {
            try deploy(world, settings: World.settings(world.treasury, fee: 1_001))
        }
        try deploy(world, tokens: 8)
    }

    @Test func `each window has its bounds, to the second`() throws {
        let world = try World()
        let treasury = world.treasury.value
        let (hour, day) = (World.hour, World.day)
        let cases: [(dispute: UInt64, stale: UInt64, resolve: UInt64, isGood: Bool)] = [
            (hour - 1, 10 * day, day, false), (hour, 3 * day, day, true),
            (30 * day, 30 * day, day, true), (30 * day, 30 * day - 1, day, false),
            (30 * day + 1, 90 * day, day, false), (hour, 3 * day - 1, day, false),
            (hour, 90 * day, 60 * day, true), (hour, 90 * day + 1, day, false),
            (hour, 90 * day, day - 1, false), (hour, 90 * day, 60 * day + 1, false),
        ]
        for item in cases {
            let settings = PlatformWorld.settings(
                treasury, dispute: item.dispute, stale: item.stale, resolve: item.resolve)
            if item.isGood {
                try world.call("set_settings", [settings], by: world.admin)
            } else {
                #expect(try world.error("set_settings", [settings], by: world.admin) == "#416")
            }
        }
    }

    private func deploy(_ world: World, settings: SCVal? = nil, tokens: Int = 1) throws {
        _ = try world.world.deploy(
            ContractCode.booking.wasm, salt: 9,
            World.constructor(
                world.admin, world.guardian, world.treasury, world.token, world.others,
                settings: settings, tokens: tokens))
    }
}
