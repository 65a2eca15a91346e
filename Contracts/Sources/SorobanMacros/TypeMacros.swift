import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@ContractType`: conversions and description of a struct, a numbered enum, or a union.
struct ContractTypeMacro: MemberMacro, MemberAttributeMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        let traits = Traits(node)
        if let declaration = declaration.as(StructDeclSyntax.self) {
            check(declaration, traits, in: context)
            return [try structure(declaration, type, traits, in: context)]
        }
        guard let declaration = declaration.as(EnumDeclSyntax.self) else {
            throw Fault("@ContractType is for a struct or an enum")
        }
        if traits.isForeign || traits.isTuple {
            context.report("an enum is neither .foreign nor a tuple", at: declaration.name)
        }
        checkType(declaration.name, declaration.genericParameterClause, in: context)
        return [
            declaration.isUnion
                ? try UnionMacro.conformance(of: declaration, type, traits, in: context)
                : try enumeration(declaration, type, traits, in: context)
        ]
    }

    private static func check(
        _ declaration: StructDeclSyntax, _ traits: Traits, in context: some MacroExpansionContext
    ) {
        checkFields(of: declaration, in: context)
        let count = declaration.storedProperties.count
        if count == 0 { context.report("a contract type has fields", at: declaration.name) }
        if count > 32 { context.report("at most 32 fields", at: declaration.name) }
        if traits.isForeign, traits.isTuple {
            context.report("the fields of a tuple have no names to find", at: declaration.name)
        }
    }

    private static func structure(
        _ declaration: StructDeclSyntax, _ type: some TypeSyntaxProtocol, _ traits: Traits,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        var fields = fields(of: declaration, in: context)
        let uses = checks(fields.map(\.use))
        if traits.isTuple {
            for index in fields.indices { fields[index].chainName = String(index) }
        } else {
            fields = sorted(fields)
        }
        let access = access(of: declaration.modifiers)
        let name = declaration.name.text.trimmingBackticks.quoted
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): \(raw: traits.conformances) {
                #if !arch(wasm32)
                \(raw: access)static var type: SpecificationType { .defined(\(raw: name)) }
                \(raw: access)static func define(in specification: inout Specification) {
                    guard specification.begins(\(raw: name), Self.self) else { return }
                    \(raw: uses)\(raw: fields.map(\.definition).joined(separator: "\n"))
                    specification.addStruct(
                        \(raw: name), \(raw: documentation(of: declaration).quoted),
                        [\(raw: fields.map(\.specification).joined(separator: ", "))])
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
        let traits = Traits(node)
        let declared = fields(of: structure, in: context)
        let fields = traits.isTuple ? declared : sorted(declared)
        let words = fields.map(\.word)
        return View.members(
            of: structure, declared, making: traits.isTuple ? list(words) : map(fields, words),
            checking: traits.isForeign
                ? "_ = Record(value)" : traits.isGiven ? checking(fields, traits) : "")
    }

    /// How a value is looked through that somebody handed in.
    private static func checking(_ fields: [Field], _ traits: Traits) -> String {
        if traits.isTuple {
            return "expectCount(value, \(fields.count))"
                + fields.enumerated().map {
                    "\n_ = \($0.element.type)(value.element(\($0.offset)))"
                }
                .joined()
        }
        // Types of others are looked at by their own initialisers.
        return "expectFields(value, \(packed(fields, withTags: true)), \(fields.count))"
            + fields.enumerated().filter { View.tags(of: $0.element.use.written) == nil }
            .map { "\n_ = \($0.element.type)(value.field(\($0.offset)))" }.joined()
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingAttributesFor member: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) -> [AttributeSyntax] {
        let traits = Traits(node)
        return View.attributes(
            for: member, of: declaration, isList: traits.isTuple, isForeign: traits.isForeign,
            in: context)
    }

    private static func enumeration(
        _ declaration: EnumDeclSyntax, _ type: some TypeSyntaxProtocol, _ traits: Traits,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let access = access(of: declaration.modifiers)
        let cases = cases(of: declaration)
        checkCases(cases, of: declaration, in: context)
        let numbers = cases.map(\.number)
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
            extension \(type.trimmed): \(raw: traits.conformances) {
                @inline(__always) \(raw: access)init(_ value: Value) {
                    guard let known = Self(rawValue: UInt32(value)) else { preconditionFailure() }
                    self = known
                }
                \(raw: stored)
                @inline(__always) \(raw: access)var value: Value { rawValue.value }
                #if !arch(wasm32)
                \(raw: description(of: declaration, isError: false))
                #endif
            }
            """)
    }
}

/// What the arguments of `@ContractType` say.
struct Traits {
    let isForeign: Bool
    let isTuple: Bool
    let isGiven: Bool
    let conformances: String

    init(_ node: AttributeSyntax) {
        let arguments = node.arguments?.as(LabeledExprListSyntax.self).map(Array.init) ?? []
        let origin = arguments.first { $0.label == nil }?.expression.trimmedDescription
        let shape = arguments.first { $0.label?.text == "as" }?.expression.trimmedDescription
        isForeign = origin?.hasSuffix(".foreign") == true
        isGiven = !isForeign && origin?.hasSuffix(".kept") != true
        isTuple = shape?.hasSuffix(".tuple") == true
        let isKept = !isGiven && !isForeign
        conformances = isKept ? "ContractValue" : "ContractValue, ContractArgument"
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
        checkType(declaration.name, declaration.genericParameterClause, in: context)
        checkCases(cases(of: declaration), of: declaration, in: context)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractError {
                    #if !arch(wasm32)
                    \(raw: description(of: declaration, isError: true))
                    #endif
                }
                """)
        ]
    }
}

private func description(of declaration: EnumDeclSyntax, isError: Bool) -> String {
    let access = access(of: declaration.modifiers)
    let name = declaration.name.text.trimmingBackticks.quoted
    let cases = cases(of: declaration).map(\.specification).joined(separator: ", ")
    return """
        \(access)static var type: SpecificationType { .defined(\(name)) }
        \(access)static func define(in specification: inout Specification) {
            guard specification.begins(\(name), Self.self) else { return }
            specification.addEnum(
                \(name), \(documentation(of: declaration).quoted), [\(cases)], isError: \(isError))
        }
        """
}
