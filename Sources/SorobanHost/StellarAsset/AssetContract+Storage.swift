internal import StellarXDR

// The contract's own entries, through the functions that any contract has.

extension AssetContract {
    func has(_ key: Val, _ type: StorageType) throws(HostError) -> Bool {
        try host.check(key)
        return try host.hasContractData(key, type)
    }

    func get(_ key: Val, _ type: StorageType) throws(HostError) -> Val {
        try host.check(key)
        let value = try host.getContractData(key, type)
        try host.check(value)
        return value
    }

    func put(_ key: Val, _ value: Val, _ type: StorageType) throws(HostError) {
        try host.check(key)
        try host.check(value)
        try host.putContractData(key, value, type)
    }

    /// What is under a key that is made anew for each use; `nil` when there is nothing.
    func find(
        _ type: StorageType, _ key: () throws(HostError) -> Val
    ) throws(HostError) -> Val? {
        let made = try key()
        guard try has(made, type) else { return nil }
        return try get(made, type)
    }

    func extend(
        _ key: Val, _ type: StorageType, _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        try host.check(key)
        try host.extendContractDataTtl(key, type, threshold, extendTo)
    }

    func balanceKey(_ address: Val) throws(HostError) -> Val {
        try host.makeCase("Balance", address)
    }

    func allowanceKey(_ from: Val, _ spender: Val) throws(HostError) -> Val {
        try host.makeCase(
            "Allowance", host.makeStructure([("from", from), ("spender", spender)]))
    }

    func adminKey() throws(HostError) -> Val { try host.makeCase("Admin") }

    func infoKey() throws(HostError) -> Val { try host.makeCase("AssetInfo") }

    func metadataKey() throws(HostError) -> Val { try host.makeSymbol(Array("METADATA".utf8)) }
}
