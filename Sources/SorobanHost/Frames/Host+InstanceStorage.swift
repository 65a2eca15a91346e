internal import StellarXDR

// A contract's instance: the entry that says what it runs and holds its instance storage.

extension Host {
    /// The key of a contract's instance entry.
    func instanceKey(_ contract: ContractID) throws(HostError) -> StorageKey {
        try budget.copy(32)
        return try makeInstanceKey(contract)
    }

    func makeInstanceKey(_ contract: ContractID) throws(HostError) -> StorageKey {
        try budget.allocate(DeclaredSize.ledgerKey)
        return StorageKey(
            LedgerKeyContractData(
                contract: .contract(contract), key: .ledgerKeyContractInstance,
                durability: .persistent))
    }

    /// The key of the code with a hash.
    func codeKey(_ hash: Hash) throws(HostError) -> StorageKey {
        try budget.copy(32)
        try budget.allocate(DeclaredSize.ledgerKey)
        return StorageKey(.contractCode(LedgerKeyContractCode(hash: hash)))
    }

    /// The instance under a key.
    /// - Throws: (Storage, MissingValue) when there is no such contract.
    func loadInstance(_ key: StorageKey) throws(HostError) -> SCContractInstance {
        let found = try storage.require(key)
        guard case .contractData(let data) = found.entry.data,
            case .contractInstance(let instance) = data.val
        else { throw HostError(.storage, .internalError) }
        try budget.copy(96)
        try instance.chargeCopyOfContents(budget: budget)
        return instance
    }

    /// Writes what changed of an instance; makes the entry if there is none.
    func storeInstance(
        _ key: StorageKey, of contract: ContractID, executable: ContractExecutable?,
        storage entries: [SCMapEntry]??
    ) throws(HostError) {
        if try storage.has(key) {
            let found = try storage.require(key)
            try budget.copy(DeclaredSize.ledgerEntry)
            try found.entry.chargeCopyOfContents(budget: budget)
            guard case .contractData(var data) = found.entry.data,
                case .contractInstance(var instance) = data.val
            else { throw HostError(.storage, .internalError) }
            if let executable { instance.executable = executable }
            if let entries { instance.storage = entries }
            data.val = .contractInstance(instance)
            var entry = found.entry
            entry.data = .contractData(data)
            try budget.allocate(DeclaredSize.ledgerEntry)
            try storage.put(
                LivingEntry(stored: StoredEntry(entry), liveUntilLedger: found.liveUntilLedger),
                for: key)
            return
        }
        guard let executable else { throw HostError(.context, .internalError) }
        try budget.copy(32)
        let instance = SCContractInstance(executable: executable, storage: entries ?? nil)
        let data = ContractDataEntry(
            contract: .contract(contract), key: .ledgerKeyContractInstance,
            durability: .persistent, val: .contractInstance(instance))
        try budget.allocate(DeclaredSize.ledgerEntry)
        try storage.put(
            LivingEntry(
                stored: StoredEntry(
                    LedgerEntry(lastModifiedLedgerSeq: 0, data: .contractData(data))),
                liveUntilLedger: ledger.minLiveUntil(isPersistent: true)),
            for: key)
    }

    /// The instance storage of the frame on top, read when it is first asked for.
    func withInstanceStorage<Result>(
        _ use: (inout InstanceStorage) throws(HostError) -> Result
    ) throws(HostError) -> Result {
        guard let frame = frames.last, let call = frame.call else {
            throw HostError(.context, .internalError)
        }
        if frame.instanceStorage == nil {
            frame.instanceStorage = try makeInstanceStorage(call.instance)
        }
        guard var data = frame.instanceStorage else { throw HostError(.context, .internalError) }
        let result = try use(&data)
        frame.instanceStorage = data
        return result
    }

    private func makeInstanceStorage(
        _ instance: SCContractInstance
    ) throws(HostError) -> InstanceStorage {
        guard let entries = instance.storage else {
            try budget.copy(0)
            return InstanceStorage()
        }
        try budget.collect(entries.count, of: DeclaredSize.mapEntry)
        var converted: [HostMap.Entry] = []
        for entry in entries {
            converted.append((try toVal(entry.key), try toVal(entry.val)))
        }
        let map = try HostMap(
            entrySize: DeclaredSize.mapEntry, sorted: converted, budget: budget
        ) { (left, right) throws(HostError) in try self.order(left, right) }
        return InstanceStorage(map: map)
    }

    /// Writes the frame's instance storage into the contract's entry, if it changed.
    func writeBackInstanceStorage(of frame: Frame) throws(HostError) {
        guard let call = frame.call, try persistInstanceStorage(of: frame) else { return }
        for below in frames.dropLast() {
            guard below.call?.contract == call.contract else { continue }
            let instance = try loadInstance(instanceKey(call.contract))
            below.instanceStorage = try makeInstanceStorage(instance)
        }
    }

    /// Writes the frame's instance storage if it changed, and says whether it did.
    @discardableResult
    func persistInstanceStorage(of frame: Frame) throws(HostError) -> Bool {
        guard let call = frame.call, let data = frame.instanceStorage, data.isChanged else {
            return false
        }
        try budget.makeVector(of: DeclaredSize.scMapEntry, count: data.map.count)
        try data.map.chargeIteration(budget: budget)
        var entries: [SCMapEntry] = []
        for entry in data.map.entries {
            entries.append(SCMapEntry(key: try toSCVal(entry.key), val: try toSCVal(entry.value)))
        }
        try budget.copy(32)
        let key = try instanceKey(call.contract)
        try storeInstance(
            key, of: call.contract, executable: nil, storage: .some(entries))
        return true
    }
}
