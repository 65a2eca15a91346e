internal import StellarXDR

/// The members of a JSON object, asked for by name and type. What is null counts as absent, what is
/// not asked for does not matter, and of two with one name the last counts.
struct RPCFields: Sendable {
    private let members: [JSONValue.Member]
    /// Where the object stands in the call, for the messages.
    private let place: String

    init(_ members: [JSONValue.Member] = [], at place: String = "params") {
        self.members = members
        self.place = place
    }

    /// What stands under `name`.
    private subscript(name: String) -> JSONValue? {
        guard let value = members.last(where: { $0.name == name })?.value, value != .null else {
            return nil
        }
        return value
    }

    /// Text.
    func text(_ name: String) throws(RPCError) -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw mismatch(name) }
        return text
    }

    /// `true` or `false`.
    func flag(_ name: String) throws(RPCError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .bool(let flag) = value else { throw mismatch(name) }
        return flag
    }

    /// A whole number that fits.
    func number<Number: FixedWidthInteger>(_ name: String) throws(RPCError) -> Number? {
        guard let value = self[name] else { return nil }
        guard case .number(let digits) = value else { throw mismatch(name) }
        guard let number = Number(digits) else {
            throw .parameters("invalid parameters: \(place).\(name) is out of range")
        }
        return number
    }

    /// An object.
    func fields(_ name: String) throws(RPCError) -> RPCFields? {
        guard let value = self[name] else { return nil }
        guard case .object(let members) = value else { throw mismatch(name) }
        return RPCFields(members, at: "\(place).\(name)")
    }

    /// A list of which `element` reads each.
    func list<Element>(
        _ name: String, _ element: (JSONValue, String) throws(RPCError) -> Element
    ) throws(RPCError) -> [Element]? {
        guard let value = self[name] else { return nil }
        return try Self.list(value, at: "\(place).\(name)", element)
    }

    /// A list of texts.
    func texts(_ name: String) throws(RPCError) -> [String]? {
        try list(name) { value, place throws(RPCError) in try Self.text(value, at: place) }
    }

    /// The elements of a list, each with where it stands.
    static func list<Element>(
        _ value: JSONValue, at place: String,
        _ element: (JSONValue, String) throws(RPCError) -> Element
    ) throws(RPCError) -> [Element] {
        guard case .array(let values) = value else { throw mismatch(at: place) }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try element(value, "\(place).\(index)"))
        }
        return elements
    }

    /// A value that must be a text.
    static func text(_ value: JSONValue, at place: String) throws(RPCError) -> String {
        guard case .string(let text) = value else { throw mismatch(at: place) }
        return text
    }

    /// A value that must be an object.
    static func object(_ value: JSONValue, at place: String) throws(RPCError) -> RPCFields {
        guard case .object(let members) = value else { throw mismatch(at: place) }
        return RPCFields(members, at: place)
    }

    private func mismatch(_ name: String) -> RPCError { Self.mismatch(at: "\(place).\(name)") }

    private static func mismatch(at place: String) -> RPCError {
        .parameters("invalid parameters: \(place) has another type")
    }
}

/// What a method can be told; it reads what it needs.
protocol RPCParameters {
    init(_ fields: RPCFields) throws(RPCError)
}

/// The parameters of a method that has none; an object with anything in it will do.
struct NoParameters: RPCParameters {
    init(_ fields: RPCFields) {}
}
