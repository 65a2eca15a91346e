internal import Cryptography
internal import StellarXDR

// What an invocation leaves behind: footprint, changes, events. `costs.md` 5.12 of the reference.

extension Host {
    func finish(_ outcome: inout InvocationOutcome) throws(HostError) {
        let readOnly = keys(.readOnly)
        let readWrite = keys(.readWrite)
        outcome.footprint = LedgerFootprint(
            readOnly: readOnly.map(\.key), readWrite: readWrite.map(\.key))
        if storage.isRecording {
            try rebuildFootprint(readWrite + readOnly)
            let restored = try restoredKeys(readWrite)
            outcome.restored = restored.positions
            try rebuildStorage(readOnly + readWrite)
            try budget.charge(
                .valDeser,
                input: UInt64(20 + (readOnly + readWrite).reduce(0) { $0 + byteCount($1.key) }))
            outcome.diskReadBytes = try diskReadBytes(readOnly + readWrite)
            let events = try makeEvents()
            guard case .success = outcome.result else { return }
            try makeChanges(readOnly, readWrite, restored.set, &outcome)
            try encodeEvents(events)
            outcome.events = events
        } else {
            let events = try makeEvents()
            guard case .success = outcome.result else { return }
            try makeChanges(readOnly, readWrite, StorageMap(entrySize: 24), &outcome)
            try encodeEvents(events)
            outcome.events = events
        }
    }

    private func keys(_ access: Access) -> [StorageKey] {
        storage.footprint.entries.filter { $0.value == access }.map(\.key)
    }

    private func rebuildFootprint(_ keys: [StorageKey]) throws(HostError) {
        var footprint = StorageMap<Access>(entrySize: DeclaredSize.footprintEntry)
        for key in keys {
            try chargeKeyCopy(key)
            try footprint.insert(.readOnly, for: key, budget: budget)
        }
    }

    func chargeKeyCopy(_ key: StorageKey) throws(HostError) {
        try budget.copy(DeclaredSize.ledgerKey)
        try key.chargeCopyOfContents(budget: budget)
        try budget.allocate(DeclaredSize.ledgerKey)
    }

    /// Archived entries that the invocation brings back to life.
    private func restoredKeys(
        _ keys: [StorageKey]
    ) throws(HostError) -> (set: StorageMap<Bool>, positions: [UInt32]) {
        var set = StorageMap<Bool>(entrySize: 24)
        var positions: [UInt32] = []
        for (position, key) in keys.enumerated() {
            guard let found = try storage.record(of: key), isArchived(key, found) else {
                continue
            }
            try set.insert(true, for: key, budget: budget)
            positions.append(UInt32(position))
        }
        return (set, positions)
    }

    private func isArchived(_ key: StorageKey, _ found: LedgerRecord) -> Bool {
        guard key.isPersistent, let liveUntil = found.liveUntilLedger else { return false }
        return liveUntil < ledger.sequence
    }

    private func rebuildStorage(_ keys: [StorageKey]) throws(HostError) {
        var map = StorageMap<Bool>(entrySize: DeclaredSize.storageEntry)
        for key in keys {
            try chargeKeyCopy(key)
            if let found = try livingRecord(of: key) {
                try budget.allocate(found.byteCount)
                try budget.copy(found.byteCount)
                try budget.allocate(32)
            }
            try map.insert(true, for: key, budget: budget)
        }
        try map.chargeCopy(budget: budget)
    }

    /// The ledger's entry, unless it is a temporary one whose life has ended.
    func livingRecord(of key: StorageKey) throws(HostError) -> LedgerRecord? {
        guard let found = try storage.record(of: key) else { return nil }
        if key.expires, !key.isPersistent, let liveUntil = found.liveUntilLedger,
            liveUntil < ledger.sequence
        {
            return nil
        }
        return found
    }

    /// Bytes of classic entries and of archived ones: those are not kept in memory.
    private func diskReadBytes(_ keys: [StorageKey]) throws(HostError) -> UInt32 {
        var bytes: UInt32 = 0
        for key in keys {
            guard let found = try storage.record(of: key) else { continue }
            if !key.expires || isArchived(key, found) { bytes += UInt32(found.byteCount) }
        }
        return bytes
    }

    private func makeChanges(
        _ readOnly: [StorageKey], _ readWrite: [StorageKey], _ restored: StorageMap<Bool>,
        _ outcome: inout InvocationOutcome
    ) throws(HostError) {
        for (key, isWritable) in readOnly.map({ ($0, false) }) + readWrite.map({ ($0, true) }) {
            guard let final = try storage.map.get(key, budget: budget) else { continue }
            try budget.write(key.key)
            if key.expires {
                try budget.makeVector(of: 1, count: 32)
                try budget.charge(.computeSha256Hash, byteCount(key.key))
            }
            let before = try livingRecord(of: key)
            if isWritable, let final {
                if final.stored.isEncoded {
                    try budget.charge(.valDeser, final.stored.byteCount)
                    try budget.allocate(DeclaredSize.ledgerEntry)
                }
                try budget.write(final.stored.entry)
                outcome.writeBytes += UInt32(final.stored.byteCount)
                if restored.count > 0 { _ = try restored.contains(key, budget: budget) }
            }
            addChange(of: key, before: before, after: final, isWritable, &outcome)
        }
    }

    private func addChange(
        of key: StorageKey, before: LedgerRecord?, after: LivingEntry?,
        _ isWritable: Bool, _ outcome: inout InvocationOutcome
    ) {
        if let rent = RentChange(before: before, after: after, key: key, host: self) {
            outcome.rent.append(rent)
        }
        guard var after else {
            if before != nil, isWritable {
                outcome.changes.append(
                    LedgerChange(key: key.key, value: .removed, liveUntilLedger: nil))
            }
            return
        }
        // A life never ends before it would have: a new entry in an old one's place lives on.
        if let last = after.liveUntilLedger {
            after.liveUntilLedger = max(last, before?.liveUntilLedger ?? 0)
        }
        let livesLonger = after.liveUntilLedger != before?.liveUntilLedger
        if isWritable {
            let isSame = before.map { after.stored.isSame(as: $0) } ?? false
            guard livesLonger || !isSame else { return }
            outcome.changes.append(
                LedgerChange(
                    key: key.key, value: .written(after.stored.entry),
                    liveUntilLedger: after.liveUntilLedger, byteCount: after.stored.byteCount))
        } else if livesLonger {
            outcome.changes.append(
                LedgerChange(
                    key: key.key, value: .unchanged, liveUntilLedger: after.liveUntilLedger))
        }
    }

    private func encodeEvents(_ events: [ContractEvent]) throws(HostError) {
        for event in events { try budget.write(event) }
        try budget.makeVector(of: 24, count: events.count)
    }
}
