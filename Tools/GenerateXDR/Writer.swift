/// Writes the Swift of definitions.
struct Writer {
    let schema: Schema
    private var coding: Coding { Coding(schema: schema) }

    init(_ schema: Schema) {
        self.schema = schema
    }

    /// The lines of one definition; none for an integer, which Swift has.
    func lines(_ definition: Definition) -> [String] {
        switch definition.kind {
        case .const: []
        case .typedef: typedef(definition)
        case .enum: enumeration(definition)
        case .struct: structure(definition)
        case .union: union(definition)
        }
    }

    private func documentation(_ definition: Definition) -> String {
        "/// XDR `\(definition.name)`, \(file(of: definition))."
    }

    /// `Stellar-ledger.x`.
    func file(of definition: Definition) -> String {
        let name = schema.files[definition.fileIndex].name
        return name.split(separator: "/").last.map(String.init) ?? name
    }

    private func typedef(_ definition: Definition) -> [String] {
        guard let type = definition.type else { return [] }
        let name = Names.type(definition.name)
        switch type {
        case .fixedOpaque(let size):
            return [
                documentation(definition),
                "public struct \(name): FixedOpaque {",
                "    public var storage: Bytes\(size)",
                "    public init(storage: Bytes\(size)) { self.storage = storage }",
                "}",
            ]
        case .opaque(let max), .string(let max):
            var kind = "VariableOpaque"
            if case .string = type { kind = "XDRText" }
            return [
                documentation(definition),
                "public struct \(name): \(kind) {",
                "    public var bytes: [UInt8]",
                "    public static var countMax: Int { \(max.map(String.init) ?? ".max") }",
                "    public init(_ bytes: [UInt8]) { self.bytes = bytes }",
                "}",
            ]
        default:
            let target = coding.swiftType(type)
            if target == name { return [] }
            return [documentation(definition), "public typealias \(name) = \(target)"]
        }
    }

    private func enumeration(_ definition: Definition) -> [String] {
        var lines = [
            documentation(definition),
            "public enum \(Names.type(definition.name)): Int32, XDREnum {",
        ]
        for member in definition.members ?? [] {
            lines.append("    case \(Names.member(member.name, of: definition)) = \(member.value)")
        }
        lines.append("    public static var xdrName: String { \"\(definition.name)\" }")
        return lines + ["}"]
    }

    private func structure(_ definition: Definition) -> [String] {
        let fields = definition.fields ?? []
        let isRecursive = schema.isRecursive(definition.name)
        var lines = [
            documentation(definition),
            "public struct \(Names.type(definition.name)): XDRCodable {",
        ]
        for field in fields {
            lines.append(
                "    public var \(Names.field(field.name)): \(coding.swiftType(field.type))")
        }
        lines += initializer(fields)
        lines.append("    public static var xdrSizeMin: Int { \(sizeMin(definition)) }")
        lines += [
            "",
            "    public init(from decoder: inout XDRDecoder) throws(XDRError) {",
        ]
        if isRecursive { lines.append("        try decoder.enter()") }
        for field in fields {
            let read = "self.\(Names.field(field.name)) = \(coding.decoding(field.type))"
            lines += entering(field.type, in: definition, "decoder", [read]).map { "        " + $0 }
        }
        if isRecursive { lines.append("        decoder.leave()") }
        lines += [
            "    }",
            "",
            "    public func encode(into encoder: inout XDREncoder) throws(XDRError) {",
        ]
        if isRecursive { lines.append("        try encoder.enter()") }
        for field in fields {
            let write = coding.encoding(field.type, "self.\(Names.field(field.name))")
            lines += entering(field.type, in: definition, "encoder", write).map { "        " + $0 }
        }
        if isRecursive { lines.append("        encoder.leave()") }
        return lines + ["    }", "}"]
    }

    private func sizeMin(_ definition: Definition) -> Int {
        schema.sizeMin(.reference(definition.name))
    }

    private func initializer(_ fields: [Definition.Field]) -> [String] {
        let parameters = fields.map { field in
            "\(Names.field(field.name)): \(coding.swiftType(field.type))\(standard(field))"
        }
        var lines = ["", "    public init("]
        lines += parameters.enumerated().map { index, parameter in
            "        \(parameter)\(index == parameters.count - 1 ? "" : ",")"
        }
        lines.append("    ) {")
        for field in fields {
            lines.append("        self.\(Names.field(field.name)) = \(Names.field(field.name))")
        }
        return lines + ["    }", ""]
    }

    /// What a field is when nobody says: an absent optional, an extension point without extension.
    private func standard(_ field: Definition.Field) -> String {
        switch schema.resolve(field.type) {
        case .optional: return " = nil"
        case .reference(let name):
            guard field.name == "ext", let union = schema.definition(name), union.kind == .union,
                let arm = union.arms?.first, arm.type == nil, arm.cases.first?.value == 0
            else { return "" }
            return " = .\(caseName(arm.cases[0], of: union))"
        default: return ""
        }
    }

    /// Statements that go through a part of a recursive type, with its levels counted.
    func entering(
        _ type: TypeReference?, in definition: Definition, _ coder: String, _ statements: [String]
    ) -> [String] {
        guard let type, schema.isRecursive(type, in: definition.name), schema.levels(type) > 0
        else { return statements }
        let levels = schema.levels(type)
        return ["try \(coder).enter(\(levels))"] + statements + ["\(coder).leave(\(levels))"]
    }

    /// The Swift case of a discriminant's value.
    func caseName(_ value: Definition.Case, of union: Definition) -> String {
        guard let name = value.name, let discriminant = enumeration(of: union) else {
            return "v\(value.value)"
        }
        return Names.member(name, of: discriminant)
    }

    /// The enum that a union switches over, `nil` if it is a number.
    func enumeration(of union: Definition) -> Definition? {
        guard case .reference(let name)? = union.discriminant.map({ schema.resolve($0.type) }),
            let target = schema.definition(name), target.kind == .enum
        else { return nil }
        return target
    }
}
