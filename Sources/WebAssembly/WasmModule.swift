/// A module that was decoded, validated and compiled: for any number of instances, on any thread.
///
/// What it may contain is what Soroban's reference virtual machine accepts: the first version of
/// WebAssembly without floats, with mutable globals, sign extension and bulk memory.
public final class WasmModule: Sendable {
    /// Types of functions.
    public let types: [WasmFunctionType]
    /// Imports, in their order.
    public let imports: [WasmImport]
    /// Exports, in their order.
    public let exports: [WasmExport]
    /// Custom sections, in their order.
    public let customSections: [WasmCustomSection]
    /// What it consists of.
    public let counts: WasmCounts
    /// Pages of 64 KiB that its memory starts with; `nil` if it has none.
    public let initialMemoryPages: Int?
    /// Prices and limits it was compiled with.
    public let configuration: WasmConfiguration

    let bytes: [UInt8]
    let exportIndices: [[UInt8]: Int]
    /// Type indices of all functions, imported ones first.
    let functions: [Int]
    /// For each function the first type equal to its own.
    let signatures: [UInt32]
    let importedFunctions: Int
    let tableEntries: Int
    let memory: MemoryLimits?
    let globals: [Global]
    let hasStart: Bool
    let elements: [ElementSegment]
    let data: [DataSegment]
    let code: CompiledCode
    /// What calling each imported function takes and gives.
    let importShapes: [ImportShape]
    /// Whether nothing but functions is imported.
    let importsFunctionsOnly: Bool
    let spareParts = SpareParts()

    /// Decodes, validates and compiles `bytes`.
    /// - Throws: ``WasmError`` of phase `parse`.
    public init(decoding bytes: [UInt8], configuration: WasmConfiguration = WasmConfiguration())
        throws(WasmError)
    {
        var decoder = ModuleDecoder(bytes, fuel: configuration.fuel)
        try decoder.decode()
        self.bytes = bytes
        self.configuration = configuration
        types = decoder.types
        imports = decoder.imports
        exports = decoder.exports
        exportIndices = decoder.exportIndices
        customSections = decoder.customSections
        functions = decoder.functions
        let canonical = decoder.canonicalTypes
        signatures = decoder.functions.map { canonical[$0] }
        importedFunctions = decoder.importedFunctions
        tableEntries = decoder.table ?? 0
        memory = decoder.memory
        initialMemoryPages = decoder.memory?.initialPages
        globals = decoder.globals
        hasStart = decoder.hasStart
        elements = decoder.elements
        data = decoder.data
        code = decoder.code
        counts = WasmCounts(decoder)
        importShapes = decoder.functions.prefix(decoder.importedFunctions).map {
            ImportShape(decoder.types[$0])
        }
        importsFunctionsOnly = decoder.imports.allSatisfy {
            if case .function = $0.kind { true } else { false }
        }
    }

    /// The export of that name, compared byte by byte.
    public func export(named name: String) -> WasmExport? {
        export(named: Array(name.utf8))
    }

    /// The export whose name these bytes are.
    public func export(named name: [UInt8]) -> WasmExport? {
        exportIndices[name].map { exports[$0] }
    }

    /// The contents of the first custom section of that name.
    public func customSection(named name: String) -> [UInt8]? {
        customSections.first { $0.name.utf8.elementsEqual(name.utf8) }?.contents
    }

    /// ``counts``, with the checks that the reference makes when it takes them for its costs.
    /// - Throws: ``WasmError`` of phase `counts`.
    public func refinedCounts() throws(WasmError) -> WasmCounts {
        guard counts.dataSegmentBytes <= (initialMemoryPages ?? 0) * LinearMemory.pageBytes else {
            throw WasmError(
                .counts, .moreDataThanMemory, "the data segments are larger than the memory")
        }
        guard counts.elements <= tableEntries else {
            throw WasmError(
                .counts, .moreElementsThanTable, "the element segments are larger than the table")
        }
        return counts
    }
}

/// What a call of a function takes and gives, as far as its caller must know at each call.
struct ImportShape: Sendable {
    let parameterCount: Int
    let result: WasmValueType?

    init(_ type: WasmFunctionType) {
        parameterCount = type.parameters.count
        result = type.result
    }
}

extension WasmCounts {
    init(_ decoder: ModuleDecoder) {
        instructions = decoder.code.instructions
        branchTableTargets = decoder.code.branchTableTargets
        functions = decoder.functions.count - decoder.importedFunctions
        globals = decoder.globals.count
        tableEntries = decoder.table ?? 0
        types = decoder.types.count
        dataSegments = decoder.data.count
        elementSegments = decoder.elements.count
        imports = decoder.imports.count
        exports = decoder.exports.count
        dataSegmentBytes = decoder.data.reduce(0) { $0 + $1.bytes.count }
        elements = decoder.elements.reduce(0) { $0 + $1.functions.count }
    }
}
