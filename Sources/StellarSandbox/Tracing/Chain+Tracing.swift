internal import SorobanHost
internal import StellarXDR

extension Chain {
    /// Runs an invocation of the past again and tells its calls.
    func trace(_ hash: Hash) async throws(SandboxError) -> TransactionTrace {
        guard let record = try await transaction(hash, for: .other) else {
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
        let past = try await state(before: record, of: data.resources.footprint)
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
    ) async throws(SandboxError) -> LedgerState {
        let keys = footprint.readOnly + footprint.readWrite
        let (now, newest) = (keys.map { state[$0] }, try latest.sequence)
        let lives = try Self.encodable { () throws(XDRError) in
            var lives: [LedgerKey] = []
            for key in keys { lives.append(try key.lifeKey) }
            return lives
        }
        let wanted = Set(keys + lives)
        var found: [LedgerKey: LedgerEntry?] = [:]
        var sequence = record.ledger
        while sequence <= newest, let ledger = try await ledger(sequence, for: .other) {
            for change in ledger.changes(since: record) {
                let (key, before) = change.past
                guard let key, wanted.contains(key), found[key] == nil else { continue }
                found[key] = .some(before)
            }
            sequence += 1
        }
        var past = LedgerState()
        past.sequence = record.ledger
        for (index, key) in keys.enumerated() {
            guard let entry = found[key] ?? now[index]?.entry else { continue }
            var stored = StoredEntry(entry, liveUntil: now[index]?.liveUntil)
            if key.isSorobanEntry, let life = found[lives[index]], case .ttl(let ttl)? = life?.data
            {
                stored.liveUntil = ttl.liveUntilLedgerSeq
            }
            past.put(stored, at: key)
        }
        return past
    }
}

extension ClosedLedger {
    /// What changed in it from the operations of `record` on, in the order in which it did.
    fileprivate func changes(since record: TransactionRecord) -> [LedgerEntryChange] {
        let isItsOwn = sequence == record.ledger
        var changes: [LedgerEntryChange] = []
        if !isItsOwn { changes += transactions.flatMap(\.applied.feeChanges) }
        for other in transactions where !isItsOwn || other.order >= record.order {
            if !isItsOwn || other.order > record.order {
                changes += other.applied.meta.txChangesBefore
            }
            changes += other.applied.meta.operations.flatMap(\.changes)
            changes += other.applied.meta.txChangesAfter
        }
        return changes + transactions.flatMap(\.applied.refundChanges)
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
