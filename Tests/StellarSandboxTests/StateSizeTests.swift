import HTTP
import SorobanHost
import StellarXDR
import Testing

@testable import StellarSandbox

/// What follows from how much there is: lives that end, the size of the state, rent.
struct StateSizeTests {
    private static let owner = Hash(fitting: [UInt8](repeating: 3, count: 32))

    private static func data(
        _ name: SCVal, _ durability: ContractDataDurability, byteCount: Int = 0
    ) -> ContractDataEntry {
        ContractDataEntry(
            contract: .contract(owner), key: name, durability: durability,
            val: .bytes(SCBytes([UInt8](repeating: 1, count: byteCount))))
    }

    @Test func `temporary entries go when their lives end, and the ledger says which`()
        async throws
    {
        let network = try await TestNetwork()
        let chain = network.sandbox.chain
        let keys = try await chain.write(
            (0..<5).map { (Self.data(.u32($0), .temporary), 3) }
                + [(Self.data(.u32(9), .temporary), 4), (Self.data(.u32(9), .persistent), 3)])
        try await network.sandbox.advance(ledgers: 2)
        let before = await chain.state
        #expect(keys.count { before[$0] != nil } == 7)
        try await network.sandbox.advance(ledgers: 1)
        let fourth = try await chain.latest
        #expect(fourth.sequence == 4)
        #expect(fourth.evictedKeys == (try Array(keys[0..<5]).sortedByEncoding()))
        guard case .v2(let meta) = fourth.closeMeta else { return #expect(Bool(false)) }
        #expect(meta.evictedKeys.count == 5)
        try await network.sandbox.advance(ledgers: 1)
        #expect(try await chain.latest.evictedKeys == [keys[5]])
        #expect(await chain.state[keys[6]] != nil, "what is persistent is archived")
    }

    @Test func `a life that was extended does not end when it would have`() async throws {
        let network = try await TestNetwork()
        let chain = network.sandbox.chain
        let key = try await chain.write([(Self.data(.void, .temporary), 3)])[0]
        _ = try await chain.write([(Self.data(.void, .temporary), 6)])
        try await network.sandbox.advance(ledgers: 4)
        #expect(await chain.state[key] != nil)
        try await network.sandbox.advance(ledgers: 2)
        #expect(await chain.state[key] == nil)
    }

    @Test func `not more entries go in a ledger than the settings allow`() async throws {
        var state = LedgerState()
        for number in 0..<10 {
            state.put(
                StoredEntry(
                    .contractData(Self.data(.u32(UInt32(number)), .temporary)),
                    liveUntil: UInt32(number / 4 + 1)),
                at: .of(Self.data(.u32(UInt32(number)), .temporary)))
        }
        state.sequence = 4
        #expect(try state.evict(countMax: 3).count == 3)
        #expect(try state.evict(countMax: 3).count == 3)
        #expect(try state.evict(countMax: 30).count == 4)
        #expect(try state.evict(countMax: 30).isEmpty)
        #expect(state.count == 0)
    }

    @Test func `the size of contract data is sampled, and rent follows the mean`() async throws {
        let network = try await TestNetwork()
        let chain = network.sandbox.chain
        let big = Self.data(.u32(1), .persistent, byteCount: 60_000)
        _ = try await chain.write([(big, 1_000)])
        let byteCount = try LedgerEntry(lastModifiedLedgerSeq: 0, data: .contractData(big)).xdr()
            .count
        #expect(await chain.state.sorobanByteCount == Int64(byteCount))
        try await network.sandbox.advance(ledgers: 130)
        guard
            case .configSetting(.liveSorobanStateSizeWindow(let window))? =
                await chain.state[.setting(.liveSorobanStateSizeWindow)]?.entry.data
        else { return #expect(Bool(false)) }
        // Thirty samples, one each 64 ledgers: two so far.
        #expect(window.count == 30)
        #expect(window.suffix(3) == [0, UInt64(byteCount), UInt64(byteCount)])
        let mean = Int64(2 * byteCount / 30)
        #expect(try await chain.nextContext().stateByteCount == mean)
        guard case .v2(let meta) = try await chain.latest.closeMeta else { return }
        #expect(meta.totalByteSizeOfLiveSorobanState == UInt64(mean))
    }

    /// `low + (high − low) · size / target` up to the target, from there on steeper, never less
    /// than 1,000; with the public network's −17,000, 10,000, 4 GB and 5,000.
    @Test(arguments: [
        (0, 1_000), (2_666_666_667, 1_001), (3_000_000_000, 3_250), (4_000_000_000, 10_000),
        (4_400_000_000, 13_510_000), (4_000_000_000_000, 134_865_010_000),
    ])
    func `rent of a kilobyte for a ledger follows the size of the state`(
        byteCount: Int64, feePerKilobyte: Int64
    ) {
        var context = LedgerContext(
            networkID: .zero, protocolVersion: 27, sequence: 10, closeTime: 0, baseFee: 100,
            baseReserve: 5_000_000, settings: .mainnet, nativeContract: .zero)
        context.stateByteCount = byteCount
        context.settings.archival.persistentRentRateDenominator = 1
        context.settings.ledgerCost.feeWriteLedgerEntry = 0
        context.settings.ledgerCostExtension.feeWrite1KB = 0
        let change = EntryRent(
            isPersistent: true, isCode: false, oldByteCount: 1_024, newByteCount: 1_024,
            oldLiveUntil: 10, newLiveUntil: 11)
        #expect(SorobanFees(context).rent([change]) == feePerKilobyte)
    }

    @Test func `a state of any size has a fee`() {
        var context = LedgerContext(
            networkID: .zero, protocolVersion: 27, sequence: 10, closeTime: 0, baseFee: 100,
            baseReserve: 5_000_000, settings: .mainnet, nativeContract: .zero)
        context.stateByteCount = .max
        let change = EntryRent(
            isPersistent: true, isCode: true, oldByteCount: 0, newByteCount: 1 << 40,
            oldLiveUntil: 0, newLiveUntil: .max)
        #expect(SorobanFees(context).rent([change, change]) > 0)
    }

    @Test func `the longest life at first is the longest that there is`() async throws {
        let network = try await TestNetwork { $0.persistentLedgersMin = .max }
        let contract = StrKey.encode(.contract(Hash(fitting: [UInt8](repeating: 9, count: 32))))
        #expect(try await network.friendbot(contract).status == .ok)
    }

    @Test func `an account's trust lines and data are found, and only its own`() throws {
        var state = LedgerState()
        let (anna, ben) = (try TestAccount().id, try TestAccount().id)
        let asset = TrustWorld.asset("USD", of: try TestAccount())
        for id in [anna, ben] {
            state.put(
                TrustLineEntry(
                    accountID: id, asset: asset.line, balance: 1, limit: 2, flags: 1))
        }
        let data = DataEntry(
            accountID: anna, dataName: "config.memo_required", dataValue: DataValue(Array("1".utf8))
        )
        state.put(
            .data(data),
            at: .data(LedgerKeyData(accountID: anna, dataName: data.dataName)))
        #expect(try state.possessions(of: anna).count == 2)
        let savepoint = state.savepoint
        state.remove(.trustLine(anna, asset))
        #expect(try state.possessions(of: anna).map(\.entry.data) == [.data(data)])
        state.rollBack(to: savepoint)
        #expect(try state.possessions(of: anna).count == 2)
        #expect(try state.possessions(of: ben).count == 1)
    }
}

extension Chain {
    /// Writes contract data with the last ledgers of their lives.
    fileprivate func write(_ entries: [(ContractDataEntry, UInt32)]) throws -> [LedgerKey] {
        for (data, liveUntil) in entries {
            state.put(
                StoredEntry(.contractData(data), liveUntil: liveUntil), at: .of(data))
        }
        try state.settle(state.unsettledChanges, costs: costs)
        return entries.map { LedgerKey.of($0.0) }
    }
}

extension LedgerKey {
    fileprivate static func of(_ data: ContractDataEntry) -> LedgerKey {
        .contractData(
            LedgerKeyContractData(
                contract: data.contract, key: data.key, durability: data.durability))
    }
}
