import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@ContractClient`: a struct that calls what a protocol says another contract can do.
struct ContractClientMacro: PeerMacro {
    static func expansion(
        of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let contract = declaration.as(ProtocolDeclSyntax.self) else {
            throw Fault("@ContractClient is for a protocol")
        }
        let access = access(of: contract.modifiers)
        let functions = contract.memberBlock.members
            .compactMap { $0.decl.as(FunctionDeclSyntax.self) }
            .flatMap { calls(of: $0, access, in: context) }
        let name = "\(contract.name.text)Client"
        return [
            """
            \(raw: access.isEmpty ? "" : "@frozen ")\(raw: access)struct \(raw: name) {
                /// Where it is.
                \(raw: access)let address: Address
                /// The contract at an address.
                @inline(__always) \(raw: access)init(_ address: Address) {
                    self.address = address
                }
                \(raw: functions.joined(separator: "\n"))
            }
            """
        ]
    }

    /// The function, and the one that tries.
    private static func calls(
        of function: FunctionDeclSyntax, _ access: String, in context: some MacroExpansionContext
    ) -> [String] {
        let name = function.name.text.trimmingBackticks
        let chainName = snakeCase(name)
        if !isSymbol(chainName) { context.report("'\(chainName)' is no symbol", at: function.name) }
        let parameters = function.signature.parameterClause
        let words = parameters.parameters.map {
            "\(($0.secondName ?? $0.firstName).text).value.word"
        }
        let symbol =
            symbolWord(chainName).map { "Symbol(word: \($0))" }
            ?? "Symbol(long: \(chainName.quoted))"
        let call = "(\(symbol), of: self.address, \(list(words)))"
        let tried = "try" + name.prefix(1).uppercased() + name.dropFirst()
        guard let result = function.signature.returnClause.map({ writable($0.type) }) else {
            return [
                """
                \(access)func \(name)\(parameters.trimmed) {
                    _ = Call.function\(call)
                }
                """,
                """
                \(access)func \(tried)\(parameters.trimmed) -> Bool {
                    Call.tryFunction\(call) != nil
                }
                """,
            ]
        }
        return [
            """
            \(access)func \(name)\(parameters.trimmed) -> \(result) {
                \(result)(Call.function\(call))
            }
            """,
            """
            \(access)func \(tried)\(parameters.trimmed) -> \(result)? {
                Call.tryFunction\(call).map { \(result)($0) }
            }
            """,
        ]
    }
}
