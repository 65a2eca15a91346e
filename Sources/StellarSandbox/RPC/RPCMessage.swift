internal import Foundation
internal import StellarXDR

/// What a caller tells its calls apart by; it is given back as it came.
enum RPCID: Hashable, Sendable, Codable {
    case string(String)
    case integer(Int64)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// The same as JSON.
    var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .integer(let number): .number(number)
        case .null: .null
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .null: try container.encodeNil()
        }
    }
}

/// The parts of a call that every call has. A call without `id` is a notification: it has no
/// answer.
struct RPCCall: Decodable {
    let jsonrpc: String?
    let method: String?
    let id: RPCID?
    /// Whether there is an `id`, even if it is null.
    let wantsAnswer: Bool

    private enum Key: String, CodingKey { case jsonrpc, method, id }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        jsonrpc = try container.decodeIfPresent(String.self, forKey: .jsonrpc)
        method = try container.decodeIfPresent(String.self, forKey: .method)
        wantsAnswer = container.contains(.id)
        id = try container.decodeIfPresent(RPCID.self, forKey: .id)
    }
}

/// The parameters of a call: an object; anything in it that is `null` counts as absent.
struct RPCParameters<Value: Decodable>: Decodable {
    let params: Value?
}

/// The answer to a call: a result or an error, never both, not even as null.
struct RPCAnswer<Value: Encodable>: Encodable {
    let id: RPCID
    let result: Result<Value, RPCError>

    private enum Key: String, CodingKey { case jsonrpc, id, result, error }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("2.0", forKey: .jsonrpc)
        try container.encode(id, forKey: .id)
        switch result {
        case .success(let value): try container.encode(value, forKey: .result)
        case .failure(let error): try container.encode(error, forKey: .error)
        }
    }
}

/// Parameters that do not matter any more.
struct Ignored: Decodable {
    init(from decoder: any Decoder) throws {}
}

/// A value that is encoded already.
struct NoResult: Encodable {}
