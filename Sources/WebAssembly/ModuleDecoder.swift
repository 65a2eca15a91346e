/// Reads a module section by section; code is validated and compiled as it is read.
struct ModuleDecoder {
    var reader: ByteReader
    let fuel: FuelCosts
    var types: [WasmFunctionType] = []
    /// For each type the first one equal to it: `call_indirect` compares structurally.
    var canonicalTypes: [UInt32] = []
    private var firstOfType: [WasmFunctionType: UInt32] = [:]
    var imports: [WasmImport] = []
    /// Type indices of all functions, imported ones first.
    var functions: [Int] = []
    var importedFunctions = 0
    /// Entries of the only table, whether imported or not.
    var table: Int?
    var memory: MemoryLimits?
    var globalTypes: [(type: WasmValueType, isMutable: Bool)] = []
    var importedGlobals = 0
    var globals: [Global] = []
    var exports: [WasmExport] = []
    var exportIndices: [[UInt8]: Int] = [:]
    var hasStart = false
    var elements: [ElementSegment] = []
    var dataCount: Int?
    var data: [DataSegment] = []
    var customSections: [WasmCustomSection] = []
    var code = CompiledCode()
    private var bodies = 0
    private var hasCode = false

    init(_ bytes: [UInt8], fuel: FuelCosts) {
        reader = ByteReader(bytes)
        self.fuel = fuel
    }

    /// Where a section belongs; custom sections may stand anywhere.
    private static let order: [UInt8: Int] = [
        1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 12: 10, 10: 11, 11: 12,
    ]

    mutating func decode() throws(WasmError) {
        for expected: UInt8 in [0x00, 0x61, 0x73, 0x6d, 0x01, 0, 0, 0] {
            guard try reader.byte() == expected else {
                throw reader.malformed("this is not a module of version 1")
            }
        }
        var last = 0
        while !reader.isAtEnd {
            let id = try reader.byte()
            let size = try reader.index()
            let outer = try reader.narrow(to: size)
            if id == 0 {
                try customSection()
            } else {
                guard let place = Self.order[id] else {
                    throw reader.malformed("there is no section \(id)")
                }
                guard place > last else { throw reader.malformed("section \(id) is out of order") }
                last = place
                try section(id)
            }
            guard reader.isAtEnd else {
                throw reader.malformed("section \(id) is longer than its contents")
            }
            reader.widen(to: outer)
        }
        try finish()
    }

    private mutating func section(_ id: UInt8) throws(WasmError) {
        switch id {
        case 1: try typeSection()
        case 2: try importSection()
        case 3: try functionSection()
        case 4: try tableSection()
        case 5: try memorySection()
        case 6: try globalSection()
        case 7: try exportSection()
        case 8: try startSection()
        case 9: try elementSection()
        case 10: try codeSection()
        case 11: try dataSection()
        default: dataCount = try reader.count(max: FormatLimit.exportsAndSegments, of: "segments")
        }
    }

    private func finish() throws(WasmError) {
        guard bodies == functions.count - importedFunctions else {
            throw reader.malformed("functions and bodies differ in number")
        }
        guard dataCount == nil || dataCount == data.count else {
            throw reader.malformed("the data count section tells another number of segments")
        }
    }

    private mutating func customSection() throws(WasmError) {
        let name = try reader.name()
        let contents = try reader.skip(reader.end - reader.offset)
        customSections.append(
            WasmCustomSection(name: name, contents: Array(reader.bytes[contents])))
    }

    private mutating func typeSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "types")) {
            guard try reader.byte() == 0x60 else {
                throw reader.error(.unsupported, "a type is not that of a function")
            }
            var parameters: [WasmValueType] = []
            for _ in 0..<(try reader.count(max: FormatLimit.parameters, of: "parameters")) {
                parameters.append(try valueType())
            }
            let results = try reader.index()
            guard results <= 1 else {
                throw reader.error(.unsupported, "a function has \(results) results")
            }
            let type = WasmFunctionType(
                parameters: parameters, result: results == 1 ? try valueType() : nil)
            let first = firstOfType[type] ?? UInt32(types.count)
            firstOfType[type] = first
            canonicalTypes.append(first)
            types.append(type)
        }
    }

    mutating func valueType() throws(WasmError) -> WasmValueType {
        switch try reader.byte() {
        case 0x7f: .i32
        case 0x7e: .i64
        case 0x7d, 0x7c: throw reader.error(.unsupported, "floats are not supported")
        case let other: throw reader.error(.unsupported, "there is no value type \(other)")
        }
    }

    private mutating func functionSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "functions")) {
            functions.append(try typeIndex())
        }
    }

    mutating func typeIndex() throws(WasmError) -> Int {
        let index = try reader.index()
        guard index < types.count else {
            throw reader.error(.unknownIndex, "there is no type \(index)")
        }
        return index
    }

    mutating func functionIndex() throws(WasmError) -> Int {
        let index = try reader.index()
        guard index < functions.count else {
            throw reader.error(.unknownIndex, "there is no function \(index)")
        }
        return index
    }

    private mutating func startSection() throws(WasmError) {
        let type = types[functions[try functionIndex()]]
        guard type.parameters.isEmpty, type.result == nil else {
            throw reader.error(.typeMismatch, "the start function has parameters or a result")
        }
        hasStart = true
    }

    private mutating func codeSection() throws(WasmError) {
        bodies = try reader.count(max: FormatLimit.items, of: "bodies")
        guard bodies == functions.count - importedFunctions else {
            throw reader.malformed("functions and bodies differ in number")
        }
        let context = CompilationContext(self)
        var compiler = FunctionCompiler(context, reader: reader, into: code)
        for index in importedFunctions..<functions.count {
            try compiler.compile(types[functions[index]])
        }
        reader = compiler.reader
        code = compiler.finish()
    }
}
