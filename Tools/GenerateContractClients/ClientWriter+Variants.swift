import StellarXDR

extension ClientWriter {
    /// An enum whose cases carry values.
    func union(_ union: SCSpecUDTUnionV0) -> [String] {
        let name = union.name.description
        let cases = union.cases.map(variant)
        var lines = ["/// `\(name)`."]
        lines.append("public enum \(name): SCValConvertible, Hashable, Sendable {")
        for (name, types) in cases {
            lines.append("    /// `\(name)`.")
            let payload = types.isEmpty ? "" : "(\(types.joined(separator: ", ")))"
            lines.append("    case \(camel(name))\(payload)")
        }
        lines += ["", "    /// Reads the contract's enum."]
        lines.append("    public init(scVal: SCVal) throws(SCValError) {")
        lines.append("        let (name, values) = try scVal.variant()")
        lines.append("        switch name {")
        for (name, types) in cases {
            lines.append("        case \"\(name)\":")
            lines.append("            guard values.count == \(types.count) else {")
            lines.append(
                "                throw .wrongCount(values.count, expected: \(types.count))")
            lines.append("            }")
            let payload = types.indices.map { "try values[\($0)].decode()" }
            let arguments = types.isEmpty ? "" : "(\(payload.joined(separator: ", ")))"
            lines.append("            self = .\(camel(name))\(arguments)")
        }
        lines += ["        default: throw .unknownCase(name)", "        }", "    }", ""]
        lines += ["    /// The contract's enum.", "    public var scVal: SCVal {"]
        lines.append("        switch self {")
        for (name, types) in cases {
            let names = types.indices.map { "v\($0)" }
            let pattern =
                types.isEmpty ? "" : "(\(names.map { "let \($0)" }.joined(separator: ", ")))"
            let values = names.map { "\($0).scVal" }.joined(separator: ", ")
            lines.append(
                "        case .\(camel(name))\(pattern): .variant(\"\(name)\", [\(values)])")
        }
        return lines + ["        }", "    }", "}"]
    }

    private func variant(_ value: SCSpecUDTUnionCaseV0) -> (name: String, types: [String]) {
        switch value {
        case .voidV0(let value): (value.name.description, [])
        case .tupleV0(let value): (value.name.description, value.type.map(type))
        }
    }

    /// What the contract tells the world: read from topics and value.
    func event(_ event: SCSpecEventV0) -> [String] {
        let name =
            "\(event.name.description)Event".prefix(1).uppercased()
            + camelWords("\(event.name.description)Event").dropFirst()
        let prefix = event.prefixTopics.map { ".symbol(\"\($0)\")" }.joined(separator: ", ")
        let topics = event.params.filter { $0.location == .topicList }
        let data = event.params.filter { $0.location == .data }
        var lines = ["/// The event `\(event.name)`."]
        lines.append("public struct \(name): Hashable, Sendable {")
        for parameter in event.params {
            let text = parameter.name.description
            lines.append("    /// `\(text)`.")
            lines.append("    public var \(camel(text)): \(type(parameter.type))")
        }
        lines += [
            "", "    /// Reads an event; `nil` for one of another name.",
            "    public init?(topics: [SCVal], value: SCVal) throws(SCValError) {",
            "        guard topics.starts(with: [\(prefix)]) else { return nil }",
            "        guard topics.count == \(event.prefixTopics.count + topics.count) else {",
            "            throw .wrongCount(",
            "                topics.count, expected: \(event.prefixTopics.count + topics.count))",
            "        }",
        ]
        for (index, parameter) in topics.enumerated() {
            lines.append(
                "        \(camel(parameter.name.description)) = try topics[\(event.prefixTopics.count + index)].decode()"
            )
        }
        switch event.dataFormat {
        case .singleValue:
            for parameter in data {
                lines.append("        \(camel(parameter.name.description)) = try value.decode()")
            }
        case .vec:
            lines.append("        let values = try value.tuple(count: \(data.count))")
            for (index, parameter) in data.enumerated() {
                lines.append(
                    "        \(camel(parameter.name.description)) = try values[\(index)].decode()")
            }
        case .map:
            for parameter in data {
                let text = parameter.name.description
                lines.append("        \(camel(text)) = try value.field(\"\(text)\")")
            }
        }
        return lines + ["    }", "}"]
    }
}
