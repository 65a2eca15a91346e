import SwiftSyntax
import SwiftSyntaxMacros

/// A stored property of a struct.
struct Field {
    var name: String
    var chainName: String
    var type: String
    var documentation: String
    var isTopic: Bool

    var specification: String {
        "SpecificationField(\(chainName.quoted), \(type).type, \(documentation.quoted))"
    }
}

/// The stored properties in order of declaration, checked.
func fields(of declaration: StructDeclSyntax, in context: some MacroExpansionContext) -> [Field] {
    var fields: [Field] = []
    for member in declaration.memberBlock.members {
        guard let variable = member.decl.as(VariableDeclSyntax.self),
            !variable.modifiers.contains("static")
        else { continue }
        for binding in variable.bindings where binding.accessorBlock == nil {
            let name = binding.pattern.trimmedDescription
            guard let type = binding.typeAnnotation?.type else {
                context.report("a field of a contract type states its type", at: binding)
                continue
            }
            let chainName = snakeCase(name)
            if !isSymbol(chainName, maximum: 30) {
                context.report("'\(chainName)' is no name of at most 30 characters", at: binding)
            }
            let isTopic = variable.attributes.contains {
                $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "Topic"
            }
            fields.append(
                Field(
                    name: name, chainName: chainName, type: writable(type),
                    documentation: documentation(of: variable), isTopic: isTopic))
        }
    }
    return fields
}

/// In the order of their names, which is that of the host.
func sorted(_ fields: [Field]) -> [Field] {
    fields.sorted { $0.chainName.utf8.lexicographicallyPrecedes($1.chainName.utf8) }
}

/// The names as one literal, each after a byte that is its length, at most 30, and if one asks for
/// it the two tags that its value may have (`expectFields`).
func packed(_ fields: [Field], withTags: Bool = false) -> String {
    let names = fields.map { field in
        let tags = View.tags(of: field.type) ?? (127, 127)
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

/// The type so that a member can follow: `T?` is `Optional<T>`.
func writable(_ type: TypeSyntax) -> String {
    if let optional = type.as(OptionalTypeSyntax.self) {
        return "Optional<\(writable(optional.wrappedType))>"
    }
    return type.trimmedDescription
}

/// A case of an enum with its number.
struct NumberedCase {
    var name: String
    var number: UInt32
    var documentation: String

    var specification: String {
        "SpecificationCase(\(pascalCase(name).quoted), \(number), \(documentation.quoted))"
    }

    /// Cases begin with a capital on the ledger, as other tools expect.
    private func pascalCase(_ name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst()
    }
}

/// The cases of an enum with raw type `UInt32`, checked.
func cases(of declaration: EnumDeclSyntax, in context: some MacroExpansionContext) -> [NumberedCase]
{
    guard
        declaration.inheritanceClause?.inheritedTypes.first?.type.trimmedDescription == "UInt32"
    else {
        context.report("a contract's enum has the raw type UInt32", at: declaration.name)
        return []
    }
    var cases: [NumberedCase] = []
    var next: UInt32 = 0
    for member in declaration.memberBlock.members {
        guard let group = member.decl.as(EnumCaseDeclSyntax.self) else { continue }
        for element in group.elements {
            if let raw = element.rawValue?.value.as(IntegerLiteralExprSyntax.self) {
                guard let number = UInt32(raw.literal.text.filter { $0 != "_" }) else {
                    context.report("the number of a case is a decimal UInt32", at: raw)
                    continue
                }
                next = number
            }
            let name = element.name.text.trimmingBackticks
            if name.utf8.count > 60 {
                context.report("'\(name)' has more than 60 characters", at: element)
            }
            cases.append(
                NumberedCase(name: name, number: next, documentation: documentation(of: group)))
            next &+= 1
        }
    }
    return cases
}
