internal import StellarXDR

/// The life and size of an entry before and after an invocation: what rent is computed from.
public struct RentChange: Sendable, Hashable {
    /// Whether the entry is archived, not forgotten, when its life ends.
    public var isPersistent: Bool
    /// Whether it is contract code.
    public var isCode: Bool
    /// Its size before, in bytes; 0 when there was none.
    public var oldByteCount: UInt32
    /// Its size after.
    public var newByteCount: UInt32
    /// The last ledger of its life before; 0 when there was none.
    public var oldLiveUntilLedger: UInt32
    /// The last ledger of its life after.
    public var newLiveUntilLedger: UInt32
}

extension RentChange {
    /// The change of an entry that costs rent; `nil` for one that costs none.
    init?(
        before: LedgerRecord?, after: LivingEntry?, key: StorageKey, host: Host
    ) {
        guard key.expires, let after, let newLiveUntil = after.liveUntilLedger else { return nil }
        let alive = before.flatMap { record in
            (record.liveUntilLedger ?? 0) >= host.ledger.sequence ? record : nil
        }
        self.init(
            isPersistent: key.isPersistent, isCode: key.isCode,
            oldByteCount: alive.map { host.rentByteCount($0.entry, $0.byteCount) } ?? 0,
            newByteCount: host.rentByteCount(after.stored.entry, after.stored.byteCount),
            oldLiveUntilLedger: alive?.liveUntilLedger ?? 0, newLiveUntilLedger: newLiveUntil)
    }
}

extension Host {
    /// What an entry takes up: its encoding, and for code the memory that parsing it takes.
    func rentByteCount(_ entry: LedgerEntry, _ byteCount: Int) -> UInt32 {
        let encoded = UInt64(byteCount)
        guard case .contractCode(let code) = entry.data else { return UInt32(clamping: encoded) }
        return UInt32(clamping: encoded.saturatingAdded(parsingMemory(of: code)))
    }

    private func parsingMemory(of code: ContractCodeEntry) -> UInt64 {
        guard case .v1(let known) = code.ext else {
            return budget.memoryCost(of: .vmInstantiation, input: UInt64(code.code.count))
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
        return parts.reduce(0) {
            $0.saturatingAdded(budget.memoryCost(of: $1.0, input: UInt64($1.1)))
        }
    }
}
