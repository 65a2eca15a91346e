internal import SorobanHost
internal import StellarXDR

/// What is asked of the resources that a Soroban transaction declares, before anything runs.
struct SorobanCheck {
    let frame: TransactionFrame
    let data: SorobanTransactionData
    let context: LedgerContext

    private var settings: NetworkSettings { context.settings }

    func run() throws(Refusal) {
        try checkSource()
        try checkLimits()
        guard isFootprintGood else {
            throw invalid(.invalidInput, "transaction footprint has a key twice, or one it may not")
        }
        guard areArchivedIndicesGood else {
            throw invalid(
                .invalidInput,
                "transaction archivedSorobanEntries are not indices, in order, "
                    + "of persistent entries in the read-write footprint")
        }
        try checkFee()
    }

    /// The refusal, with what those who look for faults are told.
    private func invalid(
        _ code: SCErrorCode, _ message: String, _ numbers: Int64...
    ) -> Refusal {
        let content = ContractEventV0(
            topics: [.symbol("error"), .error(.storage(code))],
            data: .vec([.string(SCString(message))] + numbers.map { .i64($0) }))
        let event = ContractEvent(ext: .v0, contractID: nil, type: .diagnostic, body: .v0(content))
        var refusal = Refusal(.sorobanInvalid)
        refusal.diagnostics = [DiagnosticEvent(inSuccessfulContractCall: false, event: event)]
        return refusal
    }

    /// An invocation bears neither memo nor muxed source: contracts could not see them.
    private func checkSource() throws(Refusal) {
        guard ProtocolRules(context.protocolVersion).refusesMemos,
            case .invokeHostFunction? = frame.transaction.operations.first?.body
        else { return }
        guard frame.transaction.memo == .none else {
            throw invalid(.invalidInput, "Soroban transactions are not allowed to use memo")
        }
        guard !frame.transaction.sourceAccount.isMuxed,
            frame.transaction.operations.first?.sourceAccount?.isMuxed != true
        else {
            throw invalid(.invalidInput, "Soroban transactions are not allowed to use muxed source")
        }
    }

    private func checkLimits() throws(Refusal) {
        let resources = data.resources
        let limits = settings.ledgerCost
        let (readOnly, readWrite) = (resources.footprint.readOnly, resources.footprint.readWrite)
        let amounts: [(String, Int64, limit: Int64)] = [
            ("instructions", Int64(resources.instructions), settings.compute.txMaxInstructions),
            (
                "disk-read bytes", Int64(resources.diskReadBytes),
                Int64(limits.txMaxDiskReadBytes)
            ),
            ("write bytes", Int64(resources.writeBytes), Int64(limits.txMaxWriteBytes)),
            (
                "footprint entries", Int64(readOnly.count + readWrite.count),
                Int64(settings.ledgerCostExtension.txMaxFootprintEntries)
            ),
            (
                "disk-read entries", Int64(data.diskReadEntries),
                Int64(limits.txMaxDiskReadEntries)
            ),
            ("write entries", Int64(readWrite.count), Int64(limits.txMaxWriteLedgerEntries)),
            ("size", Int64(frame.byteCount), Int64(settings.bandwidth.txMaxSizeBytes)),
        ]
        for (what, amount, limit) in amounts where amount > limit {
            throw invalid(
                .exceededLimit, "transaction \(what) exceed network config limit", amount, limit)
        }
    }

    private var isFootprintGood: Bool {
        let footprint = data.resources.footprint
        let keys = footprint.readOnly + footprint.readWrite
        return keys.areDifferent && keys.allSatisfy(isKeyGood)
    }

    private func isKeyGood(_ key: LedgerKey) -> Bool {
        switch key {
        case .account, .trustline, .contractData, .contractCode:
            key.isEncoded(within: Int(settings.dataKeySizeBytesMax))
        default: false
        }
    }

    private var areArchivedIndicesGood: Bool {
        let indices = data.archivedIndices
        let readWrite = data.resources.footprint.readWrite
        return zip(indices, indices.dropFirst()).allSatisfy(<)
            && indices.allSatisfy { index in
                Int(index) < readWrite.count && readWrite[Int(index)].isPersistent
            }
    }

    private func checkFee() throws(Refusal) {
        let fee = data.resourceFee
        guard fee >= 0, frame.feeBump != nil || frame.inclusionFeeBid >= 0 else {
            throw invalid(
                .invalidInput, "transaction `sorobanData.resourceFee` is not within its fee", fee,
                frame.feeBid)
        }
        let needed = SorobanFees(context).nonRefundable(of: data, byteCount: frame.byteCount)
        guard fee >= needed else {
            throw invalid(
                .exceededLimit,
                "transaction `sorobanData.resourceFee` is lower than the actual Soroban resource fee",
                fee, needed)
        }
    }
}

extension [LedgerKey] {
    /// Whether none is there twice. Of a few, comparing each takes less time than hashing them.
    fileprivate var areDifferent: Bool {
        guard count <= 8 else { return Set(self).count == count }
        return indices.allSatisfy { index in !self[..<index].contains(self[index]) }
    }
}

extension LedgerKey {
    /// Whether it takes at most so many bytes; one that does not encode is too large.
    fileprivate func isEncoded(within limit: Int) -> Bool {
        do throws(XDRError) { return try xdrByteCount() <= limit } catch { return false }
    }
}

extension SorobanTransactionData {
    /// The places in the read-write footprint whose entries are to be restored.
    var archivedIndices: [UInt32] {
        guard case .v1(let value) = ext else { return [] }
        return value.archivedSorobanEntries
    }

    /// Which entries are read from disk: accounts and trust lines, and what is restored.
    var diskReadEntries: Int {
        let keys = resources.footprint.readOnly + resources.footprint.readWrite
        return keys.count { !$0.isSorobanEntry } + archivedIndices.count
    }
}
