internal import StellarXDR

extension NetworkSettings {
    /// The public network's, of July 2026 (SLP-4, SLP-5).
    static let mainnet = NetworkSettings(
        contractSizeBytesMax: 131_072,
        compute: ConfigSettingContractComputeV0(
            ledgerMaxInstructions: 580_000_000,
            txMaxInstructions: 400_000_000,
            feeRatePerInstructionsIncrement: 7,
            txMemoryLimit: 41_943_040),
        ledgerCost: ConfigSettingContractLedgerCostV0(
            ledgerMaxDiskReadEntries: 1000,
            ledgerMaxDiskReadBytes: 400_000,
            ledgerMaxWriteLedgerEntries: 1000,
            ledgerMaxWriteBytes: 286_720,
            txMaxDiskReadEntries: 200,
            txMaxDiskReadBytes: 200_000,
            txMaxWriteLedgerEntries: 200,
            txMaxWriteBytes: 132_096,
            feeDiskReadLedgerEntry: 1563,
            feeWriteLedgerEntry: 2500,
            feeDiskRead1KB: 447,
            sorobanStateTargetSizeBytes: 4_000_000_000,
            rentFee1KBSorobanStateSizeLow: -17_000,
            rentFee1KBSorobanStateSizeHigh: 10_000,
            sorobanStateRentFeeGrowthFactor: 5000),
        ledgerCostExtension: ConfigSettingContractLedgerCostExtV0(
            txMaxFootprintEntries: 400,
            feeWrite1KB: 875),
        historicalData: ConfigSettingContractHistoricalDataV0(
            feeHistorical1KB: 4059),
        events: ConfigSettingContractEventsV0(
            txMaxContractEventsSizeBytes: 16_384,
            feeContractEvents1KB: 5000),
        bandwidth: ConfigSettingContractBandwidthV0(
            ledgerMaxTxsSizeBytes: 266_240,
            txMaxSizeBytes: 132_096,
            feeTxSize1KB: 406),
        cpuCosts: parameters(cpuCostTerms), memoryCosts: parameters(memoryCostTerms),
        dataKeySizeBytesMax: 250, dataEntrySizeBytesMax: 65_536,
        archival: StateArchivalSettings(
            maxEntryTTL: 3_110_400,
            minTemporaryTTL: 720,
            minPersistentTTL: 120_960,
            persistentRentRateDenominator: 1215,
            tempRentRateDenominator: 2430,
            maxEntriesToArchive: 1000,
            liveSorobanStateSizeWindowSampleSize: 30,
            liveSorobanStateSizeWindowSamplePeriod: 64,
            evictionScanSize: 500_000,
            startingEvictionScanLevel: 7),
        lanes: ConfigSettingContractExecutionLanesV0(
            ledgerMaxTxCount: 2000),
        parallelCompute: ConfigSettingContractParallelComputeV0(
            ledgerMaxDependentTxClusters: 2),
        scpTiming: ConfigSettingSCPTiming(
            ledgerTargetCloseTimeMilliseconds: 5000,
            nominationTimeoutInitialMilliseconds: 1000,
            nominationTimeoutIncrementMilliseconds: 1000,
            ballotTimeoutInitialMilliseconds: 1000,
            ballotTimeoutIncrementMilliseconds: 1000))

    private static func parameters(_ terms: [(Int64, Int64)]) -> ContractCostParams {
        terms.map { ContractCostParamEntry(ext: .v0, constTerm: $0.0, linearTerm: $0.1) }
    }

    /// Constant and linear term of each cost type, in the protocol's order.
    private static let cpuCostTerms: [(Int64, Int64)] = [
        (4, 0), (434, 16), (42, 16), (44, 16), (295, 0), (60, 0), (221, 26), (331, 4369),
        (3636, 7013), (40256, 0), (377551, 4059), (417482, 45712), (41142, 634), (1945, 0),
        (6481, 5943), (711, 0), (2314804, 0), (4176, 0), (4716, 0), (4680, 0), (4256, 0),
        (884, 0), (1059, 502), (73077, 25410), (0, 540752), (0, 176363), (0, 29989),
        (0, 1061449), (0, 237336), (0, 328476), (0, 701845), (0, 429383), (0, 28), (43030, 0),
        (0, 7556), (0, 10711), (0, 3300), (0, 0), (0, 23038), (0, 42488), (0, 828974),
        (0, 297100), (0, 14), (1882, 0), (3000906, 0), (661, 0), (985, 0), (1934, 0),
        (730510, 0), (5921, 0), (1057822, 0), (92642, 0), (100742, 0), (7689, 0), (2458985, 0),
        (2347584, 94135478), (1020885, 0), (2638451, 6803), (25207, 0), (7873219, 0),
        (7663880, 298580871), (1856539, 0), (6315452, 7232), (10558948, 632860943), (1994, 0),
        (1155, 0), (74, 0), (332, 0), (691, 74558), (35421, 0), (344, 0), (476, 0), (904, 0),
        (2811, 0), (1706052, 0), (61, 0), (3623, 0), (1150435, 0), (5263916, 392472814),
        (2052, 0), (1133, 0), (74, 0), (332, 0), (755, 68930), (33151, 0), (1185193, 41568084),
    ]

    private static let memoryCostTerms: [(Int64, Int64)] = [
        (0, 0), (16, 128), (0, 0), (0, 0), (0, 0), (0, 0), (242, 384), (0, 384), (0, 0), (0, 0),
        (0, 0), (132773, 4903), (69472, 1217), (14, 0), (0, 0), (0, 0), (181, 0), (99, 0),
        (99, 0), (99, 0), (99, 0), (99, 0), (0, 0), (17564, 6457), (0, 47464), (0, 13420),
        (0, 6285), (0, 64670), (0, 29074), (0, 48095), (0, 103229), (0, 36394), (0, 257),
        (70704, 0), (0, 14613), (0, 6833), (0, 1025), (0, 0), (0, 129632), (0, 13665),
        (0, 97637), (0, 9176), (0, 126), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0),
        (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (109494, 266603), (2776, 0), (5896, 0), (0, 0),
        (0, 0), (219654, 266603), (1672, 0), (3960, 0), (2204, 9340474), (0, 0), (248, 0),
        (0, 0), (0, 0), (0, 128), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0),
        (0, 0), (1821, 6232546), (0, 0), (312, 0), (0, 0), (0, 0), (0, 0), (0, 0),
        (73061, 229779),
    ]
}
