internal import StellarXDR

extension RPCService {
    struct TraceParameters: RPCParameters {
        let hash: String?

        init(_ fields: RPCFields) throws(RPCError) { hash = try fields.text("hash") }
    }

    struct Trace: Encodable {
        let trace: JSONValue
        let text: String
    }

    /// `sandbox_traceTransaction`
    func trace(_ parameters: TraceParameters) async throws -> Trace {
        guard let hash = Hash(hex: parameters.hash ?? "") else {
            throw RPCError.parameters("hash: 64 hexadecimal digits")
        }
        let trace = try await chain.trace(hash)
        return Trace(trace: trace.json, text: trace.text)
    }
}
