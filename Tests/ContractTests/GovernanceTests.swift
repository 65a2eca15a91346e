import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = GovernanceWorld

@Suite(.builds()) struct ProposalTests {
    @Test func `a proposal goes from pending to executed, to the second`() throws {
        let world = try World()
        #expect(try world.propose(world.feeAction()) == .u32(1))
        #expect(world.world.events.first?.topics.first == .symbol("proposed"))
        #expect(try world.state() == 0)
        world.world.advance(to: World.start)
        #expect(try world.state() == 0)
        #expect(try world.voteError(world.alice, 1) == "#704")
        world.world.advance(to: World.start + 1)
        #expect(try world.state() == 1)
        try world.vote(world.alice, 1)
        world.world.advance(to: World.end)
        #expect(try world.state() == 1)
        try world.vote(world.bob, 0)
        #expect(try world.error("queue", [.u32(1)]) == "#708")
        world.world.advance(to: World.end + 1)
        #expect(try world.voteError(world.carol, 0) == "#704")
        #expect(try world.state() == 3)
        #expect(try world.error("execute", [.u32(1)]) == "#709")
        try world.call("queue", [.u32(1)])
        #expect(try world.error("queue", [.u32(1)]) == "#708")
        #expect(try world.state() == 4)
        let executable = World.end + 1 + World.timelock
        world.world.advance(to: executable - 1)
        #expect(try world.error("execute", [.u32(1)]) == "#710")
        #expect(try world.fee() == .u32(250))
        world.world.advance(to: executable)
        try world.call("execute", [.u32(1)])
        #expect(try world.fee() == .u32(100))
        #expect(try world.state() == 6)
        #expect(try world.error("execute", [.u32(1)]) == "#709")
        let proposal = try world.call("proposal", [.u32(1)])
        #expect(proposal["support"] == .int128(600))
        #expect(proposal["against"] == .int128(300))
        #expect(proposal["executable_at"] == .u64(executable))
    }

    @Test func `what is proposed is what is kept`() throws {
        let world = try World()
        try world.propose(world.feeAction())
        #expect(try world.call("proposal_actions", [.u32(1)]) == .list([world.feeAction()]))
        let proposal = try world.call("proposal", [.u32(1)])
        #expect(proposal["proposer"] == world.alice.value)
        #expect(proposal["description_hash"] == .bytes(7))
        #expect(proposal["start"] == .u64(World.start))
        #expect(proposal["end"] == .u64(World.end))
        #expect(try world.call("settings", []) == World.settings())
        #expect(try world.call("admin", []) == .address(world.governance))
        #expect(try world.call("ballot", [.u32(1), world.alice.value]) == .void)
        for function in ["proposal", "proposal_actions", "state", "queue", "execute"] {
            #expect(try world.error(function, [.u32(2)]) == "#703")
        }
        #expect(try world.voteError(world.alice, 1, on: 2) == "#703")
        try world.call("extend", [.list(Array(repeating: .u32(1), count: 50))])
        #expect(try world.error("extend", [.list([.u32(2)])]) == "#703")
        let many = SCVal.list(Array(repeating: .u32(1), count: 51))
        #expect(try world.error("extend", [many]) == "#714")
    }

    @Test func `only who has the votes proposes, and only what can be done`() throws {
        let world = try World()
        let fee = world.feeAction()
        #expect(try world.proposalError([]) == "#700")
        #expect(try world.proposalError(Array(repeating: fee, count: 11)) == "#700")
        let unknown = World.action(world.governance, "execute", [.u32(1)])
        #expect(try world.proposalError([unknown]) == "#701")
        let twoArguments = World.action(world.governance, "pause", [.u64(1), .u64(1)])
        #expect(try world.proposalError([fee, twoArguments]) == "#701")
        #expect(try world.proposalError([fee], by: world.mallory) == "#702")
        #expect(
            try world.error(
                "propose", [world.alice.value, .list([fee]), .bytes(7)], by: world.mallory)
                == unauthorized)
        _ = try world.call(
            "propose",
            [world.carol.value, .list(Array(repeating: fee, count: 10)), .bytes(7)],
            by: world.carol)
    }

    @Test func `votes borrowed for a moment propose nothing`() throws {
        let world = try World()
        try world.world.call(
            world.token, "delegate", [world.mallory.value, world.mallory.value],
            signedBy: [world.mallory])
        try world.world.call(
            world.token, "transfer", [world.alice.value, world.mallory.value, .int128(600)],
            signedBy: [world.alice])
        #expect(try world.proposalError([world.feeAction()], by: world.mallory) == "#702")
    }

    @Test(
        arguments: [
            // Alice 600, Bob 300, Carol 100; the quorum is 400.
            ([1, nil, nil], 3), ([nil, 1, nil], 2), ([nil, 1, 1], 3), ([nil, 1, 2], 3),
            ([2, 1, nil], 3), ([0, 1, 1], 2), ([2, 2, 2], 2), ([nil, nil, nil], 2),
            ([nil, 1, 0], 2), ([2, 0, 1], 2),
        ] as [([UInt32?], UInt32)])
    func `more for than against, with the quorum, succeeds`(votes: [UInt32?], state: UInt32) throws
    {
        let world = try World()
        try world.propose(world.feeAction())
        world.world.advance(to: World.start + 1)
        for (person, support) in zip([world.alice, world.bob, world.carol], votes) {
            if let support { try world.vote(person, support) }
        }
        world.world.advance(to: World.end + 1)
        #expect(try world.state() == state)
        if state == 2 { #expect(try world.error("queue", [.u32(1)]) == "#708") }
    }

    @Test func `each votes once, with a signature, one of three ways`() throws {
        let world = try World()
        try world.propose(world.feeAction())
        world.world.advance(to: World.start + 1)
        #expect(try world.voteError(world.alice, 3) == "#705")
        #expect(
            try world.error(
                "vote", [world.alice.value, .u32(1), .u32(1)], by: world.mallory)
                == unauthorized)
        try world.vote(world.alice, 1)
        #expect(
            world.world.events.first?.data
                == .fields(["support": .u32(1), "weight": .int128(600)]))
        #expect(try world.voteError(world.alice, 1) == "#706")
        #expect(try world.voteError(world.alice, 0) == "#706")
        #expect(try world.voteError(world.mallory, 1) == "#707")
        #expect(
            try world.call("ballot", [.u32(1), world.alice.value])["support"] == .u32(1))
    }

    @Test func `tokens that were borrowed or moved after the snapshot do not vote`() throws {
        let world = try World()
        try world.propose(world.feeAction())
        world.world.advance(to: World.start + 1)
        try world.vote(world.alice, 1)
        try world.world.call(
            world.token, "delegate", [world.mallory.value, world.mallory.value],
            signedBy: [world.mallory])
        try world.world.call(
            world.token, "transfer", [world.alice.value, world.mallory.value, .int128(600)],
            signedBy: [world.alice])
        #expect(try world.voteError(world.mallory, 1) == "#707")
        world.world.advance(to: World.start + 100)
        #expect(try world.voteError(world.mallory, 1) == "#707")
        // And who sold after the snapshot still votes with what he had.
        try world.world.call(
            world.token, "transfer", [world.bob.value, world.mallory.value, .int128(300)],
            signedBy: [world.bob])
        try world.vote(world.bob, 1)
        #expect(try world.call("proposal", [.u32(1)])["support"] == .int128(900))
    }

    @Test func `what is not queued or executed in its grace period expires`() throws {
        let world = try World()
        try world.propose(world.feeAction())
        try world.propose(world.feeAction())
        world.world.advance(to: World.start + 1)
        try world.vote(world.alice, 1, on: 1)
        try world.vote(world.alice, 1, on: 2)
        world.world.advance(to: World.end + World.grace - 1)
        #expect(try world.state(2) == 3)
        try world.call("queue", [.u32(1)])
        let executable = World.end + World.grace - 1 + World.timelock
        world.world.advance(to: World.end + World.grace)
        #expect(try world.state(2) == 3)
        world.world.advance(to: World.end + World.grace + 1)
        #expect(try world.state(2) == 5)
        #expect(try world.error("queue", [.u32(2)]) == "#708")
        world.world.advance(to: executable + World.grace - 1)
        #expect(try world.state(1) == 4)
        world.world.advance(to: executable + World.grace)
        #expect(try world.state(1) == 5)
        #expect(try world.error("execute", [.u32(1)]) == "#709")
        #expect(
            try world.error("cancel", [world.alice.value, .u32(1)], by: world.alice) == "#711")
    }

    @Test func `its proposer withdraws a proposal, others once he lacks the votes`() throws {
        let world = try World()
        for _ in 0..<2 { try world.propose(world.feeAction(), by: world.carol) }
        let bob = world.bob
        #expect(try world.error("cancel", [bob.value, .u32(1)], by: bob) == "#3")
        #expect(
            try world.error("cancel", [world.carol.value, .u32(1)], by: bob) == unauthorized)
        try world.call("cancel", [world.carol.value, .u32(1)], by: world.carol)
        #expect(try world.state(1) == 7)
        #expect(
            try world.error("cancel", [world.carol.value, .u32(1)], by: world.carol) == "#711")
        #expect(try world.error("cancel", [bob.value, .u32(3)], by: bob) == "#703")

        try world.world.call(
            world.token, "transfer", [world.carol.value, bob.value, .int128(1)],
            signedBy: [world.carol])
        #expect(try world.error("cancel", [bob.value, .u32(2)], by: bob) == "#3")
        world.world.advance(to: World.now + 5)
        try world.call("cancel", [bob.value, .u32(2)], by: bob)
        world.world.advance(to: World.start + 1)
        #expect(try world.voteError(world.alice, 1, on: 2) == "#704")
    }

    @Test func `a queued proposal can still be withdrawn`() throws {
        let world = try World()
        try world.pass(world.feeAction())
        try world.call("cancel", [world.alice.value, .u32(1)], by: world.alice)
        #expect(try world.error("execute", [.u32(1)]) == "#709")
        #expect(try world.fee() == .u32(250))
    }
}
