internal import Foundation
internal import HTTP
internal import StellarXDR

/// Friendbot over HTTP: `GET` or `POST /friendbot?addr=G…`, also as a form.
struct FriendbotService: Sendable {
    let chain: Chain
    let stroops: Int64

    struct Funded: Encodable {
        let id: String
        let hash: String
        let successful: Bool
        let ledger: UInt32
        let envelope_xdr: String
        let result_xdr: String
        let result_meta_xdr: String
    }

    struct Refused: Encodable {
        var type = "https://stellar.org/friendbot-errors/bad_request"
        var title = "Bad Request"
        var status = 400
        var detail: String
        var extras: [String: String]?
    }

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        do {
            let form = try HTTPQuery(parsing: String(decoding: request.body, as: UTF8.self))
            guard let address = try request.query["addr"] ?? form["addr"] else {
                return try badAddress("missing")
            }
            guard case .account(let key)? = try? StrKey(parsing: address) else {
                if case .contract? = try? StrKey(parsing: address) {
                    return try refusal(
                        SandboxError.unsupported("funding of contracts").description)
                }
                return try badAddress("invalid address: must be a valid G or C address")
            }
            let record = try await chain.fund(.ed25519(key), upTo: stroops)
            return try .json(try Funded(record), headers: Self.hal)
        } catch is Problem {
            return (try? badAddress("not percent-encoded")) ?? .empty(.badRequest)
        } catch SandboxError.alreadyFunded {
            return (try? refusal(SandboxError.alreadyFunded.description)) ?? .empty(.badRequest)
        } catch {
            return (try? refusal("\(error)")) ?? .empty(.badRequest)
        }
    }

    static let hal: HTTPHeaders = ["Content-Type": "application/hal+json; charset=utf-8"]

    private func badAddress(_ reason: String) throws -> HTTPResponse {
        try refusal(
            "The request you sent was invalid in some way.",
            extras: ["invalid_field": "addr", "reason": reason])
    }

    private func refusal(_ detail: String, extras: [String: String]? = nil) throws -> HTTPResponse {
        var response = try HTTPResponse.json(
            Refused(detail: detail, extras: extras), status: .badRequest)
        response.headers["Content-Type"] = "application/problem+json"
        return response
    }
}

extension FriendbotService.Funded {
    init(_ record: TransactionRecord) throws {
        id = record.applied.frame.hash.description
        hash = id
        successful = record.applied.result.isSuccess
        ledger = record.ledger
        envelope_xdr = try record.applied.frame.envelope.base64()
        result_xdr = try record.applied.result.base64()
        result_meta_xdr = try TransactionMeta.v4(record.applied.meta).base64()
    }
}
