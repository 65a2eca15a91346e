/// The names, arities and protocols of the host functions, for linking.
enum HostFunctionTable: Output {
    static let path = "Sources/SorobanHost/Generated/HostImport+All.swift"

    static func text(for interface: HostInterface) -> String {
        let rows = interface.modules.flatMap { module in
            module.functions.map { function in
                let protocols =
                    (function.minProtocol.map { ", minProtocol: \($0)" } ?? "")
                    + (function.maxProtocol.map { ", maxProtocol: \($0)" } ?? "")
                return """
                            HostImport("\(module.export)", "\(function.export)", "\(function.name)", \
                    arity: \(function.args.count)\(protocols)),
                    """
            }
        }
        return """

            extension HostImport {
                /// All host functions; the position of one is the number that
                /// ``Host/dispatch(_:_:memory:)`` knows it by.
                static let all: [HostImport] = [
            \(rows.joined(separator: "\n"))
                ]
            }

            """
    }
}
