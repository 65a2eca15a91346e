import Stellar
import StellarXDR

/// Writes the Swift of one contract: a namespace with its types, errors, events and calls.
struct ClientWriter {
    let name: String
    let spec: ContractSpec

    func lines() -> [String] {
        var body = [
            "    /// Where it is on the ledger.",
            "    public let contractID: ContractID",
            "",
            "    /// The contract of this id.",
            "    public init(_ contractID: ContractID) { self.contractID = contractID }",
        ]
        body += spec.functions.flatMap(function).map(indent)
        var lines = ["/// The \(name) contract: what can be asked of it."]
        lines += ["public struct \(name)Contract: Hashable, Sendable {"] + body + ["}"]
        let types =
            spec.structures.map(structure) + spec.unions.map(union) + spec.enums.map(enumeration)
            + spec.errors.map(errors) + spec.events.map(event)
        for type in types {
            lines += ["", "extension \(name)Contract {"] + type.map(indent) + ["}"]
        }
        return lines
    }

    private func indent(_ line: String) -> String { line.isEmpty ? "" : "    " + line }

    /// The contract's own words, or none.
    private func documentation(_ text: XDRString, otherwise: String) -> [String] {
        let lines = text.description.split(separator: "\n", omittingEmptySubsequences: false)
        if text.bytes.isEmpty { return ["/// \(otherwise)"] }
        return lines.map { $0.isEmpty ? "///" : "/// \($0)" }
    }

    private func function(_ function: SCSpecFunctionV0) -> [String] {
        let parameters = function.inputs.map { "\(camel($0.name.description)): \(type($0.type))" }
        let arguments = function.inputs.map { "\(camel($0.name.description)).scVal" }
        let list = "[\(arguments.joined(separator: ", "))]"
        if function.name == "__constructor" {
            return [""]
                + documentation(function.doc, otherwise: "What the constructor takes.") + [
                    "public static func constructorArguments(",
                    "    \(parameters.joined(separator: ", "))",
                    ") -> [SCVal] {",
                    "    \(list)",
                    "}",
                ]
        }
        let result = function.outputs.first.map(type) ?? "NoValue"
        let name = function.name.description
        return [""] + documentation(function.doc, otherwise: "`\(name)`.") + [
            "public func \(camel(name))(\(parameters.joined(separator: ", "))) -> ContractCall<\(result)> {",
            "    ContractCall(contractID, \"\(name)\", \(list))",
            "}",
        ]
    }

    private func structure(_ structure: SCSpecUDTStructV0) -> [String] {
        let fields = structure.fields.map {
            (name: $0.name.description, type: type($0.type), doc: $0.doc)
        }
        let name = structure.name.description
        var lines = documentation(structure.doc, otherwise: "`\(name)`.")
        lines.append("public struct \(name): SCValConvertible, Hashable, Sendable {")
        for field in fields {
            lines += documentation(field.doc, otherwise: "`\(field.name)`.").map(indent)
            lines.append("    public var \(camel(field.name)): \(field.type)")
        }
        lines += memberwise(fields.map { ($0.name, $0.type) })
        lines += ["", "    /// Reads the contract's structure."]
        lines.append("    public init(scVal: SCVal) throws(SCValError) {")
        for field in fields {
            lines.append("        \(camel(field.name)) = try scVal.field(\"\(field.name)\")")
        }
        lines += ["    }", "", "    /// The contract's structure."]
        lines += ["    public var scVal: SCVal {", "        .structure(["]
        for field in fields {
            lines.append("            \"\(field.name)\": \(camel(field.name)).scVal,")
        }
        return lines + ["        ])", "    }", "}"]
    }

    private func memberwise(_ fields: [(name: String, type: String)]) -> [String] {
        let parameters = fields.map { "\(camel($0.name)): \($0.type)" }.joined(separator: ", ")
        var lines = ["", "    /// All of it.", "    public init(\(parameters)) {"]
        for field in fields {
            lines.append("        self.\(bare(field.name)) = \(camel(field.name))")
        }
        return lines + ["    }"]
    }

    private func errors(_ errors: SCSpecUDTErrorEnumV0) -> [String] {
        let name = errors.name.description
        return documentation(errors.doc, otherwise: "`\(name)`.")
            + ["public enum \(name): UInt32, Error, CaseIterable, Hashable, Sendable {"]
            + errors.cases.flatMap { value in
                documentation(value.doc, otherwise: "`\(value.name)`.").map(indent)
                    + ["    case \(camel(value.name.description)) = \(value.value)"]
            }
            + ["", "    /// What it means, for people.", "    public var sentence: String {"]
            + ["        switch self {"]
            + errors.cases.map { value in
                let words = value.doc.bytes.isEmpty ? "\(value.name)." : value.doc.description
                let sentence = words.replacing("\n", with: " ")
                return "        case .\(bare(value.name.description)): \"\(sentence)\""
            } + ["        }", "    }", "}"]
    }

    private func enumeration(_ value: SCSpecUDTEnumV0) -> [String] {
        let name = value.name.description
        var lines = documentation(value.doc, otherwise: "`\(name)`.")
        lines.append(
            "public enum \(name): UInt32, SCValConvertible, CaseIterable, Hashable, Sendable {")
        for value in value.cases {
            lines += documentation(value.doc, otherwise: "`\(value.name)`.").map(indent)
            lines.append("    case \(camel(value.name.description)) = \(value.value)")
        }
        return lines + [
            "",
            "    /// Reads the contract's number.",
            "    public init(scVal: SCVal) throws(SCValError) {",
            "        guard let value = Self(rawValue: try UInt32(scVal: scVal)) else { throw .outOfRange }",
            "        self = value",
            "    }",
            "",
            "    /// The contract's number.",
            "    public var scVal: SCVal { .u32(rawValue) }",
            "}",
        ]
    }
}
