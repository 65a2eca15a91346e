internal import StellarXDR

/// The events of one ledger in bytes, with columns that tell quickly which are wanted.
struct LedgerEvents: Sendable {
    /// The ledger.
    let sequence: UInt32
    /// When it closed, in seconds since 1970.
    let closeTime: UInt64
    private var cursors: [EventCursor] = []
    private var marks: [EventMarks] = []
    private var digest = EventDigest(count: 0)
    /// Which transaction's they are, and where each ends in ``bytes``.
    private var transactions: [UInt32] = []
    private var ends: [UInt32] = []
    private var hashes: [Hash] = []
    private var bytes: [UInt8] = []

    /// How many there are.
    var count: Int { cursors.count }

    /// Where an event stands.
    func cursor(at place: Int) -> EventCursor { cursors[place] }

    /// An event.
    func record(at place: Int) throws(XDRError) -> EventRecord {
        let start = place == 0 ? 0 : Int(ends[place - 1])
        return EventRecord(
            cursor: cursors[place], closeTime: closeTime,
            transactionHash: hashes[Int(transactions[place])],
            event: try ContractEvent(xdr: bytes[start..<Int(ends[place])]))
    }

    /// The places of those that a query may mean.
    func places(_ query: EventQuery, countMax: Int) -> [Int] {
        guard query.mayWant(digest) else { return [] }
        var found: [Int] = []
        var place = query.after.map { after in cursors.firstIndex { $0 > after } ?? count } ?? 0
        while place < count, found.count < countMax {
            if query.mayWant(marks[place]) { found.append(place) }
            place += 1
        }
        return found
    }

    private mutating func makeDigest() {
        digest = EventDigest(count: count)
        for marks in marks { digest.add(marks) }
    }
}

extension LedgerEvents {
    /// A ledger's events: fees before all transactions, then each transaction's, then refunds.
    init(_ ledger: ClosedLedger) throws(XDRError) {
        self.init(sequence: ledger.sequence, closeTime: ledger.closeTime)
        hashes = ledger.transactions.map(\.applied.frame.hash)
        var said: [(cursor: EventCursor, transaction: UInt32, event: ContractEvent)] = []
        var (before, after): (UInt32, UInt32) = (0, 0)
        for (number, record) in ledger.transactions.enumerated() {
            func add(_ event: ContractEvent, _ order: UInt32, _ operation: UInt32, _ index: UInt32)
            {
                guard event.type != .diagnostic else { return }
                let cursor = EventCursor(
                    ledger: ledger.sequence, transaction: order, operation: operation,
                    index: index)
                said.append((cursor, UInt32(number), event))
            }
            for event in record.applied.meta.events {
                switch event.stage {
                case .beforeAllTxs:
                    add(event.event, 0, 0, before)
                    before += 1
                case .afterTx: add(event.event, record.order, 4095, 0)
                case .afterAllTxs:
                    add(event.event, 0xfffff, 0, after)
                    after += 1
                }
            }
            for (operation, meta) in record.applied.meta.operations.enumerated() {
                for (index, event) in meta.events.enumerated() {
                    add(event, record.order, UInt32(operation), UInt32(index))
                }
            }
        }
        for (cursor, transaction, event) in said.sorted(by: { $0.cursor < $1.cursor }) {
            try append(event, at: cursor, of: transaction)
        }
        bytes = bytes.withoutSpareRoom
        makeDigest()
    }

    private init(sequence: UInt32, closeTime: UInt64) {
        self.sequence = sequence
        self.closeTime = closeTime
    }

    private mutating func append(
        _ event: ContractEvent, at cursor: EventCursor, of transaction: UInt32
    ) throws(XDRError) {
        let said =
            switch event.body {
            case .v0(let content): content.topics
            }
        var topicMarks = SIMD4<UInt32>()
        let encoded = try event.xdr()
        // Behind extension, contract, kind of event and of body, and their number.
        var start = (event.contractID == nil ? 4 : 36) + 16
        for (index, topic) in said.prefix(4).enumerated() {
            let end = start + (try topic.xdrByteCount())
            topicMarks[index] = EventMark(encoded[start..<end]).number
            start = end
        }
        bytes += encoded
        cursors.append(cursor)
        marks.append(
            EventMarks(
                contract: EventMark(contract: event.contractID), topics: topicMarks,
                topicCount: UInt32(said.count), type: event.type))
        transactions.append(transaction)
        ends.append(UInt32(bytes.count))
    }
}

extension LedgerEvents {
    /// As a file keeps them: the columns, and the events.
    func encoded() throws(XDRError) -> (columns: [UInt8], events: [UInt8]) {
        var encoder = XDREncoder()
        encoder.uint64(closeTime)
        encoder.uint32(UInt32(hashes.count))
        for hash in hashes { try hash.encode(into: &encoder) }
        encoder.uint32(UInt32(count))
        for place in 0..<count {
            encoder.uint64(cursors[place].toid)
            encoder.uint32(cursors[place].index)
            let marks = marks[place]
            encoder.uint32(marks.contract.number)
            for index in 0..<4 { encoder.uint32(marks.topics[index]) }
            encoder.uint32(marks.topicCount)
            encoder.int32(marks.type.rawValue)
            encoder.uint32(transactions[place])
            encoder.uint32(ends[place])
        }
        return (encoder.finish(), bytes)
    }

    /// Reads what ``encoded()`` writes.
    /// - Throws: ``SandboxError/storage(_:)`` if it is not that.
    init(sequence: UInt32, columns: [UInt8], events: [UInt8]) throws(SandboxError) {
        do throws(XDRError) {
            try self.init(sequence: sequence, encoded: columns, events)
        } catch {
            throw .storage("the events of ledger \(sequence): \(error)")
        }
        let isWhole =
            zip(ends, ends.dropFirst()).allSatisfy(<=) && Int(ends.last ?? 0) <= bytes.count
            && transactions.allSatisfy { Int($0) < hashes.count }
        guard isWhole else { throw .storage("the events of ledger \(sequence) are not whole") }
    }

    private init(
        sequence: UInt32, encoded columns: [UInt8], _ events: [UInt8]
    ) throws(XDRError) {
        var decoder = XDRDecoder(columns)
        self.init(sequence: sequence, closeTime: try decoder.uint64())
        for _ in 0..<(try decoder.uint32()) {
            hashes.append(try Hash(from: &decoder))
        }
        for _ in 0..<(try decoder.uint32()) {
            cursors.append(
                EventCursor(toid: try decoder.uint64(), index: try decoder.uint32()))
            marks.append(
                EventMarks(
                    contract: EventMark(number: try decoder.uint32()),
                    topics: SIMD4(
                        try decoder.uint32(), try decoder.uint32(), try decoder.uint32(),
                        try decoder.uint32()),
                    topicCount: try decoder.uint32(),
                    type: try ContractEventType(from: &decoder)))
            transactions.append(try decoder.uint32())
            ends.append(try decoder.uint32())
        }
        try decoder.finish()
        bytes = events
        makeDigest()
    }
}

extension [UInt8] {
    /// The same in no more memory than it needs: what grew has room to grow on.
    var withoutSpareRoom: [UInt8] {
        var exact: [UInt8] = []
        exact.reserveCapacity(count)
        exact += self
        return exact
    }
}
