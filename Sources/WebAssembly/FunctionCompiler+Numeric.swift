/// Arithmetic and conversions.
extension FunctionCompiler {
    mutating func numeric(_ opcode: UInt8) throws(WasmError) {
        switch opcode {
        case 0x45: try isZero(.i32)
        case 0x50: try isZero(.i64)
        case 0x46...0x4f: try compare(.i32, index: opcode - 0x46)
        case 0x51...0x5a: try compare(.i64, index: opcode - 0x51)
        case 0x6a...0x78: try arithmetic(.i32, index: opcode - 0x6a)
        case 0x7c...0x8a: try arithmetic(.i64, index: opcode - 0x7c)
        default: try unary(opcode)
        }
    }

    private mutating func isZero(_ type: ValueType) throws(WasmError) {
        try pop(type)
        push(.i32)
        charge()
        if isAlive { builder.isZero(width: type == .i32 ? 0 : 1) }
    }

    private mutating func compare(_ type: ValueType, index: UInt8) throws(WasmError) {
        try pop(type)
        try pop(type)
        push(.i32)
        charge()
        guard isAlive else { return }
        builder.compare(Comparison(width: type == .i32 ? 0 : 1, index: UInt16(index)))
    }

    private mutating func arithmetic(_ type: ValueType, index: UInt8) throws(WasmError) {
        try pop(type)
        try pop(type)
        push(type)
        charge()
        guard isAlive else { return }
        let first = type == .i32 ? Operation.i32Add : .i64Add
        // Add, multiply, and, or, xor.
        let isCommutative = [0, 2, 7, 8, 9].contains(index)
        builder.arithmetic(
            first.rawValue + UInt16(index) * 3, width: type == .i32 ? 0 : 1,
            isCommutative: isCommutative)
    }

    private static let unaries: [UInt8: (Operation?, from: ValueType, to: ValueType)] = [
        0x67: (.i32CountLeadingZeros, .i32, .i32), 0x68: (.i32CountTrailingZeros, .i32, .i32),
        0x69: (.i32CountOnes, .i32, .i32), 0x79: (.i64CountLeadingZeros, .i64, .i64),
        0x7a: (.i64CountTrailingZeros, .i64, .i64), 0x7b: (.i64CountOnes, .i64, .i64),
        0xa7: (.wrap, .i64, .i32), 0xac: (.i64Extend32, .i32, .i64),
        // The upper half of a register that holds an i32 is zero.
        0xad: (nil, .i32, .i64),
        0xc0: (.i32Extend8, .i32, .i32), 0xc1: (.i32Extend16, .i32, .i32),
        0xc2: (.i64Extend8, .i64, .i64), 0xc3: (.i64Extend16, .i64, .i64),
        0xc4: (.i64Extend32, .i64, .i64),
        // From floats, which only code that never runs can have: the reference lets these pass.
        0xa8: (nil, .f32, .i32), 0xa9: (nil, .f32, .i32), 0xaa: (nil, .f64, .i32),
        0xab: (nil, .f64, .i32), 0xae: (nil, .f32, .i64), 0xaf: (nil, .f32, .i64),
        0xb0: (nil, .f64, .i64), 0xb1: (nil, .f64, .i64), 0xbc: (nil, .f32, .i32),
        0xbd: (nil, .f64, .i64),
    ]

    private mutating func unary(_ opcode: UInt8) throws(WasmError) {
        guard let (operation, from, to) = Self.unaries[opcode] else {
            throw reader.error(.unsupported, "floats are not supported")
        }
        try pop(from)
        push(to)
        charge()
        if isAlive, let operation { builder.unary(operation) }
    }

    // MARK: Bulk operations

    mutating func bulk() throws(WasmError) {
        switch try reader.u32() {
        case 8:
            let segment = try dataSegment()
            try requireZero()
            try requireMemory()
            try three()
            if isAlive { builder.bulk(.memoryInitialize, segment: segment) }
        case 9:
            let segment = try dataSegment()
            charge(context.fuel.entity)
            if isAlive { builder.emit(.dataDrop, wide: UInt32(segment)) }
        case 10:
            try requireZero()
            try requireZero()
            try requireMemory()
            try three()
            if isAlive { builder.bulk(.memoryCopy) }
        case 11:
            try requireZero()
            try requireMemory()
            try three()
            if isAlive { builder.bulk(.memoryFill) }
        case 12:
            let segment = try elementSegment()
            try requireTable()
            try three()
            if isAlive { builder.bulk(.tableInitialize, segment: segment) }
        case 13:
            let segment = try elementSegment()
            charge(context.fuel.entity)
            if isAlive { builder.emit(.elementDrop, wide: UInt32(segment)) }
        case 14:
            try requireTable()
            try requireTable()
            try three()
            if isAlive { builder.bulk(.tableCopy) }
        case let other: throw reader.error(.unsupported, "there is no opcode 0xfc \(other)")
        }
    }

    private mutating func three() throws(WasmError) {
        for _ in 0..<3 { try pop(.i32) }
        charge(context.fuel.entity)
    }

    private mutating func dataSegment() throws(WasmError) -> Int {
        let index = try reader.index()
        guard let count = context.dataSegments, index < count else {
            throw reader.error(.unknownIndex, "there is no data segment \(index), or no count")
        }
        return index
    }

    private mutating func elementSegment() throws(WasmError) -> Int {
        let index = try reader.index()
        guard index < context.elementSegments else {
            throw reader.error(.unknownIndex, "there is no element segment \(index)")
        }
        return index
    }

    private mutating func requireZero() throws(WasmError) {
        guard try reader.byte() == 0 else {
            throw reader.error(.unsupported, "the index of a memory is not a single 0")
        }
    }

    private mutating func requireTable() throws(WasmError) {
        guard try reader.u32() == 0, context.hasTable else {
            throw reader.error(.unknownIndex, "there is no such table")
        }
    }
}
