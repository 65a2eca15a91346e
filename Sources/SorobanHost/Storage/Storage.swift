internal import StellarXDR

/// How an invocation may use a ledger entry.
enum Access {
    case readOnly, readWrite
}

/// An entry as the ledger has it, shared by all who ask for it.
final class LedgerRecord {
    let entry: LedgerEntry
    /// The last ledger in which the entry is alive; `nil` for entries that do not expire.
    let liveUntilLedger: UInt32?
    /// The length of the entry's XDR, in bytes.
    let byteCount: Int

    init(_ found: LedgerSnapshotEntry) {
        entry = found.entry
        liveUntilLedger = found.liveUntilLedger
        byteCount = found.byteCount
    }
}

/// What the ledger said of a key.
enum LedgerAnswer {
    case nothing
    case entry(LedgerRecord)

    var record: LedgerRecord? {
        switch self {
        case .nothing: nil
        case .entry(let record): record
        }
    }
}

/// An entry as the storage map holds it: shared by all copies of the map, since decoding it is
/// charged once.
final class StoredEntry {
    let entry: LedgerEntry
    /// What of the ledger it is, if nobody has changed it.
    let record: LedgerRecord?
    /// Whether it came from the ledger and nobody has read it yet.
    var isEncoded: Bool
    private var knownByteCount: Int?

    /// An entry of the ledger.
    init(_ record: LedgerRecord) {
        entry = record.entry
        self.record = record
        isEncoded = true
        knownByteCount = record.byteCount
    }

    /// An entry that the invocation made.
    init(_ entry: LedgerEntry) {
        self.entry = entry
        record = nil
        isEncoded = false
    }

    /// Whether the ledger has the same.
    func isSame(as other: LedgerRecord) -> Bool {
        record === other || entry.data == other.entry.data
    }

    /// The length of the entry's XDR, in bytes.
    var byteCount: Int {
        if let knownByteCount { return knownByteCount }
        let count = (try? entry.xdrByteCount()) ?? 0
        knownByteCount = count
        return count
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
    /// Keys that the ledger was asked for; each has its answer.
    private var asked: Set<StorageKey> = []
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
        guard let record = try record(of: key) else { return nil }
        return LivingEntry(
            stored: StoredEntry(record), liveUntilLedger: record.liveUntilLedger)
    }

    /// What the ledger itself has under the key; the ledger is asked once.
    func record(of key: StorageKey) throws(HostError) -> LedgerRecord? {
        if let known = key.answer { return known.record }
        let (isNew, same) = asked.insert(key)
        let answer: LedgerAnswer
        if !isNew, let known = same.answer {
            answer = known
        } else {
            do {
                answer = try snapshot.entry(key.key).map { .entry(LedgerRecord($0)) } ?? .nothing
            } catch {
                throw HostError(.storage, .internalError)
            }
        }
        key.answer = answer
        return answer.record
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
        guard stored.isEncoded else { return }
        stored.isEncoded = false
        try budget.charge(.valDeser, stored.byteCount)
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
