@_spi(PluginMessage) import SwiftCompilerPluginMessageHandling
import SwiftSyntaxMacros

/// Answers the compiler: the toolchain ships everything of a macro plug-in but this.
@main
struct Plugin: PluginProvider {
    /// A macro that the declarations name and this plug-in lacks.
    struct UnknownMacro: Error { var name: String }

    func resolveMacro(moduleName: String, typeName: String) throws -> any Macro.Type {
        switch typeName {
        case "ContractMacro": ContractMacro.self
        case "ContractTypeMacro": ContractTypeMacro.self
        case "ContractListMacro": ContractListMacro.self
        case "MapFieldMacro": MapFieldMacro.self
        case "NamedFieldMacro": NamedFieldMacro.self
        case "ListFieldMacro": ListFieldMacro.self
        case "ContractErrorMacro": ContractErrorMacro.self
        case "ContractEventMacro": ContractEventMacro.self
        case "ContractClientMacro": ContractClientMacro.self
        case "TopicMacro": TopicMacro.self
        case "TupleMacro": TupleMacro.self
        case "StoredMacro": StoredMacro.self
        case "SymbolMacro": SymbolMacro.self
        default: throw UnknownMacro(name: typeName)
        }
    }

    static func main() throws {
        let connection = try StandardIOMessageConnection()
        try CompilerPluginMessageListener(connection: connection, provider: Plugin()).main()
    }
}
