internal import StellarXDR

/// Runs one host function on the ledger as `snapshot` has it: a pure function, without clock,
/// chance, or effects other than on `modules`, which only saves time.
public func invoke(
    _ invocation: Invocation, on snapshot: some LedgerSnapshot,
    modules: ModuleCache = ModuleCache()
) -> InvocationOutcome {
    Host(invocation, snapshot: snapshot, modules: modules).run()
}

extension Host {
    /// Runs the invocation from beginning to end. `costs.md` 5 of the reference numbers the steps.
    func run() -> InvocationOutcome {
        var outcome = InvocationOutcome(result: .failure(HostError(.context, .internalError)))
        do throws(HostError) {
            try prepare()
            let result = execute()
            outcome.result = result
            outcome.authorization = try finishAuthorization()
            try finish(&outcome)
        } catch {
            outcome = InvocationOutcome(result: .failure(error))
            outcome.isFatal = true
        }
        if case .failure(let error) = outcome.result, diagnostics?.haveFailure == false {
            diagnose(
                .failure(error, what: "the host function failed", function: nil, arguments: []))
        }
        outcome.diagnostics = makeDiagnostics()
        outcome.costs = budget.costs
        outcome.unsupportedFunction = unsupportedFunction
        outcome.calls = tracer?.calls ?? []
        return outcome
    }

    /// Decodes what came with the transaction, and readies storage, chance and authorization.
    private func prepare() throws(HostError) {
        if !storage.isRecording { try prepareEnforcing() }
        try budget.charge(.valDeser, byteCount(invocation.function))
        try budget.charge(.valDeser, input: 36)
        if storage.isRecording { try PRNG.chargeSeeding(budget) }
        if case .enforcing(let entries) = invocation.authorization {
            authorization.accounts = try makeTrackers(entries)
        }
        if !storage.isRecording { try PRNG.chargeSeeding(budget) }
    }

    /// Runs the host function in the frame at the bottom, and converts its result.
    private func execute() -> Result<SCVal, HostError> {
        do throws(HostError) {
            let value = try withFrame(Frame(.hostFunction)) { () throws(HostError) in
                try perform()
            }
            let result = try toSCVal(value)
            try budget.write(result)
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    private func perform() throws(HostError) -> Val {
        switch invocation.function {
        case .invokeContract(let invoked):
            guard case .contract(let contract) = invoked.contractAddress else {
                throw HostError(.value, .unexpectedType)
            }
            let function = try makeSymbol(invoked.functionName.bytes)
            try budget.collect(invoked.args.count, of: DeclaredSize.val)
            return try call(contract, function, toVals(invoked.args))
        case .createContract(let creation):
            return try create(
                CreateContractArgsV2(
                    contractIDPreimage: creation.contractIDPreimage,
                    executable: creation.executable, constructorArgs: []),
                isSecondVersion: false)
        case .createContractV2(let creation): return try create(creation, isSecondVersion: true)
        case .uploadContractWasm(let code): return try upload(code)
        }
    }

    private func create(
        _ creation: CreateContractArgsV2, isSecondVersion: Bool
    ) throws(HostError) -> Val {
        var deployer: Val?
        if case .address(let preimage) = creation.contractIDPreimage {
            try budget.copy(DeclaredSize.address)
            deployer = try makeAddress(preimage.address)
        }
        var arguments: [Val] = []
        if isSecondVersion {
            try budget.collect(creation.constructorArgs.count, of: DeclaredSize.val)
            arguments = try toVals(creation.constructorArgs)
        }
        return try createContract(creation, deployer: deployer, constructorArguments: arguments)
    }

    /// The entries to answer with: recorded ones, or those that were given.
    private func finishAuthorization() throws(HostError) -> [SorobanAuthorizationEntry] {
        switch invocation.authorization {
        case .enforcing(let entries):
            if storage.isRecording { try chargeEntries(entries) }
            return entries
        case .recording:
            let entries = try budget.inShadow { () throws(HostError) in try recordedEntries() }
            let imitated = entries.map { $0.withSignature(Array(repeating: 0, count: 512)) }
            try chargeEntries(imitated)
            _ = try makeTrackers(imitated)
            return entries
        }
    }

    func chargeEntries(_ entries: [SorobanAuthorizationEntry]) throws(HostError) {
        try budget.collect(entries.count, of: 384)
        for entry in entries {
            try budget.charge(.valDeser, byteCount(entry))
        }
    }

    /// The length of a value's encoding, uncharged.
    func byteCount(_ value: some XDRCodable) -> Int {
        (try? value.xdrByteCount()) ?? 0
    }

    /// The encoding of a value that the host itself made.
    func encoded(_ value: some XDRCodable) throws(HostError) -> [UInt8] {
        do throws(XDRError) { return try value.xdr() } catch {
            throw HostError(.value, .invalidInput)
        }
    }
}

extension SorobanAuthorizationEntry {
    /// The entry with a signature of these bytes, where one belongs.
    fileprivate func withSignature(_ bytes: [UInt8]) -> SorobanAuthorizationEntry {
        var signed = self
        switch credentials {
        case .address(var proof):
            proof.signature = .bytes(SCBytes(bytes))
            signed.credentials = .address(proof)
        case .addressV2(var proof):
            proof.signature = .bytes(SCBytes(bytes))
            signed.credentials = .addressV2(proof)
        case .sourceAccount, .addressWithDelegates: break
        }
        return signed
    }
}

extension Budget {
    /// What was used so far, for the outcome.
    var costs: InvocationCosts {
        var costs = InvocationCosts()
        costs.instructions = processor.used
        costs.memory = memory.peak
        costs.tally = charged
        return costs
    }
}
