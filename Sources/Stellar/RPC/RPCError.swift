public import HTTP
public import StellarXDR

/// Why an RPC server's answer is not what was asked for.
public enum RPCError: Error, Hashable, Sendable {
    /// There was no answer.
    case transport(HTTPClientError)
    /// An answer, but with a status that is no success.
    case status(Int)
    /// The server refused the request. JSON-RPC's code and its own words.
    case refused(code: Int, message: String)
    /// The answer is not what the method answers.
    case badReply(method: String, reason: String)
    /// The request cannot be written.
    case badRequest(XDRError)
    /// The call would fail.
    case simulationFailed(SimulationFailure)
    /// The network did not take the transaction: its result says why.
    case transactionRefused(hash: Hash, TransactionResultResult?)
    /// The network is busy, or another transaction of the same account is waiting.
    case tryAgainLater(hash: Hash)
    /// Nothing was heard of the transaction in time. It may still be applied.
    case notFinal(hash: Hash)
    /// The account does not exist.
    case noAccount(AccountID)
    /// The task was cancelled.
    case cancelled

    /// A stable name.
    public var code: String {
        switch self {
        case .transport(let error): error.code
        case .status: "rpc.status"
        case .refused: "rpc.refused"
        case .badReply: "rpc.bad_reply"
        case .badRequest: "rpc.bad_request"
        case .simulationFailed: "rpc.simulation_failed"
        case .transactionRefused: "rpc.transaction_refused"
        case .tryAgainLater: "rpc.try_again_later"
        case .notFinal: "rpc.not_final"
        case .noAccount: "rpc.no_account"
        case .cancelled: "rpc.cancelled"
        }
    }
}

extension RPCError: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .transport(let error): "\(error)"
        case .status(let status): "the RPC server answered with status \(status)"
        case .refused(let code, let message): "the RPC server refused: \(message) (\(code))"
        case .badReply(let method, let reason):
            "the RPC server's answer to \(method) cannot be read: \(reason)"
        case .badRequest(let error): "the request cannot be written: \(error)"
        case .simulationFailed(let failure): "the call would fail: \(failure.message)"
        case .transactionRefused(let hash, let result):
            "the network refused the transaction \(hash): \(result.map { "\($0)" } ?? "unknown")"
        case .tryAgainLater(let hash): "the network cannot take the transaction \(hash) now"
        case .notFinal(let hash): "the transaction \(hash) is in no ledger yet, and may still be"
        case .noAccount(let account): "the account \(account) does not exist"
        case .cancelled: "the request was cancelled"
        }
    }
}

/// What a simulation says about a call that would fail.
public struct SimulationFailure: Hashable, Sendable {
    /// The host's words; `Error(Contract, #5)` stands in them.
    public var message: String
    /// What happened until then.
    public var events: [DiagnosticEvent]
    /// The ledger that it was tried on.
    public var latestLedger: UInt32

    /// The number of the contract's own error, if it was one.
    public var contractError: UInt32? {
        guard let range = message.firstRange(of: "Error(Contract, #") else { return nil }
        return UInt32(message[range.upperBound...].prefix { $0.isNumber })
    }
}
