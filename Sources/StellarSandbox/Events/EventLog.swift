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
/// delays nobody; and what is added shares all but the newest part with what was before, so that
/// everyone may keep a log as it was.
struct EventLog: Sendable {
    /// The events of a ledger, in one object.
    private final class Page: Sendable {
        let events: LedgerEvents

        init(_ events: LedgerEvents) {
            self.events = events
        }
    }

    private static let partSize = 256
    /// All but the newest ledgers, ``partSize`` in each part.
    private var parts: [[Page]] = []
    private var newest: [Page] = []
    private var forgotten = 0

    private var count: Int { parts.count * Self.partSize + newest.count }

    private func events(_ index: Int) -> LedgerEvents {
        let (part, place) = index.quotientAndRemainder(dividingBy: Self.partSize)
        return (part < parts.count ? parts[part] : newest)[place].events
    }

    /// Adds a ledger's events.
    mutating func add(_ events: LedgerEvents) {
        guard events.count > 0 else { return }
        newest.append(Page(events))
        guard newest.count == Self.partSize else { return }
        parts.append(newest)
        newest = []
    }

    /// Forgets what is older than `ledger`.
    mutating func forget(before ledger: UInt32) {
        while forgotten < count, events(forgotten).sequence < ledger { forgotten += 1 }
        let old = forgotten / Self.partSize
        guard old > 4, old > parts.count / 2 else { return }
        parts.removeFirst(old)
        forgotten -= old * Self.partSize
    }

    /// Takes back what came after `ledger`.
    mutating func takeBack(after ledger: UInt32) {
        while count > 0, events(count - 1).sequence > ledger {
            if newest.isEmpty { newest = parts.removeLast() }
            newest.removeLast()
        }
        forgotten = min(forgotten, count)
    }

    /// Those that are wanted.
    func search(_ query: EventQuery) -> EventFindings {
        var findings = EventFindings()
        var index = firstIndex(from: query.after?.ledger ?? query.start)
        while index < count {
            let events = events(index)
            guard events.sequence < query.end, findings.search(events, query) else { break }
            index += 1
        }
        return findings
    }

    private func firstIndex(from ledger: UInt32) -> Int {
        var (low, high) = (forgotten, count)
        while low < high {
            let middle = (low + high) / 2
            if events(middle).sequence >= ledger { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
