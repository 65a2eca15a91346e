internal import Cryptography
internal import StellarXDR

extension LedgerState.Change {
    /// As transaction meta tells it: the entry before, then what became of it; then the same of its
    /// life, which on the wire is an entry of its own.
    var meta: [LedgerEntryChange] {
        entryChanges + lifeChanges
    }

    /// Whether it came back from the archive.
    private var isRestored: Bool {
        guard key.isPersistent, let old = before?.life, let new = after?.life else { return false }
        return old.until < new.until && old.until < new.modified
    }

    private var entryChanges: [LedgerEntryChange] {
        switch (before?.entry, after?.entry) {
        case (nil, let after?): [.created(after)]
        case (let old?, let new?):
            (isRestored ? [.restored(old)] : []) + (old == new ? [] : [.state(old), .updated(new)])
        case (let before?, nil): [.state(before), .removed(key)]
        case (nil, nil): []
        }
    }

    private var lifeChanges: [LedgerEntryChange] {
        let hash = { Hash(fitting: SHA256.hash((try? key.xdr()) ?? [])) }
        switch (before?.life, after?.life) {
        case (nil, let after?): return [.created(after.entry(hash()))]
        case (let before?, let after?):
            guard before.until != after.until else { return [] }
            let hash = hash()
            if isRestored { return [.restored(after.entry(hash))] }
            return [.state(before.entry(hash)), .updated(after.entry(hash))]
        case (let before?, nil):
            let hash = hash()
            return [.state(before.entry(hash)), .removed(.ttl(LedgerKeyTtl(keyHash: hash)))]
        case (nil, nil): return []
        }
    }
}

/// The life of an entry.
struct EntryLife: Hashable, Sendable {
    let until: UInt32
    let modified: UInt32

    /// The entry that says so on the wire.
    func entry(_ keyHash: Hash) -> LedgerEntry {
        LedgerEntry(
            lastModifiedLedgerSeq: modified,
            data: .ttl(TTLEntry(keyHash: keyHash, liveUntilLedgerSeq: until)), ext: .v0)
    }
}

extension StoredEntry {
    /// The life, if it has one.
    var life: EntryLife? { liveUntil.map { EntryLife(until: $0, modified: liveUntilModified) } }
}
