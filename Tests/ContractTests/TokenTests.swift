import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"

@Suite(.builds()) struct TokenTests {
    @Test func `the constructor gives the holders what is theirs and says so`() throws {
        let world = try TokenWorld()
        #expect(try world.balance(world.alice) == 1_000)
        #expect(try world.balance(world.bob) == 0)
        #expect(try world.call("total_supply", []).int128 == 1_000)
        #expect(try world.call("cap", []).int128 == TokenWorld.cap)
        #expect(try world.call("decimals", []) == .u32(7))
        #expect(try world.call("name", []) == .text("Test dollar"))
        #expect(try world.call("symbol", []) == .text("USDT"))
        #expect(try world.call("admin", []) == world.admin.value)
    }

    @Test func `a transfer moves the amount and tells of it`() throws {
        let world = try TokenWorld()
        try world.call(
            "transfer", [world.alice.value, world.bob.value, .int128(300)], by: world.alice)
        #expect(
            try world.event() == [
                .symbol("transfer"), world.alice.value, world.bob.value, .int128(300),
            ])
        #expect(try world.balance(world.alice) == 700)
        #expect(try world.balance(world.bob) == 300)
    }

    @Test func `a transfer to a customer of the receiver names the customer`() throws {
        let world = try TokenWorld()
        let muxed = SCVal.address(
            .muxedAccount(MuxedEd25519Account(id: 42, ed25519: world.bob.key.publicKey)))
        try world.call("transfer", [world.alice.value, muxed, .int128(300)], by: world.alice)
        #expect(
            try world.event() == [
                .symbol("transfer"), world.alice.value, world.bob.value,
                .fields(["amount": .int128(300), "to_muxed_id": .u64(42)]),
            ])
        #expect(try world.balance(world.bob) == 300)
    }

    @Test func `a transfer to oneself changes nothing`() throws {
        let world = try TokenWorld()
        try world.call(
            "transfer", [world.alice.value, world.alice.value, .int128(1_000)], by: world.alice)
        #expect(try world.balance(world.alice) == 1_000)
    }

    @Test(arguments: [(1_001, "#103"), (0, "#100"), (-1, "#100")] as [(Int64, String)])
    func `a transfer of too much, or of nothing, fails`(amount: Int64, error: String) throws {
        let world = try TokenWorld()
        let amount = SCVal.int128(Int128(amount))
        #expect(
            try world.error(
                "transfer", [world.alice.value, world.bob.value, amount], by: world.alice) == error)
        #expect(try world.error("burn", [world.alice.value, amount], by: world.alice) == error)
        #expect(try world.balance(world.alice) == 1_000)
    }

    @Test func `who has not signed moves nothing`() throws {
        let world = try TokenWorld()
        let (alice, bob) = (world.alice.value, world.bob.value)
        #expect(
            try world.error("transfer", [alice, bob, .int128(1)], by: world.bob) == unauthorized)
        #expect(try world.error("burn", [alice, .int128(1)], by: world.bob) == unauthorized)
        #expect(try world.error("mint", [bob, .int128(1)], by: world.bob) == unauthorized)
        #expect(try world.error("propose_admin", [bob], by: world.bob) == unauthorized)
        #expect(
            try world.error("approve", world.approve(1, until: 2_000), by: world.bob)
                == unauthorized)
        try world.call("approve", world.approve(10, until: 2_000), by: world.alice)
        #expect(
            try world.error("transfer_from", [bob, alice, bob, .int128(1)], by: world.alice)
                == unauthorized)
        #expect(
            try world.error("burn_from", [bob, alice, .int128(1)], by: world.alice) == unauthorized)
    }

    @Test func `an allowance is spent, and its rest stays`() throws {
        let world = try TokenWorld()
        try world.call("approve", world.approve(500, until: 2_000), by: world.alice)
        #expect(
            try world.event() == [
                .symbol("approve"), world.alice.value, world.bob.value,
                .list([.int128(500), .u32(2_000)]),
            ])
        let (alice, bob) = (world.alice.value, world.bob.value)
        try world.call("transfer_from", [bob, alice, bob, .int128(200)], by: world.bob)
        func spent(_ rest: Int128) -> [SCVal] {
            [.symbol("approve"), alice, bob, .list([.int128(rest), .u32(2_000)])]
        }
        #expect(world.events == [spent(300), [.symbol("transfer"), alice, bob, .int128(200)]])
        try world.call("burn_from", [bob, alice, .int128(100)], by: world.bob)
        #expect(world.events == [spent(200), [.symbol("burn"), alice, .int128(100)]])
        #expect(try world.call("allowance", [alice, bob]).int128 == 200)
        #expect(try world.call("total_supply", []).int128 == 900)
        #expect(
            try world.error("transfer_from", [bob, alice, bob, .int128(201)], by: world.bob)
                == "#102")
        #expect(
            try world.error("burn_from", [bob, alice, .int128(201)], by: world.bob) == "#102")
        #expect(
            try world.error("transfer_from", [bob, alice, bob, .int128(0)], by: world.bob)
                == "#100")
    }

    @Test func `more than is there cannot be taken, whatever is allowed`() throws {
        let world = try TokenWorld()
        try world.call("approve", world.approve(5_000, until: 2_000), by: world.alice)
        #expect(
            try world.error(
                "transfer_from",
                [world.bob.value, world.alice.value, world.bob.value, .int128(1_001)],
                by: world.bob) == "#103")
    }

    @Test(arguments: [(-1, 10), (0, 10), (1, 0)] as [(Int64, Int64)])
    func `an allowance ends with its ledger`(offset: Int64, left: Int64) throws {
        let world = try TokenWorld()
        try world.call("approve", world.approve(10, until: 2_000), by: world.alice)
        world.world.ledger.sequence = UInt32(2_000 + offset)
        #expect(
            try world.call("allowance", [world.alice.value, world.bob.value]).int128
                == Int128(left))
    }

    @Test func `an allowance that was set shorter ends earlier`() throws {
        let world = try TokenWorld()
        try world.call("approve", world.approve(10, until: 50_000), by: world.alice)
        try world.call("approve", world.approve(10, until: 2_000), by: world.alice)
        world.world.ledger.sequence = 2_001
        #expect(try world.call("allowance", [world.alice.value, world.bob.value]).int128 == 0)
    }

    @Test func `an allowance neither begins in the past nor outlives what the network keeps`()
        throws
    {
        let world = try TokenWorld()
        let now = world.world.ledger.sequence
        let last = now + world.world.ledger.maxEntryTTL - 1
        let alice = world.alice
        #expect(try world.error("approve", world.approve(1, until: now - 1), by: alice) == "#101")
        #expect(try world.error("approve", world.approve(1, until: last + 1), by: alice) == "#101")
        #expect(try world.error("approve", world.approve(-1, until: now), by: alice) == "#100")
        try world.call("approve", world.approve(1, until: last), by: alice)
        try world.call("approve", world.approve(0, until: now - 1), by: alice)
        #expect(try world.call("allowance", [alice.value, world.bob.value]).int128 == 0)
    }

    @Test(arguments: [(-1, nil), (0, nil), (1, "#104")] as [(Int64, String?)])
    func `minting ends at the cap`(offset: Int64, error: String?) throws {
        let world = try TokenWorld()
        let amount = SCVal.int128(TokenWorld.cap - 1_000 + Int128(offset))
        if let error {
            #expect(
                try world.error("mint", [world.bob.value, amount], by: world.admin) == error)
        } else {
            try world.call("mint", [world.bob.value, amount], by: world.admin)
            #expect(try world.event() == [.symbol("mint"), world.bob.value, amount])
            #expect(
                try world.call("total_supply", []).int128 == TokenWorld.cap + Int128(offset))
        }
        #expect(
            try world.error("mint", [world.bob.value, .int128(0)], by: world.admin) == "#100")
    }

    @Test func `the administration changes in two steps`() throws {
        let world = try TokenWorld()
        #expect(try world.error("accept_admin", [], by: world.bob) == "#1")
        try world.call("propose_admin", [world.bob.value], by: world.admin)
        #expect(try world.call("admin", []) == world.admin.value)
        #expect(try world.error("accept_admin", [], by: world.alice) == unauthorized)
        try world.call("accept_admin", [], by: world.bob)
        #expect(try world.call("admin", []) == world.bob.value)
        #expect(try world.error("accept_admin", [], by: world.bob) == "#1")
        #expect(
            try world.error("mint", [world.bob.value, .int128(1)], by: world.admin)
                == unauthorized)
        try world.call("mint", [world.bob.value, .int128(1)], by: world.bob)
    }

    @Test func `a constructor with impossible parameters deploys nothing`() throws {
        let world = try TokenWorld()
        let (admin, alice) = (world.admin, world.alice)
        let many = Array(repeating: TokenWorld.holder(alice, 1), count: 21)
        let wrong = [
            TokenWorld.constructor(admin, cap: 0, holders: []),
            TokenWorld.constructor(admin, decimals: 19, holders: []),
            TokenWorld.constructor(admin, holders: many),
            TokenWorld.constructor(admin, cap: 9, holders: [TokenWorld.holder(alice, 10)]),
            TokenWorld.constructor(admin, holders: [TokenWorld.holder(alice, -1)]),
        ]
        for arguments in wrong {
            #expect(throws: (any Error).self) {
                try world.world.deploy(ContractCode.token.wasm, salt: 9, arguments)
            }
        }
        _ = try world.world.deploy(
            ContractCode.token.wasm, salt: 9,
            TokenWorld.constructor(admin, decimals: 18, holders: Array(many.prefix(20))))
    }

    @Test func `large amounts stay exact`() throws {
        let world = try TokenWorld()
        let large = Int128.max / 3
        let token = try world.world.deploy(
            ContractCode.token.wasm, salt: 2,
            TokenWorld.constructor(
                world.admin, cap: .max, holders: [TokenWorld.holder(world.alice, large)]))
        let mint: [SCVal] = [world.bob.value, .int128(.max - large)]
        try world.world.call(token, "mint", mint, signedBy: [world.admin])
        #expect(
            try world.world.call(token, "total_supply", []).int128 == Int128.max)
        #expect(
            try world.world.error(
                token, "mint", [world.bob.value, .int128(1)], signedBy: [world.admin]) == "#104")
        #expect(
            try world.world.error(
                token, "mint", [world.bob.value, .int128(.max)], signedBy: [world.admin])
                == "#104")
    }
}
