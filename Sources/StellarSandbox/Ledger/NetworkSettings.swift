internal import StellarXDR

/// The settings that validators vote on, as the ledger keeps them.
struct NetworkSettings: Hashable, Sendable {
    var contractSizeBytesMax: UInt32
    var compute: ConfigSettingContractComputeV0
    var ledgerCost: ConfigSettingContractLedgerCostV0
    var ledgerCostExtension: ConfigSettingContractLedgerCostExtV0
    var historicalData: ConfigSettingContractHistoricalDataV0
    var events: ConfigSettingContractEventsV0
    var bandwidth: ConfigSettingContractBandwidthV0
    var cpuCosts: ContractCostParams
    var memoryCosts: ContractCostParams
    var dataKeySizeBytesMax: UInt32
    var dataEntrySizeBytesMax: UInt32
    var archival: StateArchivalSettings
    var lanes: ConfigSettingContractExecutionLanesV0
    var parallelCompute: ConfigSettingContractParallelComputeV0
    var scpTiming: ConfigSettingSCPTiming

    /// The entries that say so.
    var entries: [ConfigSettingEntry] {
        [
            .contractMaxSizeBytes(contractSizeBytesMax), .contractComputeV0(compute),
            .contractLedgerCostV0(ledgerCost), .contractHistoricalDataV0(historicalData),
            .contractEventsV0(events), .contractBandwidthV0(bandwidth),
            .contractCostParamsCpuInstructions(cpuCosts),
            .contractCostParamsMemoryBytes(memoryCosts),
            .contractDataKeySizeBytes(dataKeySizeBytesMax),
            .contractDataEntrySizeBytes(dataEntrySizeBytesMax), .stateArchival(archival),
            .contractExecutionLanes(lanes),
            .liveSorobanStateSizeWindow(
                Array(
                    repeating: 0,
                    count: Int(archival.liveSorobanStateSizeWindowSampleSize))),
            .evictionIterator(
                EvictionIterator(
                    bucketListLevel: archival.startingEvictionScanLevel, isCurrBucket: true,
                    bucketFileOffset: 0)),
            .contractParallelComputeV0(parallelCompute),
            .contractLedgerCostExtV0(ledgerCostExtension), .scpTiming(scpTiming),
            .frozenLedgerKeys(FrozenLedgerKeys(keys: [])),
            .freezeBypassTxs(FreezeBypassTxs(txHashes: [])),
        ]
    }
}
