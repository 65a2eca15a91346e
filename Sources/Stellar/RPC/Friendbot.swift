internal import Foundation
public import HTTP
public import StellarXDR

/// Gives test money to accounts, on networks whose money is worth nothing.
public struct Friendbot: Sendable {
    /// What it answered.
    public enum Answer: Hashable, Sendable {
        /// The account has new money, by this transaction.
        case funded(Hash?)
        /// It had enough already.
        case alreadyFunded
    }

    private let url: String
    private let client: HTTPClient

    /// The friendbot at `url`, as ``RPCNetwork/friendbotUrl`` names it.
    public init(url: String, client: HTTPClient) {
        self.url = url
        self.client = client
    }

    /// Makes the account exist and have money.
    public func fund(_ account: AccountID) async throws(RPCError) -> Answer {
        let separator = url.contains("?") ? "&" : "?"
        let request = HTTPClient.Request(.post, "\(url)\(separator)addr=\(account)")
        let response: HTTPResponse
        do { response = try await client.send(request) } catch { throw .transport(error) }
        guard case .bytes(let body) = response.body else {
            throw .badReply(method: "friendbot", reason: "a stream")
        }
        let reply = try? JSONDecoder().decode(Reply.self, from: Data(body))
        if response.status.isSuccess { return .funded(reply?.hash.flatMap { Hash(hex: $0) }) }
        let detail = reply?.detail ?? ""
        if detail.contains("already funded") || detail.contains("createAccountAlreadyExist") {
            return .alreadyFunded
        }
        throw detail.isEmpty
            ? .status(response.status.code)
            : .refused(code: response.status.code, message: detail)
    }

    private struct Reply: Decodable {
        var hash: String?
        var detail: String?
    }
}
