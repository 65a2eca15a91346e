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
            argument("name", of: node)?.filter { $0 != "\"" }
            ?? snakeCase(declaration.name.text)
        let format =
            argument("data", of: node)?.split(separator: ".").last.map(String.init) ?? "map"
        check(declaration, name, format, in: context)
        let fields = fields(of: declaration, in: context)
        let checks = checks(fields.map(\.use))
        let (topics, data) = (fields.filter(\.isTopic), fields.filter { !$0.isTopic })
        let words = [symbolExpression(name)] + topics.map(\.word)
        let access = access(of: declaration.modifiers)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractEvent {
                    @inline(__always) \(raw: access)var topics: Value {
                        \(raw: checks)return \(raw: list(words))
                    }
                    @inline(__always) \(raw: access)var data: Value {
                        \(raw: checks)return \(raw: pack(data, format))
                    }
                    #if !arch(wasm32)
                    \(raw: access)static func define(in specification: inout Specification) {
                        \(raw: checks)\(raw: fields.map(\.definition).joined(separator: "\n"))
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

    private static func check(
        _ declaration: StructDeclSyntax, _ name: String, _ format: String,
        in context: some MacroExpansionContext
    ) {
        checkFields(of: declaration, in: context)
        // The name of an event is a symbol, unlike that of a type.
        if declaration.name.text.utf8.count > 32 {
            context.report(
                "'\(declaration.name.text)' has more than 32 characters", at: declaration.name)
        }
        if !isSymbol(name) {
            context.report(
                "'\(name)' is no name of at most 32 letters, digits, underscores",
                at: declaration.name)
        }
        let data = declaration.storedProperties.filter { property in
            !property.variable.attributes.contains {
                $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "Topic"
            }
        }
        if format == "singleValue", data.count > 1 {
            context.report("a single value is one field", at: data[1].binding.pattern)
        }
        if data.count > 32 { context.report("at most 32 fields", at: declaration.name) }
    }

    private static func sorted(_ fields: [Field], _ format: String) -> [Field] {
        guard format == "map" else { return fields }
        return SorobanMacros.sorted(fields)
    }

    private static func pack(_ data: [Field], _ format: String) -> String {
        guard let first = data.first else { return "Value.void" }
        let fields = sorted(data, format)
        let words = fields.map(\.word)
        switch format {
        case "singleValue": return first.use.value(first.name)
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
