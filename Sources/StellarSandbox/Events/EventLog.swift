internal import StellarXDR

/// An event in history.
struct EventRecord: Sendable {
    /// Where it stands.
    let cursor: EventCursor
    /// When its ledger closed, in seconds since 1970.
    let closeTime: UInt64
    /// Whose transaction said so.
    let transactionHash: Hash
    /// The event.
    let event: ContractEvent

    /// Its topics and data.
    var content: ContractEventV0 {
        switch event.body {
        case .v0(let content): content
        }
    }
}

/// Every event that is kept, in order.
struct EventLog: Sendable {
    private var records: [EventRecord] = []
    private var forgotten = 0

    /// Adds a ledger's events: fees before all transactions, then each transaction's, then refunds.
    mutating func add(_ ledger: ClosedLedger) {
        var added: [EventRecord] = []
        var (before, after): (UInt32, UInt32) = (0, 0)
        for record in ledger.transactions {
            let hash = record.applied.frame.hash
            func add(_ event: ContractEvent, _ transaction: UInt32, _ operation: Int, _ index: Int)
            {
                guard event.type != .diagnostic else { return }
                added.append(
                    EventRecord(
                        cursor: EventCursor(
                            ledger: ledger.sequence, transaction: transaction,
                            operation: UInt32(operation), index: UInt32(index)),
                        closeTime: ledger.closeTime, transactionHash: hash, event: event))
            }
            for event in record.applied.meta.events {
                switch event.stage {
                case .beforeAllTxs:
                    add(event.event, 0, 0, Int(before))
                    before += 1
                case .afterTx: add(event.event, record.order, 4095, 0)
                case .afterAllTxs:
                    add(event.event, 0xfffff, 0, Int(after))
                    after += 1
                }
            }
            for (operation, meta) in record.applied.meta.operations.enumerated() {
                for (index, event) in meta.events.enumerated() {
                    add(event, record.order, operation, index)
                }
            }
        }
        records += added.sorted { $0.cursor < $1.cursor }
    }

    /// Forgets what is older than `ledger`.
    mutating func forget(before ledger: UInt32) {
        while forgotten < records.count, records[forgotten].cursor.ledger < ledger {
            forgotten += 1
        }
        if forgotten > 65_536, forgotten > records.count / 2 {
            records.removeFirst(forgotten)
            forgotten = 0
        }
    }

    /// The events from `first` on, up to but without the ledger `end`.
    func events(after first: EventCursor?, from start: UInt32, until end: UInt32)
        -> ArraySlice<EventRecord>
    {
        let lower = firstIndex { record in
            if let first { record.cursor > first } else { record.cursor.ledger >= start }
        }
        let upper = firstIndex { $0.cursor.ledger >= end }
        return lower < upper ? records[lower..<upper] : []
    }

    /// The first place where `isThere` holds; it holds from there to the end.
    private func firstIndex(where isThere: (EventRecord) -> Bool) -> Int {
        var (low, high) = (forgotten, records.count)
        while low < high {
            let middle = (low + high) / 2
            if isThere(records[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
