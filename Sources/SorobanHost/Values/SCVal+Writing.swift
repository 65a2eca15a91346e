internal import StellarXDR

// What writing a value as XDR costs: one charge for each piece that goes out.

extension Budget {
    /// A word, a length, a number of a case.
    func writeWord() throws(HostError) {
        try charge(.valSer, input: 4)
    }

    /// Opaque data without its length: nothing for none, its padding apart.
    func writeOpaque(_ count: Int) throws(HostError) {
        guard count > 0 else { return }
        try charge(.valSer, count)
        if count % 4 != 0 { try charge(.valSer, 4 - count % 4) }
    }

    private func writeNumbers(_ count: Int) throws(HostError) {
        for _ in 0..<count { try charge(.valSer, input: 8) }
    }

    /// A value, by its pieces.
    func write(_ value: SCVal) throws(HostError) {
        try writeWord()
        switch value {
        case .void, .ledgerKeyContractInstance: return
        case .bool, .u32, .i32: try writeWord()
        case .error:
            try writeWord()
            try writeWord()
        case .u64, .i64, .timepoint, .duration, .ledgerKeyNonce: try writeNumbers(1)
        case .u128, .i128: try writeNumbers(2)
        case .u256, .i256: try writeNumbers(4)
        case .bytes(let content): try writeText(content.bytes)
        case .string(let content): try writeText(content.bytes)
        case .executableTag(let content): try writeText(content.bytes)
        case .symbol(let content): try writeText(content.bytes)
        case .address(let address): try write(address)
        case .vec(let elements): try write(elements)
        case .map(let entries): try write(entries)
        case .contractInstance(let instance): try write(instance)
        }
    }

    private func writeText(_ bytes: [UInt8]) throws(HostError) {
        try writeWord()
        try writeOpaque(bytes.count)
    }

    private func write(_ elements: [SCVal]?) throws(HostError) {
        try writeWord()
        guard let elements else { return }
        try writeWord()
        for element in elements { try write(element) }
    }

    private func write(_ entries: [SCMapEntry]?) throws(HostError) {
        try writeWord()
        guard let entries else { return }
        try writeWord()
        for entry in entries {
            try write(entry.key)
            try write(entry.val)
        }
    }

    private func write(_ instance: SCContractInstance) throws(HostError) {
        try write(instance.executable)
        try write(instance.storage)
    }

    /// An address, by its pieces.
    func write(_ address: SCAddress) throws(HostError) {
        try writeWord()
        switch address {
        case .account, .claimableBalance:
            try writeWord()
            try writeOpaque(32)
        case .contract, .liquidityPool: try writeOpaque(32)
        case .muxedAccount:
            try writeNumbers(1)
            try writeOpaque(32)
        }
    }
}
