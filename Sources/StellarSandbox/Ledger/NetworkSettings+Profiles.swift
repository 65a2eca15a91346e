internal import StellarXDR

extension NetworkSettings {
    /// The settings of a profile.
    init(_ profile: StellarSandbox.Configuration.Profile) {
        switch profile {
        case .mainnet: self = .mainnet
        case .testnet: self = .testnet
        case .unlimited: self = .unlimited
        }
    }

    /// Quickstart's `testnet` limits: a transaction may do less and pays more than on the public
    /// network, so what fits here fits there.
    private static var testnet: NetworkSettings {
        var settings = mainnet
        settings.compute.txMaxInstructions = 100_000_000
        settings.compute.ledgerMaxInstructions = 100_000_000
        settings.compute.feeRatePerInstructionsIncrement = 25
        settings.ledgerCost.txMaxDiskReadEntries = 100
        settings.ledgerCost.txMaxWriteLedgerEntries = 50
        settings.ledgerCost.feeDiskReadLedgerEntry = 6_250
        settings.ledgerCost.feeWriteLedgerEntry = 10_000
        settings.ledgerCost.feeDiskRead1KB = 1_786
        settings.ledgerCost.sorobanStateTargetSizeBytes = 3_000_000_000
        settings.ledgerCostExtension.txMaxFootprintEntries = 100
        settings.ledgerCostExtension.feeWrite1KB = 3_500
        settings.historicalData.feeHistorical1KB = 16_235
        settings.events.feeContractEvents1KB = 10_000
        settings.bandwidth.feeTxSize1KB = 1_624
        settings.lanes.ledgerMaxTxCount = 100
        settings.parallelCompute.ledgerMaxDependentTxClusters = 1
        return settings
    }

    /// As much as the wire can say of everything, at the public network's prices; temporary entries
    /// live 16 ledgers at first.
    private static var unlimited: NetworkSettings {
        var settings = mainnet
        settings.contractSizeBytesMax = .max
        settings.compute.txMaxInstructions = Int64(UInt32.max)
        settings.compute.ledgerMaxInstructions = .max
        settings.compute.txMemoryLimit = .max
        settings.ledgerCost.ledgerMaxDiskReadEntries = .max
        settings.ledgerCost.ledgerMaxDiskReadBytes = .max
        settings.ledgerCost.ledgerMaxWriteLedgerEntries = .max
        settings.ledgerCost.ledgerMaxWriteBytes = .max
        settings.ledgerCost.txMaxDiskReadEntries = .max
        settings.ledgerCost.txMaxDiskReadBytes = .max
        settings.ledgerCost.txMaxWriteLedgerEntries = .max
        settings.ledgerCost.txMaxWriteBytes = .max
        settings.ledgerCostExtension.txMaxFootprintEntries = .max
        settings.events.txMaxContractEventsSizeBytes = .max
        settings.bandwidth.ledgerMaxTxsSizeBytes = .max
        settings.bandwidth.txMaxSizeBytes = .max
        settings.dataKeySizeBytesMax = .max
        settings.dataEntrySizeBytesMax = .max
        settings.archival.minTemporaryTTL = 16
        settings.lanes.ledgerMaxTxCount = .max
        return settings
    }
}
