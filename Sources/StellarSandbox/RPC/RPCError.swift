/// What a JSON-RPC call is answered with when it fails.
struct RPCError: Error, Hashable {
    let code: Int
    let message: String

    /// The request is not JSON.
    static func parse(_ why: String) -> RPCError { RPCError(code: -32700, message: why) }

    /// The request is no call, or asks for what is out of range.
    static func request(_ why: String) -> RPCError { RPCError(code: -32600, message: why) }

    /// There is no such method.
    static func method(_ name: String) -> RPCError {
        RPCError(code: -32601, message: "no such method \"\(name)\"")
    }

    /// The parameters are wrong.
    static func parameters(_ why: String) -> RPCError { RPCError(code: -32602, message: why) }

    /// It failed here.
    static func failed(_ why: String) -> RPCError { RPCError(code: -32603, message: why) }

    /// It took too long.
    static let late = RPCError(
        code: -32001, message: "request exceeded processing limit threshold")

    /// It failed, and nobody says why.
    static let internalIssue = RPCError(
        code: -32003, message: "request failed to process due to internal issue")
}

extension RPCError {
    /// The same, as the sandbox says it.
    init(_ error: SandboxError) {
        switch error {
        case .malformedTransaction: self = .parameters("invalid_xdr")
        case .notAnAccount, .alreadyFunded, .tooManyCoins, .nothingToTrace:
            self = .parameters(error.description)
        case .unsupported, .otherNetwork, .storage, .inconsistent: self = .failed(error.description)
        }
    }

    /// What to say of whatever a method threw.
    init(any error: any Error) {
        switch error {
        case let error as RPCError: self = error
        case let error as SandboxError: self.init(error)
        default: self = .failed("\(error)")
        }
    }
}
