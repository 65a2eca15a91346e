import Travel

/// The shapes of types, read from the types themselves: each is decoded once from nothing, and what
/// it asks for on the way is its schema. So a field that a type has cannot be missing here.
///
/// Used by one task at a time.
public final class SchemaBook {
    /// A type that is described under a name of its own.
    public struct Definition: Hashable, Sendable {
        /// What it looks like.
        public var schema: JSONSchema
        /// What it means.
        public var meaning: String
        /// One, as JSON.
        public var example: JSONValue
    }

    /// What was read so far, by name.
    public private(set) var definitions: [String: Definition] = [:]
    private var values: [String: any Decodable] = [:]
    private var open: Set<String> = []

    /// An empty book.
    public init() {}

    /// The schema of a type, mostly a reference to its definition.
    /// - Throws: ``SchemaError``.
    public func schema<Value: Decodable>(of type: Value.Type) throws -> JSONSchema {
        try shape(of: type, named: "").schema
    }

    /// An example of a type, as JSON.
    /// - Throws: ``SchemaError``.
    public func example<Value: Codable>(of type: Value.Type) throws -> JSONValue {
        try JSONValue(encoding: shape(of: type, named: "").value)
    }

    /// The schema of a type, and a value of it. `name` is that of the field it stands in.
    func shape<Value: Decodable>(
        of type: Value.Type, named name: String
    ) throws -> (schema: JSONSchema, value: Value) {
        if let shaped = type as? any Shaped.Type {
            let (schema, value) = try shaped.shape(in: self, named: name)
            guard let value = value as? Value else { throw SchemaError("\(type) is not itself") }
            return (schema, value)
        }
        let title = Self.name(of: type)
        if let known = values[title] as? Value { return (.reference(title), known) }
        if let choice = type as? any CaseIterable.Type, let names = Self.names(of: choice),
            let first = Self.first(of: choice) as? Value
        {
            try define(title, .choice(names), first)
            return (.reference(title), first)
        }
        guard open.insert(title).inserted else { throw SchemaError("\(title) contains itself") }
        defer { open.remove(title) }
        let recording = Recording(title)
        let value = try Value(from: RecordingDecoder(book: self, recording: recording))
        try define(title, .object(recording.members), value)
        return (.reference(title), value)
    }

    /// A text with a form of its own.
    func shape<Value: DescribedText>(ofText type: Value.Type) throws -> (JSONSchema, Value) {
        let title = Self.name(of: type)
        let value = try Value(parsing: Value.form.example)
        if definitions[title] == nil { try define(title, Value.form.schema, value) }
        return (.reference(title), value)
    }

    private func define(_ name: String, _ schema: JSONSchema, _ value: any Decodable) throws {
        guard let encodable = value as? any Encodable else {
            throw SchemaError("\(name) cannot be written")
        }
        values[name] = value
        definitions[name] = Definition(
            schema: schema, meaning: TypeDescriptions.meaning(of: name),
            example: try JSONValue(encoding: encodable))
    }

    /// `HealthResponse.Check`.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).drop { $0 != "." }.dropFirst().description
    }

    private static func names<Choice: CaseIterable>(of type: Choice.Type) -> [String]? {
        let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return names.count == type.allCases.count ? names : nil
    }

    private static func first<Choice: CaseIterable>(of type: Choice.Type) -> Any? {
        type.allCases.first
    }
}

/// Why a type has no schema: a mistake in the type, found by a test.
public struct SchemaError: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// What a type asked for.
final class Recording {
    let name: String
    private(set) var members: [JSONSchema.Member] = []
    /// The member that was asked whether it is there.
    var maybe: String?

    init(_ name: String) { self.name = name }

    func add(_ key: String, _ schema: JSONSchema) {
        let isRequired = maybe != key
        maybe = nil
        guard !members.contains(where: { $0.name == key }) else { return }
        members.append(
            JSONSchema.Member(
                name: key, schema: schema, isRequired: isRequired,
                meaning: TypeDescriptions.meaning(of: key, in: name)))
    }
}
