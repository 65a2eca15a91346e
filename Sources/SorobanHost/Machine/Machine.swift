internal import WebAssembly

/// An instance of a contract's code, ready to run once.
final class Machine {
    let module: ContractModule
    let instance: WasmInstance
    /// The host functions behind the imports, in their order.
    let imports: [Int]

    init(module: ContractModule, instance: WasmInstance, imports: [Int]) {
        self.module = module
        self.instance = instance
        self.imports = imports
    }
}

/// The memory of an instance, as host functions use it.
struct InstanceMemory: LinearMemory {
    let instance: WasmInstance
    let isExported: Bool

    var byteCount: Int { instance.memoryByteCount }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        (try? instance.read(at: UInt32(clamping: range.lowerBound), count: range.count)) ?? []
    }

    func word(at position: Int) -> UInt64 {
        (try? instance.readWord(at: UInt32(clamping: position))) ?? 0
    }

    mutating func write(_ bytes: [UInt8], at position: Int) {
        try? instance.write(bytes, at: UInt32(clamping: position))
    }

    mutating func write(_ word: UInt64, at position: Int) {
        try? instance.write(word: word, at: UInt32(clamping: position))
    }
}

extension Host {
    /// Instructions that one unit of fuel stands for.
    private var instructionsPerFuel: UInt64 {
        max(1, budget.settings.processor[CostType.wasmInsnExec.rawValue].constant)
    }

    /// Calls an export of a contract's code.
    /// - Parameters:
    ///   - native: what runs in its place.
    ///   - mayBeMissing: a constructor without arguments need not exist.
    func run(
        _ machine: Machine, native: NativeCode?, function: Val, arguments: [Val],
        mayBeMissing: Bool
    ) throws(HostError) -> Val {
        try budget.makeVector(of: 16, count: arguments.count)
        var words: [UInt64] = []
        for argument in arguments { words.append(try relative(argument).word) }
        try budget.charge(.invokeVmFunction)
        guard let export = try machine.module.module.export(named: symbolBytes(of: function))
        else {
            if mayBeMissing, arguments.isEmpty { return .void }
            throw HostError(.wasmVm, .missingValue)
        }
        let type = try checkSignature(of: export, arguments.count)
        if let native { return try returned(run(native, export.name, words), .i64) }
        return try returned(run(machine, export, words), type)
    }

    /// The type of an export's result, if it can be called with so many arguments.
    private func checkSignature(
        of export: WasmExport, _ count: Int
    ) throws(HostError) -> WasmValueType {
        guard case .function(let type) = export.kind else {
            throw HostError(.wasmVm, .unexpectedType)
        }
        guard count <= ContractModule.maxParameters else { throw HostError(.wasmVm, .invalidInput) }
        guard type.parameters.count == count else { throw HostError(.wasmVm, .unexpectedSize) }
        guard type.parameters.allSatisfy({ $0 == .i64 }) else {
            throw HostError(.wasmVm, .unexpectedType)
        }
        guard let result = type.result else { throw HostError(.wasmVm, .unexpectedSize) }
        return result
    }

    private func run(
        _ machine: Machine, _ export: WasmExport, _ words: [UInt64]
    ) throws(HostError) -> UInt64 {
        let instance = machine.instance
        var filled = fill(instance)
        let embedder = WasmEmbedder(
            call: { (function, arguments, instance) in
                try self.chargeFuel(of: instance, filled)
                filled = 0
                var memory = InstanceMemory(
                    instance: instance, isExported: machine.module.exportsMemory)
                let result = try self.answer(
                    machine.imports[function], arguments, memory: &memory)
                filled = self.fill(instance)
                return result
            },
            allocate: { byteCount in try self.chargeLinearMemory(byteCount) })
        let outcome: Result<UInt64?, HostError>
        do {
            outcome = .success(try instance.call(export, words, embedder: embedder))
        } catch {
            let failure = HostError(stopping: error)
            if error is WasmTrap { diagnoseTrap(failure, "\(error)") }
            outcome = .failure(failure)
        }
        try chargeFuel(of: instance, filled)
        guard let word = try outcome.get() else { throw HostError(.wasmVm, .unexpectedSize) }
        return word
    }

    /// Runs a host function that a contract called.
    func answer(
        _ function: Int, _ words: Span<UInt64>, memory: inout some LinearMemory
    ) throws(HostError) -> UInt64 {
        do throws(HostError) {
            return try dispatch(function, words, memory: &memory)
        } catch {
            let name = HostImport.all[function].name
            let what =
                unsupportedFunction == nil
                ? "\(name) failed" : "the sandbox does not support the host function \(name) yet"
            diagnose(.failure(error, what: what, function: nil, arguments: []))
            throw error
        }
    }

    func diagnoseTrap(_ error: HostError, _ trap: String) {
        guard let call = frames.last?.call else { return }
        diagnose(
            .failure(
                error, what: "the contract's code trapped: \(trap)", function: call.function,
                arguments: call.arguments))
    }

    /// Puts what is left of the instructions into the tank.
    private func fill(_ instance: WasmInstance) -> UInt64 {
        instance.fuel = budget.remainingInstructions / instructionsPerFuel
        return instance.fuel
    }

    /// Charges for the fuel that was used, and empties the tank.
    private func chargeFuel(of instance: WasmInstance, _ filled: UInt64) throws(HostError) {
        let used = filled - min(filled, instance.fuel)
        instance.fuel = 0
        if used > 0 { try budget.charge(.wasmInsnExec, times: used) }
    }

    /// Charges for linear memory and notes it with the frame, which gives it back when it ends.
    /// What the limit does not allow is refused before it is charged.
    func chargeLinearMemory(_ byteCount: Int) throws(HostError) {
        let amount = budget.memoryCost(of: .memAlloc, input: UInt64(byteCount))
        guard budget.memory.used.saturatingAdded(amount) <= budget.memory.limit else {
            throw .budgetExceeded
        }
        try budget.allocate(byteCount)
        frames.last?.linearMemoryCharged += amount
    }

    /// The value that a contract returned.
    private func returned(_ word: UInt64, _ type: WasmValueType) throws(HostError) -> Val {
        guard type == .i64, Val(word: word).isWellFormed else {
            throw HostError(.value, .unexpectedType)
        }
        return try absolute(word)
    }
}

extension HostError {
    /// Why running code stopped, as the host says it.
    init(stopping error: any Error) {
        switch error {
        case let error as HostError: self = error
        case let trap as WasmTrap: self.init(trap)
        case let error as WasmError: self.init(error)
        default: self.init(.wasmVm, .internalError)
        }
    }

    private init(_ trap: WasmTrap) {
        switch trap {
        case .unreachable: self.init(.wasmVm, .invalidAction)
        case .memoryOutOfBounds, .tableOutOfBounds: self.init(.wasmVm, .indexBounds)
        case .uninitializedElement: self.init(.wasmVm, .missingValue)
        case .signatureMismatch: self.init(.wasmVm, .unexpectedType)
        case .divisionByZero, .integerOverflow: self.init(.wasmVm, .arithDomain)
        case .stackOverflow, .outOfFuel, .growthLimited: self.init(.budget, .exceededLimit)
        }
    }

    private init(_ error: WasmError) {
        switch error.reason {
        case .dataOutOfBounds: self.init(.wasmVm, .indexBounds)
        case .tableTooLarge: self.init(.budget, .exceededLimit)
        case .moreElementsThanTable, .moreDataThanMemory: self.init(.wasmVm, .invalidInput)
        default: self.init(.wasmVm, .invalidAction)
        }
    }
}
