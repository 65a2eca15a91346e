/// Reads JSON and writes it as XDR.
enum XDRJSONReader {
    static func encode(
        _ json: JSONValue, as shape: XDRSchema.Shape, into encoder: inout XDREncoder
    ) throws(XDRJSONError) {
        do throws(XDRError) {
            switch (shape, json) {
            case (.bool, .bool(let value)): return encoder.bool(value)
            case (.u32, .number(let digits)):
                if let value = UInt32(digits) { return encoder.uint32(value) }
            case (.i32, .number(let digits)):
                if let value = Int32(digits) { return encoder.int32(value) }
            case (.u64, .number(let digits)), (.u64, .string(let digits)):
                if let value = UInt64(digits) { return encoder.uint64(value) }
            case (.i64, .number(let digits)), (.i64, .string(let digits)):
                if let value = Int64(digits) { return encoder.int64(value) }
            case (.opaque(let max), .string(let text)):
                if let bytes = Hex.decode(text) { return try encoder.opaque(bytes, max: max) }
            case (.string(let max), .string(let text)):
                if let bytes = EscapedText.decode(text) {
                    return try encoder.opaque(bytes, max: max)
                }
            case (.fixedOpaque(let count), .array(let values)):
                let bytes = values.compactMap { value -> UInt8? in
                    guard case .number(let digits) = value else { return nil }
                    return UInt8(digits)
                }
                if bytes.count == values.count { return try encoder.opaque(bytes, count: count) }
            default: break
            }
        } catch {
            throw .xdr(error)
        }
        try encodeComposed(json, as: shape, into: &encoder)
    }

    private static func encodeComposed(
        _ json: JSONValue, as shape: XDRSchema.Shape, into encoder: inout XDREncoder
    ) throws(XDRJSONError) {
        switch (shape, json) {
        case (.optional, .null): encoder.bool(false)
        case (.optional(let element), _):
            encoder.bool(true)
            try encode(json, as: element, into: &encoder)
        case (.list(let element, let max), .array(let values)):
            do { try encoder.length(values.count, max: max) } catch { throw .xdr(error) }
            for value in values { try encode(value, as: element, into: &encoder) }
        case (.array(let element, let count), .array(let values)) where values.count == count:
            for value in values { try encode(value, as: element, into: &encoder) }
        case (.named(let index), _):
            do { try encoder.enter() } catch { throw .xdr(error) }
            try encode(json, as: XDRSchema.shared.definitions[index], into: &encoder)
            encoder.leave()
        default: throw .expected("\(shape)", found: json.excerpt)
        }
    }

    private static func encode(
        _ json: JSONValue, as definition: XDRSchema.Definition, into encoder: inout XDREncoder
    ) throws(XDRJSONError) {
        switch (definition.body, json) {
        case (.text(let form), .string(let text)):
            let written: Void?
            do { written = try form.encode(text, into: &encoder) } catch { throw .xdr(error) }
            guard written != nil else { throw .expected(definition.name, found: json.excerpt) }
        case (.alias(.fixedOpaque(let count)), .string(let text)):
            guard let bytes = Hex.decode(text) else {
                throw .expected(definition.name, found: json.excerpt)
            }
            do { try encoder.opaque(bytes, count: count) } catch { throw .xdr(error) }
        case (.alias(let shape), _): try encode(json, as: shape, into: &encoder)
        case (.structure(let fields), .object(let members)):
            try encode(members, as: fields, of: definition.name, into: &encoder)
        case (.enumeration(let cases), .string(let name)),
            (.union(let cases), .string(let name)):
            guard let chosen = cases.first(where: { $0.name == name }), chosen.shape == nil else {
                throw .expected(definition.name, found: json.excerpt)
            }
            encoder.int32(chosen.value)
        case (.union(let cases), .object(let members)):
            let members = members.filter { $0.name != "$schema" }
            guard members.count == 1,
                let chosen = cases.first(where: { $0.name == members[0].name }),
                let shape = chosen.shape
            else { throw .expected(definition.name, found: json.excerpt) }
            encoder.int32(chosen.value)
            try encode(members[0].value, as: shape, into: &encoder)
        default: throw .expected(definition.name, found: json.excerpt)
        }
    }

    private static func encode(
        _ members: [JSONValue.Member], as fields: [(name: String, shape: XDRSchema.Shape)],
        of name: String, into encoder: inout XDREncoder
    ) throws(XDRJSONError) {
        for member in members
        where member.name != "$schema" && !fields.contains(where: { $0.name == member.name }) {
            throw .field(member.name, of: name)
        }
        for field in fields {
            if let value = members.first(where: { $0.name == field.name })?.value {
                try encode(value, as: field.shape, into: &encoder)
            } else if case .optional = field.shape {
                encoder.bool(false)
            } else {
                throw .field(field.name, of: name)
            }
        }
    }
}

extension JSONValue {
    /// The beginning of it, for messages.
    var excerpt: String {
        let text = description
        return text.count > 60 ? "\(text.prefix(60))…" : text
    }
}
