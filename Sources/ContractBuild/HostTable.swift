import Foundation
import WebAssembly

/// The functions of the host that a contract may import.
public struct HostTable: Sendable {
    private struct Document: Decodable {
        struct Module: Decodable {
            var export: String
            var functions: [Function]
        }
        struct Function: Decodable {
            struct Argument: Decodable {}
            var export: String
            var args: [Argument]
            var name: String
            var min_supported_protocol: UInt32?
        }
        var modules: [Module]
    }

    /// What the check needs to know of one.
    struct Function: Sendable {
        var parameterCount: Int
        var firstProtocol: UInt32
        var usesMemory: Bool
    }

    private var functions: [String: Function] = [:]

    /// The table of a checkout.
    /// - Throws: ``BuildFailure`` if it cannot be read.
    public init(checkout: String) throws(BuildFailure) {
        let path = "\(checkout)/Tools/GenerateHostInterface/host-functions.json"
        guard let data = FileManager.default.contents(atPath: path),
            let document = try? JSONDecoder().decode(Document.self, from: data)
        else { throw BuildFailure("\(path) cannot be read: is \(checkout) a checkout?") }
        for module in document.modules {
            for function in module.functions {
                functions["\(module.export).\(function.export)"] = Function(
                    parameterCount: function.args.count,
                    firstProtocol: function.min_supported_protocol ?? 0,
                    usesMemory: function.name.contains("linear_memory"))
            }
        }
    }

    func function(_ item: WasmImport) -> Function? { functions["\(item.module).\(item.name)"] }

    /// The first protocol that has constructors and all that the module imports.
    func protocolNeeded(by module: WasmModule) -> UInt32 {
        module.imports.compactMap { function($0)?.firstProtocol }.reduce(22, max)
    }
}
