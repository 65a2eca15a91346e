/// The way from the number of a host function to the method of `Host` that does it: each argument is
/// converted by its type, then the result.
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
                /// Runs the host function of a number (its position in ``HostImport/all``) with the words
                /// that the contract passed, and answers with the word that it gets.
                func dispatch(
                    _ number: Int, _ words: some RandomAccessCollection<UInt64>, memory: inout some LinearMemory
                ) throws(HostError) -> UInt64 {
                    var arguments = Arguments(words)
                    try budget.charge(.dispatchHostFunction)
                    switch number {
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
        var arguments = function.args.map { argument(of: $0.type) }
        if function.usesLinearMemory { arguments.append("memory: &memory") }
        let call = "\(function.swiftName)(\(arguments.joined(separator: ", ")))"
        switch function.result {
        case "Void": return "try \(call)\n            return Val.void.word"
        default: return "return try answer(\(call))"
        }
    }

    private static func argument(of type: String) -> String {
        switch type {
        case "u64": "arguments.next()"
        case "i64": "Int64(bitPattern: arguments.next())"
        case "U32Val": "number(arguments.next())"
        case "Val": "value(arguments.next())"
        case "Error": "error(arguments.next())"
        case "StorageType": "storageType(arguments.next())"
        case "ContractTtlExtension": "ttlExtension(arguments.next())"
        case "Symbol": "value(arguments.next(), .symbolSmall, .symbolObject)"
        case "U64Val": "value(arguments.next(), .u64Small, .u64Object)"
        case "U256Val": "value(arguments.next(), .u256Small, .u256Object)"
        case "I256Val": "value(arguments.next(), .i256Small, .i256Object)"
        default: "value(arguments.next(), .\(type.prefix(1).lowercased() + type.dropFirst()))"
        }
    }
}
