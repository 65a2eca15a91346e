internal import StellarXDR

/// How much more fits into the ledger that is being made.
///
/// Contracts' transactions are of one cluster as long as its instructions suffice; then of as many
/// as the network has, if they do not depend on one another.
struct LedgerRoom {
    private var classicOperations: Int64
    /// In the order of ``TransactionFrame/ledgerNeeds``.
    private var soroban: [Int64]
    private var plan: ClusterPlan

    /// All of a ledger.
    init(_ settings: NetworkSettings, operationsMax: UInt32) {
        classicOperations = Int64(operationsMax)
        let cost = settings.ledgerCost
        soroban = [
            Int64(settings.lanes.ledgerMaxTxCount),
            Int64(settings.bandwidth.ledgerMaxTxsSizeBytes),
            Int64(cost.ledgerMaxDiskReadEntries), Int64(cost.ledgerMaxDiskReadBytes),
            Int64(cost.ledgerMaxWriteLedgerEntries), Int64(cost.ledgerMaxWriteBytes),
        ]
        plan = ClusterPlan(
            clustersMax: Int(settings.parallelCompute.ledgerMaxDependentTxClusters),
            instructionsMax: settings.compute.ledgerMaxInstructions)
    }

    /// In which cluster each of the transactions of contracts is that were taken in.
    var clusters: [ObjectIdentifier: Int] { plan.clusters }

    /// Takes a transaction in; `false` if it does not fit.
    mutating func take(_ frame: TransactionFrame) -> Bool {
        guard frame.isSoroban else {
            guard frame.paidOperationCount <= classicOperations else { return false }
            classicOperations -= frame.paidOperationCount
            return true
        }
        let left = zip(soroban, frame.ledgerNeeds).map { $0 - $1 }
        guard left.allSatisfy({ $0 >= 0 }), plan.take(frame) else { return false }
        soroban = left
        return true
    }
}

extension TransactionFrame {
    /// What a contract's transaction takes of a ledger.
    fileprivate var ledgerNeeds: [Int64] {
        guard let data = sorobanData else { return [1, Int64(byteCount), 0, 0, 0, 0] }
        let resources = data.resources
        return [
            1, Int64(byteCount), Int64(data.diskReadEntries), Int64(resources.diskReadBytes),
            Int64(resources.footprint.readWrite.count), Int64(resources.writeBytes),
        ]
    }
}

/// What inclusion in a ledger costs an operation, in stroops: the base fee or, where not all that
/// waited found room, the least bid of those that did.
struct InclusionFees: Hashable, Sendable {
    var classic = Int64(Genesis.baseFee)
    var soroban = Int64(Genesis.baseFee)

    /// What it costs an operation of `frame`.
    func fee(of frame: TransactionFrame) -> Int64 { frame.isSoroban ? soroban : classic }
}
