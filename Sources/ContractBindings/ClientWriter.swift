internal import Stellar
internal import StellarXDR

/// Writes the Swift of one contract: a namespace with its types, errors, events and calls.
struct ClientWriter {
    let name: String
    let spec: ContractSpec
    /// What the contract's types are called in Swift.
    let typeNames: [XDRString: String]
    /// What is in a value of each type.
    let parts: [XDRString: [SCSpecTypeDef]]
    private let functions: [(SCSpecFunctionV0, name: String)]
    private let types: [SpecType]
    private let events: [(SCSpecEventV0, name: String)]

    init(name: String, spec: ContractSpec) {
        self.name = name
        self.spec = spec
        let functions = spec.functions.first(by: \.name)
        let types = SpecType.all(of: spec)
        let events = spec.events.first(by: \.name)
        // All of them are members of one type, so no two may have one name.
        let names = SwiftNames.unique(
            functions.map { SwiftNames.camel($0.name.bytes) }
                + types.map { SwiftNames.type($0.name.bytes) }
                + events.map { Self.eventName($0) },
            besides: ["constructorArguments", "contractID", "hashValue", "\(name)Contract"])
        self.functions = Array(zip(functions, names)).map { ($0, name: $1) }
        self.types = types
        self.events = Array(zip(events, names.suffix(events.count))).map { ($0, name: $1) }
        let typeNames = names.dropFirst(functions.count)
        self.typeNames = Dictionary(uniqueKeysWithValues: zip(types.map(\.name), typeNames))
        parts = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0.parts) })
    }

    private static func eventName(_ event: SCSpecEventV0) -> String {
        let name = SwiftNames.camel(event.name.bytes)
        return "\(name.prefix(1).uppercased())\(name.dropFirst())Event"
    }

    func lines() -> [String] {
        var body = [
            "    /// Where it is on the ledger.",
            "    public let contractID: ContractID",
            "",
            "    /// The contract of this id.",
            "    public init(_ contractID: ContractID) { self.contractID = contractID }",
        ]
        body += functions.flatMap(function).map(indent)
        var lines = ["/// The \(name) contract: what can be asked of it."]
        lines += ["public struct \(name)Contract: Hashable, Sendable {"] + body + ["}"]
        for type in types.map(lines(of:)) + events.map(event) {
            lines += ["", "extension \(name)Contract {"] + type.map(indent) + ["}"]
        }
        return lines
    }

    private func lines(of type: SpecType) -> [String] {
        let name = typeNames[type.name] ?? ""
        return switch type {
        case .structure(let structure): self.structure(structure, name)
        case .union(let union): self.union(union, name)
        case .enumeration(let value): enumeration(value, name)
        case .errors(let errors): self.errors(errors, name)
        }
    }

    func indent(_ line: String) -> String { line.isEmpty ? "" : "    " + line }

    /// The contract's own words, or its name.
    func documentation(_ text: XDRString, of name: XDRString) -> [String] {
        if text.bytes.isEmpty { return ["/// \(quotedName(name))."] }
        return SwiftText.lines(text.bytes).map { $0.isEmpty ? "///" : "/// \($0)" }
    }

    /// The name as it is said in a comment.
    func quotedName(_ name: XDRString) -> String { "`\(SwiftText.line(name.bytes))`" }

    /// The names of members, no two the same.
    func members(_ names: [XDRString], besides used: Set<String> = []) -> [String] {
        SwiftNames.unique(names.map { SwiftNames.camel($0.bytes) }, besides: used)
    }

    private func function(_ function: SCSpecFunctionV0, name: String) -> [String] {
        let names = members(function.inputs.map(\.name), besides: ["contractID"])
            .map(SwiftNames.quoted)
        let parameters = zip(names, function.inputs).map { "\($0): \(type($1.type))" }
            .joined(separator: ", ")
        let list = "[\(names.map { "\($0).scVal" }.joined(separator: ", "))]"
        if function.name == "__constructor" {
            let documentation =
                function.doc.bytes.isEmpty
                ? ["/// What the constructor takes."]
                : documentation(function.doc, of: XDRString(function.name.bytes))
            return [""] + documentation + [
                "public static func constructorArguments(",
                "    \(parameters)",
                ") -> [SCVal] {",
                "    \(list)",
                "}",
            ]
        }
        let result = function.outputs.first.map(result) ?? "NoValue"
        return [""] + documentation(function.doc, of: XDRString(function.name.bytes)) + [
            "public func \(SwiftNames.quoted(name))(\(parameters)) -> ContractCall<\(result)> {",
            "    ContractCall(contractID, \(SwiftText.symbol(function.name.bytes)), \(list))",
            "}",
        ]
    }

    private func enumeration(_ value: SCSpecUDTEnumV0, _ name: String) -> [String] {
        documentation(value.doc, of: value.name)
            + ["public enum \(name): UInt32, SCValConvertible, CaseIterable, Hashable, Sendable {"]
            + numbers(value.cases.map { ($0.name, $0.value, $0.doc) }).lines.map(indent) + [
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

    /// The cases of an enum with numbers; of two with one number the first.
    func numbers(
        _ cases: [(name: XDRString, value: UInt32, doc: XDRString)]
    ) -> (names: [String], lines: [String], cases: [(name: XDRString, doc: XDRString)]) {
        let cases = cases.first(by: \.value)
        let names = members(
            cases.map(\.name), besides: ["allCases", "hashValue", "rawValue", "scVal", "sentence"])
        let lines = zip(names, cases).flatMap { name, value in
            documentation(value.doc, of: value.name)
                + ["case \(SwiftNames.quoted(name)) = \(value.value)"]
        }
        return (names, lines, cases.map { ($0.name, $0.doc) })
    }
}
