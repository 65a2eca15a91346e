internal import StellarXDR

/// The ledgers that can be asked for.
struct LedgerRange: Sendable {
    let oldest: Moment.Stamp
    let latest: ClosedLedger

    func contains(_ sequence: UInt32) -> Bool {
        (oldest.sequence...latest.sequence).contains(sequence)
    }
}

/// What readers are told. Nothing that grows is handed out: whoever reads holds up no ledger, and
/// no ledger is copied for a reader.
extension Chain {
    /// The newest ledger that readers see.
    var seenLatest: ClosedLedger {
        get throws(SandboxError) {
            if let frozen { return frozen.latest }
            return try latest
        }
    }

    /// An entry as readers see it, dead ones included.
    func seenEntry(_ key: LedgerKey) -> StoredEntry? { frozen?.before[key] ?? state[key] }

    /// The ledgers that can be asked for.
    var range: LedgerRange {
        get async throws(SandboxError) {
            let latest = try seenLatest
            let sequence = min(history.oldest, latest.sequence)
            if oldestStamp?.sequence != sequence {
                let closeTime = try await closeTime(of: sequence)
                oldestStamp = Moment.Stamp(sequence: sequence, closeTime: closeTime)
            }
            return LedgerRange(
                oldest: oldestStamp
                    ?? Moment.Stamp(sequence: sequence, closeTime: latest.closeTime),
                latest: latest)
        }
    }

    /// When a ledger closed, in seconds since 1970; 0 if it is forgotten.
    func closeTime(of sequence: UInt32) async throws(SandboxError) -> UInt64 {
        if let kept = history.ledger(sequence) { return kept.closeTime }
        return try await keptLedger(sequence)?.closeTime ?? 0
    }

    /// Who reads: RPC can be shown an old network, the others see what there is.
    enum Reader: Sendable { case rpc, other }

    private func newest(for reader: Reader) throws(SandboxError) -> UInt32 {
        reader == .rpc ? try seenLatest.sequence : try latest.sequence
    }

    /// A ledger by its number, `nil` if there is none, or not for this reader.
    func ledger(
        _ sequence: UInt32, for reader: Reader = .rpc
    ) async throws(SandboxError) -> ClosedLedger? {
        let newest = try newest(for: reader)
        guard sequence >= history.oldest, sequence <= newest else { return nil }
        return try await keptLedger(sequence)
    }

    /// A transaction by its hash, or that of the transaction in its fee bump.
    func transaction(
        _ hash: Hash, for reader: Reader = .rpc
    ) async throws(SandboxError) -> TransactionRecord? {
        let latest = try newest(for: reader)
        if let record = history.recentTransaction(hash) {
            return record.ledger <= latest ? record : nil
        }
        var sequence = history.place(of: hash)?.ledger
        if sequence == nil, let repository = try await upToDateRepository() {
            sequence = try await Self.reading { try await repository.ledger(of: hash) }
        }
        guard let sequence, sequence <= latest else { return nil }
        return try await keptLedger(sequence)?.transactions.first {
            $0.applied.frame.hash == hash || $0.applied.frame.innerHash == hash
        }
    }

    /// The events that are wanted.
    func events(_ query: EventQuery) async throws(SandboxError) -> EventFindings {
        guard let repository = try await upToDateRepository() else {
            return history.events.search(query)
        }
        return try await Self.reading {
            var findings = EventFindings()
            var next = query.after?.ledger ?? query.start
            while next < query.end {
                let page = try await repository.events(from: next, until: query.end)
                for events in page where !findings.search(events, query) { return findings }
                guard let last = page.last else { break }
                next = last.sequence + 1
            }
            return findings
        }
    }

    private func keptLedger(_ sequence: UInt32) async throws(SandboxError) -> ClosedLedger? {
        if let kept = history.ledger(sequence) {
            return try await Self.open(kept, networkID: genesis.networkID)
        }
        guard sequence >= history.oldest, let repository = try await upToDateRepository() else {
            return nil
        }
        let networkID = genesis.networkID
        return try await Self.reading {
            guard let bytes = try await repository.ledger(sequence) else {
                throw SandboxError.storage("ledger \(sequence) is missing")
            }
            return try ClosedLedger(LedgerCloseMeta(xdr: bytes), networkID: networkID)
        }
    }

    /// The file, once all that has happened is in it; `nil` for a network in memory.
    private func upToDateRepository() async throws(SandboxError) -> LedgerRepository? {
        guard let repository = durability?.repository else { return nil }
        try await flush()
        return repository
    }

    /// Beside the ledger's own work.
    @concurrent
    private static func open(
        _ kept: KeptLedger, networkID: Hash
    ) async throws(SandboxError) -> ClosedLedger {
        do {
            return try kept.opened(networkID: networkID)
        } catch let error as SandboxError {
            throw error
        } catch {
            throw .inconsistent("\(error)")
        }
    }

    /// What is read from the file, beside the ledger's own work.
    @concurrent
    private static func reading<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws(SandboxError) -> Value {
        do {
            return try await body()
        } catch let error as SandboxError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
    }
}
