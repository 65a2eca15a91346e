internal import Foundation
internal import StellarXDR

/// A call: what is asked for, by whom. A call without `id` is a notification: it has no answer.
struct RPCCall: Sendable {
    /// What a caller tells its calls apart by, text, a number or null; it is given back as it came.
    let id: JSONValue
    /// Whether there is an `id`, even if it is null.
    let wantsAnswer: Bool
    let method: String
    private let parameters: JSONValue?

    /// What is no call, and the id that it has nevertheless.
    struct Fault: Error {
        var id = JSONValue.null
        let error: RPCError
    }

    init(_ value: JSONValue) throws(Fault) {
        guard case .object = value else { throw Fault(error: .request("not a call")) }
        let id = value["id"]
        switch id {
        case nil, .null, .string, .number: self.id = id ?? .null
        case .bool, .array, .object: throw Fault(error: .request("not a call"))
        }
        wantsAnswer = id != nil
        guard value["jsonrpc"] == .string("2.0") else {
            throw Fault(id: self.id, error: .request("incorrect version marker"))
        }
        guard case .string(let method)? = value["method"], !method.isEmpty else {
            throw Fault(id: self.id, error: .request("empty method name"))
        }
        self.method = method
        parameters = value["params"]
    }

    /// The parameters, which come by name.
    var fields: RPCFields {
        get throws(RPCError) {
            switch parameters {
            case nil, .null: RPCFields()
            case let value?: try RPCFields.object(value, at: "params")
            }
        }
    }

    /// The answer to it.
    func answer(_ result: RPCResult) -> [UInt8] { result.answer(to: id) }
}

/// What a call comes to: a result, which is JSON already, or an error; never both.
enum RPCResult {
    case success([UInt8])
    case failure(RPCError)

    /// The result as an encoder writes it.
    init(encoding value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        do {
            self = .success(Array(try encoder.encode(value)))
        } catch {
            self = .failure(.failed("the answer does not encode"))
        }
    }

    /// The same, as the answer to a call of that id.
    func answer(to id: JSONValue) -> [UInt8] {
        var text = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
        switch id {
        case .number(let digits): text += digits.utf8
        default: text += id.description.utf8
        }
        switch self {
        case .success(let result):
            text.reserveCapacity(text.count + result.count + 16)
            text += #","result":"#.utf8
            text += result
        case .failure(let error):
            let body = JSONValue.object([
                .init("code", .number(String(error.code))),
                .init("message", .string(error.message)),
            ])
            text += #","error":"#.utf8
            text += body.description.utf8
        }
        text.append(UInt8(ascii: "}"))
        return text
    }
}
