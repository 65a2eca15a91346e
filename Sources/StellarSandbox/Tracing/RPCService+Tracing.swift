internal import Foundation
internal import StellarXDR

extension RPCService {
    struct TraceParameters: Decodable {
        let hash: String?
    }

    struct Trace: Encodable {
        let trace: JSONFragment
        let text: String
    }

    /// `sandbox_traceTransaction`
    func trace(_ parameters: TraceParameters?) async throws -> Trace {
        guard let hash = Hash(hex: parameters?.hash ?? "") else {
            throw RPCError.parameters("hash: 64 hexadecimal digits")
        }
        let trace = try await chain.trace(hash)
        return Trace(trace: JSONFragment(trace.json), text: trace.text)
    }
}

extension JSONFragment {
    /// The same JSON.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let digits): self = Int64(digits).map(JSONFragment.integer) ?? .null
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(values.map(JSONFragment.init))
        case .object(let members):
            self = .object(
                Dictionary(members.map { ($0.name, JSONFragment($0.value)) }) { first, _ in first })
        }
    }
}
