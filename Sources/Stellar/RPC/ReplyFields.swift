internal import StellarXDR

/// The members of an object in a server's answer, each asked for by name and type. What is null
/// counts as absent.
struct ReplyFields {
    private let json: JSONValue
    private let method: String

    init(_ json: JSONValue, of method: String) {
        self.json = json
        self.method = method
    }

    private subscript(name: String) -> JSONValue? {
        guard let value = json[name], value != .null else { return nil }
        return value
    }

    /// Text.
    func text(_ name: String) throws(RPCError) -> String? {
        guard let value = self[name] else { return nil }
        return try text(value, name)
    }

    /// A number that some versions and methods write as a number, others as text.
    func integer(_ name: String) throws(RPCError) -> Int64? {
        switch self[name] {
        case nil: return nil
        case .number(let digits), .string(let digits):
            guard let number = Int64(digits) else { throw bad(name, "is no whole number") }
            return number
        default: throw bad(name, "is no number")
        }
    }

    /// An object.
    func fields(_ name: String) throws(RPCError) -> ReplyFields? {
        guard let value = self[name] else { return nil }
        guard case .object = value else { throw bad(name, "is no object") }
        return ReplyFields(value, of: method)
    }

    /// A list of objects; empty if there is none.
    func objects(_ name: String) throws(RPCError) -> [ReplyFields] {
        try list(name).map { ReplyFields($0, of: method) }
    }

    /// A value of the protocol in base64.
    func xdr<Value: XDRCodable>(_ name: String, as type: Value.Type) throws(RPCError) -> Value? {
        guard let value = self[name] else { return nil }
        return try xdr(value, name, as: type)
    }

    /// Several; none if there is no list.
    func xdrs<Value: XDRCodable>(_ name: String, as type: Value.Type) throws(RPCError) -> [Value] {
        var values: [Value] = []
        for value in try list(name) { values.append(try xdr(value, name, as: type)) }
        return values
    }

    /// What must be there.
    func required<Value>(_ value: Value?, _ name: String) throws(RPCError) -> Value {
        guard let value else { throw bad(name, "is missing") }
        return value
    }

    private func list(_ name: String) throws(RPCError) -> [JSONValue] {
        switch self[name] {
        case nil: return []
        case .array(let values): return values
        default: throw bad(name, "is no list")
        }
    }

    private func text(_ value: JSONValue, _ name: String) throws(RPCError) -> String {
        guard case .string(let text) = value else { throw bad(name, "is no text") }
        return text
    }

    private func xdr<Value: XDRCodable>(
        _ value: JSONValue, _ name: String, as type: Value.Type
    ) throws(RPCError) -> Value {
        let text = try text(value, name)
        do throws(XDRError) { return try type.init(base64: text) } catch {
            throw bad(name, "\(error)")
        }
    }

    private func bad(_ name: String, _ why: String) -> RPCError {
        .badReply(method: method, reason: "\(name): \(why)")
    }
}
