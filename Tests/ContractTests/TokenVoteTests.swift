import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private let start = ContractWorld.start

extension TokenWorld {
    func delegate(_ account: Person, to delegatee: Person) throws {
        try call("delegate", [account.value, delegatee.value], by: account)
    }

    func votes(_ person: Person) throws -> Int128? { try call("votes", [person.value]).int128 }

    func pastVotes(_ person: Person, _ time: UInt64) throws -> Int128? {
        try call("past_votes", [person.value, .u64(time)]).int128
    }

    func pay(_ from: Person, _ to: Person, _ amount: Int128) throws {
        try call("transfer", [from.value, to.value, .int128(amount)], by: from)
    }
}

@Suite(.builds()) struct TokenVoteTests {
    @Test func `tokens vote once their holder says by whom`() throws {
        let world = try TokenWorld()
        #expect(try world.votes(world.alice) == 0)
        #expect(try world.call("delegate_of", [world.alice.value]) == .void)
        try world.delegate(world.alice, to: world.bob)
        #expect(
            try world.event()
                == [.symbol("delegate"), world.alice.value, world.bob.value, .void])
        #expect(try world.votes(world.bob) == 1_000)
        #expect(try world.votes(world.alice) == 0)
        #expect(try world.call("delegate_of", [world.alice.value]) == world.bob.value)
        #expect(try world.balance(world.alice) == 1_000)
        try world.delegate(world.alice, to: world.alice)
        #expect(try world.votes(world.bob) == 0)
        #expect(try world.votes(world.alice) == 1_000)
        try world.delegate(world.alice, to: world.alice)
        #expect(try world.votes(world.alice) == 1_000)
    }

    @Test func `nobody delegates what is another's`() throws {
        let world = try TokenWorld()
        let arguments = [world.alice.value, world.bob.value]
        #expect(try world.error("delegate", arguments, by: world.bob) == unauthorized)
        #expect(try world.error("delegate", arguments) == unauthorized)
        #expect(try world.votes(world.bob) == 0)
    }

    @Test func `every way to move tokens moves votes`() throws {
        let world = try TokenWorld()
        let (alice, bob) = (world.alice, world.bob)
        try world.delegate(alice, to: alice)
        try world.delegate(bob, to: bob)
        try world.pay(alice, bob, 100)
        #expect(try world.votes(alice) == 900)
        #expect(try world.votes(bob) == 100)
        let muxed = SCVal.address(
            .muxedAccount(MuxedEd25519Account(id: 42, ed25519: bob.key.publicKey)))
        try world.call("transfer", [alice.value, muxed, .int128(100)], by: alice)
        #expect(try world.votes(bob) == 200)
        try world.call("approve", world.approve(500, until: 2_000), by: alice)
        try world.call(
            "transfer_from", [bob.value, alice.value, bob.value, .int128(100)], by: bob)
        #expect(try world.votes(alice) == 700)
        #expect(try world.votes(bob) == 300)
        try world.call("burn_from", [bob.value, alice.value, .int128(100)], by: bob)
        #expect(try world.votes(alice) == 600)
        try world.call("burn", [alice.value, .int128(50)], by: alice)
        #expect(try world.votes(alice) == 550)
        try world.call("mint", [alice.value, .int128(25)], by: world.admin)
        #expect(try world.votes(alice) == 575)
        // To oneself: nothing changes.
        try world.pay(alice, alice, 100)
        #expect(try world.votes(alice) == 575)
        #expect(try world.balance(alice) == 575)
        #expect(try world.votes(bob) == 300)
        // To somebody who votes by nobody.
        try world.pay(alice, world.admin, 75)
        #expect(try world.votes(alice) == 500)
    }

    @Test func `what was is found to the second`() throws {
        let world = try TokenWorld()
        let (alice, bob) = (world.alice, world.bob)
        world.world.advance(to: start + 10)
        try world.delegate(alice, to: alice)
        world.world.advance(to: start + 20)
        // Two changes in one second are one.
        try world.pay(alice, bob, 300)
        try world.pay(alice, bob, 100)
        world.world.advance(to: start + 30)
        try world.pay(alice, bob, 100)
        world.world.advance(to: start + 40)
        let expected: [(UInt64, Int128)] = [
            (0, 0), (9, 0), (10, 1_000), (11, 1_000), (19, 1_000), (20, 600), (29, 600), (30, 500),
            (39, 500),
        ]
        for (offset, votes) in expected {
            #expect(try world.pastVotes(alice, start + offset) == votes, "\(offset)")
        }
        #expect(try world.pastVotes(alice, 0) == 0)
        #expect(try world.pastVotes(bob, start) == 0)
        for time in [start + 40, start + 41, UInt64.max] {
            #expect(try world.error("past_votes", [alice.value, .u64(time)]) == "#106")
            #expect(try world.error("past_total_supply", [.u64(time)]) == "#106")
        }
    }

    @Test func `the supply of the past is kept too`() throws {
        let world = try TokenWorld()
        world.world.advance(to: start + 10)
        try world.call("mint", [world.bob.value, .int128(500)], by: world.admin)
        world.world.advance(to: start + 20)
        try world.call("burn", [world.alice.value, .int128(200)], by: world.alice)
        world.world.advance(to: start + 30)
        let expected: [(UInt64, Int128)] = [
            (start - 1, 0), (start, 1_000), (start + 9, 1_000), (start + 10, 1_500),
            (start + 19, 1_500), (start + 20, 1_300), (start + 29, 1_300),
        ]
        for (time, supply) in expected {
            #expect(try world.call("past_total_supply", [.u64(time)]).int128 == supply)
        }
        #expect(try world.call("total_supply", []).int128 == 1_300)
    }

    @Test func `a pause stops minting alone`() throws {
        let world = try TokenWorld()
        let mint: [SCVal] = [world.bob.value, .int128(1)]
        #expect(try world.error("pause", [world.bob.value], by: world.bob) == "#3")
        try world.call("pause", [world.admin.value], by: world.admin)
        #expect(try world.error("mint", mint, by: world.admin) == "#2")
        try world.pay(world.alice, world.bob, 1)
        try world.call("burn", [world.alice.value, .int128(1)], by: world.alice)
        #expect(try world.error("unpause", [], by: world.bob) == unauthorized)
        try world.call("unpause", [], by: world.admin)
        try world.call("mint", mint, by: world.admin)
    }

    @Test func `only the admin upgrades, and migrates nothing twice`() throws {
        let world = try TokenWorld()
        #expect(try world.call("version", []) == .u32(1))
        #expect(try world.error("upgrade", [.bytes(1)], by: world.bob) == unauthorized)
        #expect(try world.error("migrate", [], by: world.bob) == unauthorized)
        #expect(try world.error("migrate", [], by: world.admin) == "#4")
    }

    /// Σ votes = Σ balances of those who delegate, now and at each second past.
    @Test(arguments: 0..<6)
    func `whoever moves what, the votes add up`(seed: UInt64) throws {
        let world = try TokenWorld()
        var random = Seed(seed)
        let people = [world.alice, world.bob, world.admin]
        var delegates: [Int: Int] = [:]
        var history: [(UInt64, [Int128])] = []
        for _ in 0..<50 {
            let who = random.index(3)
            let other = random.index(3)
            let amount = Int128(random.index(400))
            switch random.index(6) {
            case 0:
                try world.delegate(people[who], to: people[other])
                delegates[who] = other
            case 1, 2: _ = try? world.pay(people[who], people[other], amount)
            case 3:
                _ = try? world.call(
                    "burn", [people[who].value, .int128(amount)], by: people[who])
            case 4:
                _ = try? world.call(
                    "mint", [people[who].value, .int128(amount)], by: world.admin)
            default: world.world.advance(to: world.world.ledger.timestamp + 1)
            }
            let balances = try people.map { try world.balance($0) ?? 0 }
            var expected: [Int128] = [0, 0, 0]
            for (from, to) in delegates { expected[to] += balances[from] }
            #expect(try people.map { try world.votes($0) ?? 0 } == expected)
            let supply = try world.call("total_supply", []).int128
            #expect(balances.reduce(0, +) == supply)
            let now = world.world.ledger.timestamp
            if history.last?.0 == now { history.removeLast() }
            history.append((now, expected + [supply ?? 0]))
        }
        world.world.advance(to: world.world.ledger.timestamp + 1)
        for (time, expected) in history {
            let votes = try people.map { try world.pastVotes($0, time) ?? 0 }
            #expect(votes == Array(expected.prefix(3)), "at \(time)")
            #expect(
                try world.call("past_total_supply", [.u64(time)]).int128 == expected[3])
        }
    }
}
