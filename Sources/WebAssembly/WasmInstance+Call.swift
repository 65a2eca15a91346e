/// Calling exports.
extension WasmInstance {
    /// Calls the exported function `name`; an `i32` is the low half of a word.
    ///
    /// ``fuel`` says how much it may spend, and afterwards, also after an error, what is left.
    /// - Returns: the result, or `nil` if the function has none.
    /// - Throws: ``WasmCallError``, ``WasmTrap``, or what the embedder's functions threw.
    public func call(_ name: String, _ arguments: [UInt64], embedder: WasmEmbedder) throws
        -> UInt64?
    {
        guard let export = module.export(named: name) else { throw WasmCallError.noSuchFunction }
        return try call(export, arguments, embedder: embedder)
    }

    /// Calls an exported function of ``module``; see ``call(_:_:embedder:)-(String,_,_)``.
    public func call(_ export: WasmExport, _ arguments: [UInt64], embedder: WasmEmbedder) throws
        -> UInt64?
    {
        guard case .function(let type) = export.kind else { throw WasmCallError.noSuchFunction }
        guard type.parameters.count == arguments.count else {
            throw WasmCallError.argumentCount(expected: type.parameters.count)
        }
        let (previous, running) = (self.embedder, stack)
        self.embedder = embedder
        // A call from within a host function of this instance gets a stack of its own.
        let stack = isRunning ? CallStack(module.configuration.limits) : ownStack()
        let wasRunning = isRunning
        isRunning = true
        defer {
            self.embedder = previous
            self.stack = running ?? stack
            isRunning = wasRunning
        }
        let words = zip(type.parameters, arguments).map { $0 == .i32 ? $1 & 0xffff_ffff : $1 }
        let exit = run(export.index, words, on: stack)
        if let trap = exit.trap { throw trap }
        if exit == .embedderFailed, let failure {
            self.failure = nil
            throw failure
        }
        // Safe: the result is where the first argument was, inside the stack.
        return type.result == nil ? nil : unsafe stack.slots.pointee
    }

    private func ownStack() -> CallStack {
        if let stack { return stack }
        let fresh = module.spareParts.takeStack() ?? CallStack(module.configuration.limits)
        stack = fresh
        return fresh
    }

    private func run(_ function: Int, _ arguments: [UInt64], on stack: CallStack) -> Exit {
        guard function >= module.importedFunctions else {
            return callExportedImport(function, arguments, on: stack)
        }
        let index = function - module.importedFunctions
        let record = module.code.functions[index]
        guard record.frameSlots <= stack.slotCount else { return .stackOverflow }
        guard fuel >= record.fuel else { return .outOfFuel }
        fuel -= record.fuel
        for (place, argument) in arguments.enumerated() {
            unsafe stack.slots[place] = argument
        }
        for place in arguments.count..<(arguments.count + record.clearedLocals) {
            unsafe stack.slots[place] = 0
        }
        return unsafe module.code.words.withUnsafeBufferPointer { words in
            unsafe module.code.functions.withUnsafeBufferPointer { functions in
                unsafe module.signatures.withUnsafeBufferPointer { signatures in
                    guard let code = words.baseAddress, let functions = functions.baseAddress,
                        let signatures = signatures.baseAddress
                    else { return .unreachable }
                    unsafe stack.frames.initialize(
                        to: CallFrame(pc: code, registers: stack.slots))
                    let machine = unsafe Machine(
                        code: code, functions: functions, signatures: signatures,
                        globals: globals, table: table, tableCount: UInt32(module.tableEntries),
                        importedFunctions: UInt32(module.importedFunctions),
                        framesEnd: stack.frames + stack.frameCount,
                        stackEnd: stack.slots + stack.slotCount, frame: stack.frames + 1,
                        pc: code + record.entry, registers: stack.slots)
                    return unsafe execute(self, machine)
                }
            }
        }
    }

    /// An import can be exported again.
    private func callExportedImport(
        _ function: Int, _ arguments: [UInt64], on stack: CallStack
    ) -> Exit {
        for (place, argument) in arguments.enumerated() {
            unsafe stack.slots[place] = argument
        }
        return unsafe callImport(function, stack.slots)
    }
}
