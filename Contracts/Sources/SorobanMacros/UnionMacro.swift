import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// What `@ContractType` makes of an enum whose cases carry values: on the ledger a list, of the
/// name of the case and of what it carries.
enum UnionMacro {
    /// A case and what it carries.
    private struct Case {
        var element: EnumCaseElementSyntax
        var documentation: String
        var fields: [Field]

        var name: String { element.name.text }
        /// Cases begin with a capital on the ledger, as other tools expect.
        var chainName: String { pascalCase(name.trimmingBackticks) }

        /// `.box(width: …, height: …)`, of expressions for what it carries.
        func making(_ values: [String]) -> String {
            guard !fields.isEmpty else { return ".\(name)" }
            let arguments = zip(fields, values).map { field, value in
                field.name.isEmpty ? value : "\(field.name): \(value)"
            }
            return ".\(name)(\(arguments.joined(separator: ", ")))"
        }

        /// `.box(let part0, let part1)`.
        var pattern: String {
            guard !fields.isEmpty else { return ".\(name)" }
            return ".\(name)(\(fields.indices.map { "let part\($0)" }.joined(separator: ", ")))"
        }

        /// An expression that makes the list.
        var packing: String {
            list(
                [symbolExpression(chainName)]
                    + fields.enumerated().map { $0.element.use.word("part\($0.offset)") })
        }

        func reading(isStored: Bool) -> String {
            making(
                fields.enumerated().map {
                    $0.element.use.read("value.element(\($0.offset + 1))", isStored: isStored)
                })
        }

        var specification: String {
            let types = fields.map { "\($0.type).type" }.joined(separator: ", ")
            return "SpecificationVariant(\(chainName.quoted), [\(types)], \(documentation.quoted))"
        }
    }

    static func conformance(
        of declaration: EnumDeclSyntax, _ type: some TypeSyntaxProtocol, _ traits: Traits,
        in context: some MacroExpansionContext
    ) throws -> ExtensionDeclSyntax {
        let cases = cases(of: declaration, in: context)
        check(cases, of: declaration, in: context)
        let access = access(of: declaration.modifiers)
        let name = declaration.name.text.trimmingBackticks.quoted
        let uses = cases.flatMap(\.fields)
        let checks = checks(uses.map(\.use))
        return try ExtensionDeclSyntax(
            """
            extension \(type.trimmed): \(raw: traits.conformances) {
                /// Reads it; another kind of value, or a case that is not known, ends the call.
                \(raw: access)init(_ value: Value) {
                    \(raw: checks)\(raw: choice(of: cases, isStored: false))
                }
                /// Reads what this contract itself has stored.
                \(raw: access)init(stored value: Value) {
                    \(raw: checks)\(raw: choice(of: cases, isStored: true))
                }
                /// As the host sees it.
                \(raw: access)var value: Value {
                    \(raw: checks)switch self {
                    \(raw: cases.map { "case \($0.pattern): return \($0.packing)" }.joined(separator: "\n"))
                    }
                }
                #if !arch(wasm32)
                \(raw: access)static var type: SpecificationType { .defined(\(raw: name)) }
                \(raw: access)static func define(in specification: inout Specification) {
                    guard specification.begins(\(raw: name), Self.self) else { return }
                    \(raw: checks)\(raw: uses.map(\.definition).joined(separator: "\n"))
                    specification.addUnion(
                        \(raw: name), \(raw: documentation(of: declaration).quoted),
                        [\(raw: cases.map(\.specification).joined(separator: ", "))])
                }
                #endif
            }
            """)
    }

    /// The switch that makes `self` of `value`.
    private static func choice(of cases: [Case], isStored: Bool) -> String {
        var lines = ["switch caseIndex(of: value, \(packed(cases)), \(cases.count)) {"]
        for (index, item) in cases.enumerated() {
            lines.append(index == cases.count - 1 ? "default:" : "case \(index):")
            if !isStored { lines.append("expectCount(value, \(item.fields.count + 1))") }
            lines.append("self = \(item.reading(isStored: isStored))")
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    /// The names as one literal, each after a byte that is its length.
    private static func packed(_ cases: [Case]) -> String {
        "\""
            + cases.map { "\\u{\(String($0.chainName.utf8.count, radix: 16))}\($0.chainName)" }
            .joined() + "\""
    }

    private static func cases(
        of declaration: EnumDeclSyntax, in context: some MacroExpansionContext
    ) -> [Case] {
        var count = 0
        return declaration.caseElements.map { group, element in
            let parameters = element.parameterClause?.parameters.map { $0 } ?? []
            let fields = parameters.map { parameter in
                count += 1
                let label = parameter.firstName.map(\.text) ?? "_"
                return Field(
                    name: label == "_" ? "" : label, chainName: "",
                    use: TypeUse(parameter.type, number: count, in: context))
            }
            return Case(element: element, documentation: documentation(of: group), fields: fields)
        }
    }

    private static func check(
        _ cases: [Case], of declaration: EnumDeclSyntax, in context: some MacroExpansionContext
    ) {
        if cases.isEmpty { context.report("a union has cases", at: declaration.name) }
        if cases.count > 64 { context.report("at most 64 cases", at: declaration.name) }
        let indirect =
            declaration.modifiers.first { $0.name.text == "indirect" }
            ?? declaration.caseElements.lazy
            .compactMap { $0.group.modifiers.first { $0.name.text == "indirect" } }.first
        if let indirect {
            context.report("a union does not hold itself: put it into a Vec", at: indirect)
        }
        var names: Set<String> = []
        for item in cases {
            if !isSymbol(item.chainName) {
                context.report(
                    "'\(item.chainName)' is no name of at most 32 letters, digits, underscores",
                    at: item.element.name)
            }
            if !names.insert(item.chainName).inserted {
                context.report("there are two cases '\(item.chainName)'", at: item.element.name)
            }
            if item.fields.count > 12 {
                context.report("a case carries at most 12 values", at: item.element)
            }
            for parameter in item.element.parameterClause?.parameters ?? [] {
                TypeCheck.run(parameter.type, in: context)
            }
        }
    }
}

/// As it is, beginning with a capital.
func pascalCase(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

extension EnumDeclSyntax {
    /// Whether its cases are names and what they carry, not numbers.
    var isUnion: Bool {
        if caseElements.contains(where: { $0.element.parameterClause != nil }) { return true }
        return !(inheritanceClause?.inheritedTypes ?? []).contains { inherited in
            let name = inherited.type.trimmedDescription
            return name == "String" || name == "Character" || name.contains("Int")
        }
    }

    /// The cases with the line of declaration they are in.
    var caseElements: [(group: EnumCaseDeclSyntax, element: EnumCaseElementSyntax)] {
        memberBlock.members.compactMap { $0.decl.as(EnumCaseDeclSyntax.self) }
            .flatMap { group in group.elements.map { (group, $0) } }
    }
}
