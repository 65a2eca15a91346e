internal import Cryptography
internal import StellarXDR

extension LedgerState.Change {
    /// As transaction meta tells it: the entry before, then what became of it; then the same of its
    /// life, which on the wire is an entry of its own.
    var meta: [LedgerEntryChange] {
        get throws(XDRError) { try entryChanges + lifeChanges }
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
        get throws(XDRError) {
            switch (before?.life, after?.life) {
            case (nil, let after?): return [.created(after.entry(try key.hash))]
            case (let before?, let after?):
                guard before.until != after.until else { return [] }
                let hash = try key.hash
                if isRestored { return [.restored(after.entry(hash))] }
                return [.state(before.entry(hash)), .updated(after.entry(hash))]
            case (let before?, nil):
                return [.state(before.entry(try key.hash)), .removed(try key.lifeKey)]
            case (nil, nil): return []
            }
        }
    }
}

extension [LedgerState.Change] {
    /// As transaction meta tells them, one after the other.
    func meta() throws(XDRError) -> [LedgerEntryChange] {
        var told: [LedgerEntryChange] = []
        for change in self { told += try change.meta }
        return told
    }
}

extension [LedgerState.Change] {
    /// SHA-256 of what was before and what each entry has become.
    func hash(after previous: Hash) throws(XDRError) -> Hash {
        var encoder = XDREncoder(capacity: 4_096)
        try previous.encode(into: &encoder)
        for change in self {
            guard let after = change.after else {
                encoder.bool(false)
                try change.key.encode(into: &encoder)
                continue
            }
            encoder.bool(true)
            try after.entry.encode(into: &encoder)
            encoder.uint32(after.liveUntil ?? 0)
            encoder.uint32(after.liveUntilModified)
        }
        return Hash(fitting: SHA256.hash(encoder.finish()))
    }
}

extension LedgerKey {
    /// SHA-256 of the key: under it stands how long the entry lives.
    var hash: Hash {
        get throws(XDRError) { Hash(fitting: SHA256.hash(try xdr())) }
    }

    /// The key of the entry that tells how long the entry under this one lives.
    var lifeKey: LedgerKey {
        get throws(XDRError) { .ttl(LedgerKeyTtl(keyHash: try hash)) }
    }
}

extension [LedgerKey] {
    /// In the order of their encodings.
    func sortedByEncoding() throws(XDRError) -> [LedgerKey] {
        var keys: [(key: LedgerKey, bytes: [UInt8])] = []
        for key in self { keys.append((key, try key.xdr())) }
        return keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.key)
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
