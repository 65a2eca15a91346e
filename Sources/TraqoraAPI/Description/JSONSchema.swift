/// What a value looks like in JSON: the part of JSON Schema 2020-12 that we need.
public indirect enum JSONSchema: Hashable, Sendable {
    /// A text; `format` is one that JSON Schema names.
    case text(pattern: String? = nil, format: String? = nil, lengths: ClosedRange<Int>? = nil)
    /// One of these texts.
    case choice([String])
    /// A whole number, within bounds.
    case integer(minimum: Int64?, maximum: UInt64?)
    case number
    case boolean
    case list(JSONSchema)
    /// An object whose members' names are data.
    case map(JSONSchema)
    case object([Member])
    case anything
    /// What `components/schemas` has under this name.
    case reference(String)

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// Its name in JSON.
        public var name: String
        /// What it looks like.
        public var schema: JSONSchema
        /// Whether it is always there.
        public var isRequired: Bool
        /// What it means.
        public var meaning: String
    }

    /// The schema as JSON.
    public var json: JSONValue { json(takesNull: false) }

    /// The same; `takesNull` if a member that may be missing may also be `null`, as in requests.
    func json(takesNull: Bool) -> JSONValue {
        switch self {
        case .text(let pattern, let format, let lengths):
            var members: [String: JSONValue] = ["type": "string"]
            if let pattern { members["pattern"] = .string(pattern) }
            if let format { members["format"] = .string(format) }
            if let lengths {
                members["minLength"] = .integer(Int64(lengths.lowerBound))
                members["maxLength"] = .integer(Int64(lengths.upperBound))
            }
            return .object(members)
        case .choice(let names):
            return ["type": "string", "enum": .array(names.map { .string($0) })]
        case .integer(let minimum, let maximum):
            var members: [String: JSONValue] = ["type": "integer"]
            if let minimum { members["minimum"] = .integer(minimum) }
            if let maximum, let maximum = Int64(exactly: maximum) {
                members["maximum"] = .integer(maximum)
            }
            return .object(members)
        case .number: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .list(let element): return ["type": "array", "items": element.json]
        case .map(let value): return ["type": "object", "additionalProperties": value.json]
        case .anything: return [:]
        case .object(let members): return Self.json(of: members, takesNull)
        case .reference(let name): return ["$ref": "#/components/schemas/\(name)"]
        }
    }

    private static func json(of members: [Member], _ takesNull: Bool) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for member in members {
            var property = member.schema.json.members ?? [:]
            if takesNull, !member.isRequired {
                property = ["anyOf": [.object(property), ["type": "null"]]]
            }
            if !member.meaning.isEmpty { property["description"] = .string(member.meaning) }
            properties[member.name] = .object(property)
        }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(
                members.filter(\.isRequired).map(\.name).sorted().map { .string($0) }),
        ]
    }
}

extension JSONSchema {
    /// The names of the definitions that it refers to.
    var references: [String] {
        switch self {
        case .reference(let name): [name]
        case .list(let part), .map(let part): part.references
        case .object(let members): members.flatMap(\.schema.references)
        default: []
        }
    }
}
