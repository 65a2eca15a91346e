internal import StellarXDR

/// What is asked of the resources that a Soroban transaction declares, before anything runs.
struct SorobanCheck {
    let frame: TransactionFrame
    let data: SorobanTransactionData
    let context: LedgerContext

    private var settings: NetworkSettings { context.settings }

    func run() throws(Refusal) {
        guard hasPlainSource, isWithinLimits, isFootprintGood, areArchivedIndicesGood, isFeeEnough
        else { throw Refusal(.sorobanInvalid) }
    }

    /// From protocol 25 on an invocation bears neither memo nor muxed source: contracts could not
    /// see them.
    private var hasPlainSource: Bool {
        guard context.protocolVersion >= 25,
            case .invokeHostFunction? = frame.transaction.operations.first?.body
        else { return true }
        return frame.transaction.memo == .none && !frame.transaction.sourceAccount.isMuxed
            && frame.transaction.operations.first?.sourceAccount?.isMuxed != true
    }

    private var isWithinLimits: Bool {
        let resources = data.resources
        let limits = settings.ledgerCost
        let (readOnly, readWrite) = (
            resources.footprint.readOnly, resources.footprint.readWrite
        )
        return Int64(resources.instructions) <= settings.compute.txMaxInstructions
            && resources.diskReadBytes <= limits.txMaxDiskReadBytes
            && resources.writeBytes <= limits.txMaxWriteBytes
            && readOnly.count + readWrite.count
                <= Int(settings.ledgerCostExtension.txMaxFootprintEntries)
            && data.diskReadEntries <= Int(limits.txMaxDiskReadEntries)
            && readWrite.count <= Int(limits.txMaxWriteLedgerEntries)
            && frame.byteCount <= Int(settings.bandwidth.txMaxSizeBytes)
    }

    private var isFootprintGood: Bool {
        let footprint = data.resources.footprint
        let keys = footprint.readOnly + footprint.readWrite
        return Set(keys).count == keys.count && keys.allSatisfy(isKeyGood)
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

    private var isFeeEnough: Bool {
        guard data.resourceFee >= 0, frame.feeBump != nil || frame.inclusionFeeBid >= 0 else {
            return false
        }
        return data.resourceFee
            >= SorobanFees(context).nonRefundable(of: data, byteCount: frame.byteCount)
    }
}

extension LedgerKey {
    /// Whether it takes at most so many bytes; one that does not encode is too large.
    fileprivate func isEncoded(within limit: Int) -> Bool {
        do throws(XDRError) { return try xdr().count <= limit } catch { return false }
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
