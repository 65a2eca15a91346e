internal import Cryptography
internal import SorobanHost
internal import StellarXDR

/// A network as its file has it: what a process that ended left behind. The entries are read, and
/// the newest ledgers; the others stay where they are.
struct StoredNetwork: Sendable {
    var state = LedgerState()
    var history: History
    var clockAdvance: UInt64 = 0

    /// So many bytes of the newest ledgers are read.
    private static let recentBytesMax = 1 << 20

    /// Reads the file.
    /// - Returns: `nil` if the file is new.
    /// - Throws: ``SandboxError/otherNetwork(_:)``, ``SandboxError/storage(_:)`` for a file whose
    ///   newest ledgers do not follow one from the other.
    @concurrent
    static func read(
        _ repository: LedgerRepository, genesis: Genesis, passphrase: String, ledgersMax: Int
    ) async throws -> StoredNetwork? {
        guard let found = try await repository.network() else { return nil }
        guard found.passphrase == passphrase else {
            throw SandboxError.otherNetwork(found.passphrase)
        }
        try await repository.indexOldLedgers(networkID: genesis.networkID)
        guard let range = try await repository.range() else {
            throw SandboxError.storage("the file has no ledger")
        }
        let recent = try await newest(of: range, repository, networkID: genesis.networkID)
        var network = StoredNetwork(
            history: try History(
                ledgersMax: ledgersMax, keepsAll: false, oldest: range.lowerBound,
                recent: recent))
        network.clockAdvance = found.clockAdvance
        try await network.readEntries(repository, CostSettings(genesis.settings))
        network.state.sequence = range.upperBound
        return network
    }

    private static func newest(
        of range: ClosedRange<UInt32>, _ repository: LedgerRepository, networkID: Hash
    ) async throws -> [ClosedLedger] {
        var newest: [ClosedLedger] = []
        var byteCount = 0
        for sequence in range.reversed().prefix(History.recentMax) where byteCount < recentBytesMax
        {
            guard let bytes = try await repository.ledger(sequence) else {
                throw SandboxError.storage("ledger \(sequence) is missing")
            }
            let ledger = try ClosedLedger(LedgerCloseMeta(xdr: bytes), networkID: networkID)
            if let next = newest.first, next.header.previousLedgerHash != ledger.hash {
                throw SandboxError.storage(
                    "ledger \(next.sequence) does not follow \(sequence)")
            }
            newest.insert(ledger, at: 0)
            byteCount += bytes.count
        }
        return newest
    }

    private mutating func readEntries(
        _ repository: LedgerRepository, _ costs: CostSettings
    ) async throws {
        var last: [UInt8] = []
        while true {
            let page = try await repository.entries(after: last)
            guard let end = page.last else { return }
            for row in page {
                let entry = try LedgerEntry(xdr: row.entry)
                let stored = StoredEntry(
                    entry, liveUntil: row.liveUntil, liveUntilModified: row.liveUntilModified,
                    byteCount: row.entry.count)
                try state.load(stored, at: try LedgerKey(xdr: row.key), costs: costs)
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
        evictedKeys = meta.evictedKeys
        stateByteCount = Int64(clamping: meta.totalByteSizeOfLiveSorobanState)
        fees = InclusionFees(set.phases)
        let sizes = set.phases.flatMap(\.clusterSizes)
        clusterSizes = sizes.count > 1 ? sizes : []
    }
}

extension InclusionFees {
    /// As the ledger's set of transactions has them.
    fileprivate init(_ phases: [TransactionPhase]) {
        for phase in phases {
            switch phase {
            case .v0(let components):
                for case .txsetCompTxsMaybeDiscountedFee(let part) in components {
                    classic = part.baseFee ?? classic
                }
            case .v1(let parallel): soroban = parallel.baseFee ?? soroban
            }
        }
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

    /// How many transactions each cluster has.
    fileprivate var clusterSizes: [Int] {
        guard case .v1(let parallel) = self else { return [] }
        return parallel.executionStages.flatMap { $0.map(\.count) }
    }
}
