internal import StellarXDR

/// An entry of the ledger, with its life if it has one.
struct StoredEntry: Hashable, Sendable {
    /// The entry.
    var entry: LedgerEntry
    /// The last ledger in which it is alive; `nil` for what does not expire.
    var liveUntil: UInt32?
    /// The ledger that last changed ``liveUntil``.
    var liveUntilModified: UInt32 = 0

    init(_ data: LedgerEntryData, liveUntil: UInt32? = nil) {
        entry = LedgerEntry(lastModifiedLedgerSeq: 0, data: data, ext: .v0)
        self.liveUntil = liveUntil
    }

    /// Whether it is alive in `ledger`.
    func isAlive(in ledger: UInt32) -> Bool { liveUntil.map { $0 >= ledger } ?? true }
}

/// Every entry of the ledger, changed in place; a journal of what was there before undoes changes
/// and tells them apart.
struct LedgerState: Sendable {
    /// A moment to return to.
    struct Savepoint: Hashable, Sendable {
        fileprivate let journalCount: Int
    }

    /// What happened to one entry.
    struct Change: Hashable, Sendable {
        let key: LedgerKey
        let before: StoredEntry?
        let after: StoredEntry?
    }

    /// The ledger that is being made: what is written bears its number.
    var sequence: UInt32 = 0
    private var entries: [LedgerKey: StoredEntry] = [:]
    private var journal: [(key: LedgerKey, before: StoredEntry?)] = []

    /// How many entries there are.
    var count: Int { entries.count }

    /// The entry under `key`, dead ones included.
    subscript(key: LedgerKey) -> StoredEntry? { entries[key] }

    /// Every trust line of `account`, in the order of their assets. It looks at all entries.
    func trustLines(of account: AccountID) -> [(StoredEntry, TrustLineEntry)] {
        entries.values.compactMap { stored in
            guard case .trustline(let line) = stored.entry.data, line.accountID == account else {
                return nil
            }
            return (stored, line)
        }.sorted { (try? $0.1.asset.base64()) ?? "" < (try? $1.1.asset.base64()) ?? "" }
    }

    /// Writes an entry.
    mutating func put(_ stored: StoredEntry, at key: LedgerKey) {
        let before = entries[key]
        var stored = stored
        if stored.entry.data != before?.entry.data {
            stored.entry.lastModifiedLedgerSeq = sequence
        }
        if stored.liveUntil != before?.liveUntil { stored.liveUntilModified = sequence }
        journal.append((key, before))
        entries[key] = stored
    }

    /// Writes what an entry holds, keeping its life.
    mutating func put(_ data: LedgerEntryData, at key: LedgerKey) {
        var stored = entries[key] ?? StoredEntry(data)
        stored.entry.data = data
        put(stored, at: key)
    }

    /// Removes an entry.
    mutating func remove(_ key: LedgerKey) {
        guard let before = entries.removeValue(forKey: key) else { return }
        journal.append((key, before))
    }

    /// This moment.
    var savepoint: Savepoint { Savepoint(journalCount: journal.count) }

    /// Undoes everything since `savepoint`.
    mutating func rollBack(to savepoint: Savepoint) {
        while journal.count > savepoint.journalCount, let (key, before) = journal.popLast() {
            entries[key] = before
        }
    }

    /// What differs from `savepoint`, in the order it was first touched.
    func changes(since savepoint: Savepoint) -> [Change] {
        var changes: [Change] = []
        var seen: Set<LedgerKey> = []
        for (key, before) in journal[savepoint.journalCount...] where seen.insert(key).inserted {
            let after = entries[key]
            if after != before { changes.append(Change(key: key, before: before, after: after)) }
        }
        return changes
    }

    /// What differs from the last time that it was settled.
    var unsettledChanges: [Change] { changes(since: Savepoint(journalCount: 0)) }

    /// Every entry, as a change from nothing.
    var everything: [Change] {
        entries.map { Change(key: $0.key, before: nil, after: $0.value) }
    }

    /// What differs from another state.
    func differences(from other: LedgerState) -> [Change] {
        Set(entries.keys).union(other.entries.keys).compactMap { key in
            let (before, after) = (other.entries[key], entries[key])
            return before == after ? nil : Change(key: key, before: before, after: after)
        }
    }

    /// Puts an entry as it once was written; that cannot be undone.
    mutating func load(_ stored: StoredEntry, at key: LedgerKey) {
        entries[key] = stored
    }

    /// Forgets how to undo what was done so far.
    mutating func settle() {
        journal.removeAll(keepingCapacity: true)
    }
}
