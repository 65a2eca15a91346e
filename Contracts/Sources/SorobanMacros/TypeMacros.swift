import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@ContractType`: conversions and description of a struct or a numbered enum.
struct ContractTypeMacro: MemberMacro, MemberAttributeMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        if let declaration = declaration.as(StructDeclSyntax.self) {
            let isKept = node.arguments?.trimmedDescription == ".kept"
            return [
                try structure(
                    declaration, type,
                    as: isKept ? "ContractValue" : "ContractValue, ContractArgument", in: context)
            ]
        }
        guard let declaration = declaration.as(EnumDeclSyntax.self) else {
            throw Fault("@ContractType is for a struct or an enum")
        }
        return [try enumeration(declaration, type, in: context)]
    }

    private static func structure(
        _ declaration: StructDeclSyntax, _ type: some TypeSyntaxProtocol,
        as conformance: String, in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let fields = fields(of: declaration, in: context)
        let access = access(of: declaration.modifiers)
        let name = declaration.name.text
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): \(raw: conformance) {
                #if !arch(wasm32)
                \(raw: access)static var type: SpecificationType { .defined(\(raw: name.quoted)) }
                \(raw: access)static func define(in specification: inout Specification) {
                    guard specification.begins(\(raw: name.quoted)) else { return }
                    \(raw: fields.map { "\($0.type).define(in: &specification)" }.joined(separator: "\n"))
                    specification.addStruct(
                        \(raw: name.quoted), \(raw: documentation(of: declaration).quoted),
                        [\(raw: sorted(fields).map(\.specification).joined(separator: ", "))])
                }
                #endif
            }
            """)
    }

    static func expansion(
        of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
        conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let structure = declaration.as(StructDeclSyntax.self) else { return [] }
        let fields = sorted(fields(of: structure, in: context))
        if fields.isEmpty { context.report("a contract type has fields", at: structure.name) }
        if fields.count > 32 { context.report("at most 32 fields", at: structure.name) }
        let words = fields.map { "\($0.name).value.word" }
        // Types of others are looked at by their own initialisers.
        let others = fields.enumerated().filter { View.tags(of: $0.element.type) == nil }.map {
            "\n_ = \($0.element.type)(value.field(\($0.offset)))"
        }
        let origin = node.arguments?.trimmedDescription
        return View.members(
            of: structure, making: map(fields, words),
            checking: origin == ".kept"
                ? ""
                : origin == ".foreign"
                    ? "_ = Record(value)"
                    : "expectFields(value, \(packed(fields, withTags: true)), \(fields.count))"
                        + others.joined(),
            in: context)
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingAttributesFor member: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) -> [AttributeSyntax] {
        View.attributes(
            for: member, of: declaration, isList: false,
            isForeign: node.arguments?.trimmedDescription == ".foreign", in: context)
    }

    private static func enumeration(
        _ declaration: EnumDeclSyntax, _ type: some TypeSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let access = access(of: declaration.modifiers)
        let numbers = cases(of: declaration, in: context).map(\.number)
        let isDense = numbers.count > 1 && numbers == Array(0..<UInt32(numbers.count))
        let stored =
            isDense
            ? """
            /// Reads what this contract itself has stored.
            @inline(__always) \(access)init(stored value: Value) {
                // Safe: it was stored from a case, and the cases are numbered as the compiler does.
                let number = UInt8(truncatingIfNeeded: UInt32(stored: value))
                self = unsafeBitCast(number, to: Self.self)
            }
            """ : ""
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): ContractValue, ContractArgument {
                @inline(__always) \(raw: access)init(_ value: Value) {
                    guard let known = Self(rawValue: UInt32(value)) else { preconditionFailure() }
                    self = known
                }
                \(raw: stored)
                @inline(__always) \(raw: access)var value: Value { rawValue.value }
                #if !arch(wasm32)
                \(raw: description(of: declaration, isError: false, in: context))
                #endif
            }
            """)
    }
}

/// `@ContractError`: the number of each case, and the function that ends the call with it.
struct ContractErrorMacro: PeerMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let declaration = declaration.as(EnumDeclSyntax.self) else {
            throw Fault("@ContractError is for an enum")
        }
        return [
            """
            /// Ends the call with an error: all it did is undone.
            @inline(__always) func fail(_ error: \(declaration.name.trimmed)) -> Never {
                endCall(with: error.rawValue)
            }
            """
        ]
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        guard let declaration = declaration.as(EnumDeclSyntax.self) else { return [] }
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractError {
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
