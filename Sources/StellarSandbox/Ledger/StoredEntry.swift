internal import StellarXDR
internal import Synchronization

/// An entry of the ledger, with its life if it has one.
///
/// What it holds is an object that never changes: entries go through many hands, and a value of the
/// protocol, an enum with arrays in it, takes long to copy.
struct StoredEntry: Sendable {
    private final class Content: Sendable {
        let entry: LedgerEntry
        let liveUntil: UInt32?
        let liveUntilModified: UInt32
        /// The length of the encoded entry, 0 until someone asked.
        let byteCount: Atomic<Int>

        init(_ entry: LedgerEntry, _ liveUntil: UInt32?, _ modified: UInt32, _ byteCount: Int) {
            self.entry = entry
            self.liveUntil = liveUntil
            liveUntilModified = modified
            self.byteCount = Atomic(byteCount)
        }
    }

    private var content: Content

    /// - Parameters:
    ///   - liveUntil: the last ledger in which it is alive; `nil` for what does not expire.
    ///   - liveUntilModified: the ledger that last changed that.
    ///   - byteCount: the length of the encoded entry; 0 if it is not known.
    init(
        _ entry: LedgerEntry, liveUntil: UInt32? = nil, liveUntilModified: UInt32 = 0,
        byteCount: Int = 0
    ) {
        content = Content(entry, liveUntil, liveUntilModified, byteCount)
    }

    /// An entry that has not been written yet.
    init(_ data: LedgerEntryData, liveUntil: UInt32? = nil) {
        self.init(
            LedgerEntry(lastModifiedLedgerSeq: 0, data: data, ext: .v0), liveUntil: liveUntil)
    }

    /// The entry.
    var entry: LedgerEntry { content.entry }

    /// The last ledger in which it is alive; `nil` for what does not expire.
    var liveUntil: UInt32? {
        get { content.liveUntil }
        set { content = Content(entry, newValue, liveUntilModified, knownByteCount) }
    }

    /// The ledger that last changed ``liveUntil``.
    var liveUntilModified: UInt32 { content.liveUntilModified }

    /// The length of the encoded entry, which every invocation asks of its footprint's entries;
    /// measured once.
    var byteCount: Int {
        get throws(XDRError) {
            if knownByteCount > 0 { return knownByteCount }
            let count = try entry.xdrByteCount()
            content.byteCount.store(count, ordering: .relaxed)
            return count
        }
    }

    private var knownByteCount: Int { content.byteCount.load(ordering: .relaxed) }

    /// The same as it stands in `ledger`, the one that is being made, in place of `before`.
    func written(in ledger: UInt32, over before: StoredEntry?) -> StoredEntry {
        if let before, content === before.content { return self }
        let isSame = entry.data == before?.entry.data
        var entry = entry
        if !isSame { entry.lastModifiedLedgerSeq = ledger }
        // Only what it says besides the number of its ledger makes it longer or shorter.
        let isAsLong = isSame && entry.ext == before?.entry.ext
        return StoredEntry(
            entry, liveUntil: liveUntil,
            liveUntilModified: liveUntil == before?.liveUntil ? liveUntilModified : ledger,
            byteCount: isAsLong ? before?.knownByteCount ?? 0 : knownByteCount)
    }

    /// What `ledger`, the one that is being made, holds with `data` in place of what `before` held.
    static func writing(
        _ data: LedgerEntryData, in ledger: UInt32, over before: StoredEntry?
    ) -> StoredEntry {
        writing(data, in: ledger, over: before, liveUntil: before?.liveUntil)
    }

    /// The same with another life.
    static func writing(
        _ data: LedgerEntryData, in ledger: UInt32, over before: StoredEntry?, liveUntil: UInt32?,
        byteCount: Int = 0
    ) -> StoredEntry {
        let livesOn = liveUntil == before?.liveUntil
        let modified = livesOn ? before?.liveUntilModified ?? 0 : ledger
        guard let before, before.entry.data == data else {
            return StoredEntry(
                LedgerEntry(
                    lastModifiedLedgerSeq: ledger, data: data, ext: before?.entry.ext ?? .v0),
                liveUntil: liveUntil, liveUntilModified: modified, byteCount: byteCount)
        }
        return livesOn
            ? before
            : StoredEntry(
                before.entry, liveUntil: liveUntil, liveUntilModified: modified,
                byteCount: before.knownByteCount)
    }

    /// Whether it is alive in `ledger`.
    func isAlive(in ledger: UInt32) -> Bool { liveUntil.map { $0 >= ledger } ?? true }
}

extension StoredEntry: Hashable {
    static func == (left: StoredEntry, right: StoredEntry) -> Bool {
        left.content === right.content
            || left.liveUntil == right.liveUntil
                && left.liveUntilModified == right.liveUntilModified && left.entry == right.entry
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(liveUntil)
        hasher.combine(entry)
    }
}
