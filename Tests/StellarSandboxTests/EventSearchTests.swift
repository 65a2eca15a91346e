import StellarXDR
import Testing

@testable import StellarSandbox

/// The search by marks finds exactly what looking at every event would.
struct EventSearchTests {

    @Test func `columns find what a look at each event finds`() throws {
        var random = SplitMix(state: 7)
        let ledgers = (2..<40).map { Self.ledger(UInt32($0), &random) }
        var log = EventLog()
        for ledger in ledgers {
            let events = try LedgerEvents(ledger)
            let (columns, bytes) = try events.encoded()
            // As a file would bring it back.
            log.add(
                try LedgerEvents(sequence: ledger.sequence, columns: columns, events: bytes))
        }
        let all = try log.search(
            EventQuery(start: 1, end: 1_000, filters: [], countMax: .max)
        ).records([])
        #expect(all.count > 300)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.cursor < $1.cursor })
        for _ in 0..<300 {
            let filters = try (0..<Int.random(in: 1...2, using: &random)).map { _ in
                try Self.filter(&random)
            }
            let after = Bool.random(using: &random) ? all.randomElement(using: &random) : nil
            let start = UInt32.random(in: 1...40, using: &random)
            let end = start + .random(in: 0...20, using: &random)
            let limit = Int.random(in: 1...30, using: &random)
            let query = EventQuery(
                after: after?.cursor, start: after?.cursor.ledger ?? start, end: end,
                filters: filters, countMax: limit)
            let expected = all.filter { record in
                (after.map { record.cursor > $0.cursor } ?? (record.cursor.ledger >= start))
                    && record.cursor.ledger < end
                    && filters.contains { $0.matches(record.event) }
            }.prefix(limit)
            let found = log.search(query)
            #expect(
                try found.records(filters).map(\.cursor) == expected.map(\.cursor), "\(query)")
            #expect(found.last == expected.last?.cursor)
        }
    }

    @Test func `a log forgets and takes back, and leaves what others hold as it was`() throws {
        var random = SplitMix(state: 11)
        var log = EventLog()
        var sequences: [UInt32] = []
        func found(_ log: EventLog) throws -> [UInt32] {
            try log.search(EventQuery(start: 1, end: 5_000, filters: [], countMax: .max))
                .records([]).map(\.cursor.ledger).reduce(into: []) { ledgers, ledger in
                    if ledgers.last != ledger { ledgers.append(ledger) }
                }
        }
        for sequence in UInt32(2)..<2_002 {
            let events = try LedgerEvents(Self.ledger(sequence, &random))
            if events.count > 0 { sequences.append(sequence) }
            log.add(events)
        }
        let held = log
        #expect(try found(log) == sequences)
        log.takeBack(after: 1_500)
        #expect(try found(log) == sequences.filter { $0 <= 1_500 })
        log.forget(before: 1_400)
        #expect(try found(log) == sequences.filter { (1_400...1_500).contains($0) })
        log.add(try LedgerEvents(Self.ledger(1_501, &random)))
        log.forget(before: 1_499)
        #expect(try found(log).allSatisfy { (1_499...1_501).contains($0) })
        #expect(try found(held) == sequences)
    }

    @Test func `events of a file that are not whole are an error`() throws {
        var random = SplitMix(state: 9)
        let (columns, bytes) = try LedgerEvents(Self.ledger(5, &random)).encoded()
        for count in stride(from: 0, to: columns.count, by: 7) {
            #expect(throws: SandboxError.self) {
                try LedgerEvents(
                    sequence: 5, columns: Array(columns.prefix(count)), events: bytes)
            }
        }
        #expect(throws: SandboxError.self) {
            try LedgerEvents(sequence: 5, columns: columns, events: Array(bytes.dropLast()))
        }
    }

    private static let contracts: [Hash?] =
        [nil] + (1...3).map { Hash(fitting: [UInt8](repeating: $0, count: 32)) }
    private static let values: [SCVal] = [
        .symbol("a"), .symbol("b"), .u32(7), .void, .string("a"), .vec([.u32(7)]),
    ]

    private static func topics(_ random: inout SplitMix) -> [SCVal] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            values.randomElement(using: &random) ?? .void
        }
    }

    private static func filter(_ random: inout SplitMix) throws -> EventFilter {
        var filter = EventFilter()
        if Bool.random(using: &random) { filter.types = [.contract] }
        for contract in contracts.compactMap(\.self)
        where Int.random(in: 0...3, using: &random) == 0 {
            filter.add(contract: contract)
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let segments = try (0..<Int.random(in: 1...4, using: &random)).map { _ in
                let value = values.randomElement(using: &random) ?? .void
                return Bool.random(using: &random)
                    ? EventFilter.Segment.any : .value(value, try EventMark(value))
            }
            filter.topics.append(
                EventFilter.Topics(segments: segments, isOpen: Bool.random(using: &random)))
        }
        return filter
    }

    private static func ledger(_ sequence: UInt32, _ random: inout SplitMix) -> ClosedLedger {
        var records: [TransactionRecord] = []
        for order in 1...5 {
            let transaction = Transaction(
                sourceAccount: .ed25519(.zero), fee: 100, seqNum: Int64(order), cond: .none,
                memo: .none, operations: [], ext: .v0)
            guard
                let frame = try? TransactionFrame(
                    .tx(TransactionV1Envelope(tx: transaction, signatures: [])), networkID: .zero)
            else { continue }
            var applied = AppliedTransaction(frame, feeCharged: 0, feeChanges: [])
            func event() -> ContractEvent {
                ContractEvent(
                    ext: .v0, contractID: contracts.randomElement(using: &random) ?? nil,
                    type: [.contract, .system, .diagnostic].randomElement(using: &random)
                        ?? .contract,
                    body: .v0(ContractEventV0(topics: topics(&random), data: .void)))
            }
            applied.meta.events = [
                TransactionEvent(stage: .beforeAllTxs, event: event()),
                TransactionEvent(stage: .afterAllTxs, event: event()),
            ]
            applied.meta.operations = (0..<2).map { _ in
                OperationMetaV2(ext: .v0, changes: [], events: [event(), event()])
            }
            records.append(
                TransactionRecord(
                    applied: applied, order: UInt32(order), ledger: sequence, closeTime: 9))
        }
        var header = LedgerHeader.forTests
        header.ledgerSeq = sequence
        return ClosedLedger(header: header, hash: .zero, transactions: records)
    }
}

extension LedgerHeader {
    /// Of a ledger in which nothing is.
    static var forTests: LedgerHeader {
        LedgerHeader(
            ledgerVersion: 27, previousLedgerHash: .zero,
            scpValue: StellarValue(txSetHash: .zero, closeTime: 9, upgrades: [], ext: .basic),
            txSetResultHash: .zero, bucketListHash: .zero, ledgerSeq: 2, totalCoins: 0, feePool: 0,
            inflationSeq: 0, idPool: 0, baseFee: 100, baseReserve: 5_000_000, maxTxSetSize: 100,
            skipList: [.zero, .zero, .zero, .zero], ext: .v0)
    }
}

/// The same numbers on each run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
