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

    /// Sees to it that someone else gives the answer if it is not there in that time.
    typealias Patience = @Sendable (Duration, _ late: [UInt8]) -> Void

    private static let batchCountMax = 1_000

    /// The answer to the body of a request; nothing if all of it are notifications.
    /// - Parameter patience: bounds the time of a call that comes alone; without it, and in a
    ///   batch, each call is given up on here.
    func answer(_ body: [UInt8], _ patience: Patience? = nil) async -> [UInt8] {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: body)
        } catch {
            return Self.notJSON(body)
        }
        guard case .array(let calls) = value else { return await answer(to: value, patience) }
        guard !calls.isEmpty, calls.count <= Self.batchCountMax else {
            let why = calls.isEmpty ? "empty batch" : "batch of more than \(Self.batchCountMax)"
            return RPCResult.failure(.request(why)).answer(to: .null)
        }
        var answers: [[UInt8]] = []
        for call in calls {
            let answer = await answer(to: call, nil)
            if !answer.isEmpty { answers.append(answer) }
        }
        guard !answers.isEmpty else { return [] }
        return [UInt8(ascii: "[")] + answers.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
    }

    /// Whether the body holds several calls.
    static func isBatch(_ body: [UInt8]) -> Bool {
        body.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: "[")
    }

    private static func notJSON(_ body: [UInt8]) -> [UInt8] {
        let isEmpty = body.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
        return RPCResult.failure(.parse(isEmpty ? "empty request" : "invalid JSON"))
            .answer(to: .null)
    }

    private func answer(to value: JSONValue, _ patience: Patience?) async -> [UInt8] {
        let call: RPCCall
        do throws(RPCCall.Fault) {
            call = try RPCCall(value)
        } catch {
            return RPCResult.failure(error.error).answer(to: error.id)
        }
        let answer = call.answer(await dispatch(call, patience))
        return call.wantsAnswer ? answer : []
    }

    /// Runs `body` on the parameters of a call.
    func respond<Parameters: RPCParameters, Value: Encodable>(
        _ call: RPCCall, _ body: (Parameters) async throws -> Value
    ) async -> RPCResult {
        do {
            return RPCResult(encoding: try await body(try Parameters(try call.fields)))
        } catch {
            return .failure(RPCError(any: error))
        }
    }

    /// The same of a method that writes its answer itself.
    func respond<Parameters: RPCParameters>(
        _ call: RPCCall, json body: (Parameters) async throws -> JSONWriter
    ) async -> RPCResult {
        do {
            return .success(try await body(try Parameters(try call.fields)).text)
        } catch {
            return .failure(RPCError(any: error))
        }
    }
}
