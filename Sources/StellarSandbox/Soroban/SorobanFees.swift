internal import SorobanHost
internal import StellarXDR

/// What Soroban resources cost, by the network's formulas; every part is rounded up.
struct SorobanFees {
    private let settings: NetworkSettings
    private let sequence: UInt32
    private let stateByteCount: Int64

    init(_ context: LedgerContext) {
        settings = context.settings
        sequence = context.sequence
        stateByteCount = context.stateByteCount
    }

    /// What is due for the declared resources, whatever is used of them, in stroops.
    func nonRefundable(of data: SorobanTransactionData, byteCount: Int) -> Int64 {
        let resources = data.resources
        let cost = settings.ledgerCost
        let writes = Int64(resources.footprint.readWrite.count)
        return Self.share(
            Int64(resources.instructions), settings.compute.feeRatePerInstructionsIncrement,
            of: 10_000)
            + Int64(data.diskReadEntries) * cost.feeDiskReadLedgerEntry
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

    /// What is due for longer lives and for growth, in stroops.
    func rent(_ changes: [EntryRent]) -> Int64 {
        let extended = Int64(changes.count { $0.oldLiveUntil < $0.newLiveUntil })
        let lifeByteCount: Int64 = 48
        return changes.reduce(0) { $0 + rent($1) }
            + extended * settings.ledgerCost.feeWriteLedgerEntry
            + perKilobyte(extended * lifeByteCount, settings.ledgerCostExtension.feeWrite1KB)
    }

    private func rent(_ change: EntryRent) -> Int64 {
        let isNew = change.oldByteCount == 0 && change.oldLiveUntil == 0
        let paidUntil = isNew ? Int64(sequence) - 1 : Int64(change.oldLiveUntil)
        let added = Int64(change.newLiveUntil) - paidUntil
        var fee = added > 0 ? rent(change, change.newByteCount, ledgers: added) : 0
        let growth = change.newByteCount - change.oldByteCount
        let prepaid = Int64(change.oldLiveUntil) - Int64(sequence) + 1
        if !isNew, growth > 0, prepaid > 0 { fee += rent(change, growth, ledgers: prepaid) }
        return fee
    }

    private func rent(_ change: EntryRent, _ byteCount: Int64, ledgers: Int64) -> Int64 {
        let archival = settings.archival
        let denominator =
            change.isPersistent
            ? archival.persistentRentRateDenominator : archival.tempRentRateDenominator
        let (product, overflow) = feePerKilobyte.multipliedReportingOverflow(by: ledgers)
        let fee = Self.share(
            byteCount, overflow ? Self.most : product, of: max(1, 1024 * denominator))
        return change.isCode ? (fee + 2) / 3 : fee
    }

    /// What a kilobyte of state costs: a line up to the target size, steeper beyond it.
    private var feePerKilobyte: Int64 {
        let cost = settings.ledgerCost
        let (low, high) = (
            cost.rentFee1KBSorobanStateSizeLow, cost.rentFee1KBSorobanStateSizeHigh
        )
        let target = max(1, cost.sorobanStateTargetSizeBytes)
        let rise = max(1, high - low)
        let fee =
            if stateByteCount < target {
                low + Self.share(rise, stateByteCount, of: target)
            } else {
                high
                    + Self.share(
                        rise * Int64(cost.sorobanStateRentFeeGrowthFactor),
                        stateByteCount - target, of: target)
            }
        return max(fee, 1_000)
    }

    private func perKilobyte(_ bytes: Int64, _ fee: Int64) -> Int64 {
        Self.share(bytes, fee, of: 1024)
    }

    /// So much that several of it can be added.
    private static let most = Int64.max / 16

    /// `amount · fee / unit`, rounded up; what is too large for a fee is as large as may be.
    private static func share(_ amount: Int64, _ fee: Int64, of unit: Int64) -> Int64 {
        let product = Int128(amount) * Int128(fee)
        let share = product / Int128(unit) + (product % Int128(unit) > 0 ? 1 : 0)
        return min(Int64(clamping: share), most)
    }
}

/// The life and size of an entry before and after.
struct EntryRent: Hashable {
    var isPersistent: Bool
    var isCode: Bool
    /// In bytes; 0 if there was none.
    var oldByteCount: Int64
    var newByteCount: Int64
    /// 0 if there was none.
    var oldLiveUntil: UInt32
    var newLiveUntil: UInt32
}

extension EntryRent {
    /// The same, as an invocation tells it.
    init(_ change: RentChange) {
        self.init(
            isPersistent: change.isPersistent, isCode: change.isCode,
            oldByteCount: Int64(change.oldByteCount), newByteCount: Int64(change.newByteCount),
            oldLiveUntil: change.oldLiveUntilLedger, newLiveUntil: change.newLiveUntilLedger)
    }

    /// An entry that only lives longer; `from` is 0 if it comes back from the archive.
    init(
        _ key: LedgerKey, _ stored: StoredEntry, from oldLiveUntil: UInt32,
        to newLiveUntil: UInt32, costs: CostSettings
    ) throws(XDRError) {
        let byteCount = try stored.rentByteCount(costs)
        let isCode = if case .contractCode = stored.entry.data { true } else { false }
        self.init(
            isPersistent: key.isPersistent, isCode: isCode,
            oldByteCount: oldLiveUntil == 0 ? 0 : byteCount, newByteCount: byteCount,
            oldLiveUntil: oldLiveUntil, newLiveUntil: newLiveUntil)
    }
}

extension StoredEntry {
    /// The size that rent is paid for, in bytes: code counts with the memory that parsing it takes.
    func rentByteCount(_ costs: CostSettings) throws(XDRError) -> Int64 {
        let byteCount = Int64(try byteCount)
        guard case .contractCode(let code) = entry.data else { return byteCount }
        return byteCount + Int64(clamping: costs.parsingMemory(of: code))
    }
}

extension CostSettings {
    /// The memory that parsing code takes: it counts as size.
    fileprivate func parsingMemory(of code: ContractCodeEntry) -> UInt64 {
        func cost(_ type: CostType, _ input: UInt64) -> UInt64 {
            let parameters = memory[type.rawValue]
            return parameters.constant + parameters.linear * input / 128
        }
        guard case .v1(let known) = code.ext else {
            return cost(.vmInstantiation, UInt64(code.code.count))
        }
        let inputs = known.costInputs
        let parts: [(CostType, UInt32)] = [
            (.parseWasmInstructions, inputs.nInstructions),
            (.parseWasmFunctions, inputs.nFunctions), (.parseWasmGlobals, inputs.nGlobals),
            (.parseWasmTableEntries, inputs.nTableEntries), (.parseWasmTypes, inputs.nTypes),
            (.parseWasmDataSegments, inputs.nDataSegments),
            (.parseWasmElemSegments, inputs.nElemSegments),
            (.parseWasmImports, inputs.nImports), (.parseWasmExports, inputs.nExports),
            (.parseWasmDataSegmentBytes, inputs.nDataSegmentBytes),
        ]
        return parts.reduce(0) { $0 + cost($1.0, UInt64($1.1)) }
    }
}
