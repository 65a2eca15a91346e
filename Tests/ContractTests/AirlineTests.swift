import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct AirlineTests {
    private static let code = World.code
    private static let other = SCVal.symbol("XY")

    private func register(_ world: World, _ code: SCVal = other, name: String = "Other") throws {
        try world.call(
            world.airline, "register",
            [world["bob"], code, .text(name), world["bob"], .bytes(1)], by: "bob")
    }

    private func deposit(_ world: World, _ amount: Int128 = 1_000) throws {
        try world.call(
            world.airline, "deposit_bond",
            [world["owner"], Self.code, .address(world.token), .int128(amount)], by: "owner",
            below: [world.payment(amount, from: "owner", to: world.airline)])
    }

    private func bond(_ world: World) throws -> (amount: SCVal?, requested: SCVal?) {
        let bond = try world.call(world.airline, "bond", [Self.code, .address(world.token)])
        return (bond["amount"], bond["requested"])
    }

    @Test func `an airline may sell once the admin approved it`() throws {
        let world = try World()
        try register(world)
        #expect(world.eventNames == ["registered"])
        #expect(try world.call(world.airline, "is_active", [Self.other]) == .bool(false))
        #expect(try world.error(world.airline, "approve", [Self.other], by: "bob") == unauthorized)
        try world.call(world.airline, "approve", [Self.other], by: "admin")
        #expect(world.eventNames == ["standing"])
        #expect(try world.call(world.airline, "is_active", [Self.other]) == .bool(true))
        #expect(try world.error(world.airline, "approve", [Self.other], by: "admin") == "#204")
        let airline = try world.call(world.airline, "airline", [Self.other])
        #expect(airline["owner"] == world["bob"])
        #expect(airline["standing"] == .u32(1))
    }

    @Test func `a code belongs to one airline for ever`() throws {
        let world = try World()
        try register(world)
        let arguments = [world["alice"], Self.other, .text("Thief"), world["alice"], .bytes(1)]
        #expect(try world.error(world.airline, "register", arguments, by: "alice") == "#203")
        #expect(try world.error(world.airline, "register", arguments, by: "bob") == unauthorized)
    }

    @Test func `codes and names have bounds`() throws {
        let world = try World()
        let cases: [(SCSymbol, String, String)] = [
            ("X", "n", "#201"), ("WXYZ", "n", "#201"), ("xy", "n", "#201"), ("X_", "n", "#201"),
            ("TEN_LETTERS", "n", "#201"), ("XY", "", "#202"),
            ("XY", String(repeating: "n", count: 65), "#202"),
        ]
        for (code, name, error) in cases {
            let arguments = [
                world["bob"], .symbol(code), .text(name), world["bob"], .bytes(1),
            ]
            #expect(
                try world.error(world.airline, "register", arguments, by: "bob") == error,
                "\(code)")
        }
        try register(world, .symbol("9A"), name: String(repeating: "n", count: 64))
        try register(world, .symbol("ABC"), name: "n")
    }

    @Test func `suspension stops sales until it ends`() throws {
        let world = try World()
        let suspend = [Self.code, SCVal.symbol("unsafe_aircraft")]
        #expect(
            try world.error(world.airline, "suspend", suspend, by: "guardian") == unauthorized)
        try world.call(world.airline, "suspend", suspend, by: "admin")
        #expect(try world.call(world.airline, "is_active", [Self.code]) == .bool(false))
        #expect(try world.error(world.airline, "suspend", suspend, by: "admin") == "#204")
        #expect(
            try world.error(world.airline, "reinstate", [Self.code], by: "owner") == unauthorized)
        try world.call(world.airline, "reinstate", [Self.code], by: "admin")
        #expect(try world.call(world.airline, "is_active", [Self.code]) == .bool(true))
        #expect(try world.error(world.airline, "reinstate", [Self.code], by: "admin") == "#204")
    }

    @Test func `only the owner says who acts and where money goes`() throws {
        let world = try World()
        let calls: [(String, [SCVal])] = [
            ("set_operator", [Self.code, world["bob"], .bool(true)]),
            ("set_payout", [Self.code, world["bob"]]),
            ("propose_owner", [Self.code, world["bob"]]),
        ]
        for (function, arguments) in calls {
            for name in ["operator", "admin", "bob"] {
                #expect(
                    try world.error(world.airline, function, arguments, by: name) == unauthorized)
            }
            try world.call(world.airline, function, arguments, by: "owner")
            #expect(world.eventNames.count == 1)
            let unknown = [Self.other] + arguments.dropFirst()
            #expect(try world.error(world.airline, function, unknown, by: "owner") == "#200")
        }
        #expect(
            try world.call(world.airline, "is_operator", [Self.code, world["bob"]]) == .bool(true))
        #expect(
            try world.call(world.airline, "is_operator", [Self.code, world["owner"]])
                == .bool(false))
        #expect(try world.call(world.airline, "payout", [Self.code]) == world["bob"])
        #expect(
            try world.error(world.airline, "accept_owner", [Self.code], by: "alice")
                == unauthorized)
        try world.call(world.airline, "accept_owner", [Self.code], by: "bob")
        #expect(try world.error(world.airline, "accept_owner", [Self.code], by: "bob") == "#205")
        let disable = [Self.code, world["operator"], SCVal.bool(false)]
        #expect(
            try world.error(world.airline, "set_operator", disable, by: "owner") == unauthorized)
        try world.call(world.airline, "set_operator", disable, by: "bob")
        #expect(
            try world.call(world.airline, "is_operator", [Self.code, world["operator"]])
                == .bool(false))
    }

    @Test func `a bond takes only what its payer signed`() throws {
        let world = try World()
        try deposit(world)
        #expect(world.eventNames == ["deposited", "transfer"])
        #expect(try bond(world).amount == .int128(1_000))
        #expect(try world.balance(.address(world.airline)) == 1_000)
        let token = SCVal.address(world.token)
        for amount in [0, -1, 1_000_000_000_000_000_000_000_000_000_000] as [Int128] {
            let arguments = [world["owner"], Self.code, token, .int128(amount)]
            #expect(
                try world.error(world.airline, "deposit_bond", arguments, by: "owner") == "#206")
        }
        let arguments = [world["owner"], Self.code, token, .int128(5)]
        #expect(
            try world.error(world.airline, "deposit_bond", arguments, by: "bob") == unauthorized)
        let unknown = [world["owner"], Self.other, token, .int128(5)]
        #expect(try world.error(world.airline, "deposit_bond", unknown, by: "owner") == "#200")
    }

    @Test(arguments: [(-1, "#208"), (0, nil), (1, nil)] as [(Int, String?)])
    func `a bond can be withdrawn after the cooling-off period, to the second`(
        offset: Int, error: String?
    ) throws {
        let world = try World()
        try deposit(world)
        let token = SCVal.address(world.token)
        let withdrawal = [Self.code, token]
        #expect(
            try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == "#207")
        try world.call(
            world.airline, "request_bond_withdrawal", [Self.code, token, .int128(600)],
            by: "owner")
        let due = World.now + 7 * World.day
        world.world.advance(to: offset < 0 ? due - 1 : due + UInt64(offset))
        if let error {
            #expect(
                try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == error)
            return
        }
        #expect(
            try world.error(world.airline, "withdraw_bond", withdrawal, by: "bob") == unauthorized)
        let before = try world.balance(world["owner"])
        #expect(
            try world.call(world.airline, "withdraw_bond", withdrawal, by: "owner")
                == .int128(600))
        #expect(try world.balance(world["owner"]) == before + 600)
        #expect(
            try world.error(world.airline, "withdraw_bond", withdrawal, by: "owner") == "#207")
        #expect(try bond(world).amount == .int128(400))
    }

    @Test func `one cannot announce more than the bond, nor for another`() throws {
        let world = try World()
        try deposit(world)
        let token = SCVal.address(world.token)
        for amount in [0, -1, 1_001] as [Int128] {
            let arguments = [Self.code, token, SCVal.int128(amount)]
            #expect(
                try world.error(
                    world.airline, "request_bond_withdrawal", arguments, by: "owner") == "#206")
        }
        let arguments = [Self.code, token, SCVal.int128(1)]
        #expect(
            try world.error(world.airline, "request_bond_withdrawal", arguments, by: "operator")
                == unauthorized)
    }

    @Test func `nobody slashes but the Refund contract`() throws {
        let world = try World()
        try deposit(world)
        let arguments = [Self.code, .address(world.token), SCVal.int128(1), world["alice"]]
        for name in ["admin", "owner", "alice", "guardian"] {
            #expect(try world.error(world.airline, "slash", arguments, by: name) == unauthorized)
        }
    }

    /// Here a person stands in for the Refund contract: what `slash` asks is its signature.
    @Test func `slashing pays as far as the bond goes, announced or not`() throws {
        let world = try World()
        let airline = try world.world.deploy(
            ContractCode.airline.wasm, salt: 9,
            [world["admin"], .void, world["arbiter"], .u64(World.day)])
        let token = SCVal.address(world.token)
        let registration = [
            world["owner"], Self.code, .text("n"), world["owner"], SCVal.bytes(1),
        ]
        try world.call(airline, "register", registration, by: "owner")
        try world.call(
            airline, "deposit_bond", [world["owner"], Self.code, token, .int128(1_000)],
            by: "owner", below: [world.payment(1_000, from: "owner", to: airline)])
        try world.call(
            airline, "request_bond_withdrawal", [Self.code, token, .int128(900)], by: "owner")
        func slash(_ amount: Int128) -> [SCVal] {
            [Self.code, token, .int128(amount), world["treasury"]]
        }
        for amount in [0, -1] as [Int128] {
            #expect(try world.error(airline, "slash", slash(amount), by: "arbiter") == "#206")
        }
        #expect(try world.call(airline, "slash", slash(300), by: "arbiter") == .int128(300))
        #expect(world.eventNames == ["slashed", "transfer"])
        let bond = try world.call(airline, "bond", [Self.code, token])
        #expect(bond["amount"] == .int128(700))
        #expect(bond["requested"] == .int128(700))
        try world.call(airline, "pause", [world["admin"]], by: "admin")
        #expect(try world.call(airline, "slash", slash(5_000), by: "arbiter") == .int128(700))
        #expect(try world.call(airline, "slash", slash(1), by: "arbiter") == .int128(0))
        #expect(try world.balance(world["treasury"]) == 1_000)
        #expect(try world.balance(.address(airline)) == 0)
        world.world.advance(to: World.now + World.day)
        #expect(
            try world.error(airline, "withdraw_bond", [Self.code, token], by: "owner") == "#207")
    }

    @Test func `a pause takes nothing in and holds nothing back`() throws {
        let world = try World()
        try deposit(world)
        let token = SCVal.address(world.token)
        try world.call(
            world.airline, "request_bond_withdrawal", [Self.code, token, .int128(1_000)],
            by: "owner")
        #expect(
            try world.error(world.airline, "pause", [world["bob"]], by: "bob") == "#3")
        try world.call(world.airline, "pause", [world["guardian"]], by: "guardian")
        let arguments = [world["bob"], Self.other, .text("n"), world["bob"], .bytes(1)]
        #expect(try world.error(world.airline, "register", arguments, by: "bob") == "#2")
        let bond = [world["owner"], Self.code, token, SCVal.int128(1)]
        #expect(try world.error(world.airline, "deposit_bond", bond, by: "owner") == "#2")
        world.world.advance(to: World.now + 7 * World.day)
        try world.call(world.airline, "withdraw_bond", [Self.code, token], by: "owner")
        #expect(
            try world.error(world.airline, "unpause", [], by: "guardian") == unauthorized)
        try world.call(world.airline, "unpause", [], by: "admin")
        try deposit(world)
    }

    @Test func `the cooling-off period is 1 to 90 days`() throws {
        let world = try World()
        let day = World.day
        for (seconds, isGood) in [
            (day - 1, false), (day, true), (90 * day, true), (90 * day + 1, false),
        ] {
            let arguments = [world["admin"], .void, .address(world.refund), SCVal.u64(seconds)]
            let salt = UInt8(truncatingIfNeeded: 20 + seconds / day + seconds % 2)
            let isDeployed =
                (try? world.world.deploy(ContractCode.airline.wasm, salt: salt, arguments)) != nil
            #expect(isDeployed == isGood, "\(seconds)")
        }
    }

    @Test func `a keeper keeps airlines alive, at most fifty`() throws {
        let world = try World()
        try world.call(world.airline, "extend", [.list(Array(repeating: Self.code, count: 50))])
        let many = SCVal.list(Array(repeating: Self.code, count: 51))
        #expect(try world.error(world.airline, "extend", [many]) == "#210")
        #expect(try world.error(world.airline, "extend", [.list([Self.other])]) == "#200")
    }
}
