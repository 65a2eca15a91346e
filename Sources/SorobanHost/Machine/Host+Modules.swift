internal import StellarXDR
internal import WebAssembly

// Loading, linking and instantiating contract code. `costs.md` 5.5 and 5.9 of the reference.

extension Host {
    /// An instance of a contract's code.
    func loadMachine(_ hash: Hash) throws(HostError) -> Machine {
        try budget.copy(32)
        let module: ContractModule
        if try isCodeCached(hash) {
            module = try cachedModule(hash)
        } else {
            module = try parseModule(hash)
            try chargeImports(module)
        }
        try chargeInstantiation(module)
        try chargeImports(module)
        return try makeMachine(module)
    }

    /// Whether the code was in the ledger, alive, before this transaction: then the modules that
    /// the network keeps ready have it.
    private func isCodeCached(_ hash: Hash) throws(HostError) -> Bool {
        guard storage.isRecording else {
            let key = try codeKey(hash)
            guard try storage.has(key) else { throw HostError(.storage, .missingValue) }
            return try storage.record(of: key) != nil
        }
        let key = StorageKey(.contractCode(LedgerKeyContractCode(hash: hash)))
        guard let found = try storage.record(of: key), let liveUntil = found.liveUntilLedger
        else { return false }
        return liveUntil >= ledger.sequence
    }

    /// The module of code that the ledger had before; reading it is not charged for.
    private func cachedModule(_ hash: Hash) throws(HostError) -> ContractModule {
        guard storage.isRecording else {
            let key = StorageKey(.contractCode(LedgerKeyContractCode(hash: hash)))
            guard let found = try storage.record(of: key) else {
                throw HostError(.storage, .missingValue)
            }
            return try module(hash, of: found.entry)
        }
        return try budget.inShadow { () throws(HostError) in
            try module(hash, of: storage.require(codeKey(hash)).entry)
        }
    }

    /// The module of code that this transaction brought.
    private func parseModule(_ hash: Hash) throws(HostError) -> ContractModule {
        let entry = try storage.require(codeKey(hash)).entry
        guard case .contractCode(let code) = entry.data else {
            throw HostError(.storage, .internalError)
        }
        try budget.copyBytes(code.code.count)
        if case .v1(let known) = code.ext {
            try budget.copy(40)
            try chargeParsing(known.costInputs)
        } else {
            try budget.charge(.vmInstantiation, input: UInt64(code.code.count))
        }
        return try module(hash, of: entry)
    }

    private func module(_ hash: Hash, of entry: LedgerEntry) throws(HostError) -> ContractModule {
        guard case .contractCode(let code) = entry.data else {
            throw HostError(.storage, .internalError)
        }
        let ledgerProtocol = ledger.protocolVersion
        return try modules.module(hash, protocolVersion: ledgerProtocol) { () throws(HostError) in
            try ContractModule(decoding: code.code, ledgerProtocol: ledgerProtocol)
        }
    }

    private func makeMachine(_ module: ContractModule) throws(HostError) -> Machine {
        let imports = try module.link()
        do {
            let instance = try WasmInstance(module.module) { byteCount in
                try self.chargeLinearMemory(byteCount)
            }
            return Machine(module: module, instance: instance, imports: imports)
        } catch {
            throw HostError(stopping: error)
        }
    }

    /// Checks code that is to be uploaded by linking and instantiating it.
    func checkUpload(_ code: [UInt8], _ hash: Hash) throws(HostError) -> ContractModule {
        try budget.charge(.vmInstantiation, input: UInt64(code.count))
        let ledgerProtocol = ledger.protocolVersion
        let module = try modules.module(hash, protocolVersion: ledgerProtocol) {
            () throws(HostError) in
            try ContractModule(decoding: code, ledgerProtocol: ledgerProtocol)
        }
        try chargeImports(module)
        try budget.charge(.vmCachedInstantiation, input: UInt64(code.count))
        try chargeImports(module)
        _ = try makeMachine(module)
        try budget.charge(.vmInstantiation, input: UInt64(code.count))
        do throws(WasmError) { _ = try module.module.refinedCounts() } catch {
            throw HostError(stopping: error)
        }
        return module
    }

    private func chargeImports(_ module: ContractModule) throws(HostError) {
        try budget.makeVector(of: 40, count: module.importCount)
    }

    private func chargeParsing(_ inputs: ContractCodeCostInputs) throws(HostError) {
        try budget.charge(.parseWasmInstructions, input: UInt64(inputs.nInstructions))
        try budget.charge(.parseWasmFunctions, input: UInt64(inputs.nFunctions))
        try budget.charge(.parseWasmGlobals, input: UInt64(inputs.nGlobals))
        try budget.charge(.parseWasmTableEntries, input: UInt64(inputs.nTableEntries))
        try budget.charge(.parseWasmTypes, input: UInt64(inputs.nTypes))
        try budget.charge(.parseWasmDataSegments, input: UInt64(inputs.nDataSegments))
        try budget.charge(.parseWasmElemSegments, input: UInt64(inputs.nElemSegments))
        try budget.charge(.parseWasmImports, input: UInt64(inputs.nImports))
        try budget.charge(.parseWasmExports, input: UInt64(inputs.nExports))
        try budget.charge(.parseWasmDataSegmentBytes, input: UInt64(inputs.nDataSegmentBytes))
    }

    private func chargeInstantiation(_ module: ContractModule) throws(HostError) {
        let inputs = module.costInputs
        try budget.charge(.instantiateWasmInstructions)
        try budget.charge(.instantiateWasmFunctions, input: UInt64(inputs.nFunctions))
        try budget.charge(.instantiateWasmGlobals, input: UInt64(inputs.nGlobals))
        try budget.charge(.instantiateWasmTableEntries, input: UInt64(inputs.nTableEntries))
        try budget.charge(.instantiateWasmTypes)
        try budget.charge(.instantiateWasmDataSegments, input: UInt64(inputs.nDataSegments))
        try budget.charge(.instantiateWasmElemSegments, input: UInt64(inputs.nElemSegments))
        try budget.charge(.instantiateWasmImports, input: UInt64(inputs.nImports))
        try budget.charge(.instantiateWasmExports, input: UInt64(inputs.nExports))
        try budget.charge(
            .instantiateWasmDataSegmentBytes, input: UInt64(inputs.nDataSegmentBytes))
    }
}
