// Module x: comparing, events, the ledger's facts, failing.
extension Host {
    /// What a contract logs shows in diagnostics alone, which no result depends on.
    func logFromLinearMemory(
        _ messagePosition: UInt32, _ messageLength: UInt32, _ valuesPosition: UInt32,
        _ valueCount: UInt32, memory: inout some LinearMemory
    ) throws(HostError) {
        diagnoseLog(
            messagePosition, messageLength, valuesPosition, valueCount, memory: memory)
    }

    func objCmp(_ a: Val, _ b: Val) throws(HostError) -> Int64 {
        guard a.isObject || b.isObject else { throw .unexpectedObject }
        return Int64(try objectOrder(a, b).signum())
    }

    // They cannot fail, but are called like those that can.
    func getLedgerVersion() throws(HostError) -> UInt32 { ledger.protocolVersion }

    func getLedgerSequence() throws(HostError) -> UInt32 { ledger.sequence }

    func getLedgerTimestamp() throws(HostError) -> Val { try makeU64(ledger.timestamp) }

    /// Ends the frame with an error of the contract's own.
    func failWithError(_ error: HostError) throws(HostError) {
        throw error.kind == .contract ? error : HostError(.context, .unexpectedType)
    }

    func getLedgerNetworkId() throws(HostError) -> Val {
        try budget.copyBytes(ledger.networkID.count)
        return try make(.bytes(ledger.networkID))
    }

    func getCurrentContractAddress() throws(HostError) -> Val {
        let contract = try currentCall().contract
        try budget.copy(32)
        return try make(.address(.contract(contract)))
    }

    func getMaxLiveUntilLedger() throws(HostError) -> UInt32 { ledger.maxLiveUntil }
}
