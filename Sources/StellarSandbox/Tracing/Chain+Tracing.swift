internal import Cryptography
internal import SorobanHost
internal import StellarXDR

extension Chain {
    /// Runs an invocation of the past again and tells its calls.
    func trace(_ hash: Hash) throws(SandboxError) -> TransactionTrace {
        guard let record = history.transaction(hash) else {
            throw .nothingToTrace("there is no transaction \(hash)")
        }
        let frame = record.applied.frame
        guard let operation = frame.transaction.operations.first, let data = frame.sorobanData,
            case .invokeHostFunction(let call) = operation.body
        else { throw .nothingToTrace("the transaction invokes no contract") }
        var context = try nextContext()
        context.sequence = record.ledger
        context.closeTime = record.closeTime
        var runtime = runtime(in: context)
        runtime.isTraced = true
        let past = state(before: record, of: data.resources.footprint)
        let application = OperationApplication(
            operation: operation, frame: frame, context: context, runtime: runtime)
        let outcome = application.run(call, data, on: past)
        guard let outcome else {
            throw .nothingToTrace("the transaction failed before it ran: an entry is archived")
        }
        return TransactionTrace(
            hash: hash, ledger: record.ledger, result: outcome.result, calls: outcome.calls,
            authorization: outcome.authorization, costs: outcome.costs)
    }

    /// The entries of a footprint as they were when the operation of `record` began: what is now,
    /// unless something since tells what it was before.
    private func state(
        before record: TransactionRecord, of footprint: LedgerFootprint
    ) -> LedgerState {
        var entries: [LedgerKey: LedgerEntry?] = [:]
        for change in history.changes(since: record) {
            let (key, before) = change.past
            guard let key, entries[key] == nil else { continue }
            entries[key] = .some(before)
        }
        var past = LedgerState()
        past.sequence = record.ledger
        for key in footprint.readOnly + footprint.readWrite {
            let now = state[key]
            guard let entry = entries[key] ?? now?.entry else { continue }
            var stored = StoredEntry(entry.data, liveUntil: now?.liveUntil)
            stored.entry = entry
            if key.isSorobanEntry, let ttlKey = LedgerKey.life(of: key),
                let life = entries[ttlKey], case .ttl(let ttl)? = life?.data
            {
                stored.liveUntil = ttl.liveUntilLedgerSeq
            }
            past.load(stored, at: key)
        }
        return past
    }
}

extension History {
    /// What changed from the operations of `record` on, in the order in which it did.
    fileprivate func changes(since record: TransactionRecord) -> [LedgerEntryChange] {
        guard let first = ledger(record.ledger) else { return [] }
        var changes: [LedgerEntryChange] = []
        for other in first.transactions where other.order >= record.order {
            if other.order > record.order { changes += other.applied.meta.txChangesBefore }
            changes += other.applied.meta.operations.flatMap(\.changes)
            changes += other.applied.meta.txChangesAfter
        }
        changes += first.transactions.flatMap(\.applied.refundChanges)
        for later in all where later.sequence > record.ledger {
            changes += later.transactions.flatMap(\.applied.feeChanges)
            for other in later.transactions {
                changes += other.applied.meta.txChangesBefore
                changes += other.applied.meta.operations.flatMap(\.changes)
                changes += other.applied.meta.txChangesAfter
            }
            changes += later.transactions.flatMap(\.applied.refundChanges)
        }
        return changes
    }
}

extension LedgerEntryChange {
    /// Which entry it is of, and what that was before.
    fileprivate var past: (key: LedgerKey?, before: LedgerEntry?) {
        switch self {
        case .created(let entry): (entry.data.keyWithLife, nil)
        case .updated(let entry), .state(let entry): (entry.data.keyWithLife, entry)
        case .removed(let key): (key, nil)
        case .restored(let entry): (entry.data.keyWithLife, entry.beforeRestoring)
        }
    }
}

extension LedgerEntry {
    /// The change tells the life after; before, it had ended.
    fileprivate var beforeRestoring: LedgerEntry {
        guard case .ttl(var life) = data else { return self }
        life.liveUntilLedgerSeq = 0
        return LedgerEntry(
            lastModifiedLedgerSeq: lastModifiedLedgerSeq, data: .ttl(life), ext: ext)
    }
}

extension LedgerEntryData {
    fileprivate var keyWithLife: LedgerKey? {
        if case .ttl(let life) = self { return .ttl(LedgerKeyTtl(keyHash: life.keyHash)) }
        return key
    }
}

extension LedgerKey {
    /// The key of the entry that tells how long the entry under `key` lives.
    fileprivate static func life(of key: LedgerKey) -> LedgerKey? {
        guard let bytes = try? key.xdr() else { return nil }
        return .ttl(LedgerKeyTtl(keyHash: Hash(fitting: SHA256.hash(bytes))))
    }
}
