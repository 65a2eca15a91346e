extension Writer {
    /// A union: an enum whose cases carry the arms.
    func union(_ definition: Definition) -> [String] {
        let coding = Coding(schema: schema)
        let arms = (definition.arms ?? []).flatMap { arm in
            arm.cases.map { (name: caseName($0, of: definition), value: $0.value, arm: arm) }
        }
        let name = Names.type(definition.name)
        var lines = [
            "/// XDR `\(definition.name)`, \(file(of: definition)).",
            "public enum \(name): XDRCodable {",
        ]
        for (name, _, arm) in arms {
            let box = schema.isIndirect(arm, of: definition) ? "indirect " : ""
            let payload = arm.type.map { "(\(coding.swiftType($0)))" } ?? ""
            lines.append("    \(box)case \(name)\(payload)")
        }
        let sizeMin = schema.sizeMin(.reference(definition.name))
        lines += ["", "    public static var xdrSizeMin: Int { \(sizeMin) }", ""]
        lines += discriminant(definition, arms.map { ($0.name, $0.value) })
        lines.append("    public init(from decoder: inout XDRDecoder) throws(XDRError) {")
        let isRecursive = schema.isRecursive(definition.name)
        if isRecursive { lines.append("        try decoder.enter()") }
        lines.append("        let discriminant = try decoder.int32()")
        lines.append("        switch discriminant {")
        for (name, value, arm) in arms {
            let payload = arm.type.map { "(\(coding.decoding($0)))" } ?? ""
            let read = entering(
                arm.type, in: definition, "decoder", ["self = .\(name)\(payload)"])
            lines.append("        case \(value):")
            lines += read.map { "            " + $0 }
        }
        lines += [
            "        default:",
            "            throw .unknownCase(",
            "                discriminant, of: \"\(definition.name)\", at: decoder.offset - 4)",
            "        }",
        ]
        if isRecursive { lines.append("        decoder.leave()") }
        lines += [
            "    }", "",
            "    public func encode(into encoder: inout XDREncoder) throws(XDRError) {",
        ]
        if isRecursive { lines.append("        try encoder.enter()") }
        lines.append("        switch self {")
        for (name, value, arm) in arms {
            lines.append("        case .\(name)\(arm.type == nil ? "" : "(let value)"):")
            lines.append("            encoder.int32(\(value))")
            guard let type = arm.type else { continue }
            let write = coding.encoding(type, "value")
            lines += entering(type, in: definition, "encoder", write).map { "            " + $0 }
        }
        lines.append("        }")
        if isRecursive { lines.append("        encoder.leave()") }
        return lines + ["    }", "}"]
    }

    /// Which case it is, without what it carries.
    private func discriminant(
        _ definition: Definition, _ cases: [(name: String, value: Int32)]
    ) -> [String] {
        let type = enumeration(of: definition).map { Names.type($0.name) }
        var lines = ["    public var discriminant: \(type ?? "Int32") {", "        switch self {"]
        for (name, value) in cases {
            lines.append("        case .\(name): \(type == nil ? "\(value)" : ".\(name)")")
        }
        lines += ["        }", "    }", ""]
        return lines
    }
}
