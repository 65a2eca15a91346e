import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@ContractType`: conversions and description of a struct or a numbered enum.
struct ContractTypeMacro: ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        if let declaration = declaration.as(StructDeclSyntax.self) {
            return [try structure(declaration, type, in: context)]
        }
        guard let declaration = declaration.as(EnumDeclSyntax.self) else {
            throw Fault("@ContractType is for a struct or an enum")
        }
        return [try enumeration(declaration, type, in: context)]
    }

    private static func structure(
        _ declaration: StructDeclSyntax, _ type: some TypeSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let fields = fields(of: declaration, in: context)
        if fields.isEmpty { context.report("a contract type has fields", at: declaration.name) }
        let sorted = fields.sorted {
            $0.chainName.utf8.lexicographicallyPrecedes($1.chainName.utf8)
        }
        if fields.count > 32 { context.report("at most 32 fields", at: declaration.name) }
        let names = packed(sorted)
        let reads = sorted.enumerated().map { index, field in
            "\(field.name) = \(field.type)(Value(word: words[\(index)]))"
        }
        let words = sorted.map { "\($0.name).value.word" }.joined(separator: ", ")
        let access = access(of: declaration.modifiers)
        let name = declaration.name.text
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): ContractValue {
                @inline(never) \(raw: access)init(_ value: Value) {
                    let words: [\(raw: sorted.count) of UInt64] = unpackMap(value, \(raw: names))
                    \(raw: reads.joined(separator: "\n"))
                }
                @inline(never) \(raw: access)var value: Value {
                    makeMap(\(raw: names), [\(raw: words)])
                }
                #if !arch(wasm32)
                \(raw: access)static var type: SpecificationType { .defined(\(raw: name.quoted)) }
                \(raw: access)static func define(in specification: inout Specification) {
                    guard specification.begins(\(raw: name.quoted)) else { return }
                    \(raw: fields.map { "\($0.type).define(in: &specification)" }.joined(separator: "\n"))
                    specification.addStruct(
                        \(raw: name.quoted), \(raw: documentation(of: declaration).quoted),
                        [\(raw: sorted.map(\.specification).joined(separator: ", "))])
                }
                #endif
            }
            """)
    }

    private static func enumeration(
        _ declaration: EnumDeclSyntax, _ type: some TypeSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let access = access(of: declaration.modifiers)
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): ContractValue {
                @inline(__always) \(raw: access)init(_ value: Value) {
                    guard let known = Self(rawValue: UInt32(value)) else { preconditionFailure() }
                    self = known
                }
                @inline(__always) \(raw: access)var value: Value { rawValue.value }
                #if !arch(wasm32)
                \(raw: description(of: declaration, isError: false, in: context))
                #endif
            }
            """)
    }
}

/// `@ContractError`: the number of each case.
struct ContractErrorMacro: ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        guard let declaration = declaration.as(EnumDeclSyntax.self) else {
            throw Fault("@ContractError is for an enum")
        }
        let access = access(of: declaration.modifiers)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractError {
                    @inline(__always) \(raw: access)var code: UInt32 { rawValue }
                    #if !arch(wasm32)
                    \(raw: description(of: declaration, isError: true, in: context))
                    #endif
                }
                """)
        ]
    }
}

private func description(
    of declaration: EnumDeclSyntax, isError: Bool, in context: some MacroExpansionContext
) -> String {
    let access = access(of: declaration.modifiers)
    let name = declaration.name.text.quoted
    let cases = cases(of: declaration, in: context).map(\.specification).joined(separator: ", ")
    return """
        \(access)static var type: SpecificationType { .defined(\(name)) }
        \(access)static func define(in specification: inout Specification) {
            guard specification.begins(\(name)) else { return }
            specification.addEnum(
                \(name), \(documentation(of: declaration).quoted), [\(cases)], isError: \(isError))
        }
        """
}
