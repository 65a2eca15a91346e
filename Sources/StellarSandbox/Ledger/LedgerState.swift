internal import SorobanHost
internal import StellarXDR

/// An entry of the ledger, with its life if it has one.
struct StoredEntry: Hashable, Sendable {
    /// The entry.
    var entry: LedgerEntry
    /// The last ledger in which it is alive; `nil` for what does not expire.
    var liveUntil: UInt32?
    /// The ledger that last changed ``liveUntil``.
    var liveUntilModified: UInt32 = 0
    /// The length of the encoded entry, kept of contract data and code: every invocation asks.
    private var keptByteCount: Int?

    init(_ data: LedgerEntryData, liveUntil: UInt32? = nil) {
        entry = LedgerEntry(lastModifiedLedgerSeq: 0, data: data, ext: .v0)
        self.liveUntil = liveUntil
    }

    /// The length of the encoded entry.
    var byteCount: Int {
        get throws(XDRError) {
            if let keptByteCount { return keptByteCount }
            return try entry.xdr().count
        }
    }

    /// Measures contract data and code anew, unless they are what they were `before`.
    fileprivate mutating func measure(before: StoredEntry?) {
        switch entry.data {
        case .contractData, .contractCode:
            if let before, let kept = before.keptByteCount, before.entry.ext == entry.ext,
                before.entry.data == entry.data
            {
                keptByteCount = kept
            } else {
                keptByteCount = try? entry.xdr().count
            }
        default: keptByteCount = nil
        }
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
    private var index = LedgerIndex()

    /// How many entries there are.
    var count: Int { entries.count }

    /// The entry under `key`, dead ones included.
    subscript(key: LedgerKey) -> StoredEntry? { entries[key] }

    /// What `account` owns beside itself: trust lines and data, in the order of their keys.
    func possessions(of account: AccountID) throws(XDRError) -> [StoredEntry] {
        try index.possessions(of: account).compactMap { entries[$0] }
    }

    /// The size of all contract data and code, in bytes, as of the last time it was settled.
    var sorobanByteCount: Int64 { index.sorobanByteCount }

    /// Writes an entry.
    mutating func put(_ stored: StoredEntry, at key: LedgerKey) {
        let before = entries[key]
        var stored = stored
        if stored.entry.data != before?.entry.data {
            stored.entry.lastModifiedLedgerSeq = sequence
        }
        if stored.liveUntil != before?.liveUntil { stored.liveUntilModified = sequence }
        journal.append((key, before))
        set(stored, at: key, before: before)
    }

    /// Writes what an entry holds, keeping its life.
    mutating func put(_ data: LedgerEntryData, at key: LedgerKey) {
        var stored = entries[key] ?? StoredEntry(data)
        stored.entry.data = data
        put(stored, at: key)
    }

    /// Removes an entry.
    mutating func remove(_ key: LedgerKey) {
        guard let before = entries[key] else { return }
        journal.append((key, before))
        set(nil, at: key, before: before)
    }

    private mutating func set(_ stored: StoredEntry?, at key: LedgerKey, before: StoredEntry?) {
        var stored = stored
        stored?.measure(before: before)
        entries[key] = stored
        index.note(key, before: before, after: stored)
    }

    /// This moment.
    var savepoint: Savepoint { Savepoint(journalCount: journal.count) }

    /// Undoes everything since `savepoint`.
    mutating func rollBack(to savepoint: Savepoint) {
        while journal.count > savepoint.journalCount, let (key, before) = journal.popLast() {
            set(before, at: key, before: entries[key])
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

    /// Temporary entries whose life had ended before the ledger that is being made, at most
    /// `countMax`; they are removed.
    mutating func evict(countMax: Int) throws(XDRError) -> [LedgerKey] {
        let keys = try index.expired(before: sequence, countMax: countMax)
        for key in keys { remove(key) }
        return keys
    }

    /// Puts an entry as it once was written, or takes it away; that cannot be undone.
    mutating func load(
        _ stored: StoredEntry?, at key: LedgerKey, costs: CostSettings
    ) throws(XDRError) {
        let before = entries[key]
        set(stored, at: key, before: before)
        try index.measure(key, before: before, after: stored, costs: costs)
    }

    /// Forgets how to undo what was done so far, which `changes` tell.
    mutating func settle(_ changes: [Change], costs: CostSettings) throws(XDRError) {
        for change in changes {
            try index.measure(
                change.key, before: change.before, after: change.after, costs: costs)
        }
        journal.removeAll(keepingCapacity: true)
    }

    /// Forgets how to undo the first entries, among which are no contract's.
    mutating func settleFirst() {
        journal.removeAll(keepingCapacity: true)
    }
}
