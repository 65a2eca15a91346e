internal import StellarXDR

/// How an invocation may use a ledger entry.
enum Access {
    case readOnly, readWrite
}

/// An entry as the storage map holds it: shared by all copies of the map, since decoding it is
/// charged once.
final class StoredEntry {
    let entry: LedgerEntry
    /// The length of the encoded entry, if it came from the ledger and nobody has read it yet.
    var encodedByteCount: Int?

    init(_ entry: LedgerEntry, encodedByteCount: Int? = nil) {
        self.entry = entry
        self.encodedByteCount = encodedByteCount
    }
}

/// An entry and the last ledger in which it is alive.
struct LivingEntry {
    var stored: StoredEntry
    var liveUntilLedger: UInt32?

    var entry: LedgerEntry { stored.entry }
}

/// The ledger as one invocation sees it: what it read, what it changed, and its footprint.
///
/// The map is a value, so a frame keeps a copy and gives it back when it fails; the footprint
/// stays. `nil` in the map says that there is known to be nothing. `costs.md` 5.4 of the reference.
final class Storage {
    let snapshot: any LedgerSnapshot
    let ledger: LedgerInfo
    let budget: Budget
    let isRecording: Bool
    private let tracer: Tracer?
    /// What the ledger answered.
    private var asked: [LedgerKey: LedgerSnapshotEntry?] = [:]
    var footprint = StorageMap<Access>(entrySize: 25)
    var map = StorageMap<LivingEntry?>(entrySize: 68)

    init(
        snapshot: any LedgerSnapshot, ledger: LedgerInfo, budget: Budget, isRecording: Bool,
        tracer: Tracer?
    ) {
        self.tracer = tracer
        self.snapshot = snapshot
        self.ledger = ledger
        self.budget = budget
        self.isRecording = isRecording
    }

    /// Whether there is a living entry under `key`.
    func has(_ key: StorageKey) throws(HostError) -> Bool {
        try find(key) != nil
    }

    /// The living entry under `key`, decoded; `nil` when there is none.
    func get(_ key: StorageKey) throws(HostError) -> LivingEntry? {
        guard let found = try find(key) else { return nil }
        try decode(found.stored, key: key)
        return found
    }

    /// The living entry under `key`.
    /// - Throws: (Storage, MissingValue) when there is none.
    func require(_ key: StorageKey) throws(HostError) -> LivingEntry {
        guard let found = try get(key) else { throw HostError(.storage, .missingValue) }
        return found
    }

    /// Writes an entry, or removes it.
    func put(_ entry: LivingEntry?, for key: StorageKey) throws(HostError) {
        try expire(key)
        try record(key, .readWrite)
        if entry != nil { try budget.allocate(32) }
        try map.insert(entry, for: key, budget: budget)
    }

    /// Finds an entry without decoding it.
    func find(_ key: StorageKey) throws(HostError) -> LivingEntry? {
        try read(key)
        return try map.get(key, budget: budget) ?? nil
    }

    /// Makes sure that the map knows the key.
    private func read(_ key: StorageKey) throws(HostError) {
        try record(key, .readOnly)
        guard isRecording else { return }
        if try !map.contains(key, budget: budget) {
            try map.insert(load(key), for: key, budget: budget)
        }
        try record(key, .readOnly)
        try expire(key)
    }

    /// The entry as the ledger has it, expired or not.
    private func load(_ key: StorageKey) throws(HostError) -> LivingEntry? {
        guard let found = try snapshotEntry(key) else { return nil }
        return LivingEntry(
            stored: StoredEntry(found.entry, encodedByteCount: found.byteCount),
            liveUntilLedger: found.liveUntilLedger)
    }

    /// What the ledger itself has under the key; the ledger is asked once.
    func snapshotEntry(_ key: StorageKey) throws(HostError) -> LedgerSnapshotEntry? {
        if let known = key.answer { return known }
        if let known = asked[key.key] {
            key.answer = .some(known)
            return known
        }
        let found: LedgerSnapshotEntry?
        do { found = try snapshot.entry(key.key) } catch {
            throw HostError(.storage, .internalError)
        }
        asked[key.key] = .some(found)
        key.answer = .some(found)
        return found
    }

    /// Notes the use of a key in the footprint, or holds the invocation to the one it was given.
    func record(_ key: StorageKey, _ access: Access) throws(HostError) {
        tracer?.use(key.key, access)
        let noted = try footprint.get(key, budget: budget)
        if isRecording {
            if noted == nil || (noted == .readOnly && access == .readWrite) {
                try footprint.insert(access, for: key, budget: budget)
            }
        } else if noted == nil || (noted == .readOnly && access == .readWrite) {
            throw HostError(.storage, .exceededLimit)
        }
    }

    /// Ends the life of what has expired: a temporary entry is forgotten, a persistent one is
    /// restored (when recording; a ledger restores before it runs the transaction).
    func expire(_ key: StorageKey) throws(HostError) {
        guard let found = try map.get(key, budget: budget) ?? nil, key.expires,
            let liveUntil = found.liveUntilLedger, liveUntil < ledger.sequence
        else { return }
        guard key.isPersistent else {
            return try map.insert(nil, for: key, budget: budget)
        }
        guard isRecording else { return }
        try record(key, .readWrite)
        var restored = found
        restored.liveUntilLedger = ledger.minLiveUntil(isPersistent: true)
        try map.insert(restored, for: key, budget: budget)
    }

    /// Charges for decoding an entry the first time somebody reads it.
    func decode(_ stored: StoredEntry, key: StorageKey) throws(HostError) {
        guard let byteCount = stored.encodedByteCount else { return }
        stored.encodedByteCount = nil
        try budget.charge(.valDeser, input: UInt64(byteCount))
        try budget.allocate(288)
        switch key.key {
        case .contractData:
            try budget.copy(48)
            try budget.copy(96)
            try key.chargeCopyOfContents(budget: budget)
        case .trustline:
            try budget.copy(32)
            try budget.copy(45)
        default: try budget.copy(32)
        }
        _ = try key.compare(to: key, budget: budget)
    }
}
