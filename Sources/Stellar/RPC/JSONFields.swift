internal import StellarXDR

/// A field that holds XDR in base64.
struct XDRField<Value: XDRCodable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            value = try Value(base64: try container.decode(String.self))
        } catch let error as XDRError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }
}

/// A number that some versions and methods write as a number, others as text.
struct IntegerField: Decodable {
    let value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = number
        } else if let number = Int64(try container.decode(String.self)) {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an integer")
        }
    }
}

/// A hash in hexadecimal.
struct HashField: Decodable {
    let value: Hash

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = Hash(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a hash")
        }
        value = hash
    }
}

/// No parameters: an empty object.
struct NoParameters: Encodable {}
