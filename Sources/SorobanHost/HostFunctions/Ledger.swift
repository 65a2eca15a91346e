internal import StellarXDR

// Module `l`, the data of contracts: `costs.md` 4.5 of the reference says what each charges.

extension Host {
    /// `l._`
    func putContractData(_ key: Val, _ value: Val, _ type: StorageType) throws(HostError) {
        guard let durability = type.durability else {
            try refuseMuxed(key)
            guard key.tag != .executableTagObject else {
                throw HostError(.storage, .invalidInput)
            }
            return try withInstanceStorage { (data) throws(HostError) in
                try data.map.insert(value, for: key, budget: self.budget) {
                    (left, right) throws(HostError) in try self.order(left, right)
                }
                data.isChanged = true
            }
        }
        if key.tag == .executableTagObject { try checkTagEntry(value, type) }
        let call = try currentCall()
        let storageKey = try dataKey(key, durability)
        var living: LivingEntry
        if try storage.has(storageKey) {
            let found = try storage.require(storageKey)
            try budget.copy(DeclaredSize.ledgerEntry)
            try found.entry.chargeCopyOfContents(budget: budget)
            guard case .contractData(var data) = found.entry.data else {
                throw HostError(.storage, .internalError)
            }
            data.val = try toSCVal(value)
            var entry = found.entry
            entry.data = .contractData(data)
            living = LivingEntry(
                stored: StoredEntry(entry), liveUntilLedger: found.liveUntilLedger)
        } else {
            try budget.copy(32)
            let data = ContractDataEntry(
                contract: .contract(call.contract), key: try toSCVal(key),
                durability: durability, val: try toSCVal(value))
            living = LivingEntry(
                stored: StoredEntry(
                    LedgerEntry(lastModifiedLedgerSeq: 0, data: .contractData(data))),
                liveUntilLedger: ledger.minLiveUntil(isPersistent: durability == .persistent))
        }
        try budget.allocate(DeclaredSize.ledgerEntry)
        try storage.put(living, for: storageKey)
    }

    /// `l.0`
    func hasContractData(_ key: Val, _ type: StorageType) throws(HostError) -> Bool {
        guard let durability = type.durability else { return try instanceValue(key) != nil }
        return try storage.has(dataKey(key, durability))
    }

    /// `l.1`
    func getContractData(_ key: Val, _ type: StorageType) throws(HostError) -> Val {
        guard let durability = type.durability else {
            guard let value = try instanceValue(key) else {
                throw HostError(.storage, .missingValue)
            }
            return value
        }
        let found = try storage.require(dataKey(key, durability))
        guard case .contractData(let data) = found.entry.data else {
            throw HostError(.storage, .internalError)
        }
        return try toVal(data.val)
    }

    /// `l.2`
    func delContractData(_ key: Val, _ type: StorageType) throws(HostError) {
        guard let durability = type.durability else {
            return try withInstanceStorage { (data) throws(HostError) in
                data.isChanged = true
                _ = try data.map.remove(key, budget: self.budget) {
                    (left, right) throws(HostError) in try self.order(left, right)
                }
            }
        }
        guard key.tag != .executableTagObject else { throw HostError(.storage, .invalidAction) }
        try storage.put(nil, for: dataKey(key, durability))
    }

    /// `l.7`
    func extendContractDataTtl(
        _ key: Val, _ type: StorageType, _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        guard let durability = type.durability else { throw HostError(.storage, .invalidAction) }
        try storage.extend(
            dataKey(key, durability), by: .below(threshold: threshold, extendTo: extendTo))
    }

    /// `l.f`
    func extendContractDataTtlV2(
        _ key: Val, _ type: StorageType, _ extendTo: UInt32, _ minimum: UInt32, _ maximum: UInt32
    ) throws(HostError) {
        guard let durability = type.durability else { throw HostError(.storage, .invalidAction) }
        try storage.extend(
            dataKey(key, durability),
            by: .bounded(extendTo: extendTo, minimum: minimum, maximum: maximum))
    }

    private func instanceValue(_ key: Val) throws(HostError) -> Val? {
        try withInstanceStorage { (data) throws(HostError) in
            try data.map.get(key, budget: self.budget) { (left, right) throws(HostError) in
                try self.order(left, right)
            }
        }
    }

    /// The key of the current contract's data.
    private func dataKey(
        _ key: Val, _ durability: ContractDataDurability
    ) throws(HostError) -> StorageKey {
        try refuseMuxed(key)
        let contract = try currentCall().contract
        if let known = knownKeys.find(key, durability, of: contract) {
            try chargeConversion(of: key)
            try budget.copy(32)
            try budget.allocate(DeclaredSize.ledgerKey)
            return known
        }
        let converted = try toSCVal(key)
        try budget.copy(32)
        try budget.allocate(DeclaredSize.ledgerKey)
        let made = StorageKey(
            LedgerKeyContractData(
                contract: .contract(contract), key: converted, durability: durability))
        knownKeys.add(made, of: key, durability, of: contract)
        return made
    }

    /// A muxed address may be stored, but nothing may be stored under one.
    private func refuseMuxed(_ key: Val) throws(HostError) {
        guard objects.hasMuxed, containsMuxed(key) else { return }
        try budget.visitObject()
        throw HostError(.storage, .invalidInput)
    }

    private func containsMuxed(_ value: Val, depth: Int = 0) -> Bool {
        guard value.isObject, depth <= Budget.maxNesting else { return false }
        switch objects.object(of: value) {
        case .muxedAddress: return true
        case .vec(let elements):
            return elements.contains { containsMuxed($0, depth: depth + 1) }
        case .map(let map):
            return map.entries.contains {
                containsMuxed($0.key, depth: depth + 1) || containsMuxed($0.value, depth: depth + 1)
            }
        default: return false
        }
    }

    /// What is stored under an executable tag must be the hash of existing code, for good.
    private func checkTagEntry(_ value: Val, _ type: StorageType) throws(HostError) {
        guard type == .persistent else { throw HostError(.storage, .invalidInput) }
        guard value.tag == .bytesObject else { throw HostError(.storage, .invalidInput) }
        let hash = try fixedBytes(value, count: 32)
        guard try storage.has(codeKey(Hash(fitting: hash))) else {
            throw HostError(.storage, .missingValue)
        }
    }
}

extension StorageType {
    /// The durability of entries of their own; `nil` for what lives in the instance.
    var durability: ContractDataDurability? {
        switch self {
        case .temporary: .temporary
        case .persistent: .persistent
        case .instance: nil
        }
    }
}
