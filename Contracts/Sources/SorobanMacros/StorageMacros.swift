import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@Stored`: a property that lives in the contract's storage.
struct StoredMacro: AccessorMacro {
    static func expansion(
        of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [AccessorDeclSyntax] {
        guard let variable = declaration.as(VariableDeclSyntax.self),
            let binding = variable.bindings.first, let type = binding.typeAnnotation?.type
        else { throw Fault("@Stored is for a property that states its type") }
        let arguments = (node.arguments?.as(LabeledExprListSyntax.self) ?? []).map(\.expression)
        let given = arguments.lazy.compactMap { $0.as(StringLiteralExprSyntax.self) }.first
        let name =
            given?.representedLiteralValue ?? snakeCase(binding.pattern.trimmedDescription)
        guard let word = symbolWord(name) else {
            throw Fault("'\(name)' is no name of at most nine characters: give one, @Stored(\"…\")")
        }
        let words = arguments.compactMap { $0.as(MemberAccessExprSyntax.self) }
        let isSet = words.contains { $0.declName.baseName.text == "set" }
        if let durability = words.first, !isSet {
            return [
                "@inline(__always) get { \(type.trimmed)(name: \(raw: word), \(durability.trimmed)) }"
            ]
        }
        // What may be nothing may also never have been stored: older code did not know of it.
        let read = type.is(OptionalTypeSyntax.self) && !isSet ? "find" : "get"
        return [
            "@inline(__always) get { InstanceStorage.\(raw: read)(\(raw: word)) }",
            """
            @inline(__always) nonmutating set {
                InstanceStorage.set(\(raw: word), newValue.value)
            }
            """,
        ]
    }
}

/// `#symbol("…")`: the encoding of a short name.
struct SymbolMacro: ExpressionMacro {
    static func expansion(
        of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext
    ) throws -> ExprSyntax {
        guard let literal = node.arguments.first?.expression.as(StringLiteralExprSyntax.self),
            let name = literal.representedLiteralValue, let word = symbolWord(name)
        else {
            throw Fault("#symbol is for a literal of at most nine letters, digits, underscores")
        }
        return "Symbol(word: \(raw: word))"
    }
}
