import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@ContractEvent`: topics, data and description of an event.
struct ContractEventMacro: ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        guard let declaration = declaration.as(StructDeclSyntax.self) else {
            throw Fault("@ContractEvent is for a struct")
        }
        let name =
            argument("name", of: node)?.filter { $0 != "\"" } ?? snakeCase(declaration.name.text)
        if !isSymbol(name) { context.report("'\(name)' is no symbol", at: declaration.name) }
        let fields = fields(of: declaration, in: context)
        let (topics, data) = (fields.filter(\.isTopic), fields.filter { !$0.isTopic })
        let format =
            argument("data", of: node)?.split(separator: ".").last.map(String.init) ?? "map"
        if format == "singleValue", data.count > 1 {
            context.report("a single value is one field", at: declaration.name)
        }
        let words = [symbolExpression(name)] + topics.map { "\($0.name).value.word" }
        let access = access(of: declaration.modifiers)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractEvent {
                    @inline(__always) \(raw: access)var topics: Value {
                        \(raw: list(words))
                    }
                    @inline(__always) \(raw: access)var data: Value {
                        \(raw: pack(data, format))
                    }
                    #if !arch(wasm32)
                    \(raw: access)static func define(in specification: inout Specification) {
                        \(raw: fields.map { "\($0.type).define(in: &specification)" }.joined(separator: "\n"))
                        specification.addEvent(
                            \(raw: declaration.name.text.quoted), topic: \(raw: name.quoted),
                            \(raw: documentation(of: declaration).quoted),
                            topics: [\(raw: topics.map(\.specification).joined(separator: ", "))],
                            data: [\(raw: sorted(data, format).map(\.specification).joined(separator: ", "))],
                            format: .\(raw: data.isEmpty ? "singleValue" : format))
                    }
                    #endif
                }
                """)
        ]
    }

    private static func sorted(_ fields: [Field], _ format: String) -> [Field] {
        guard format == "map" else { return fields }
        return SorobanMacros.sorted(fields)
    }

    private static func pack(_ data: [Field], _ format: String) -> String {
        guard let first = data.first else { return "Value.void" }
        let fields = sorted(data, format)
        let words = fields.map { "\($0.name).value.word" }
        switch format {
        case "singleValue": return "\(first.name).value"
        case "list": return list(words)
        default:
            return map(fields, words)
        }
    }

    private static func argument(_ label: String, of node: AttributeSyntax) -> String? {
        node.arguments?.as(LabeledExprListSyntax.self)?
            .first { $0.label?.text == label }?.expression.trimmedDescription
    }
}

/// `@Topic` only marks.
struct TopicMacro: PeerMacro {
    static func expansion(
        of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) -> [DeclSyntax] { [] }
}
