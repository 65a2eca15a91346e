internal import StellarXDR

/// A wish to prolong the life of an entry: by the rule of the first host functions, or by the one
/// of protocol 26.
enum LifeExtension {
    /// To `extendTo` ledgers from now, if at most `threshold` are left.
    case below(threshold: UInt32, extendTo: UInt32)
    /// To `extendTo` ledgers from now, by at most `maximum` and only if that is `minimum` or more.
    case bounded(extendTo: UInt32, minimum: UInt32, maximum: UInt32)
}

extension Storage {
    /// Prolongs the life of a living entry.
    /// - Throws: (Storage, InvalidInput) for contradictory bounds, (Storage, MissingValue) when
    ///   there is no such entry, (Storage, InvalidAction) for a temporary entry beyond the maximum.
    func extend(_ key: StorageKey, by wish: LifeExtension) throws(HostError) {
        switch wish {
        case .below(let threshold, let extendTo):
            guard threshold <= extendTo else { throw HostError(.storage, .invalidInput) }
        case .bounded(_, let minimum, let maximum):
            guard minimum <= maximum else { throw HostError(.storage, .invalidInput) }
        }
        try expire(key)
        guard var found = try find(key), let current = found.liveUntilLedger else {
            throw HostError(.storage, .missingValue)
        }
        guard let wanted = try liveUntil(after: wish, current: current, key: key) else { return }
        guard wanted > current else { return }
        found.liveUntilLedger = wanted
        try map.insert(found, for: key, budget: budget)
    }

    /// The last ledger that the wish asks for; `nil` when it asks for nothing.
    private func liveUntil(
        after wish: LifeExtension, current: UInt32, key: StorageKey
    ) throws(HostError) -> UInt32? {
        let left = current - ledger.sequence
        switch wish {
        case .below(let threshold, let extendTo):
            let (sum, overflow) = ledger.sequence.addingReportingOverflow(extendTo)
            if overflow, !ledger.rules.clampsExtensions {
                throw HostError(.context, .internalError)
            }
            if overflow || sum > ledger.maxLiveUntil, !key.isPersistent {
                throw HostError(.storage, .invalidAction)
            }
            guard left <= threshold else { return nil }
            return overflow ? ledger.maxLiveUntil : min(sum, ledger.maxLiveUntil)
        case .bounded(let extendTo, let minimum, let maximum):
            let sum = UInt64(ledger.sequence) + UInt64(extendTo)
            if sum > UInt64(ledger.maxLiveUntil), !key.isPersistent {
                throw HostError(.storage, .invalidAction)
            }
            let room = ledger.maxLiveUntil - min(current, ledger.maxLiveUntil)
            guard extendTo > left else { return nil }
            let step = min(extendTo - left, maximum, room)
            guard step >= minimum else { return nil }
            return current + step
        }
    }
}

extension LedgerInfo {
    /// The last ledger of a new or restored entry's first life.
    func minLiveUntil(isPersistent: Bool) -> UInt32 {
        let life = isPersistent ? minPersistentTTL : minTemporaryTTL
        let (last, overflow) = sequence.addingReportingOverflow(max(life, 1) - 1)
        return overflow ? .max : last
    }
}
