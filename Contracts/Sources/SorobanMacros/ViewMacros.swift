import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// What `@ContractType` and `@ContractList` make of a struct: one word, the host's map or list, and
/// fields that are read from it when they are asked for.
enum View {
    /// The stored word and the initialisers.
    static func members(
        of declaration: StructDeclSyntax, _ fields: [Field], making value: String,
        checking check: String
    ) -> [DeclSyntax] {
        let access = access(of: declaration.modifiers)
        let parameters = fields.map { "\($0.name): \($0.use.declared)" }.joined(separator: ", ")
        let checks = checks(fields.map(\.use))
        return [
            """
            /// As the host sees it.
            \(raw: access)private(set) var value: Value
            """,
            """
            /// Made of its fields.
            @inline(\(raw: fields.count > 4 ? "never" : "__always")) \(raw: access)init(\(raw: parameters)) {
                \(raw: checks)value = \(raw: value)
            }
            """,
            """
            /// Reads it; a value of another kind, or with other fields, ends the call.
            \(raw: access)init(_ value: Value) {
                \(raw: check.contains("Type") ? checks : "")\(raw: check)
                self.value = value
            }
            """,
            """
            /// Reads what this contract itself has stored.
            @inline(__always) \(raw: access)init(stored value: Value) { self.value = value }
            """,
        ]
    }

    /// `@Field(index, name)` for the stored properties that the author wrote.
    static func attributes(
        for member: some DeclSyntaxProtocol, of declaration: some DeclGroupSyntax, isList: Bool,
        isForeign: Bool = false, in context: some MacroExpansionContext
    ) -> [AttributeSyntax] {
        guard let declaration = declaration.as(StructDeclSyntax.self),
            let variable = member.as(VariableDeclSyntax.self),
            !variable.modifiers.contains("static"), variable.bindings.count == 1,
            let binding = variable.bindings.first, binding.accessorBlock == nil
        else { return [] }
        if variable.bindingSpecifier.text == "let" {
            context.report("a field is a var: it is kept by the host", at: binding)
            return []
        }
        let fields = declaration.storedProperties.map(\.name)
        let ordered =
            isList
            ? fields
            : fields.sorted { snakeCase($0).utf8.lexicographicallyPrecedes(snakeCase($1).utf8) }
        let name = binding.pattern.trimmedDescription
        guard let index = ordered.firstIndex(of: name) else { return [] }
        if isList { return ["@_ListField(\(raw: index))"] }
        return isForeign
            ? ["@_NamedField(\(raw: snakeCase(name).quoted))"]
            : ["@_MapField(\(raw: index), \(raw: snakeCase(name).quoted))"]
    }

    /// The tags that a value of a type of the SDK may have (`expectFields`).
    static func tags(of type: String) -> (Int, Int)? {
        switch type {
        case "Bool": (0, 1)
        case "UInt32": (4, 4)
        case "Int32": (5, 5)
        case "UInt64", "OpaqueUInt64": (64, 6)
        case "Int64": (65, 7)
        case "Timepoint": (66, 8)
        case "Duration": (67, 9)
        case "UInt128": (68, 10)
        case "Int128", "Amount": (69, 11)
        case "U256": (70, 12)
        case "I256": (71, 13)
        case "Bytes": (72, 72)
        case "HostString": (73, 73)
        case "Symbol": (74, 14)
        case "Address": (77, 77)
        case "Value": (127, 127)
        default:
            type.hasPrefix("Vec<") ? (75, 75) : type.hasPrefix("Map<") ? (76, 76) : nil
        }
    }
}

/// `@ContractList`: a struct that is kept as a list of its fields, in order.
struct ContractListMacro: MemberMacro, MemberAttributeMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
        conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let structure = declaration.as(StructDeclSyntax.self) else {
            throw Fault("@ContractList is for a struct")
        }
        checkFields(of: structure, in: context)
        let fields = fields(of: structure, in: context)
        return View.members(
            of: structure, fields, making: list(fields.map(\.word)),
            checking: "let value = Vec<Value>(value).value")
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingAttributesFor member: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) -> [AttributeSyntax] {
        View.attributes(for: member, of: declaration, isList: true, in: context)
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        let access = access(of: declaration.modifiers)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractValue {
                    #if !arch(wasm32)
                    \(raw: access)static var type: SpecificationType { .value }
                    #endif
                }
                """)
        ]
    }
}
