internal import Cryptography
internal import SorobanHost
internal import StellarXDR

extension OperationApplication {
    /// Calls, deploys or uploads, within the declared footprint, resources and fee.
    func invoke(
        _ operation: InvokeHostFunctionOp, on state: inout LedgerState
    ) throws(XDRError) -> OperationEffect {
        guard let data = frame.sorobanData else {
            return OperationEffect(.invokeHostFunction(.malformed))
        }
        let resources = data.resources
        let entries = FootprintEntries(resources.footprint, on: state)
        guard case .success(let restored) = archived(data, entries) else {
            return OperationEffect(.invokeHostFunction(.entryArchived))
        }
        let read = try entries.diskReadBytes(restored: restored)
        guard read <= resources.diskReadBytes else {
            return OperationEffect(.invokeHostFunction(.resourceLimitExceeded))
        }
        var metrics = try CoreMetrics(reading: entries, diskReadBytes: read)
        let start = ContinuousClock.now
        let outcome = run(operation, data, restored, on: state)
        metrics.note(outcome, ContinuousClock.now - start)
        let written = outcome.changes.map { ($0, state.entry(after: $0)) }
        for case (let change, let entry?) in written { try metrics.note(entry, at: change.key) }
        for event in outcome.events { metrics.note(eventOf: try event.xdrByteCount()) }
        var effect = try apply(outcome, written, data, on: &state)
        effect.soroban?.diagnosticEvents =
            outcome.diagnostics + metrics.events(isSuccess: effect.result.isSuccess)
        return effect
    }

    /// Makes the changes that an invocation came to, if it kept to what was declared.
    private func apply(
        _ outcome: InvocationOutcome, _ written: [(LedgerChange, StoredEntry?)],
        _ data: SorobanTransactionData, on state: inout LedgerState
    ) throws(XDRError) -> OperationEffect {
        let resources = data.resources
        var effect = SorobanEffect()
        guard case .success(let value) = outcome.result else {
            let isOverLimit =
                outcome.costs.instructions > UInt64(resources.instructions)
                || outcome.costs.memory > UInt64(context.settings.compute.txMemoryLimit)
            return OperationEffect(
                .invokeHostFunction(isOverLimit ? .resourceLimitExceeded : .trapped),
                soroban: effect)
        }
        // The number of events is no part of what is said.
        let image = try InvokeHostFunctionSuccessPreImage(
            returnValue: value, events: outcome.events
        ).xdr()
        let said = image.count - 4
        guard outcome.writeBytes <= resources.writeBytes, try areSizesGood(written.map(\.1)),
            said <= Int(context.settings.events.txMaxContractEventsSizeBytes)
        else {
            return OperationEffect(.invokeHostFunction(.resourceLimitExceeded), soroban: effect)
        }
        effect.returnValue = value
        effect.rentFee = fees.rent(outcome.rent.map(EntryRent.init))
        effect.eventsFee = fees.events(byteCount: said)
        guard effect.rentFee + effect.eventsFee <= refundable(data) else {
            return OperationEffect(
                .invokeHostFunction(.insufficientRefundableFee), soroban: effect)
        }
        for (change, entry) in written { state.apply(change, entry) }
        return OperationEffect(
            .invokeHostFunction(.success(Hash(fitting: SHA256.hash(image)))),
            events: outcome.events, soroban: effect)
    }

    /// The invocation alone; `nil` if an entry is archived that is not listed to be restored.
    func run(
        _ operation: InvokeHostFunctionOp, _ data: SorobanTransactionData, on state: LedgerState
    ) -> InvocationOutcome? {
        let entries = FootprintEntries(data.resources.footprint, on: state)
        guard case .success(let restored) = archived(data, entries) else { return nil }
        return run(operation, data, restored, on: state)
    }

    private func run(
        _ operation: InvokeHostFunctionOp, _ data: SorobanTransactionData, _ restored: [UInt32],
        on state: LedgerState
    ) -> InvocationOutcome {
        let resources = data.resources
        return runtime.run(
            operation.hostFunction, by: source, .enforcing(operation.auth),
            .enforcing(resources.footprint, restored: restored), seed: seed,
            costs: runtime.costs(instructionsMax: resources.instructions), on: state.entries)
    }

    var fees: SorobanFees { SorobanFees(context) }

    /// What of the resource fee may be used for rent and events, in stroops.
    func refundable(_ data: SorobanTransactionData) -> Int64 {
        data.resourceFee - fees.nonRefundable(of: data, byteCount: frame.byteCount)
    }

    /// Contracts' random numbers follow from the transaction and its ledger.
    private var seed: [UInt8] {
        SHA256.hash(
            frame.hash.bytes
                + (0..<4).map { UInt8(truncatingIfNeeded: context.sequence >> (24 - 8 * $0)) })
    }

    private struct NotListed: Error {}

    /// The places of entries that come back from the archive. One that is archived and not listed
    /// fails the transaction before it runs.
    private func archived(
        _ data: SorobanTransactionData, _ entries: FootprintEntries
    ) -> Result<[UInt32], NotListed> {
        var restored: [UInt32] = []
        for (index, place) in entries.readWrite.enumerated()
        where place.isArchived(in: context.sequence) {
            guard data.archivedIndices.contains(UInt32(index)) else {
                return .failure(NotListed())
            }
            restored.append(UInt32(index))
        }
        let isReadOnlyAlive = !entries.readOnly.contains {
            $0.isArchived(in: context.sequence)
        }
        return isReadOnlyAlive ? .success(restored) : .failure(NotListed())
    }

    func isArchived(_ key: LedgerKey, on state: LedgerState) -> Bool {
        key.isPersistent && state[key]?.isAlive(in: context.sequence) == false
    }

    private func areSizesGood(_ written: [StoredEntry?]) throws(XDRError) -> Bool {
        for case let stored? in written {
            let (byteCount, limit): (Int, UInt32)
            switch stored.entry.data {
            case .contractCode(let code):
                (byteCount, limit) = (code.code.count, context.settings.contractSizeBytesMax)
            case .contractData:
                (byteCount, limit) = (
                    try stored.byteCount, context.settings.dataEntrySizeBytesMax
                )
            default: continue
            }
            if byteCount > Int(limit) { return false }
        }
        return true
    }
}

extension LedgerState {
    /// What an invocation that came to `change` writes, `nil` if it writes nothing.
    fileprivate func entry(after change: LedgerChange) -> StoredEntry? {
        guard case .written(let entry) = change.value else { return nil }
        return StoredEntry.writing(
            entry.data, in: sequence, over: self[change.key], liveUntil: change.liveUntilLedger,
            byteCount: change.byteCount ?? 0)
    }

    /// Makes a change that an invocation came to.
    mutating func apply(_ change: LedgerChange) { apply(change, entry(after: change)) }

    fileprivate mutating func apply(_ change: LedgerChange, _ written: StoredEntry?) {
        switch change.value {
        case .removed: remove(change.key)
        case .written: if let written { put(written: written, at: change.key) }
        case .unchanged:
            guard var stored = self[change.key] else { return }
            stored.liveUntil = change.liveUntilLedger
            put(stored, at: change.key)
        }
    }
}
