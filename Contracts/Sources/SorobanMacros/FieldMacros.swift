import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// Reads and replaces a field of a map by its place, which is that of its name among the others.
struct MapFieldMacro: AccessorMacro {
    static func expansion(
        of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [AccessorDeclSyntax] {
        guard let (use, arguments) = parts(of: node, declaration, in: context) else { return [] }
        let name = arguments.last?.as(StringLiteralExprSyntax.self)?.representedLiteralValue ?? ""
        let index = arguments.first?.trimmedDescription ?? ""
        return [
            getter(use, of: "self.value.field(\(index))", isStored: true),
            """
            @inline(__always) set {
                \(raw: checks([use]))self.value = self.value.setting(
                    field: \(raw: symbolExpression(name)), \(raw: use.value("newValue")))
            }
            """,
        ]
    }
}

/// Reads a field of a map that others make, by its name.
struct NamedFieldMacro: AccessorMacro {
    static func expansion(
        of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [AccessorDeclSyntax] {
        guard let (use, arguments) = parts(of: node, declaration, in: context) else { return [] }
        let name = arguments.first?.as(StringLiteralExprSyntax.self)?.representedLiteralValue ?? ""
        let field = "self.value.field(named: \(symbolExpression(name)))"
        return [getter(use, of: field, isStored: false)]
    }
}

/// Reads and replaces a field of a list.
struct ListFieldMacro: AccessorMacro {
    static func expansion(
        of node: AttributeSyntax, providingAccessorsOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [AccessorDeclSyntax] {
        guard let (use, arguments) = parts(of: node, declaration, in: context) else { return [] }
        let index = arguments.first?.trimmedDescription ?? ""
        return [
            getter(use, of: "self.value.element(\(index))", isStored: true),
            """
            @inline(__always) set {
                \(raw: checks([use]))self.value = self.value.setting(
                    element: \(raw: index), \(raw: use.value("newValue")))
            }
            """,
        ]
    }
}

private func getter(_ use: TypeUse, of value: String, isStored: Bool) -> AccessorDeclSyntax {
    """
    @inline(__always) get {
        \(raw: checks([use]))return \(raw: use.read(value, isStored: isStored))
    }
    """
}

/// What kind of field it is, and the arguments of the attribute; none of a field that is reported
/// elsewhere.
private func parts(
    of node: AttributeSyntax, _ declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
) -> (use: TypeUse, arguments: [ExprSyntax])? {
    guard let variable = declaration.as(VariableDeclSyntax.self),
        let type = variable.bindings.first?.typeAnnotation?.type,
        let arguments = node.arguments?.as(LabeledExprListSyntax.self)
    else { return nil }
    return (TypeUse(type, number: 0, in: context), arguments.map(\.expression))
}
