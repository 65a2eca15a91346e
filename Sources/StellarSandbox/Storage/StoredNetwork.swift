internal import Cryptography
internal import StellarXDR

/// A network as its file has it: what a process that ended left behind.
struct StoredNetwork: Sendable {
    var state = LedgerState()
    var history: History
    var clockAdvance: UInt64 = 0

    /// Reads the file.
    /// - Returns: `nil` if the file is new.
    /// - Throws: ``SandboxError/otherNetwork(_:)``, ``SandboxError/storage(_:)`` for a file whose
    ///   ledgers do not follow one from the other.
    @concurrent
    static func read(
        _ repository: LedgerRepository, genesis: Genesis, passphrase: String, ledgersMax: Int
    ) async throws -> StoredNetwork? {
        guard let found = try await repository.network() else { return nil }
        guard found.passphrase == passphrase else {
            throw SandboxError.otherNetwork(found.passphrase)
        }
        var network = StoredNetwork(history: History(ledgersMax: ledgersMax))
        network.clockAdvance = found.clockAdvance
        try await network.readLedgers(repository, networkID: genesis.networkID)
        try await network.readEntries(repository)
        guard let latest = network.history.latest else {
            throw SandboxError.storage("the file has no ledger")
        }
        network.state.sequence = latest.sequence
        return network
    }

    private mutating func readLedgers(
        _ repository: LedgerRepository, networkID: Hash
    ) async throws {
        while true {
            let page = try await repository.ledgers(after: history.latest?.sequence ?? 0)
            guard !page.isEmpty else { return }
            for bytes in page {
                let ledger = try ClosedLedger(
                    LedgerCloseMeta(xdr: bytes), networkID: networkID)
                if let previous = history.latest {
                    guard ledger.sequence == previous.sequence + 1,
                        ledger.header.previousLedgerHash == previous.hash
                    else {
                        throw SandboxError.storage(
                            "ledger \(ledger.sequence) does not follow \(previous.sequence)")
                    }
                }
                history.add(ledger)
            }
        }
    }

    private mutating func readEntries(_ repository: LedgerRepository) async throws {
        var last: [UInt8] = []
        while true {
            let page = try await repository.entries(after: last)
            guard let end = page.last else { return }
            for row in page {
                let entry = try LedgerEntry(xdr: row.entry)
                var stored = StoredEntry(entry.data, liveUntil: row.liveUntil)
                stored.entry = entry
                stored.liveUntilModified = row.liveUntilModified
                state.load(stored, at: try LedgerKey(xdr: row.key))
            }
            last = end.key
        }
    }
}

extension ClosedLedger {
    /// Reads what ``closeMeta`` writes.
    /// - Throws: ``SandboxError/storage(_:)`` if it is not that.
    init(_ meta: LedgerCloseMeta, networkID: Hash) throws {
        guard case .v2(let meta) = meta, case .v1(let set) = meta.txSet else {
            throw SandboxError.storage("a ledger of another version")
        }
        header = meta.ledgerHeader.header
        hash = Hash(fitting: SHA256.hash(try header.xdr()))
        guard hash == meta.ledgerHeader.hash else {
            throw SandboxError.storage("ledger \(header.ledgerSeq) is not what its hash says")
        }
        let envelopes = set.phases.flatMap(\.envelopes)
        guard envelopes.count == meta.txProcessing.count else {
            throw SandboxError.storage("ledger \(header.ledgerSeq) lacks transactions")
        }
        var records: [TransactionRecord] = []
        for (index, (envelope, processing)) in zip(envelopes, meta.txProcessing).enumerated() {
            guard case .v4(let effects) = processing.txApplyProcessing else {
                throw SandboxError.storage("a transaction of another version")
            }
            var applied = AppliedTransaction(
                try TransactionFrame(envelope, networkID: networkID),
                feeCharged: processing.result.result.feeCharged,
                feeChanges: processing.feeProcessing)
            applied.result = processing.result.result
            applied.meta = effects
            applied.refundChanges = processing.postTxApplyFeeProcessing
            records.append(
                TransactionRecord(
                    applied: applied, order: UInt32(index + 1), ledger: header.ledgerSeq,
                    closeTime: header.scpValue.closeTime))
        }
        transactions = records
    }
}

extension TransactionPhase {
    /// Its transactions, in the order in which they are applied.
    fileprivate var envelopes: [TransactionEnvelope] {
        switch self {
        case .v0(let components):
            components.flatMap { component in
                switch component {
                case .txsetCompTxsMaybeDiscountedFee(let part): part.txs
                }
            }
        case .v1(let parallel): parallel.executionStages.flatMap { $0.flatMap { $0 } }
        }
    }
}
