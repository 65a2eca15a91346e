internal import Foundation
internal import HTTP
internal import StellarXDR

/// JSON-RPC 2.0 as Stellar RPC speaks it: parameters by name, batches, strings and numbers exactly
/// where it has them.
struct RPCService: Sendable {
    let chain: Chain
    let configuration: StellarSandbox.Configuration
    /// Where friendbot is.
    let friendbotURL: String
    var limits = RPCLimits()

    /// The answer to the body of a request; nothing if all of it are notifications.
    func answer(_ body: [UInt8]) async -> [UInt8] {
        let data = Data(body)
        guard let first = body.first(where: { !Self.whitespace.contains($0) }) else {
            return encode(.null, Result<NoResult, RPCError>.failure(.parse("empty request")))
        }
        guard first == UInt8(ascii: "[") else { return await answer(toCall: data) }
        guard let calls = try? JSONDecoder().decode([JSONFragment].self, from: data) else {
            return encode(.null, Result<NoResult, RPCError>.failure(.parse("invalid JSON")))
        }
        guard !calls.isEmpty, calls.count <= Self.batchCountMax else {
            let why = calls.isEmpty ? "empty batch" : "batch of more than \(Self.batchCountMax)"
            return encode(.null, Result<NoResult, RPCError>.failure(.request(why)))
        }
        var answers: [[UInt8]] = []
        for call in calls {
            guard let one = try? JSONEncoder().encode(call) else { continue }
            let answer = await answer(toCall: one)
            if !answer.isEmpty { answers.append(answer) }
        }
        guard !answers.isEmpty else { return [] }
        return [UInt8(ascii: "[")] + answers.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
    }

    private static let whitespace: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
    private static let batchCountMax = 1_000

    private func answer(toCall data: Data) async -> [UInt8] {
        let call: RPCCall
        do {
            call = try JSONDecoder().decode(RPCCall.self, from: data)
        } catch DecodingError.dataCorrupted(_) {
            return encode(.null, Result<NoResult, RPCError>.failure(.parse("invalid JSON")))
        } catch {
            return encode(.null, Result<NoResult, RPCError>.failure(.request("not a call")))
        }
        let id = call.id ?? .null
        guard call.jsonrpc == "2.0" else {
            return encode(
                id, Result<NoResult, RPCError>.failure(.request("incorrect version marker")))
        }
        guard let method = call.method, !method.isEmpty else {
            return encode(id, Result<NoResult, RPCError>.failure(.request("empty method name")))
        }
        let answer = await dispatch(method, data, id)
        return call.wantsAnswer ? answer : []
    }

    /// Runs `body` on the parameters of a call.
    func respond<Parameters: Decodable, Value: Encodable>(
        _ data: Data, _ id: RPCID, _ body: (Parameters?) async throws -> Value
    ) async -> [UInt8] {
        do {
            let parameters = try Self.parameters(data, as: Parameters.self)
            return encode(id, Result<Value, RPCError>.success(try await body(parameters)))
        } catch let error as RPCError {
            return encode(id, Result<Value, RPCError>.failure(error))
        } catch let error as SandboxError {
            return encode(id, Result<Value, RPCError>.failure(RPCError(error)))
        } catch {
            return encode(id, Result<Value, RPCError>.failure(.failed("\(error)")))
        }
    }

    /// The same of a method whose answer may be long: it is JSON already.
    func respond<Parameters: Decodable>(
        _ data: Data, _ id: RPCID, json body: (Parameters?) async throws -> JSONWriter
    ) async -> [UInt8] {
        let value: JSONWriter
        do {
            value = try await body(try Self.parameters(data, as: Parameters.self))
        } catch {
            return await respond(data, id) { (_: Ignored?) throws -> NoResult in throw error }
        }
        return Array(#"{"jsonrpc":"2.0","id":\#(id.json),"result":"#.utf8) + value.text
            + [UInt8(ascii: "}")]
    }

    private static func parameters<Value: Decodable>(
        _ data: Data, as type: Value.Type
    ) throws(RPCError) -> Value? {
        do {
            return try JSONDecoder().decode(RPCParameters<Value>.self, from: data).params
        } catch DecodingError.typeMismatch(_, let context) {
            throw .parameters("invalid parameters: \(place(context.codingPath)) has another type")
        } catch DecodingError.dataCorrupted(let context) {
            let place = place(context.codingPath)
            throw .parameters(
                "invalid parameters: \(place.isEmpty ? "a number" : place) is out of range")
        } catch {
            throw .parameters("invalid parameters")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    private func encode<Value: Encodable>(
        _ id: RPCID, _ result: Result<Value, RPCError>
    ) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        do {
            return Array(try encoder.encode(RPCAnswer(id: id, result: result)))
        } catch {
            let message = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"#
            return Array((message + "\"the answer does not encode\"}}").utf8)
        }
    }
}
