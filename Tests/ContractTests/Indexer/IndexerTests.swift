import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// Who only reads events knows all that the contracts keep.
@Suite(.builds()) struct IndexerTests {
    /// Rebuilds the state of all contracts from the events alone, and compares it with the ledger.
    private func expectKnown(_ world: ContractWorld, _ comment: Comment? = nil) throws {
        var indexes: [SCAddress: ContractIndex] = [:]
        for (address, code) in world.contracts {
            indexes[address] = ContractIndex(code, at: address)
        }
        for event in world.history { try indexes[event.contract]?.apply(event) }
        for (address, index) in indexes {
            var found: [SCVal: SCVal] = [:]
            for stored in world.snapshot.entries.values {
                guard case .contractData(let data) = stored.entry.data, data.contract == address,
                    data.durability == .persistent, data.key != .ledgerKeyContractInstance
                else { continue }
                found[data.key] = data.val
            }
            for key in Set(found.keys).union(index.entries.keys)
            where found[key] != index.entries[key] {
                Issue.record(
                    "\(index.code) \(key): \(found[key] as SCVal?), not \(index.entries[key] as SCVal?)"
                )
            }
            let constants = ContractIndex.constants[index.code, default: []]
            for entry in try world.instance(of: address) {
                guard case .symbol(let name) = entry.key, !constants.contains(name) else {
                    continue
                }
                #expect(entry.val == index.instance[name], "\(index.code) \(name)")
            }
        }
    }

    @Test func `each function's change of state is told by its events`() throws {
        let list = WorldList()
        try ContractWorld.$visitor.withValue(list) { try CostScenario().run() }
        #expect(list.worlds.flatMap(\.history).count > 100)
        for world in list.worlds { try expectKnown(world) }
    }

    @Test(arguments: [false, true])
    func `whatever happens in whatever order, events tell all of it`(isIssued: Bool) throws {
        let run = try PlatformRun(isIssued: isIssued)
        for seed in 0..<20 as Range<UInt64> {
            var random = Seed(1_000_000 + seed)
            _ = try run.run(using: &random, count: 50)
            try expectKnown(run.platform.world, "seed \(seed)")
        }
    }

    @Test func `points that are earned, spent, revoked and expired are told`() throws {
        let world = try LoyaltyWorld()
        try world.fund(100_000)
        try world.accrue(1, 1_500)
        world.pass(months: 1)
        try world.accrue(2, 700)
        try world.call("redeem", [world.alice.value, .int128(1_800)], by: world.alice)
        try world.revoke(1, 3_333)
        try world.revoke(2, 10_000)
        try expectKnown(world.world)
        try world.accrue(3, 5_000)
        world.pass(months: 13)
        try world.accrue(4, 1)
        try world.revoke(3, 1)
        try expectKnown(world.world)
    }

    @Test func `what oracles and owners say is told`() throws {
        let world = try PlatformWorld.ticketed()
        try world.call(
            world.airline, "propose_owner", [PlatformWorld.code, world["bob"]], by: "owner")
        try world.call(world.airline, "suspend", [PlatformWorld.code, .symbol("why")], by: "admin")
        world.world.advance(to: PlatformWorld.arrives + PlatformWorld.day)
        try world.report(3, at: PlatformWorld.arrives, by: "oracle1")
        try world.report(3, at: PlatformWorld.arrives + 60, by: "operator")
        try world.report(5, at: PlatformWorld.arrives, by: "oracle2")
        try expectKnown(world.world)
        try world.report(3, at: PlatformWorld.arrives, by: "oracle2")
        try expectKnown(world.world)
    }
}
