/// The host functions as a contract imports them; on this machine whoever runs it answers.
enum ContractImports: Output {
    static let path = "Contracts/Sources/Soroban/Generated/HostFunctions.swift"

    static func text(for interface: HostInterface) -> String {
        let functions = interface.modules.flatMap { module in
            module.functions.map { declaration(of: $0, in: module) }
        }
        return """

            // Words in and a word out. Only what a contract uses ends up in it.

            \(functions.joined(separator: "\n\n"))

            """
    }

    private static func declaration(
        of function: HostInterface.Function, in module: HostInterface.Module
    ) -> String {
        let swiftName = function.swiftName
        let name = "host" + swiftName.prefix(1).uppercased() + swiftName.dropFirst()
        let arguments = function.args.map { camelCase($0.name) }
        let signature =
            "func \(name)(\(arguments.map { "_ \($0): UInt64" }.joined(separator: ", "))) -> UInt64"
        let summary = function.docs?.split(separator: ". ").first ?? "\(function.name)"
        return """
            /// \(summary.last == "." ? summary : summary + ".")
            #if arch(wasm32)
            @_extern(wasm, module: "\(module.export)", name: "\(function.export)")
            @_extern(c, "soroban_\(module.export)_\(function.export)")
            \(signature)
            #else
            \(signature) {
                NativeHost.ask("\(module.export).\(function.export)", [\(
                    arguments.joined(separator: ", "))])
            }
            #endif
            """
    }

    /// As Swift spells it; a word of the language's own gets another name.
    private static func camelCase(_ name: String) -> String {
        guard name != "func" else { return "function" }
        let words = name.split(separator: "_")
        return words.enumerated().map { index, word in
            index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }
}
