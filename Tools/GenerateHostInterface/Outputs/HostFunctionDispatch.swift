/// The way from the number of a host function to the method of `Host` that does it: each argument
/// is converted by its type, then the result.
enum HostFunctionDispatch: Output {
    static let path = "Sources/SorobanHost/Generated/Host+Dispatch.swift"

    static func text(for interface: HostInterface) -> String {
        let functions = interface.modules.flatMap { module in
            module.functions.map { (module: module.export, function: $0) }
        }
        let cases = functions.enumerated().map { number, entry in
            """
                    case \(number):  // \(entry.module).\(entry.function.export)
                        \(body(of: entry.function))
            """
        }
        return """

            extension Host {
                /// Runs the host function of a number (its position in ``HostImport/all``) with the
                /// words that the contract passed, and answers with the word that it gets.
                func dispatch(
                    _ function: Int, _ words: Span<UInt64>, memory: inout some LinearMemory
                ) throws(HostError) -> UInt64 {
                    try budget.charge(.dispatchHostFunction)
                    switch function {
            \(cases.joined(separator: "\n"))
                    default: throw HostError(.context, .internalError)
                    }
                }
            }

            """
    }

    private static func body(of function: HostInterface.Function) -> String {
        if Unsupported.names.contains(function.name) {
            return "throw unsupported(\"\(function.name)\")"
        }
        var arguments = function.args.enumerated().map { position, argument in
            conversion(of: "words[\(position)]", to: argument.type)
        }
        if function.usesLinearMemory { arguments.append("memory: &memory") }
        let call = "\(function.swiftName)(\(arguments.joined(separator: ", ")))"
        switch function.result {
        case "Void": return "try \(call)\n            return Val.void.word"
        default: return "return try answer(\(call))"
        }
    }

    private static func conversion(of word: String, to type: String) -> String {
        switch type {
        case "u64": word
        case "i64": "Int64(bitPattern: \(word))"
        case "U32Val": "number(\(word))"
        case "Val": "value(\(word))"
        case "Error": "error(\(word))"
        case "StorageType": "storageType(\(word))"
        case "ContractTtlExtension": "ttlExtension(\(word))"
        case "Symbol", "U64Val", "U256Val", "I256Val":
            "value(\(word), .\(small(type)), or: .\(object(type)))"
        default: "value(\(word), .\(lowercased(type)))"
        }
    }

    /// The tag of a kind's small form.
    private static func small(_ type: String) -> String {
        lowercased(type.replacing("Val", with: "")) + "Small"
    }

    /// The tag of a kind's object form.
    private static func object(_ type: String) -> String {
        lowercased(type.replacing("Val", with: "")) + "Object"
    }

    private static func lowercased(_ type: String) -> String {
        type.prefix(1).lowercased() + type.dropFirst()
    }
}
