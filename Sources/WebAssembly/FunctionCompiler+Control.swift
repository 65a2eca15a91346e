/// Blocks, branches, calls.
extension FunctionCompiler {
    mutating func control(_ opcode: UInt8) throws(WasmError) {
        switch opcode {
        case 0x00:
            charge()
            if isAlive { builder.emit(.unreachable) }
            becomeUnreachable()
        case 0x01: break
        case 0x02: try open(.block)
        case 0x03: try openLoop()
        case 0x04: try openConditional()
        case 0x05: try otherwise()
        case 0x0b: try end()
        case 0x0c: try branch()
        case 0x0d: try branchIf()
        case 0x0e: try branchTable()
        case 0x0f: try returnValue()
        case 0x10: try call()
        case 0x11: try callIndirect()
        default: throw reader.error(.unsupported, "there is no opcode \(opcode)")
        }
    }

    // MARK: Opening

    /// Nothing, or one value: in one byte, and no index of a type.
    private mutating func blockType() throws(WasmError) -> ValueType? {
        switch try reader.byte() {
        case 0x40: return nil
        case 0x7f: return .i32
        case 0x7e: return .i64
        case let other: throw reader.error(.unsupported, "there is no block type \(other)")
        }
    }

    private mutating func open(_ kind: Frame.Kind) throws(WasmError) {
        let result = try blockType()
        if isAlive { builder.settleLocals() }
        frames.append(frame(kind, result))
    }

    private func frame(_ kind: Frame.Kind, _ result: ValueType?) -> Frame {
        Frame(
            kind: kind, result: result, height: values.count, base: builder.height,
            isAlive: isAlive, outerUnit: unit)
    }

    /// The last frame pays from now on for what is read.
    private mutating func openUnit() {
        unit = frames.count - 1
        frames[unit].fuel = context.fuel.base
    }

    private mutating func openLoop() throws(WasmError) {
        try open(.loop)
        openUnit()
        guard isAlive else { return }
        frames[unit].head = builder.words.count
        builder.emit(.fuel, wide: 0)
        builder.bind()
    }

    private mutating func openConditional() throws(WasmError) {
        let result = try blockType()
        try pop(.i32)
        charge()
        guard isAlive else {
            frames.append(frame(.then, result))
            openUnit()
            return
        }
        let condition = builder.condition()
        builder.settleLocals()
        frames.append(frame(.then, result))
        openUnit()
        frames[unit].skip = builder.conditional(condition)
        frames[unit].head = builder.words.count - 1
    }

    // MARK: Closing

    /// Checks that exactly the result is there.
    private mutating func closeValues() throws(WasmError) {
        let frame = frames[frames.count - 1]
        if let result = frame.result { try pop(result) }
        guard values.count == frame.height else {
            throw reader.error(.typeMismatch, "a block ends with more values than its type has")
        }
    }

    private mutating func otherwise() throws(WasmError) {
        let last = frames.count - 1
        guard frames[last].kind == .then else { throw reader.malformed("an else without an if") }
        try closeValues()
        let frame = frames[last]
        if isAlive {
            // The jump over the other arm is paid by the code around, even if not taken.
            frames[frame.outerUnit].fuel += context.fuel.base
            if frame.result != nil { builder.settle(frame.base) }
            frames[last].patches.append(builder.branch())
        }
        if frame.isAlive {
            builder.setFuel(frame.fuel, at: frame.head, shift: 0)
            if let skip = frame.skip { builder.bind([skip]) }
            builder.truncate(to: frame.base)
        }
        frames[last].kind = .otherwise
        frames[last].fuel = context.fuel.base
        frames[last].isUnreachable = false
        isAlive = frame.isAlive
    }

    private mutating func end() throws(WasmError) {
        try closeValues()
        let frame = frames[frames.count - 1]
        if frame.kind == .then, frame.result != nil {
            throw reader.error(.typeMismatch, "an if with a result has no else")
        }
        if frame.kind == .function {
            if isAlive { try emitReturn() }
            frames.removeLast()
            return
        }
        frames.removeLast()
        unit = frame.outerUnit
        if let result = frame.result { push(result) }
        guard frame.isAlive else { return }
        closeCode(frame)
        isAlive = true
    }

    private mutating func closeCode(_ frame: Frame) {
        var patches = frame.patches
        switch frame.kind {
        case .loop: builder.setFuel(frame.fuel, at: frame.head)
        case .then:
            builder.setFuel(frame.fuel, at: frame.head, shift: 0)
            if let skip = frame.skip { patches.append(skip) }
        case .otherwise: builder.setFuel(frame.fuel, at: frame.head)
        case .block, .function: break
        }
        if isAlive, patches.isEmpty { return }
        if isAlive, frame.result != nil { builder.settle(frame.base) }
        builder.bind(patches)
        builder.bind()
        builder.truncate(to: frame.base)
        if frame.result != nil { builder.pushSlot() }
    }

    // MARK: Calls

    private mutating func call() throws(WasmError) {
        let index = try reader.index()
        guard index < context.functions.count else {
            throw reader.error(.unknownIndex, "there is no function \(index)")
        }
        let type = context.types[context.functions[index]]
        charge(context.fuel.call)
        try arguments(of: type)
        guard isAlive else { return }
        let base = placeArguments(type)
        builder.window(to: base) { builder, base in
            if index < context.importedFunctions {
                builder.emit(.callHost, base, wide: UInt32(index))
            } else {
                builder.emit(.call, base, wide: UInt32(index - context.importedFunctions))
            }
        }
        if type.result != nil { builder.pushSlot() }
    }

    private mutating func arguments(of type: WasmFunctionType) throws(WasmError) {
        for parameter in type.parameters.reversed() { try pop(parameter.internalType) }
        if let result = type.result { push(result.internalType) }
    }

    /// Puts the arguments into their slots, where the callee's frame begins.
    private mutating func placeArguments(_ type: WasmFunctionType) -> Int {
        let first = builder.height - type.parameters.count
        for height in first..<builder.height { builder.settle(height) }
        builder.truncate(to: first)
        return builder.slot(first)
    }

    private mutating func callIndirect() throws(WasmError) {
        let typeIndex = try reader.index()
        guard typeIndex < context.types.count else {
            throw reader.error(.unknownIndex, "there is no type \(typeIndex)")
        }
        guard try reader.byte() == 0 else {
            throw reader.error(.unsupported, "call_indirect of another table than 0")
        }
        guard context.hasTable else { throw reader.error(.unknownIndex, "there is no table") }
        try pop(.i32)
        charge(context.fuel.call)
        let type = context.types[typeIndex]
        try arguments(of: type)
        guard isAlive else { return }
        let isNear = builder.slot(builder.height) <= Int(UInt16.max)
        if !isNear { builder.settle(builder.height - 1) }
        let value = builder.pop()
        // In a far frame the index is read from its slot, behind the arguments.
        let index =
            isNear ? builder.register(of: value) : UInt16(type.parameters.count)
        let base = placeArguments(type)
        let signature = UInt64(context.canonicalTypes[typeIndex])
        builder.window(to: base, always: !isNear) { builder, base in
            builder.emit(.callIndirect, base, index)
            builder.words.append(signature)
        }
        if type.result != nil { builder.pushSlot() }
    }
}
