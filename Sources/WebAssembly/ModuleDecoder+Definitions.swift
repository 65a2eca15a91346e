/// Imports, tables, memories, globals and exports.
extension ModuleDecoder {
    mutating func importSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "imports")) {
            let module = try reader.name()
            let name = try reader.name()
            let kind: WasmExternal
            switch try reader.byte() {
            case 0:
                let type = try typeIndex()
                functions.append(type)
                importedFunctions += 1
                kind = .function(types[type])
            case 1:
                try addTable(try tableType())
                kind = .table
            case 2:
                try addMemory(try memoryType())
                kind = .memory
            case 3:
                let (type, isMutable) = try globalType()
                globalTypes.append((type, isMutable))
                importedGlobals += 1
                kind = .global
            case let other:
                throw reader.malformed("there is no import of kind \(other)")
            }
            imports.append(WasmImport(module: module, name: name, kind: kind))
        }
    }

    mutating func tableSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "tables")) {
            try addTable(try tableType())
        }
    }

    mutating func memorySection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "memories")) {
            try addMemory(try memoryType())
        }
    }

    private mutating func addTable(_ entries: Int) throws(WasmError) {
        guard table == nil else { throw reader.error(.unsupported, "there are two tables") }
        table = entries
    }

    private mutating func addMemory(_ limits: MemoryLimits) throws(WasmError) {
        guard memory == nil else { throw reader.error(.unsupported, "there are two memories") }
        memory = limits
    }

    /// The initial number of entries; the maximum only has to be no less.
    private mutating func tableType() throws(WasmError) -> Int {
        guard try reader.byte() == 0x70 else {
            throw reader.error(.unsupported, "a table holds something else than functions")
        }
        let (initial, _) = try limits()
        guard initial <= FormatLimit.tableEntries else {
            throw reader.error(.limitExceeded, "a table has \(initial) entries")
        }
        return initial
    }

    private mutating func memoryType() throws(WasmError) -> MemoryLimits {
        let (initial, maximum) = try limits()
        guard max(initial, maximum ?? 0) <= FormatLimit.memoryPages else {
            throw reader.error(.limitExceeded, "a memory is larger than 4 GiB")
        }
        return MemoryLimits(initialPages: initial, maximumPages: maximum)
    }

    private mutating func limits() throws(WasmError) -> (initial: Int, maximum: Int?) {
        let flags = try reader.byte()
        guard flags <= 1 else { throw reader.error(.unsupported, "limits have flags \(flags)") }
        let initial = try reader.index()
        guard flags == 1 else { return (initial, nil) }
        let maximum = try reader.index()
        guard maximum >= initial else {
            throw reader.error(.limitExceeded, "a maximum is below the initial size")
        }
        return (initial, maximum)
    }

    private mutating func globalType() throws(WasmError) -> (WasmValueType, Bool) {
        let type = try valueType()
        let mutability = try reader.byte()
        guard mutability <= 1 else { throw reader.malformed("mutability is 0 or 1") }
        return (type, mutability == 1)
    }

    mutating func globalSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.items, of: "globals")) {
            let (type, isMutable) = try globalType()
            let value = try constantExpression(of: type)
            globals.append(Global(type: type, isMutable: isMutable, value: value))
            globalTypes.append((type, isMutable))
        }
    }

    /// One constant and an `end`; only imported globals that never change may be read.
    mutating func constantExpression(of type: WasmValueType) throws(WasmError)
        -> ConstantExpression
    {
        let found: WasmValueType
        let expression: ConstantExpression
        switch try reader.byte() {
        case 0x41:
            expression = .value(UInt64(UInt32(bitPattern: try reader.s32())))
            found = .i32
        case 0x42:
            expression = .value(UInt64(bitPattern: try reader.s64()))
            found = .i64
        case 0x23:
            let index = try reader.index()
            guard index < importedGlobals, !globalTypes[index].isMutable else {
                throw reader.error(.unsupported, "a constant reads a global that it may not")
            }
            expression = .importedGlobal(index)
            found = globalTypes[index].type
        case let opcode:
            throw reader.error(.unsupported, "a constant cannot use opcode \(opcode)")
        }
        guard found == type else {
            throw reader.error(.typeMismatch, "a constant is of another type than needed")
        }
        guard try reader.byte() == 0x0b else {
            throw reader.error(.unsupported, "a constant is more than one instruction")
        }
        return expression
    }

    mutating func exportSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.exportsAndSegments, of: "exports")) {
            let name = try reader.name()
            let export = try exported(as: name)
            guard exportIndices.updateValue(exports.count, forKey: Array(name.utf8)) == nil else {
                throw reader.malformed("two exports have one name")
            }
            exports.append(export)
        }
    }

    private mutating func exported(as name: String) throws(WasmError) -> WasmExport {
        let kind = try reader.byte()
        let index = try reader.index()
        let (count, external): (Int, WasmExternal)
        switch kind {
        case 0:
            (count, external) = (
                functions.count,
                index < functions.count ? .function(types[functions[index]]) : .table
            )
        case 1: (count, external) = (table == nil ? 0 : 1, .table)
        case 2: (count, external) = (memory == nil ? 0 : 1, .memory)
        case 3: (count, external) = (globalTypes.count, .global)
        default: throw reader.malformed("there is no export of kind \(kind)")
        }
        guard index < count else {
            throw reader.error(.unknownIndex, "an export names what is not there")
        }
        return WasmExport(name: name, kind: external, index: index)
    }
}
