internal import SorobanHost
internal import StellarXDR

/// What the ledger holds; a copy that goes on being read costs the one that is changed little.
typealias LedgerEntries = PersistentMap<LedgerKey, StoredEntry>

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
        var after: StoredEntry?
    }

    /// The ledger that is being made: what is written bears its number.
    var sequence: UInt32 = 0
    private(set) var entries = LedgerEntries()
    private var journal: [Change] = []
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
        let sequence = sequence
        write(key) { stored.written(in: sequence, over: $0) }
    }

    /// Writes what an entry holds, keeping its life.
    mutating func put(_ data: LedgerEntryData, at key: LedgerKey) {
        let sequence = sequence
        write(key) { StoredEntry.writing(data, in: sequence, over: $0) }
    }

    /// Writes what ``StoredEntry/writing(_:in:over:liveUntil:byteCount:)`` made of what there is.
    mutating func put(written stored: StoredEntry, at key: LedgerKey) {
        write(key) { _ in stored }
    }

    /// Removes an entry.
    mutating func remove(_ key: LedgerKey) {
        guard entries[key] != nil else { return }
        write(key) { _ in nil }
    }

    private mutating func write(_ key: LedgerKey, _ entry: (StoredEntry?) -> StoredEntry?) {
        let (before, after) = entries.update(key, entry)
        journal.append(Change(key: key, before: before, after: after))
        index.note(key, before: before, after: after)
    }

    private mutating func set(_ stored: StoredEntry?, at key: LedgerKey, before: StoredEntry?) {
        entries.update(key) { _ in stored }
        index.note(key, before: before, after: stored)
    }

    /// This moment.
    var savepoint: Savepoint { Savepoint(journalCount: journal.count) }

    /// Undoes everything since `savepoint`.
    mutating func rollBack(to savepoint: Savepoint) {
        while journal.count > savepoint.journalCount, let change = journal.popLast() {
            set(change.before, at: change.key, before: change.after)
        }
    }

    /// What differs from `savepoint`, in the order it was first touched.
    func changes(since savepoint: Savepoint) -> [Change] {
        let journal = journal[savepoint.journalCount...]
        var changes: [Change] = []
        changes.reserveCapacity(journal.count)
        // Of a few, looking at each takes less time than hashing them.
        var places: [LedgerKey: Int] = [:]
        let areFew = journal.count <= 6
        for change in journal {
            let place =
                areFew
                ? changes.firstIndex { $0.key == change.key } : places[change.key]
            if let place {
                changes[place].after = change.after
            } else {
                if !areFew { places[change.key] = changes.count }
                changes.append(change)
            }
        }
        return changes.filter { $0.before != $0.after }
    }

    /// What differs from the last time that it was settled.
    var unsettledChanges: [Change] { changes(since: Savepoint(journalCount: 0)) }

    /// Every entry, as a change from nothing.
    var everything: [Change] {
        var everything: [Change] = []
        entries.forEach { everything.append(Change(key: $0, before: nil, after: $1)) }
        return everything
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
