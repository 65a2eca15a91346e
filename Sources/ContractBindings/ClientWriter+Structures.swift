internal import Stellar
internal import StellarXDR

/// A member of a structure or an event.
private struct Field {
    var raw: XDRString
    var name: String
    var type: String

    var quoted: String { SwiftNames.quoted(name) }
}

extension ClientWriter {
    /// A structure: a map by the names of its fields, or a list where they are numbers.
    func structure(_ structure: SCSpecUDTStructV0, _ name: String) -> [String] {
        let names = members(structure.fields.map(\.name), besides: ["hashValue", "scVal"])
        let fields = zip(names, structure.fields).map {
            Field(raw: $1.name, name: $0, type: type($1.type, within: structure.name))
        }
        var lines = documentation(structure.doc, of: structure.name)
        lines.append("public struct \(name): SCValConvertible, Hashable, Sendable {")
        for (field, said) in zip(fields, structure.fields) {
            lines += documentation(said.doc, of: said.name).map(indent)
            lines.append("    public var \(field.quoted): \(field.type)")
        }
        lines += memberwise(fields)
        lines += ["", "    /// Reads the contract's structure."]
        lines.append("    public init(scVal: SCVal) throws(SCValError) {")
        let isList =
            !fields.isEmpty && fields.enumerated().allSatisfy { $1.raw == XDRString("\($0)") }
        lines += (isList ? listReading(fields) : mapReading(fields)).map { "        " + $0 }
        lines += ["    }", "", "    /// The contract's structure."]
        lines += ["    public var scVal: SCVal {"]
        lines += (isList ? listWriting(fields) : mapWriting(fields)).map { "        " + $0 }
        return lines + ["    }", "}"]
    }

    private func memberwise(_ fields: [Field]) -> [String] {
        let parameters = fields.map { "\($0.quoted): \($0.type)" }.joined(separator: ", ")
        var lines = ["", "    /// All of it.", "    public init(\(parameters)) {"]
        for field in fields {
            lines.append("        self.\(field.name) = \(field.quoted)")
        }
        return lines + ["    }"]
    }

    private func mapReading(_ fields: [Field]) -> [String] {
        if fields.isEmpty { return ["let _: [SCSymbol: SCVal] = try scVal.decode()"] }
        return fields.map {
            "\($0.quoted) = try scVal.field(\(SwiftText.symbol($0.raw.bytes)))"
        }
    }

    private func mapWriting(_ fields: [Field]) -> [String] {
        if fields.isEmpty { return [".map([])"] }
        return [".structure(["]
            + fields.map { "    \(SwiftText.symbol($0.raw.bytes)): \($0.quoted).scVal," } + ["])"]
    }

    private func listReading(_ fields: [Field]) -> [String] {
        ["let values = try scVal.tuple(count: \(fields.count))"]
            + fields.enumerated().map { "\($1.quoted) = try values[\($0)].decode()" }
    }

    private func listWriting(_ fields: [Field]) -> [String] {
        [".vec([\(fields.map { "\($0.quoted).scVal" }.joined(separator: ", "))])"]
    }

    /// What the contract tells the world: read from topics and value.
    func event(_ event: SCSpecEventV0, name: String) -> [String] {
        let names = members(event.params.map(\.name), besides: ["hashValue"])
        let fields = zip(names, event.params).map { name, parameter in
            (
                Field(raw: parameter.name, name: name, type: type(parameter.type)),
                isTopic: parameter.location == .topicList
            )
        }
        let prefix = event.prefixTopics.map { ".symbol(\(SwiftText.symbol($0.bytes)))" }
        let topics = fields.filter(\.isTopic).map(\.0)
        let data = fields.filter { !$0.isTopic }.map(\.0)
        let count = prefix.count + topics.count
        var lines = ["/// The event \(quotedName(XDRString(event.name.bytes)))."]
        lines.append("public struct \(name): Hashable, Sendable {")
        for (field, _) in fields {
            lines.append("    /// \(quotedName(field.raw)).")
            lines.append("    public var \(field.quoted): \(field.type)")
        }
        lines += [
            "", "    /// Reads an event; `nil` for one of another name.",
            "    public init?(topics: [SCVal], value: SCVal) throws(SCValError) {",
            "        guard topics.starts(with: [\(prefix.joined(separator: ", "))]) else { return nil }",
            "        guard topics.count == \(count) else {",
            "            throw .wrongCount(",
            "                topics.count, expected: \(count))",
            "        }",
        ]
        for (index, field) in topics.enumerated() {
            lines.append("        \(target(field)) = try topics[\(prefix.count + index)].decode()")
        }
        return lines + eventData(data, event.dataFormat).map { "        " + $0 } + ["    }", "}"]
    }

    private func eventData(_ data: [Field], _ format: SCSpecEventDataFormat) -> [String] {
        switch format {
        case .singleValue:
            data.map { "\(target($0)) = try value.decode()" }
        case .vec:
            ["\(data.isEmpty ? "_" : "let values") = try value.tuple(count: \(data.count))"]
                + data.enumerated().map { "\(target($1)) = try values[\($0)].decode()" }
        case .map:
            data.map { "\(target($0)) = try value.field(\(SwiftText.symbol($0.raw.bytes)))" }
        }
    }

    /// The property where a parameter or constant of the initialiser might have its name.
    private func target(_ field: Field) -> String {
        ["topics", "value", "values"].contains(field.name) ? "self.\(field.name)" : field.quoted
    }
}
