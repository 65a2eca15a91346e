internal import Stellar
internal import StellarXDR

extension ClientWriter {
    /// An enum whose cases carry values.
    func union(_ union: SCSpecUDTUnionV0, _ name: String) -> [String] {
        let raw = union.cases.first(by: \.name)
        let names = members(raw.map(\.name), besides: ["hashValue", "scVal"])
        let cases = zip(names, raw).map { name, value in
            (
                name: SwiftNames.quoted(name), symbol: SwiftText.symbol(value.name.bytes),
                types: value.types.map { type($0, within: union.name) }, raw: value.name
            )
        }
        var lines = ["/// \(quotedName(union.name))."]
        lines.append("public enum \(name): SCValConvertible, Hashable, Sendable {")
        for value in cases {
            lines.append("    /// \(quotedName(value.raw)).")
            let payload = value.types.isEmpty ? "" : "(\(value.types.joined(separator: ", ")))"
            lines.append("    case \(value.name)\(payload)")
        }
        lines += ["", "    /// Reads the contract's enum."]
        lines.append("    public init(scVal: SCVal) throws(SCValError) {")
        lines.append("        let (name, values) = try scVal.variant()")
        lines.append("        switch name {")
        for value in cases {
            let count = value.types.count
            lines.append("        case \(value.symbol):")
            lines.append("            guard values.count == \(count) else {")
            lines.append("                throw .wrongCount(values.count, expected: \(count))")
            lines.append("            }")
            let payload = value.types.indices.map { "try values[\($0)].decode()" }
            let arguments = count == 0 ? "" : "(\(payload.joined(separator: ", ")))"
            lines.append("            self = .\(value.name)\(arguments)")
        }
        lines += ["        default: throw .unknownCase(name)", "        }", "    }", ""]
        lines += ["    /// The contract's enum.", "    public var scVal: SCVal {"]
        lines.append("        switch self {")
        for value in cases {
            let names = value.types.indices.map { "v\($0)" }
            let pattern =
                names.isEmpty ? "" : "(\(names.map { "let \($0)" }.joined(separator: ", ")))"
            let values = names.map { "\($0).scVal" }.joined(separator: ", ")
            lines.append(
                "        case .\(value.name)\(pattern): .variant(\(value.symbol), [\(values)])")
        }
        return lines + ["        }", "    }", "}"]
    }

    /// The errors; a value of the contract's as well if the contract keeps them or hands them over.
    func errors(_ errors: SCSpecUDTErrorEnumV0, _ name: String) -> [String] {
        let (names, cases, values) = numbers(errors.cases.map { ($0.name, $0.value, $0.doc) })
        let isValue = valueNames.contains(errors.name)
        let kinds = "UInt32, Error\(isValue ? ", SCValConvertible" : "")"
        var lines = documentation(errors.doc, of: errors.name)
        lines.append("public enum \(name): \(kinds), CaseIterable, Hashable, Sendable {")
        lines += cases.map(indent)
        lines += ["", "    /// What it means, for people.", "    public var sentence: String {"]
        lines.append("        switch self {")
        for (name, value) in zip(names, values) {
            let words = value.doc.bytes.isEmpty ? "\(value.name)." : value.doc.description
            lines.append("        case .\(name): \(SwiftText.literal(words))")
        }
        return lines + ["        }", "    }"] + (isValue ? Self.errorValue : []) + ["}"]
    }

    private static let errorValue = [
        "",
        "    /// Reads the contract's error.",
        "    public init(scVal: SCVal) throws(SCValError) {",
        "        guard case .contract(let code) = try SCError(scVal: scVal), let value = Self(rawValue: code)",
        "        else { throw .outOfRange }",
        "        self = value",
        "    }",
        "",
        "    /// The contract's error.",
        "    public var scVal: SCVal { .error(.contract(rawValue)) }",
    ]

    /// The types that values of the contract have, and not only failures.
    private var valueNames: Set<XDRString> {
        var types: [SCSpecTypeDef] = []
        for function in spec.functions { types += function.inputs.map(\.type) + function.outputs }
        for event in spec.events { types += event.params.map(\.type) }
        for part in parts.values { types += part }
        return Set(types.flatMap(Self.named))
    }

    private static func named(_ type: SCSpecTypeDef) -> [XDRString] {
        switch type {
        case .udt(let named): [named.name]
        case .option(let option): named(option.valueType)
        case .vec(let vector): named(vector.elementType)
        case .map(let map): named(map.keyType) + named(map.valueType)
        case .tuple(let tuple): tuple.valueTypes.flatMap(named)
        case .result(let result): named(result.okType)
        default: []
        }
    }
}
