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
        var names: Set<String> = []
        for function in contract.functions
        where !names.insert(snakeCase(function.name.text)).inserted {
            context.report(
                "there are two functions '\(snakeCase(function.name.text))'", at: function.name)
        }
        let functions = contract.functions.flatMap { calls(of: $0, access, in: context) }
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

    /// The function, the one that tries, and the one that catches.
    private static func calls(
        of function: FunctionDeclSyntax, _ access: String, in context: some MacroExpansionContext
    ) -> [String] {
        let name = function.name.text.trimmingBackticks
        let chainName = snakeCase(name)
        FunctionCheck.run(function, in: context)
        let parameters = function.signature.parameterClause
        let uses = parameters.parameters.enumerated().map {
            TypeUse($0.element.type, number: $0.offset, in: context)
        }
        let words = zip(parameters.parameters, uses).map { parameter, use in
            use.word((parameter.secondName ?? parameter.firstName).text)
        }
        let result = function.signature.returnClause.map {
            TypeUse($0.type, number: uses.count, in: context)
        }
        let symbol =
            symbolWord(chainName).map { "Symbol(word: \($0))" }
            ?? "Symbol(long: \(chainName.quoted))"
        let arguments = words.isEmpty ? "Vec<Value>().value" : list(words)
        let call = "(\(symbol), of: self.address, \(arguments))"
        let checks = checks(uses + [result].compactMap(\.self))
        let suffix = name.prefix(1).uppercased() + name.dropFirst()
        func member(_ name: String, _ result: String, _ body: String) -> String {
            """
            \(access)func \(name)\(parameters.trimmed)\(result) {
                \(checks)\(body)
            }
            """
        }
        guard let result else {
            return [
                member(name, "", "_ = Call.function\(call)"),
                member("try\(suffix)", " -> Bool", "return Call.tryFunction\(call) != nil"),
                member("catch\(suffix)", " -> Outcome<Value>", "return Call.catchFunction\(call)"),
            ]
        }
        func read(_ value: String) -> String { result.read(value, isStored: false) }
        return [
            member(name, " -> \(result.declared)", "return \(read("Call.function\(call)"))"),
            member(
                "try\(suffix)", " -> (\(result.declared))?",
                "return Call.tryFunction\(call).map { \(read("$0")) }"),
            member(
                "catch\(suffix)", " -> Outcome<\(result.declared)>",
                "return Call.catchFunction\(call).map { \(read("$0")) }"),
        ]
    }
}

extension DeclGroupSyntax {
    /// The functions that stand in it.
    var functions: [FunctionDeclSyntax] {
        memberBlock.members.compactMap { $0.decl.as(FunctionDeclSyntax.self) }
    }
}
