internal import StellarXDR

// The beginning of an invocation whose footprint is given: `costs.md` 6 of the reference.

extension Host {
    func prepareEnforcing() throws(HostError) {
        guard case .enforcing(let footprint, let restored) = invocation.footprint else { return }
        let resources = SorobanResources(
            footprint: footprint, instructions: 0, diskReadBytes: 0, writeBytes: 0)
        try budget.charge(.valDeser, byteCount(resources))
        let readWrite = footprint.readWrite.map(StorageKey.init)
        let readOnly = footprint.readOnly.map(StorageKey.init)
        var restoredKeys = StorageMap<Bool>(entrySize: 24)
        for position in restored {
            guard readWrite.indices.contains(Int(position)) else {
                throw HostError(.storage, .invalidInput)
            }
            let key = readWrite[Int(position)]
            try budget.copy(DeclaredSize.ledgerKey)
            try key.chargeCopyOfContents(budget: budget)
            try restoredKeys.insert(true, for: key, budget: budget)
        }
        for (keys, access) in [(readWrite, Access.readWrite), (readOnly, .readOnly)] {
            for key in keys {
                try chargeKeyCopy(key)
                try storage.footprint.insert(access, for: key, budget: budget)
            }
        }
        try loadStorage(readOnly + readWrite, restored: restoredKeys)
        if case .enforcing(let entries) = invocation.authorization { try chargeEntries(entries) }
    }

    private func loadStorage(
        _ keys: [StorageKey], restored: StorageMap<Bool>
    ) throws(HostError) {
        for key in keys {
            try chargeKeyCopy(key)
            var entry: LivingEntry?
            if let record = try livingRecord(of: key) {
                try budget.allocate(record.byteCount)
                try budget.copy(record.byteCount)
                try budget.allocate(32)
                var liveUntil = record.liveUntilLedger
                if key.isPersistent, let last = liveUntil, last < ledger.sequence {
                    liveUntil = ledger.minLiveUntil(isPersistent: true)
                }
                entry = LivingEntry(stored: StoredEntry(record), liveUntilLedger: liveUntil)
            }
            try storage.map.insert(entry, for: key, budget: budget)
        }
        try storage.map.chargeCopy(budget: budget)
    }
}
