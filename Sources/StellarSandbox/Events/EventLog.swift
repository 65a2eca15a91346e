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

/// Every event that is kept, in order. A ledger's are never changed, so that whoever looks at them
/// delays nobody.
struct EventLog: Sendable {
    private var ledgers: [LedgerEvents] = []
    private var forgotten = 0

    /// Adds a ledger's events.
    mutating func add(_ events: LedgerEvents) {
        if events.count > 0 { ledgers.append(events) }
    }

    /// Forgets what is older than `ledger`.
    mutating func forget(before ledger: UInt32) {
        while forgotten < ledgers.count, ledgers[forgotten].sequence < ledger { forgotten += 1 }
        if forgotten > 1_024, forgotten > ledgers.count / 2 {
            ledgers.removeFirst(forgotten)
            forgotten = 0
        }
    }

    /// Takes back what came after `ledger`.
    mutating func takeBack(after ledger: UInt32) {
        while let last = ledgers.last, last.sequence > ledger { ledgers.removeLast() }
        forgotten = min(forgotten, ledgers.count)
    }

    /// Those that are wanted.
    func search(_ query: EventQuery) -> EventFindings {
        var findings = EventFindings()
        var index = firstIndex(from: query.after?.ledger ?? query.start)
        while index < ledgers.count, ledgers[index].sequence < query.end,
            findings.search(ledgers[index], query)
        {
            index += 1
        }
        return findings
    }

    private func firstIndex(from ledger: UInt32) -> Int {
        var (low, high) = (forgotten, ledgers.count)
        while low < high {
            let middle = (low + high) / 2
            if ledgers[middle].sequence >= ledger { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
