public import StellarXDR

/// In which form values of the protocol are given: `xdrFormat`.
enum XDRForm: Sendable {
    case base64, json

    /// The form that was asked for.
    init(_ name: String?) throws(RPCError) {
        switch name {
        case nil, "", "base64": self = .base64
        case "json": self = .json
        case let other?:
            throw .parameters("got '\(other)': expected base64, json for optional 'xdrFormat'")
        }
    }

    /// The value in base-64, `nil` in the other form.
    func text(_ value: (some XDRCodable)?) throws -> String? {
        self == .base64 ? try value?.base64() : nil
    }

    /// The value as XDR-JSON (SEP-51), `nil` in the other form.
    func json(_ value: (some XDRCodable)?) throws -> JSONValue? {
        self == .json ? try value?.json() : nil
    }

    /// Several; `nil` if there are none.
    func texts(_ values: [some XDRCodable]) throws -> [String]? {
        self == .base64 && !values.isEmpty ? try values.map { try $0.base64() } : nil
    }

    /// Several; `nil` if there are none.
    func jsons(_ values: [some XDRCodable]) throws -> [JSONValue]? {
        self == .json && !values.isEmpty ? try values.map { try $0.json() } : nil
    }
}

extension JSONValue: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes it into a larger value.
    public func encode(to encoder: any Encoder) throws {
        if case .object(let members) = self {
            var container = encoder.container(keyedBy: Name.self)
            for member in members {
                try container.encode(member.value, forKey: Name(stringValue: member.name))
            }
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .null, .object: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .number(let digits):
            if let value = Int64(digits) {
                try container.encode(value)
            } else if let value = UInt64(digits) {
                try container.encode(value)
            } else {
                try container.encode(Double(digits))
            }
        }
    }
}
