internal import StellarXDR
internal import WebAssembly

/// A contract's code, decoded and checked against the host's rules.
final class ContractModule: Sendable {
    let module: WasmModule
    /// The version of the interface that the code says it was made for.
    let protocolVersion: UInt32
    /// What instantiating the module is charged by.
    let costInputs: ContractCodeCostInputs
    /// How many different functions it imports.
    let importCount: Int
    /// Whether host functions may use its memory.
    let exportsMemory: Bool
    /// What linking came to: it follows from the code and the ledger's protocol, so it is found out
    /// once and not at every call.
    private let linked: Result<[Int], HostError>

    /// Functions may not have more parameters than this, if others can call them.
    static let maxParameters = 32

    /// Decodes code and checks what can be seen without linking it.
    init(decoding code: [UInt8], ledgerProtocol: UInt32) throws(HostError) {
        do throws(WasmError) {
            module = try WasmModule(decoding: code)
        } catch {
            throw HostError(.wasmVm, .invalidAction)
        }
        for export in module.exports {
            if case .function(let type) = export.kind,
                type.parameters.count > Self.maxParameters
            {
                throw HostError(.wasmVm, .invalidInput)
            }
        }
        protocolVersion = try Self.interfaceVersion(of: module, ledgerProtocol: ledgerProtocol)
        costInputs = ContractCodeCostInputs(
            module.counts,
            customSections: ProtocolRules(ledgerProtocol).countsCustomSections
                ? module.customSections : nil)
        var names: Set<String> = []
        for item in module.imports {
            guard case .function = item.kind, item.module.utf8.count < 10,
                item.name.utf8.count < 10
            else { continue }
            names.insert("\(item.module).\(item.name)")
        }
        importCount = names.count
        exportsMemory = module.export(named: "memory")?.kind == .memory
        linked = Self.link(
            module, interface: protocolVersion, ledgerProtocol: ledgerProtocol)
    }

    /// The numbers of the host functions that the module imports, in their order.
    /// - Throws: (WasmVm, InvalidAction) for an import that the host does not offer to it.
    func link() throws(HostError) -> [Int] { try linked.get() }

    private static func link(
        _ module: WasmModule, interface: UInt32, ledgerProtocol: UInt32
    ) -> Result<[Int], HostError> {
        var numbers: [Int] = []
        for item in module.imports {
            guard case .function(let type) = item.kind, item.module.utf8.count < 10,
                item.name.utf8.count < 10,
                let number = HostImport.number(module: item.module, export: item.name)
            else { return .failure(HostError(.wasmVm, .invalidAction)) }
            let function = HostImport.all[number]
            guard type.result == .i64, type.parameters.count == function.arity,
                type.parameters.allSatisfy({ $0 == .i64 }),
                function.minProtocol <= min(interface, ledgerProtocol),
                ledgerProtocol <= function.maxProtocol
            else { return .failure(HostError(.wasmVm, .invalidAction)) }
            numbers.append(number)
        }
        return .success(numbers)
    }

    private static func interfaceVersion(
        of module: WasmModule, ledgerProtocol: UInt32
    ) throws(HostError) -> UInt32 {
        guard let section = module.customSection(named: "contractenvmetav0"), !section.isEmpty
        else { throw HostError(.wasmVm, .invalidInput) }
        guard section.count >= 4 else { throw HostError(.context, .exceededLimit) }
        guard section[0..<4].allSatisfy({ $0 == 0 }) else {
            throw HostError(.value, .invalidInput)
        }
        guard section.count >= 12 else { throw HostError(.context, .exceededLimit) }
        let version = section[4..<8].reduce(0) { $0 << 8 | UInt32($1) }
        let prerelease = section[8..<12].reduce(0) { $0 << 8 | UInt32($1) }
        guard version <= ledgerProtocol, prerelease == 0 else {
            throw HostError(.wasmVm, .invalidInput)
        }
        return version
    }
}

extension ContractCodeCostInputs {
    /// The counts of a module as its ledger entry keeps them. Since protocol 30 custom sections
    /// count as data segments, and each target of a `br_table` as an instruction.
    init(_ counts: WasmCounts, customSections: [WasmCustomSection]?) {
        var (instructions, segments) = (counts.instructions, counts.dataSegments)
        var segmentBytes = counts.dataSegmentBytes
        if let customSections {
            instructions += counts.branchTableTargets
            segments += customSections.count
            for section in customSections {
                segmentBytes += section.name.utf8.count + section.contents.count
            }
        }
        self.init(
            nInstructions: UInt32(clamping: instructions),
            nFunctions: UInt32(clamping: counts.functions),
            nGlobals: UInt32(clamping: counts.globals),
            nTableEntries: UInt32(clamping: counts.tableEntries),
            nTypes: UInt32(clamping: counts.types), nDataSegments: UInt32(clamping: segments),
            nElemSegments: UInt32(clamping: counts.elementSegments),
            nImports: UInt32(clamping: counts.imports), nExports: UInt32(clamping: counts.exports),
            nDataSegmentBytes: UInt32(clamping: segmentBytes))
    }
}
