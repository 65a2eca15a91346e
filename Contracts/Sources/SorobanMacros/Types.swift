import SwiftSyntax
import SwiftSyntaxMacros

/// A type that a declaration names: how generated code writes it, and where it stands.
struct TypeUse {
    /// As the author wrote it.
    let declared: String
    /// So that a member can follow: `T?` is `Optional<T>`, `(A, B)` is `Tuple2<A, B>`.
    let written: String
    /// Whether the author's own is a tuple of Swift, which becomes a value where it is passed on.
    let isTuple: Bool
    /// A declaration that fails, where the type stands, if it is no type of a contract; `nil` for a
    /// type that certainly is one.
    let check: String?
    /// What to call it after ``check``.
    let name: String

    /// - Parameters:
    ///   - number: Different from that of the others which one body names.
    ///   - isArgument: Whether a caller hands it in.
    init(
        _ type: TypeSyntax, number: Int, isArgument: Bool = false,
        in context: some MacroExpansionContext
    ) {
        declared = type.trimmedDescription
        written = writable(type)
        isTuple = tupleElements(of: type) != nil
        guard !TypeCheck.isBuiltIn(type),
            let place = context.location(
                of: type, at: .afterLeadingTrivia, filePathMode: .filePath)
        else {
            check = nil
            name = written
            return
        }
        // The alias of a type that will not do is an error once, and no error where it is used.
        name = "Type\(number)"
        check = """
            #sourceLocation(file: \(place.file.trimmedDescription), \
            line: \(place.line.trimmedDescription))
            typealias \(name) = \(isArgument ? "GivenType" : "ValueType")<\(written)>.Checked
            #sourceLocation()
            """
    }

    /// An expression for the word of something of the type.
    func word(_ expression: String) -> String { "\(value(expression)).word" }

    /// An expression for the value of something of the type.
    func value(_ expression: String) -> String {
        if isTuple { return "\(name)(elements: \(expression)).value" }
        return check == nil ? "\(expression).value" : "(\(expression) as \(name)).value"
    }

    /// An expression that reads a value, which this contract has looked through before or not.
    func read(_ value: String, isStored: Bool) -> String {
        "\(name)(\(isStored ? "stored: " : "")\(value))\(isTuple ? ".elements" : "")"
    }
}

/// The lines that a body needs which uses these types.
func checks(_ types: [TypeUse]) -> String {
    types.compactMap(\.check).map { $0 + "\n" }.joined()
}

/// The type so that a member can follow.
func writable(_ type: TypeSyntax) -> String {
    if let optional = type.as(OptionalTypeSyntax.self) {
        return "Optional<\(writable(optional.wrappedType))>"
    }
    if let elements = tupleElements(of: type) {
        return "Tuple\(elements.count)<\(elements.map(writable).joined(separator: ", "))>"
    }
    if let tuple = type.as(TupleTypeSyntax.self), let only = tuple.elements.first,
        tuple.elements.count == 1
    {
        return writable(only.type)
    }
    return type.trimmedDescription
}

/// The types of a tuple with more than one element.
func tupleElements(of type: TypeSyntax) -> [TypeSyntax]? {
    guard let tuple = type.as(TupleTypeSyntax.self), tuple.elements.count > 1 else { return nil }
    return tuple.elements.map(\.type)
}

/// Says which types no contract can have, as far as one sees it from how they are written.
enum TypeCheck {
    private static let builtIn: Set<String> = [
        "Bool", "UInt32", "Int32", "UInt64", "Int64", "UInt128", "Int128", "U256", "I256", "Amount",
        "OpaqueUInt64", "Timepoint", "Duration", "Symbol", "HostString", "Bytes", "Address",
        "MuxedAddress", "Value", "Failure",
    ]

    /// What one writes instead.
    private static let instead = [
        "Int": "Int64 or Int32", "Int8": "Int32", "Int16": "Int32", "UInt": "UInt64 or UInt32",
        "UInt8": "UInt32", "UInt16": "UInt32", "String": "HostString or Symbol",
        "Substring": "HostString", "StaticString": "HostString", "Character": "UInt32",
        "Array": "Vec", "InlineArray": "Vec", "Set": "Vec", "Dictionary": "Map", "Data": "Bytes",
        "Double": "Int128", "Float": "Int128", "Float16": "Int128", "Date": "Timepoint",
    ]

    /// Whether the compiler need not be asked.
    static func isBuiltIn(_ type: TypeSyntax) -> Bool {
        if let optional = type.as(OptionalTypeSyntax.self) {
            return isBuiltIn(optional.wrappedType)
        }
        if let tuple = type.as(TupleTypeSyntax.self) {
            return tuple.elements.allSatisfy { isBuiltIn($0.type) }
        }
        guard let identifier = type.as(IdentifierTypeSyntax.self) else { return false }
        guard let arguments = identifier.genericArgumentClause?.arguments else {
            return builtIn.contains(identifier.name.text)
        }
        switch identifier.name.text {
        case "BytesN": return true
        case "Vec", "Map": return arguments.compactMap(\.type).allSatisfy(isBuiltIn)
        default: return false
        }
    }

    /// Reports at the part of the type that cannot be.
    static func run(
        _ type: TypeSyntax, isNested: Bool = false, in context: some MacroExpansionContext
    ) {
        func report(_ advice: String) {
            context.report(
                "'\(type.trimmedDescription)' is no type of a contract\(advice)", at: type)
        }
        if let optional = type.as(OptionalTypeSyntax.self) {
            run(optional.wrappedType, isNested: true, in: context)
        } else if let tuple = type.as(TupleTypeSyntax.self) {
            let count = tuple.elements.count
            if count == 0 { return report("") }
            if count > 12 { return report(": a tuple has at most 12 elements") }
            if isNested, count > 1 { return report(" inside of another: use Tuple\(count)<…>") }
            for element in tuple.elements {
                run(element.type, isNested: isNested || count > 1, in: context)
            }
        } else if type.is(ArrayTypeSyntax.self) {
            report(": use Vec<…>")
        } else if type.is(DictionaryTypeSyntax.self) {
            report(": use Map<…, …>")
        } else if let identifier = type.as(IdentifierTypeSyntax.self) {
            let name = identifier.name.text
            if let other = instead[name] { return report(": use \(other)") }
            if name == "Self" || name == "Any" || name == "Never" || name == "Void" {
                return report("")
            }
            for argument in identifier.genericArgumentClause?.arguments ?? [] {
                if let type = argument.type { run(type, isNested: true, in: context) }
            }
        } else if !type.is(MemberTypeSyntax.self) {
            report("")
        }
    }
}

extension GenericArgumentSyntax {
    /// The argument, unless it is a number.
    fileprivate var type: TypeSyntax? {
        guard case .type(let type) = argument else { return nil }
        return type
    }
}
