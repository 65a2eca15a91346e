internal import StellarXDR

/// What Soroban resources cost, by the network's formulas; every part is rounded up.
struct SorobanFees {
    private let settings: NetworkSettings

    init(_ context: LedgerContext) {
        settings = context.settings
    }

    /// What is due for the declared resources, whatever is used of them, in stroops.
    func nonRefundable(of data: SorobanTransactionData, byteCount: Int) -> Int64 {
        let resources = data.resources
        let cost = settings.ledgerCost
        let writes = Int64(resources.footprint.readWrite.count)
        let reads = Int64(data.diskReadEntries)
        return share(
            Int64(resources.instructions), settings.compute.feeRatePerInstructionsIncrement,
            of: 10_000)
            + reads * cost.feeDiskReadLedgerEntry
            + perKilobyte(Int64(resources.diskReadBytes), cost.feeDiskRead1KB)
            + writes * cost.feeWriteLedgerEntry
            + perKilobyte(
                Int64(resources.writeBytes), settings.ledgerCostExtension.feeWrite1KB)
            + perKilobyte(Int64(byteCount) + 300, settings.historicalData.feeHistorical1KB)
            + perKilobyte(Int64(byteCount), settings.bandwidth.feeTxSize1KB)
    }

    /// What is due for events and the returned value, in stroops.
    func events(byteCount: Int) -> Int64 {
        perKilobyte(Int64(byteCount), settings.events.feeContractEvents1KB)
    }

    private func perKilobyte(_ bytes: Int64, _ fee: Int64) -> Int64 { share(bytes, fee, of: 1024) }

    private func share(_ amount: Int64, _ fee: Int64, of unit: Int64) -> Int64 {
        let (product, overflow) = amount.multipliedReportingOverflow(by: fee)
        guard !overflow else { return .max / 16 }
        return product / unit + (product % unit > 0 ? 1 : 0)
    }
}
