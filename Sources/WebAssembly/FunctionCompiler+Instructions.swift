/// Everything but control.
extension FunctionCompiler {
    mutating func instruction(_ opcode: UInt8) throws(WasmError) {
        switch opcode {
        case 0x00...0x11: try control(opcode)
        case 0x1a, 0x1b, 0x20...0x24, 0x41, 0x42: try variable(opcode)
        case 0x28...0x40: try memory(opcode)
        case 0x45...0xc4: try numeric(opcode)
        case 0xfc: try bulk()
        default: throw reader.error(.unsupported, "there is no opcode \(opcode)")
        }
    }

    // MARK: Locals, globals, constants, drop, select

    private mutating func variable(_ opcode: UInt8) throws(WasmError) {
        switch opcode {
        case 0x1a:
            _ = try popAny()
            charge()
            if isAlive { _ = builder.pop() }
        case 0x1b: try select()
        case 0x20, 0x21, 0x22: try local(opcode)
        case 0x23, 0x24: try global(isWrite: opcode == 0x24)
        case 0x41:
            let value = try reader.s32()
            push(.i32)
            charge()
            if isAlive { builder.pushConstant(UInt64(UInt32(bitPattern: value))) }
        default:
            let value = try reader.s64()
            push(.i64)
            charge()
            if isAlive { builder.pushConstant(UInt64(bitPattern: value)) }
        }
    }

    private mutating func select() throws(WasmError) {
        try pop(.i32)
        let first = try popAny()
        let second = try popAny()
        guard first == second || first == .unknown || second == .unknown else {
            throw reader.error(.typeMismatch, "select of values of unlike types")
        }
        push(first == .unknown ? second : first)
        charge()
        if isAlive { builder.select() }
    }

    private mutating func local(_ opcode: UInt8) throws(WasmError) {
        let index = try reader.index()
        guard let type = locals.type(of: index) else {
            throw reader.error(.unknownIndex, "there is no local \(index)")
        }
        if opcode != 0x20 { try pop(type) }
        if opcode != 0x21 { push(type) }
        charge()
        guard isAlive else { return }
        if opcode == 0x20 {
            builder.pushLocal(index)
        } else {
            builder.setLocal(index, keeping: opcode == 0x22)
        }
    }

    private mutating func global(isWrite: Bool) throws(WasmError) {
        let index = try reader.index()
        guard index < context.globals.count else {
            throw reader.error(.unknownIndex, "there is no global \(index)")
        }
        let (type, isMutable) = context.globals[index]
        charge(context.fuel.entity)
        if isWrite {
            guard isMutable else { throw reader.error(.typeMismatch, "a global is constant") }
            try pop(type.internalType)
            guard isAlive else { return }
            let value = builder.pop()
            builder.emit(.globalSet, builder.register(of: value), wide: UInt32(index))
        } else {
            push(type.internalType)
            if isAlive { builder.defineWide(.globalGet, wide: UInt32(index)) }
        }
    }

    // MARK: Memory

    /// Opcodes from `i32.load` on: the instruction, bytes accessed (as a power of two), the type.
    private static let accesses: [UInt8: (Operation, exponent: UInt32, type: ValueType)] = [
        0x28: (.load32Unsigned, 2, .i32), 0x29: (.load64, 3, .i64),
        0x2c: (.load8SignedI32, 0, .i32), 0x2d: (.load8Unsigned, 0, .i32),
        0x2e: (.load16SignedI32, 1, .i32), 0x2f: (.load16Unsigned, 1, .i32),
        0x30: (.load8SignedI64, 0, .i64), 0x31: (.load8Unsigned, 0, .i64),
        0x32: (.load16SignedI64, 1, .i64), 0x33: (.load16Unsigned, 1, .i64),
        0x34: (.load32SignedI64, 2, .i64), 0x35: (.load32Unsigned, 2, .i64),
        0x36: (.store32, 2, .i32), 0x37: (.store64, 3, .i64),
        0x3a: (.store8, 0, .i32), 0x3b: (.store16, 1, .i32),
        0x3c: (.store8, 0, .i64), 0x3d: (.store16, 1, .i64), 0x3e: (.store32, 2, .i64),
    ]

    private mutating func memory(_ opcode: UInt8) throws(WasmError) {
        if opcode >= 0x3f { return try memorySize(isGrow: opcode == 0x40) }
        guard let (operation, exponent, type) = Self.accesses[opcode] else {
            throw reader.error(.unsupported, "floats are not supported")
        }
        let offset = try memoryArgument(max: exponent)
        if opcode < 0x36 {
            try pop(.i32)
            push(type)
            charge(context.fuel.load)
            if isAlive { builder.load(operation, offset: offset) }
        } else {
            try pop(type)
            try pop(.i32)
            charge(context.fuel.store)
            if isAlive { builder.store(operation, offset: offset) }
        }
    }

    /// Alignment and offset; bit 6 of the alignment announces the index of a memory.
    private mutating func memoryArgument(max exponent: UInt32) throws(WasmError) -> UInt32 {
        var alignment = try reader.u32()
        if alignment & 0x40 != 0 {
            alignment &= ~0x40
            guard try reader.u32() == 0 else {
                throw reader.error(.unsupported, "an access is to another memory than 0")
            }
        }
        guard alignment <= exponent else {
            throw reader.malformed("an alignment is larger than the access")
        }
        let offset = try reader.u32()
        try requireMemory()
        return offset
    }

    func requireMemory() throws(WasmError) {
        guard context.hasMemory else { throw reader.error(.unknownIndex, "there is no memory") }
    }

    private mutating func memorySize(isGrow: Bool) throws(WasmError) {
        guard try reader.byte() == 0 else {
            throw reader.error(.unsupported, "the index of a memory is not a single 0")
        }
        try requireMemory()
        if isGrow { try pop(.i32) }
        push(.i32)
        charge(context.fuel.entity)
        guard isAlive else { return }
        if isGrow {
            builder.unary(.memoryGrow)
        } else {
            builder.define(code: Operation.memorySize.rawValue)
        }
    }
}
