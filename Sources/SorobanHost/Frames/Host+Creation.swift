internal import Cryptography
internal import StellarXDR

// The making of contracts: their ids, instances and constructors. `costs.md` 5.8 of the reference.

extension Host {
    /// The id of the contract that `preimage` stands for.
    func contractID(from preimage: ContractIDPreimage) throws(HostError) -> ContractID {
        try budget.copyBytes(ledger.networkID.count)
        try budget.makeObject()
        try budget.visitObject()
        try budget.visitObject()
        try budget.copy(32)
        return ContractID(
            fitting: try hash(
                HashIDPreimage.contractId(
                    HashIDPreimageContractId(
                        networkID: Hash(fitting: ledger.networkID), contractIDPreimage: preimage))))
    }

    /// The hash of a value's encoding.
    func hash(_ value: HashIDPreimage) throws(HostError) -> [UInt8] {
        try budget.write(value)
        let bytes = try encoded(value)
        try budget.charge(.computeSha256Hash, bytes.count)
        return SHA256.hash(bytes)
    }

    /// Creates a contract; a `deployer` must have authorized it.
    func createContract(
        _ arguments: CreateContractArgsV2, deployer: Val?, constructorArguments: [Val]
    ) throws(HostError) -> Val {
        guard let deployer else {
            return try makeContract(arguments, constructorArguments: constructorArguments)
        }
        try chargeCopy(of: arguments)
        try budget.makeVector(of: 176, count: 1)
        try authorization.push(.create(arguments), budget: budget)
        defer { authorization.pop() }
        try requireAuthorization(of: deployer, arguments: [])
        return try makeContract(arguments, constructorArguments: constructorArguments)
    }

    /// An asset has the asset contract, and nobody else has.
    private func checkPreimage(of arguments: CreateContractArgsV2) throws(HostError) {
        var isAsset = false
        if case .asset = arguments.contractIDPreimage { isAsset = true }
        guard isAsset == (arguments.executable == .stellarAsset) else { throw .badValue }
    }

    private func makeContract(
        _ arguments: CreateContractArgsV2, constructorArguments: [Val]
    ) throws(HostError) -> Val {
        try checkPreimage(of: arguments)
        try budget.copy(80)
        let id = try contractID(from: arguments.contractIDPreimage)
        try budget.copy(32)
        try budget.copy(72)
        try arguments.executable.chargeCopyOfContents(budget: budget)
        let key = try instanceKey(id)
        guard try !storage.has(key) else {
            try budget.copyBytes(32)
            try budget.makeObject()
            throw HostError(.storage, .existingValue)
        }
        switch arguments.executable {
        case .wasm(let hash):
            guard try storage.has(codeKey(hash)) else {
                throw HostError(.storage, .missingValue)
            }
        case .externalRef(let reference):
            guard try storage.has(referenceKey(reference)) else {
                throw HostError(.storage, .missingValue)
            }
        case .stellarAsset: break
        }
        try storeInstance(key, of: id, executable: arguments.executable, storage: nil)
        if case .stellarAsset = arguments.executable {
            try initializeAsset(id, arguments.contractIDPreimage)
        } else {
            try construct(id, constructorArguments)
        }
        return try make(.address(.contract(id)))
    }

    private func initializeAsset(
        _ id: ContractID, _ preimage: ContractIDPreimage
    ) throws(HostError) {
        guard case .asset(let asset) = preimage else {
            throw HostError(.context, .internalError)
        }
        try budget.write(asset)
        let bytes = try encoded(asset)
        let function = try makeSymbol(Array("init_asset".utf8))
        let serialized = try make(.bytes(bytes))
        _ = try call(id, function, [serialized])
    }

    /// Runs the constructor of a contract that was just made.
    private func construct(
        _ id: ContractID, _ arguments: [Val]
    ) throws(HostError) {
        let instance = try loadInstance(instanceKey(id))
        guard let hash = try codeHash(of: instance.executable) else { return }
        let machine = try loadMachine(hash)
        guard ProtocolRules(machine.module.protocolVersion).hasConstructors else {
            guard arguments.isEmpty else { throw HostError(.context, .invalidAction) }
            return
        }
        let function = try makeSymbol(Array("__constructor".utf8))
        let result: Val
        do throws(HostError) {
            result = try call(id, function, arguments, .constructor)
        } catch {
            throw error.isRecoverable ? HostError(.context, .invalidAction) : error
        }
        guard result == .void else { throw HostError(.value, .unexpectedType) }
    }
}
