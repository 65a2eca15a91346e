/// What an embedder does for running code.
public final class WasmEmbedder {
    /// An imported function: its index among the imported functions, its arguments, and the
    /// instance that calls, whose memory and fuel may be read and changed. What it throws stops
    /// the code and passes through to the caller of ``WasmInstance/call(_:_:embedder:)``.
    public let call:
        (_ function: Int, _ arguments: Span<UInt64>, _ instance: WasmInstance) throws
            -> UInt64
    /// Memory is about to take that many bytes more. What it throws passes through.
    public let allocate: (_ bytes: Int) throws -> Void

    /// An embedder of two functions.
    public init(
        call: @escaping (Int, Span<UInt64>, WasmInstance) throws -> UInt64,
        allocate: @escaping (Int) throws -> Void = { _ in }
    ) {
        self.call = call
        self.allocate = allocate
    }
}

/// A module with a memory, globals and a table of its own. For one thread.
@safe public final class WasmInstance {
    /// The module it is one of.
    public let module: WasmModule
    /// What running code may still spend.
    public var fuel: UInt64 = 0

    /// Marks an empty entry of the table.
    static let noFunction = UInt32.max

    let memory: LinearMemory
    // Safe: allocated in the initialiser for as many elements as the module has, freed in
    // `deinit`, never given away.
    let globals: UnsafeMutablePointer<UInt64>
    let table: UnsafeMutablePointer<UInt32>
    var droppedData: [Bool]
    var droppedElements: [Bool]
    /// Set while code runs.
    var embedder: WasmEmbedder?
    /// What an embedder's function threw, until it is thrown on.
    var failure: (any Error)?
    /// Whether a call is in progress, perhaps waiting for a host function.
    var isRunning = false
    /// The value stack and the frames of calls, made by the first call.
    var stack: CallStack?

    /// Makes an instance: links, sets globals, fills table and memory.
    ///
    /// Imported functions are the embedder's, by index; that they exist and have the right types
    /// is for it to check before, with ``WasmModule/imports``.
    /// - Parameter allocate: is told of the initial memory before it is taken.
    /// - Throws: ``WasmError`` of phase `link` or `instantiate`, or what `allocate` throws.
    public init(_ module: WasmModule, allocate: (_ bytes: Int) throws -> Void = { _ in }) throws {
        guard module.importsFunctionsOnly else {
            throw WasmError(.link, .unlinkableImport, "only functions can be imported")
        }
        guard module.tableEntries <= module.configuration.limits.tableEntries else {
            throw WasmError(.instantiate, .tableTooLarge, "the table is too large")
        }
        if let pages = module.initialMemoryPages {
            try allocate(pages * LinearMemory.pageBytes)
        }
        let limit = module.memory?.maximumPages ?? FormatLimit.memoryPages
        let pages = module.initialMemoryPages ?? 0
        guard
            let memory = module.spareParts.takeMemory(pages: pages)
                ?? LinearMemory(
                    pages: pages, maximumPages: module.memory == nil ? 0 : limit)
        else { throw WasmError(.instantiate, .limitExceeded, "the system has no more memory") }
        self.module = module
        self.memory = memory
        unsafe globals = .allocate(capacity: max(module.globals.count, 1))
        unsafe globals.initialize(repeating: 0, count: max(module.globals.count, 1))
        unsafe table = .allocate(capacity: max(module.tableEntries, 1))
        unsafe table.initialize(repeating: Self.noFunction, count: max(module.tableEntries, 1))
        droppedData = Array(repeating: false, count: module.data.count)
        droppedElements = Array(repeating: false, count: module.elements.count)
        try initialize()
    }

    deinit {
        unsafe globals.deallocate()
        unsafe table.deallocate()
        module.spareParts.keep(memory, stack)
    }

    /// Globals, then the table, then the memory, then the check for a start function.
    private func initialize() throws(WasmError) {
        for (index, global) in module.globals.enumerated() {
            unsafe globals[index] = try value(of: global.value)
        }
        for (index, segment) in module.elements.enumerated() {
            switch segment.mode {
            case .passive: continue
            case .declared: droppedElements[index] = true
            case .active(let expression):
                let offset = Int(try value(of: expression))
                guard offset <= module.tableEntries,
                    segment.functions.count <= module.tableEntries - offset
                else {
                    throw WasmError(
                        .instantiate, .elementsOutOfBounds, "elements do not fit into the table")
                }
                for (place, function) in segment.functions.enumerated() {
                    unsafe table[offset + place] = function
                }
                droppedElements[index] = true
            }
        }
        for (index, segment) in module.data.enumerated() {
            guard let expression = segment.offset else { continue }
            let offset = Int(try value(of: expression))
            guard memory.contains(offset, segment.bytes.count) else {
                throw WasmError(.instantiate, .dataOutOfBounds, "data does not fit into the memory")
            }
            copyData(segment.bytes, to: offset)
            droppedData[index] = true
        }
        if module.hasStart {
            throw WasmError(.instantiate, .hasStart, "a start function is not supported")
        }
    }

    private func value(of expression: ConstantExpression) throws(WasmError) -> UInt64 {
        switch expression {
        case .value(let value): return value
        case .importedGlobal:
            throw WasmError(.link, .unlinkableImport, "only functions can be imported")
        }
    }

    /// Copies bytes of the module; both ranges were checked.
    func copyData(_ range: Range<Int>, to offset: Int) {
        guard !range.isEmpty else { return }
        unsafe module.bytes.withUnsafeBytes { source in
            // Safe: `range` lies in the module by its decoder, the target was checked by callers.
            unsafe UnsafeMutableRawBufferPointer(
                start: memory.base + offset, count: range.count
            ).copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
        }
    }
}
