/// The machine-readable definitions, as they are in `xdr.json`.
struct Definitions: Decodable {
    var files: [File]
    var definitions: [Definition]

    struct File: Decodable {
        var name: String
        var sha256: String
    }
}

/// One definition; which of the optional parts it has depends on its kind.
struct Definition: Decodable {
    var kind: Kind
    var name: String
    var source: String
    var fileIndex: Int
    var type: TypeReference?
    var value: Int?
    var fields: [Field]?
    var memberPrefix: String?
    var members: [Member]?
    var discriminant: Field?
    var arms: [Arm]?

    enum Kind: String, Decodable {
        case const, typedef, `enum`, `struct`, union
    }

    struct Field: Decodable {
        var name: String
        var type: TypeReference
    }

    struct Member: Decodable {
        var name: String
        var value: Int32
    }

    struct Arm: Decodable {
        var cases: [Case]
        var name: String?
        var type: TypeReference?
    }

    struct Case: Decodable {
        var value: Int32
        var name: String?
    }

    enum CodingKeys: String, CodingKey {
        case kind, name, source, type, value, fields, members, discriminant, arms
        case fileIndex = "file_index"
        case memberPrefix = "member_prefix"
    }
}

/// A type where it is used.
indirect enum TypeReference: Hashable, Decodable {
    case reference(String)
    case bool, int, unsignedInt, hyper, unsignedHyper
    case fixedOpaque(Int)
    case opaque(max: Int?)
    case string(max: Int?)
    case array(TypeReference, count: Int)
    case list(TypeReference, max: Int?)
    case optional(TypeReference)

    private enum CodingKeys: String, CodingKey {
        case kind, name, size, count, element
        case sizeMax = "max_size"
        case countMax = "max_count"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try values.decode(String.self, forKey: .kind)
        func element() throws -> TypeReference {
            try values.decode(TypeReference.self, forKey: .element)
        }
        switch kind {
        case "ref": self = .reference(try values.decode(String.self, forKey: .name))
        case "bool": self = .bool
        case "int": self = .int
        case "unsigned_int": self = .unsignedInt
        case "hyper": self = .hyper
        case "unsigned_hyper": self = .unsignedHyper
        case "opaque_fixed": self = .fixedOpaque(try values.decode(Int.self, forKey: .size))
        case "opaque_var":
            self = .opaque(max: try values.decodeIfPresent(Int.self, forKey: .sizeMax))
        case "string":
            self = .string(max: try values.decodeIfPresent(Int.self, forKey: .sizeMax))
        case "array":
            self = .array(try element(), count: try values.decode(Int.self, forKey: .count))
        case "var_array":
            self = .list(
                try element(), max: try values.decodeIfPresent(Int.self, forKey: .countMax))
        case "optional": self = .optional(try element())
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: values, debugDescription: "a type of unknown kind \(kind)")
        }
    }
}
