import SwiftSyntax
import SwiftSyntaxMacros

/// A stored property of a struct, a parameter, or what a case carries.
struct Field {
    var name: String
    var chainName: String
    var use: TypeUse
    var documentation = ""
    var isTopic = false

    /// As it is declared, after ``TypeUse/check``.
    var type: String { use.name }

    var specification: String {
        "SpecificationField(\(chainName.quoted), \(type).type, \(documentation.quoted))"
    }

    /// The types that its own is made of.
    var definition: String { "\(type).define(in: &specification)" }

    /// An expression for its word.
    var word: String { use.word(name) }
}

/// The stored properties in order of declaration.
func fields(of declaration: StructDeclSyntax, in context: some MacroExpansionContext) -> [Field] {
    declaration.storedProperties.enumerated().compactMap { number, property in
        guard let type = property.type else { return nil }
        return Field(
            name: property.name, chainName: snakeCase(property.name),
            use: TypeUse(type, number: number, in: context),
            documentation: documentation(of: property.variable),
            isTopic: property.variable.attributes.contains {
                $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "Topic"
            })
    }
}

/// What cannot be a field is said where it stands, once for each declaration.
func checkFields(of declaration: StructDeclSyntax, in context: some MacroExpansionContext) {
    checkType(declaration.name, declaration.genericParameterClause, in: context)
    var names: Set<String> = []
    for property in declaration.storedProperties {
        let place = property.binding.pattern
        guard let type = property.type else {
            context.report("a field of a contract type states its type", at: place)
            continue
        }
        let name = snakeCase(property.name)
        if !isSymbol(name, maximum: 30) {
            context.report(
                "'\(name)' is no name of at most 30 letters, digits, underscores", at: place)
        }
        if !names.insert(name).inserted {
            context.report("there are two fields '\(name)'", at: place)
        }
        TypeCheck.run(type, in: context)
    }
}

/// The name of a type, which is not generic.
func checkType(
    _ name: TokenSyntax, _ generics: GenericParameterClauseSyntax?, maximum: Int = 60,
    in context: some MacroExpansionContext
) {
    let text = name.text.trimmingBackticks
    if text.utf8.count > maximum {
        context.report("'\(text)' has more than \(maximum) characters", at: name)
    }
    if let generics { context.report("a type of a contract is not generic", at: generics) }
}

/// A stored property as it is written.
struct StoredProperty {
    var variable: VariableDeclSyntax
    var binding: PatternBindingSyntax
    var name: String { binding.pattern.trimmedDescription }
    var type: TypeSyntax? { binding.typeAnnotation?.type }
}

extension StructDeclSyntax {
    /// Properties without accessors, in order.
    var storedProperties: [StoredProperty] {
        memberBlock.members.compactMap { $0.decl.as(VariableDeclSyntax.self) }
            .filter { !$0.modifiers.contains("static") }
            .flatMap { variable in
                // Not `filter`: what that of a collection of syntax gives is in no file any more.
                variable.bindings.compactMap { binding in
                    binding.accessorBlock == nil
                        ? StoredProperty(variable: variable, binding: binding) : nil
                }
            }
    }
}

/// In the order of their names, which is that of the host.
func sorted(_ fields: [Field]) -> [Field] {
    fields.sorted { $0.chainName.utf8.lexicographicallyPrecedes($1.chainName.utf8) }
}

/// The names as one literal, each after a byte that is its length, at most 30, and if one asks for
/// it the two tags that its value may have (`expectFields`).
func packed(_ fields: [Field], withTags: Bool = false) -> String {
    let names = fields.map { field in
        let tags = View.tags(of: field.use.written) ?? (127, 127)
        let bytes = [field.chainName.utf8.count] + (withTags ? [tags.0, tags.1] : [])
        return bytes.map { "\\u{\(String($0, radix: 16))}" }.joined() + field.chainName
    }
    return "\"" + names.joined() + "\""
}

/// An expression that makes a map of fields, which ascend, and their words.
func map(_ fields: [Field], _ words: [String]) -> String {
    let list = words.joined(separator: ", ")
    return words.count > 4
        ? "makeMap(\(packed(fields)), [\(list)])" : "makeMap(\(packed(fields)), \(list))"
}

/// An expression that makes a list of words.
func list(_ words: [String]) -> String {
    let list = words.joined(separator: ", ")
    return words.count > 4 ? "makeVec([\(list)])" : "makeVec(\(list))"
}

/// A case of an enum with its number.
struct NumberedCase {
    var element: EnumCaseElementSyntax
    var number: UInt32
    var documentation: String

    /// Cases begin with a capital on the ledger, as other tools expect.
    var chainName: String { pascalCase(element.name.text.trimmingBackticks) }

    var specification: String {
        "SpecificationCase(\(chainName.quoted), \(number), \(documentation.quoted))"
    }
}

/// The cases of an enum with raw type `UInt32`.
func cases(of declaration: EnumDeclSyntax) -> [NumberedCase] {
    var next: UInt32 = 0
    return declaration.caseElements.map { group, element in
        if let raw = element.rawValue { next = number(raw) ?? next }
        defer { next &+= 1 }
        return NumberedCase(
            element: element, number: next, documentation: documentation(of: group))
    }
}

/// What cannot be is said where it stands.
func checkCases(
    _ cases: [NumberedCase], of declaration: EnumDeclSyntax, in context: some MacroExpansionContext
) {
    let raw = declaration.inheritanceClause?.inheritedTypes.first?.type
    guard let raw, raw.trimmedDescription == "UInt32" else {
        return context.report(
            "a contract's enum of numbers has the raw type UInt32",
            at: raw.map(Syntax.init) ?? Syntax(declaration.name))
    }
    if cases.isEmpty { context.report("an enum has cases", at: declaration.name) }
    for item in cases {
        if item.chainName.utf8.count > 60 {
            context.report(
                "'\(item.chainName)' has more than 60 characters", at: item.element.name)
        }
        if let raw = item.element.rawValue, number(raw) == nil {
            context.report("the number of a case is a decimal UInt32", at: raw.value)
        }
    }
}

private func number(_ raw: InitializerClauseSyntax) -> UInt32? {
    raw.value.as(IntegerLiteralExprSyntax.self)
        .flatMap { UInt32($0.literal.text.filter { $0 != "_" }) }
}
