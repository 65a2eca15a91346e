import StellarXDR
import Testing

@testable import StellarSandbox

/// What fits into a ledger, and what it costs if not all does.
@Suite struct LedgerRoomTests {
    /// A transaction of an account of that number, which bids so much an operation.
    private func frame(
        _ account: UInt8, bid: UInt32, operations: Int = 1, data: SorobanTransactionData? = nil
    ) throws -> TransactionFrame {
        let source = MuxedAccount.ed25519(
            Uint256(fitting: [UInt8](repeating: account, count: 32)))
        let body: OperationBody =
            data == nil
            ? .payment(PaymentOp(destination: source, asset: .native, amount: 1))
            : .extendFootprintTtl(ExtendFootprintTTLOp(ext: .v0, extendTo: 1))
        let fee = bid * UInt32(operations) + UInt32(data?.resourceFee ?? 0)
        let transaction = Transaction(
            sourceAccount: source, fee: fee, seqNum: 1, cond: .none, memo: .none,
            operations: Array(
                repeating: Operation(sourceAccount: nil, body: body), count: operations),
            ext: data.map { .v1($0) } ?? .v0)
        return try TransactionFrame(
            .tx(TransactionV1Envelope(tx: transaction, signatures: [])), networkID: .zero)
    }

    private func data(
        instructions: UInt32 = 0, read: UInt32 = 0, write: UInt32 = 0, reads: [UInt8] = [],
        writes: [UInt8] = []
    ) -> SorobanTransactionData {
        func key(_ number: UInt8) -> LedgerKey {
            .contractCode(
                LedgerKeyContractCode(hash: Hash(fitting: [UInt8](repeating: number, count: 32))))
        }
        return SorobanTransactionData(
            ext: .v0,
            resources: SorobanResources(
                footprint: LedgerFootprint(
                    readOnly: reads.map(key), readWrite: writes.map(key)),
                instructions: instructions, diskReadBytes: read, writeBytes: write),
            resourceFee: 5_000)
    }

    /// What is taken of four transactions of 400 instructions each, of at most 1,000 in each of two
    /// clusters, that read and write these entries.
    private func taken(
        _ footprints: [(reads: [UInt8], writes: [UInt8])], clustersMax: UInt32 = 2
    ) throws -> [[Int]] {
        var settings = NetworkSettings.mainnet
        settings.compute.ledgerMaxInstructions = 1_000
        settings.parallelCompute.ledgerMaxDependentTxClusters = clustersMax
        var queue = TransactionQueue()
        let frames = try footprints.enumerated().map { index, keys in
            try frame(
                UInt8(index + 1), bid: 100 * UInt32(footprints.count - index),
                data: data(instructions: 400, reads: keys.reads, writes: keys.writes))
        }
        for frame in frames { queue.add(frame) }
        let selection = queue.take(into: LedgerRoom(settings, operationsMax: 0), baseFee: 100)
        let set = ClosedLedger.transactionSet(
            selection.frames, previous: .zero, fees: selection.fees,
            clusterSizes: selection.clusterSizes)
        guard case .v1(let set) = set, case .v1(let phase)? = set.phases.last else { return [] }
        let envelopes = frames.map(\.envelope)
        #expect(phase.executionStages.count == 1)
        let order = phase.executionStages.joined().joined()
        #expect(order.elementsEqual(selection.frames.map(\.envelope)))
        return phase.executionStages.joined().map { $0.compactMap(envelopes.firstIndex) }
    }

    @Test func `what depends on nothing else has room in another cluster`() throws {
        let apart = try taken([([], [1]), ([9], [2]), ([9], [3]), ([], [4])])
        #expect(apart == [[0, 1], [2, 3]])
        #expect(try taken([([], [1]), ([], [2])]) == [[0, 1]])
        #expect(try taken([([], [1]), ([], [2]), ([], [3])], clustersMax: 1) == [[0, 1]])
    }

    @Test func `what depends on each other is of one cluster, whose limit holds`() throws {
        // The first and the third write the same; the fourth writes what the first reads.
        #expect(try taken([([7], [1]), ([], [2]), ([], [1]), ([], [7])]) == [[0, 2], [1]])
        // A transaction between two groups makes them one.
        #expect(try taken([([], [1]), ([], [2]), ([], [1, 2])]) == [[0, 1]])
        // Reading the same is no dependence.
        let readers = try taken([([8], [1]), ([8], [2]), ([8], [3])])
        #expect(readers == [[0, 1], [2]] || readers == [[0], [1, 2]])
    }

    @Test func `all that fits is taken in the order in which it came, contracts' last`() throws {
        var queue = TransactionQueue()
        let frames = try [
            frame(1, bid: 100, data: data()), frame(2, bid: 100), frame(3, bid: 900),
        ]
        for frame in frames { queue.add(frame) }
        let taken = queue.take(into: LedgerRoom(.mainnet, operationsMax: 2), baseFee: 100)
        #expect(taken.frames == [frames[1], frames[2], frames[0]])
        #expect(taken.fees == InclusionFees(classic: 100, soroban: 100))
        #expect(queue.count == 0)
    }

    @Test func `those that bid most are taken, and pay the least of their bids`() throws {
        var queue = TransactionQueue()
        let frames = try [
            frame(1, bid: 150, operations: 2), frame(2, bid: 100), frame(3, bid: 300),
            frame(4, bid: 150), frame(5, bid: 120, data: data()),
        ]
        for frame in frames { queue.add(frame) }
        let room = LedgerRoom(.mainnet, operationsMax: 3)
        let taken = queue.take(into: room, baseFee: 100)
        // Of the two that bid 150 the first came first and just fits.
        #expect(taken.frames == [frames[0], frames[2], frames[4]])
        #expect(taken.fees == InclusionFees(classic: 150, soroban: 100))
        #expect(taken.fees.fee(of: frames[2]) == 150 && taken.fees.fee(of: frames[4]) == 100)
        #expect(queue.count == 2 && queue.contains(frames[1].hash))
        let next = queue.take(into: room, baseFee: 100)
        #expect(next.frames == [frames[1], frames[3]])
        #expect(next.fees == InclusionFees(classic: 100, soroban: 100))
    }

    @Test(arguments: [
        "count", "instructions", "size", "disk bytes", "write bytes",
    ])
    func `each limit of a ledger holds for contracts`(limit: String) throws {
        var settings = NetworkSettings.mainnet
        switch limit {
        case "count": settings.lanes.ledgerMaxTxCount = 1
        case "instructions":
            settings.compute.ledgerMaxInstructions = 1_999
            settings.parallelCompute.ledgerMaxDependentTxClusters = 1
        case "size": settings.bandwidth.ledgerMaxTxsSizeBytes = 200
        case "disk bytes": settings.ledgerCost.ledgerMaxDiskReadBytes = 399
        default: settings.ledgerCost.ledgerMaxWriteBytes = 599
        }
        var queue = TransactionQueue()
        let needs = data(instructions: 1_000, read: 200, write: 300)
        let frames = try [
            frame(1, bid: 200, data: needs), frame(2, bid: 300, data: needs),
        ]
        #expect((101...200).contains(frames[0].byteCount))
        for frame in frames { queue.add(frame) }
        let taken = queue.take(into: LedgerRoom(settings, operationsMax: 0), baseFee: 100)
        #expect(taken.frames == [frames[1]] && taken.fees.soroban == 300)
        #expect(queue.count == 1)
    }

    @Test func `a full ledger charges its least bid, the next one the base fee`() async throws {
        let network = try await TestNetwork { $0.closing = .manual }
        var (accounts, hashes): ([TestAccount], [String]) = ([], [])
        // Friendbot closes ledgers.
        for _ in 0..<21 { accounts.append(try await network.account()) }
        for (number, account) in accounts.enumerated() {
            let transaction = try await network.transaction(
                by: account,
                Array(repeating: TestNetwork.paymentBody(to: account, stroops: 1), count: 100),
                fee: number == 7 ? 12_000 : 15_000 + UInt32(number) * 100)
            let sent = try await network.send(try network.sign(transaction, account))
            #expect(sent["status"].string == "PENDING")
            hashes.append(try #require(sent["hash"].string))
        }
        try await network.sandbox.closeLedger()
        let late = try await network.result("getTransaction", ["hash": hashes[7]])
        #expect(late["status"].string == "NOT_FOUND")
        #expect(try await charged(hashes[20], network) == 15_000)
        let fees = try await network.result("getFeeStats")
        #expect(fees["inclusionFee"]["max"].string == "150")
        try await network.sandbox.closeLedger()
        #expect(try await charged(hashes[7], network) == 10_000)
    }

    @Test func `what finds no room in a ledger that closes at once is in the next one`()
        async throws
    {
        let network = try await TestNetwork()
        var envelopes: [TransactionEnvelope] = []
        for _ in 0..<41 {
            let account = try await network.account()
            let payments = Array(
                repeating: TestNetwork.paymentBody(to: account, stroops: 1), count: 100)
            envelopes.append(
                try network.sign(try await network.transaction(by: account, payments), account))
        }
        let before = try await network.sandbox.latestLedger
        let sent = try await network.sandbox.send(envelopes)
        #expect(try await network.sandbox.latestLedger == before + 3)
        for submission in sent {
            guard case .pending(let hash) = submission else {
                Issue.record("\(submission)")
                continue
            }
            let result = try #require(try await network.sandbox.result(of: hash))
            #expect(result.feeCharged == 10_000)
        }
    }

    @Test func `what is not valid any more when its ledger closes is in none`() async throws {
        let network = try await TestNetwork { $0.closing = .manual }
        let (anna, ben) = (try await network.account(), try await network.account())
        let before = try #require(try await network.entry(of: anna))
        let body = TestNetwork.paymentBody(to: ben, stroops: 1)
        let until = TimeBounds(minTime: 0, maxTime: TestNetwork.start + 10)
        let late = try await network.transaction(by: anna, [body], conditions: .time(until))
        let sent = try await network.send(try network.sign(late, anna))
        #expect(sent["status"].string == "PENDING")
        try await network.sandbox.advance(seconds: 11)
        let lost = try await network.result("getTransaction", ["hash": sent["hash"].string])
        #expect(lost["status"].string == "NOT_FOUND")
        #expect(try await network.entry(of: anna) == before)
        // Nothing of the account's waits any more.
        let next = try await network.send(
            try network.sign(try await network.transaction(by: anna, [body]), anna))
        #expect(next["status"].string == "PENDING")
        try await network.sandbox.closeLedger()
        let applied = try await network.result("getTransaction", ["hash": next["hash"].string])
        #expect(applied["status"].string == "SUCCESS")
    }

    private func charged(_ hash: String, _ network: TestNetwork) async throws -> Int64 {
        let applied = try await network.result("getTransaction", ["hash": hash])
        #expect(applied["status"].string == "SUCCESS")
        return try TransactionResult(base64: applied["resultXdr"].string ?? "").feeCharged
    }
}
