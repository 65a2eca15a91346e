/// What all functions of a module are checked against.
final class CompilationContext: Sendable {
    let types: [WasmFunctionType]
    let canonicalTypes: [UInt32]
    let functions: [Int]
    let importedFunctions: Int
    let globals: [(type: WasmValueType, isMutable: Bool)]
    let hasTable: Bool
    let hasMemory: Bool
    let elementSegments: Int
    let dataSegments: Int?
    let fuel: FuelCosts

    init(_ decoder: ModuleDecoder) {
        types = decoder.types
        canonicalTypes = decoder.canonicalTypes
        functions = decoder.functions
        importedFunctions = decoder.importedFunctions
        globals = decoder.globalTypes
        hasTable = decoder.table != nil
        hasMemory = decoder.memory != nil
        elementSegments = decoder.elements.count
        dataSegments = decoder.dataCount
        fuel = decoder.fuel
    }
}

/// Validates the bodies of functions and compiles them in the same pass.
///
/// Values are typed in `values` as the specification's algorithm does; code is emitted only for
/// what can be reached, by `builder`, whose stack holds the same values without their types.
struct FunctionCompiler {
    /// A function, block, loop or arm that is open.
    struct Frame {
        enum Kind { case function, block, loop, then, otherwise }
        var kind: Kind
        var result: ValueType?
        /// Height of `values` at its start.
        var height: Int
        /// Height of the builder's stack at its start.
        var base: Int
        /// Whether its start can be reached.
        var isAlive: Bool
        /// The rest of it cannot be reached.
        var isUnreachable = false
        /// Fuel of the unit of code that it opened; blocks open none.
        var fuel: UInt64 = 0
        /// The frame whose unit goes on when this one ends.
        var outerUnit: Int
        /// A loop's `fuel` instruction, or the word of fuel after a conditional.
        var head = 0
        /// The jump of a conditional over its first arm.
        var skip: CodeBuilder.Patch?
        /// Jumps to its end.
        var patches: [CodeBuilder.Patch] = []
    }

    let context: CompilationContext
    var reader: ByteReader
    var builder: CodeBuilder
    var locals = LocalTypes()
    var values: [ValueType] = []
    var frames: [Frame] = []
    /// The frame whose unit of fuel pays for what is read now.
    var unit = 0
    /// Whether what is read now can be reached.
    var isAlive = true
    private var code: CompiledCode

    init(_ context: CompilationContext, reader: ByteReader, into code: CompiledCode) {
        self.context = context
        self.reader = reader
        self.code = code
        builder = CodeBuilder(words: code.words)
    }

    /// The code of all functions compiled.
    consuming func finish() -> CompiledCode {
        code.words = builder.words
        return code
    }

    /// Reads and compiles the next body.
    mutating func compile(_ type: WasmFunctionType) throws(WasmError) {
        let (start, record, entry) = (reader, code, builder.words.count)
        try body(type, isLarge: false, isFar: false)
        let isFar = builder.needsFarRegisters
        guard isFar || builder.hasOverflow else { return }
        (reader, code) = (start, record)
        builder.words.removeLast(builder.words.count - entry)
        try body(type, isLarge: true, isFar: isFar)
    }

    private mutating func body(
        _ type: WasmFunctionType, isLarge: Bool, isFar: Bool
    ) throws(WasmError) {
        let outer = try reader.narrow(to: try reader.index())
        try readLocals(type)
        let layout = Layout(
            parameters: type.parameters.count, locals: locals.count, isLarge: isLarge,
            isFar: isFar)
        let entry = builder.words.count
        builder.begin(layout)
        if isFar { builder.emit(.raiseStackEnd, wide: UInt32(layout.extraSlots)) }
        let costs = context.fuel
        let size = UInt64(locals.count) / costs.localsPerUnit
        values.removeAll(keepingCapacity: true)
        frames = [
            Frame(
                kind: .function, result: type.result?.internalType, height: 0, base: 0,
                isAlive: true, fuel: costs.base + size, outerUnit: 0)
        ]
        (unit, isAlive) = (0, true)
        var fuel: UInt64 = 0
        while !frames.isEmpty {
            fuel = frames[0].fuel
            try instruction(try reader.byte())
            code.instructions += 1
        }
        guard reader.isAtEnd else { throw reader.malformed("code goes on after its end") }
        reader.widen(to: outer)
        // The last `end` is an instruction of its own, if it can be reached.
        fuel += isAlive ? costs.base : 0
        code.functions.append(
            FunctionRecord(
                entry: entry, frameSlots: locals.count + builder.maximumHeight,
                parameters: layout.parameters,
                clearedLocals: locals.count - layout.parameters + layout.extraSlots, fuel: fuel))
    }

    private mutating func readLocals(_ type: WasmFunctionType) throws(WasmError) {
        locals = LocalTypes(parameters: type.parameters)
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "groups of locals")) {
            let count = try reader.index()
            let type = try valueType()
            guard locals.add(count, of: type) else {
                throw reader.error(.limitExceeded, "more than \(FormatLimit.locals) locals")
            }
        }
    }

    mutating func countTargets(_ count: Int) { code.branchTableTargets += count }

    /// A type of locals and blocks.
    mutating func valueType() throws(WasmError) -> ValueType {
        switch try reader.byte() {
        case 0x7f: .i32
        case 0x7e: .i64
        case 0x7d, 0x7c: throw reader.error(.unsupported, "floats are not supported")
        case let other: throw reader.error(.unsupported, "there is no value type \(other)")
        }
    }

    // MARK: Fuel

    /// Adds to the unit of code that is open, if what is read now can be reached.
    mutating func charge(_ units: UInt64) {
        if isAlive { frames[unit].fuel += units }
    }

    mutating func charge() { charge(context.fuel.base) }

    // MARK: Types of values

    mutating func push(_ type: ValueType) { values.append(type) }

    /// Takes any value; `unknown` where code that never runs needs one.
    mutating func popAny() throws(WasmError) -> ValueType {
        let last = frames.count - 1
        if values.count == frames[last].height {
            guard frames[last].isUnreachable else {
                throw reader.error(.typeMismatch, "a value is missing")
            }
            return .unknown
        }
        return values.removeLast()
    }

    @discardableResult
    mutating func pop(_ expected: ValueType) throws(WasmError) -> ValueType {
        let found = try popAny()
        guard found == expected || found == .unknown || expected == .unknown else {
            throw reader.error(.typeMismatch, "\(found) where \(expected) is needed")
        }
        return found
    }

    /// What follows cannot be reached.
    mutating func becomeUnreachable() {
        values.removeLast(values.count - frames[frames.count - 1].height)
        frames[frames.count - 1].isUnreachable = true
        isAlive = false
    }
}
