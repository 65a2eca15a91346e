/// XDR-JSON, SEP-51: any value of the protocol as JSON that people can read, and back.
///
/// The spelling is that of the stellar CLI.
public enum XDRJSON {
    /// The JSON of a value, by the name of its type in the protocol.
    public static func json(
        ofType name: String, xdr bytes: some Collection<UInt8>
    ) throws(XDRJSONError) -> JSONValue {
        guard let index = XDRSchema.shared.index(of: name) else { throw .unknownType(name) }
        var decoder = XDRDecoder(bytes)
        do throws(XDRError) {
            let value = try XDRJSONWriter.value(.named(index), from: &decoder)
            try decoder.finish()
            return value
        } catch {
            throw .xdr(error)
        }
    }

    /// The encoding of a value, by the name of its type in the protocol.
    public static func xdr(
        ofType name: String, json: JSONValue
    ) throws(XDRJSONError) -> [UInt8] {
        guard let index = XDRSchema.shared.index(of: name) else { throw .unknownType(name) }
        var encoder = XDREncoder()
        try XDRJSONReader.encode(json, as: .named(index), into: &encoder)
        return encoder.finish()
    }
}

extension XDRCodable {
    /// The value as XDR-JSON.
    ///
    /// A type that is only another name for one (`ContractID` for `Hash`) is written as that one;
    /// ``XDRJSON/json(ofType:xdr:)`` takes the name itself.
    public func json() throws(XDRJSONError) -> JSONValue {
        let bytes: [UInt8]
        do { bytes = try xdr() } catch { throw .xdr(error) }
        return try XDRJSON.json(ofType: "\(Self.self)", xdr: bytes)
    }

    /// The value that XDR-JSON says.
    public init(json: JSONValue) throws(XDRJSONError) {
        let bytes = try XDRJSON.xdr(ofType: "\(Self.self)", json: json)
        do { try self.init(xdr: bytes) } catch { throw .xdr(error) }
    }
}

/// Reads XDR and makes JSON of it.
enum XDRJSONWriter {
    static func value(
        _ shape: XDRSchema.Shape, from decoder: inout XDRDecoder
    ) throws(XDRError) -> JSONValue {
        switch shape {
        case .bool: return .bool(try decoder.bool())
        case .u32: return .number(try decoder.uint32().description)
        case .i32: return .number(try decoder.int32().description)
        case .u64: return .string(try decoder.uint64().description)
        case .i64: return .string(try decoder.int64().description)
        case .fixedOpaque(let count):
            return .array(try decoder.opaque(count: count).map { .number($0.description) })
        case .opaque(let max): return .string(Hex.encode(try decoder.opaque(max: max)))
        case .string(let max): return .string(EscapedText.encode(try decoder.opaque(max: max)))
        case .optional(let element):
            return try decoder.bool() ? try value(element, from: &decoder) : .null
        case .list(let element, let max):
            return try list(element, count: try decoder.length(max: max, size: 4), &decoder)
        case .array(let element, let count): return try list(element, count: count, &decoder)
        case .named(let index): return try named(XDRSchema.shared.definitions[index], &decoder)
        }
    }

    private static func list(
        _ element: XDRSchema.Shape, count: Int, _ decoder: inout XDRDecoder
    ) throws(XDRError) -> JSONValue {
        var values: [JSONValue] = []
        for _ in 0..<count { values.append(try value(element, from: &decoder)) }
        return .array(values)
    }

    private static func named(
        _ definition: XDRSchema.Definition, _ decoder: inout XDRDecoder
    ) throws(XDRError) -> JSONValue {
        try decoder.enter()
        let result: JSONValue
        switch definition.body {
        case .text(let form): result = .string(try form.text(from: &decoder))
        case .alias(.fixedOpaque(let count)):
            result = .string(Hex.encode(try decoder.opaque(count: count)))
        case .alias(let shape): result = try value(shape, from: &decoder)
        case .structure(let fields):
            var members: [JSONValue.Member] = []
            for field in fields {
                members.append(
                    JSONValue.Member(field.name, try value(field.shape, from: &decoder)))
            }
            result = .object(members)
        case .enumeration(let cases):
            result = .string(try one(of: cases, definition, &decoder).name)
        case .union(let cases):
            let chosen = try one(of: cases, definition, &decoder)
            if let shape = chosen.shape {
                let content = try value(shape, from: &decoder)
                result = .object([JSONValue.Member(chosen.name, content)])
            } else {
                result = .string(chosen.name)
            }
        }
        decoder.leave()
        return result
    }

    private static func one(
        of cases: [XDRSchema.Case], _ definition: XDRSchema.Definition,
        _ decoder: inout XDRDecoder
    ) throws(XDRError) -> XDRSchema.Case {
        let number = try decoder.int32()
        guard let chosen = cases.first(where: { $0.value == number }) else {
            throw .unknownCase(number, of: definition.name, at: decoder.offset - 4)
        }
        return chosen
    }
}
