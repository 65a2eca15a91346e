internal import StellarXDR

extension Simulation {
    /// Tries to let entries live longer.
    func extendLives(
        _ operation: ExtendFootprintTTLOp, _ footprint: LedgerFootprint, on state: LedgerEntries
    ) throws(XDRError) -> Outcome {
        let context = runtime.context
        var outcome = Outcome()
        guard footprint.readWrite.isEmpty, footprint.readOnly.allSatisfy(\.isSorobanEntry) else {
            outcome.error = "the footprint must hold contract data and code to read only"
            return outcome
        }
        let archived = footprint.readOnly.filter { isArchived($0, on: state) }
        if !archived.isEmpty {
            outcome.restore =
                try restore(LedgerFootprint(readOnly: [], readWrite: archived), on: state).data
        }
        let (until, overflow) = context.sequence.addingReportingOverflow(operation.extendTo)
        guard !overflow, operation.extendTo < context.settings.archival.maxEntryTTL else {
            outcome.error = "an entry cannot be extended by \(operation.extendTo) ledgers"
            return outcome
        }
        let fresh = context.sequence + context.settings.archival.minPersistentTTL - 1
        var (keys, rent): ([LedgerKey], [EntryRent]) = ([], [])
        for key in try footprint.readOnly.sortedByEncoding() {
            guard let stored = state[key], let found = stored.liveUntil else { continue }
            let isAlive = stored.isAlive(in: context.sequence)
            guard isAlive || key.isPersistent else { continue }
            let old = isAlive ? found : fresh
            guard old < until else { continue }
            keys.append(key)
            rent.append(
                try EntryRent(key, stored, from: old, to: until, costs: runtime.costs))
        }
        outcome.data = try data(
            LedgerFootprint(readOnly: keys, readWrite: []), byteCount: 0,
            .extendFootprintTtl(operation), rent)
        return outcome
    }

    /// Tries to bring archived entries back.
    func restore(
        _ footprint: LedgerFootprint, on state: LedgerEntries
    ) throws(XDRError) -> Outcome {
        let context = runtime.context
        var outcome = Outcome()
        guard footprint.readOnly.isEmpty, footprint.readWrite.allSatisfy(\.isPersistent) else {
            outcome.error = "the footprint must hold persistent contract data and code to write"
            return outcome
        }
        let until = context.sequence + context.settings.archival.minPersistentTTL - 1
        var (keys, rent, byteCount): ([LedgerKey], [EntryRent], Int) = ([], [], 0)
        for key in footprint.readWrite where isArchived(key, on: state) {
            guard let stored = state[key] else { continue }
            keys.append(key)
            byteCount += try stored.byteCount
            rent.append(
                try EntryRent(key, stored, from: 0, to: until, costs: runtime.costs))
        }
        outcome.data = try data(
            LedgerFootprint(readOnly: [], readWrite: keys), byteCount: UInt32(clamping: byteCount),
            .restoreFootprint(RestoreFootprintOp(ext: .v0)), rent)
        return outcome
    }

    private func isArchived(_ key: LedgerKey, on state: LedgerEntries) -> Bool {
        key.isPersistent && state[key]?.isAlive(in: runtime.context.sequence) == false
    }

    private func data(
        _ footprint: LedgerFootprint, byteCount: UInt32, _ body: OperationBody,
        _ rent: [EntryRent]
    ) throws(XDRError) -> SorobanTransactionData {
        var data = SorobanTransactionData(
            ext: .v0,
            resources: SorobanResources(
                footprint: footprint, instructions: 0, diskReadBytes: byteCount,
                writeBytes: byteCount), resourceFee: 0)
        data.resourceFee = try fee(of: data, body, rent: rent, eventsByteCount: 0)
        return data
    }
}
