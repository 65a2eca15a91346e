internal import Foundation
internal import HTTP
internal import StellarXDR

/// Friendbot over HTTP: `GET` or `POST /friendbot?addr=G…`, also as a form.
struct FriendbotService: Sendable {
    let chain: Chain
    let stroops: Int64

    struct Answer: Encodable {
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
            return try await fund(address(in: request))
        } catch let error as SandboxError {
            return failure(error.description)
        } catch {
            return failure("\(error)")
        }
    }

    private func fund(_ address: String?) async throws -> HTTPResponse {
        guard let address, let funded = Funded(address) else {
            return try refusal(
                "The request you sent was invalid in some way.",
                extras: [
                    "invalid_field": "addr",
                    "reason": address == nil
                        ? "missing" : "invalid address: must be a valid G or C address",
                ])
        }
        let record = try await chain.fund(funded, upTo: stroops)
        var response = try HTTPResponse.json(try Answer(record))
        response.headers["Content-Type"] = "application/hal+json; charset=utf-8"
        return response
    }

    /// What is asked for, in the query or in a form; no address if it is not percent-encoded.
    private func address(in request: HTTPRequest) -> String? {
        do {
            let form = try HTTPQuery(parsing: String(decoding: request.body, as: UTF8.self))
            return try request.query["addr"] ?? form["addr"]
        } catch {
            return ""
        }
    }

    private func failure(_ detail: String) -> HTTPResponse {
        do {
            return try refusal(detail)
        } catch {
            return Problem(
                "sandbox.inconsistent", status: .internalServerError,
                title: "The answer does not encode.", detail: "\(error)"
            ).response
        }
    }

    private func refusal(_ detail: String, extras: [String: String]? = nil) throws -> HTTPResponse {
        var response = try HTTPResponse.json(
            Refused(detail: detail, extras: extras), status: .badRequest)
        response.headers["Content-Type"] = "application/problem+json"
        return response
    }
}

extension FriendbotService.Answer {
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
