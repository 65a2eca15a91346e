internal import StellarXDR

extension OperationApplication {
    /// Lets entries live `extendTo` ledgers more, those that are alive and would not anyway.
    func extendLives(
        _ operation: ExtendFootprintTTLOp, on state: inout LedgerState
    ) throws(XDRError) -> OperationEffect {
        guard let data = frame.sorobanData else {
            return OperationEffect(.extendFootprintTtl(.malformed))
        }
        let until = context.sequence + operation.extendTo
        var changes: [EntryRent] = []
        for key in data.resources.footprint.readOnly {
            guard var stored = state[key], stored.isAlive(in: context.sequence),
                let old = stored.liveUntil, old < until
            else { continue }
            changes.append(
                try EntryRent(key, stored, from: old, to: until, costs: runtime.costs))
            stored.liveUntil = until
            state.put(stored, at: key)
        }
        var effect = SorobanEffect()
        effect.rentFee = fees.rent(changes)
        let isPaid = effect.rentFee <= refundable(data)
        return OperationEffect(
            .extendFootprintTtl(isPaid ? .success : .insufficientRefundableFee), soroban: effect)
    }

    /// Brings archived entries back to life.
    func restore(on state: inout LedgerState) throws(XDRError) -> OperationEffect {
        guard let data = frame.sorobanData else {
            return OperationEffect(.restoreFootprint(.malformed))
        }
        let until = context.sequence + context.settings.archival.minPersistentTTL - 1
        var changes: [EntryRent] = []
        var byteCount = 0
        for key in data.resources.footprint.readWrite where isArchived(key, on: state) {
            guard var stored = state[key] else { continue }
            byteCount += try stored.byteCount
            changes.append(
                try EntryRent(key, stored, from: 0, to: until, costs: runtime.costs))
            stored.liveUntil = until
            state.put(stored, at: key)
        }
        let resources = data.resources
        guard byteCount <= resources.diskReadBytes, byteCount <= resources.writeBytes else {
            return OperationEffect(
                .restoreFootprint(.resourceLimitExceeded), soroban: SorobanEffect())
        }
        var effect = SorobanEffect()
        effect.rentFee = fees.rent(changes)
        let isPaid = effect.rentFee <= refundable(data)
        return OperationEffect(
            .restoreFootprint(isPaid ? .success : .insufficientRefundableFee), soroban: effect)
    }
}
