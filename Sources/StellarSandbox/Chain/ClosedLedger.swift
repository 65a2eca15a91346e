internal import StellarXDR

/// A transaction in a closed ledger.
struct TransactionRecord: Sendable {
    /// What it did.
    let applied: AppliedTransaction
    /// Its place among the ledger's transactions, from 1.
    let order: UInt32
    /// Its ledger.
    let ledger: UInt32
    /// When its ledger closed, in seconds since 1970.
    let closeTime: UInt64
}

/// A ledger that is done.
struct ClosedLedger: Sendable {
    /// Its header.
    let header: LedgerHeader
    /// SHA-256 of the header.
    let hash: Hash
    /// Its transactions, in the order in which they were applied.
    let transactions: [TransactionRecord]
    /// Temporary entries whose life had ended and that were removed.
    var evictedKeys: [LedgerKey] = []
    /// How large contract data and code were of late, in bytes.
    var stateByteCount: Int64 = 0
    /// What inclusion cost.
    var fees = InclusionFees()
    /// How many contracts' transactions each cluster has, if there are several.
    var clusterSizes: [Int] = []

    /// Its number.
    var sequence: UInt32 { header.ledgerSeq }

    /// When it closed, in seconds since 1970.
    var closeTime: UInt64 { header.scpValue.closeTime }

    /// The header with its hash.
    var headerEntry: LedgerHeaderHistoryEntry {
        LedgerHeaderHistoryEntry(hash: hash, header: header, ext: .v0)
    }

    /// All that happened in it.
    var closeMeta: LedgerCloseMeta {
        .v2(
            LedgerCloseMetaV2(
                ext: .v0, ledgerHeader: headerEntry,
                txSet: Self.transactionSet(
                    transactions.map(\.applied.frame), previous: header.previousLedgerHash,
                    fees: fees, clusterSizes: clusterSizes),
                txProcessing: transactions.map { record in
                    TransactionResultMetaV1(
                        ext: .v0,
                        result: TransactionResultPair(
                            transactionHash: record.applied.frame.hash,
                            result: record.applied.result),
                        feeProcessing: record.applied.feeChanges,
                        txApplyProcessing: .v4(record.applied.meta),
                        postTxApplyFeeProcessing: record.applied.refundChanges)
                },
                upgradesProcessing: [], scpInfo: [],
                totalByteSizeOfLiveSorobanState: UInt64(clamping: stateByteCount),
                evictedKeys: evictedKeys))
    }

    /// What the ledger agreed to apply: classic transactions, then those of Soroban.
    static func transactionSet(
        _ frames: [TransactionFrame], previous: Hash, fees: InclusionFees, clusterSizes: [Int] = []
    ) -> GeneralizedTransactionSet {
        let classic = frames.filter { !$0.isSoroban }.map(\.envelope)
        let soroban = frames.filter(\.isSoroban).map(\.envelope)
        var clusters: [[TransactionEnvelope]] = []
        for size in clusterSizes {
            clusters.append(Array(soroban.dropFirst(clusters.joined().count).prefix(size)))
        }
        if clusters.isEmpty, !soroban.isEmpty { clusters = [soroban] }
        let component = TxSetComponent.txsetCompTxsMaybeDiscountedFee(
            TxSetComponentTxsMaybeDiscountedFee(baseFee: fees.classic, txs: classic))
        return .v1(
            TransactionSetV1(
                previousLedgerHash: previous,
                phases: [
                    .v0(classic.isEmpty ? [] : [component]),
                    .v1(
                        ParallelTxsComponent(
                            baseFee: soroban.isEmpty ? nil : fees.soroban,
                            executionStages: clusters.isEmpty ? [] : [clusters])),
                ]))
    }
}
