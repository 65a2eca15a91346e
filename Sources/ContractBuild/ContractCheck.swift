import StellarXDR
import WebAssembly

/// What the host demands of a contract, and what tools expect of it, beyond what decoding checks.
struct ContractCheck {
    private let wasm: [UInt8]
    private let table: HostTable

    init(_ wasm: [UInt8], _ table: HostTable) {
        self.wasm = wasm
        self.table = table
    }

    /// - Throws: ``BuildFailure`` with the first thing that is wrong.
    func run(_ name: String) throws(BuildFailure) {
        do {
            let module = try WasmModule(decoding: wasm)
            _ = try module.refinedCounts()
            try checkSize(module)
            try checkSections()
            try checkImports(module)
            try checkExports(module)
            try checkSpecification(module)
        } catch let failure as BuildFailure {
            throw BuildFailure("\(name): \(failure.message)")
        } catch {
            throw BuildFailure("\(name): \(error)")
        }
    }

    private func checkSize(_ module: WasmModule) throws {
        try require(wasm.count <= 65_536, "larger than 64 KiB")
        try require(module.counts.tableEntries <= 1_000, "more than 1,000 table entries")
        try require(module.initialMemoryPages == 1, "more than one page of memory")
    }

    /// No start section; each of the three custom sections once, and no others.
    private func checkSections() throws {
        var names: [String] = []
        var offset = 8
        while offset < wasm.count {
            let kind = wasm[offset]
            offset += 1
            let size = length(at: &offset)
            try require(kind <= 12 && kind != 8, "a section of kind \(kind)")
            if kind == 0 {
                var start = offset
                let count = length(at: &start)
                names.append(String(decoding: wasm[start..<start + count], as: UTF8.self))
            }
            offset += size
        }
        try require(
            names == ["contractenvmetav0", "contractspecv0", "contractmetav0"],
            "custom sections \(names)")
    }

    private func length(at offset: inout Int) -> Int {
        var (value, shift) = (0, 0)
        while offset < wasm.count {
            let byte = wasm[offset]
            offset += 1
            value |= Int(byte & 0x7f) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        return value
    }

    private func checkImports(_ module: WasmModule) throws {
        let hasMemory = module.export(named: "memory")?.kind == .memory
        for item in module.imports {
            let name = "import \(item.module).\(item.name)"
            guard case .function(let type) = item.kind, let function = table.function(item) else {
                throw BuildFailure("\(name) is no function of the host")
            }
            try require(
                type.parameters == Array(repeating: .i64, count: function.parameterCount)
                    && type.result == .i64, "\(name) has the wrong type")
            try require(hasMemory || !function.usesMemory, "the memory is not exported")
        }
    }

    private func checkExports(_ module: WasmModule) throws {
        for export in module.exports {
            guard case .function(let type) = export.kind else { continue }
            let isName =
                (1...32).contains(export.name.utf8.count)
                && export.name.utf8.allSatisfy {
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_")
                        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                }
            try require(isName, "export '\(export.name)' is no name of a function")
            try require(
                type.parameters.count <= 32 && type.parameters.allSatisfy { $0 == .i64 }
                    && type.result == .i64, "export '\(export.name)' has the wrong type")
        }
    }

    /// The interface can be read, and says of each exported function what it takes.
    private func checkSpecification(_ module: WasmModule) throws {
        var decoder = XDRDecoder(module.customSection(named: "contractspecv0") ?? [])
        var described: [String: Int] = [:]
        while decoder.remaining > 0 {
            guard case .functionV0(let function) = try SCSpecEntry(from: &decoder) else {
                continue
            }
            let name = function.name.description
            try require(described[name] == nil, "'\(name)' is described twice")
            described[name] = function.inputs.count
        }
        var exported: [String: Int] = [:]
        for export in module.exports {
            if case .function(let type) = export.kind {
                exported[export.name] = type.parameters.count
            }
        }
        try require(described == exported, "exports and their description differ")
    }

    private func require(_ condition: Bool, _ message: String) throws {
        guard condition else { throw BuildFailure(message) }
    }
}
