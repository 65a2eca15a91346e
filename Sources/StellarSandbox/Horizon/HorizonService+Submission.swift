internal import HTTP
internal import StellarXDR

extension HorizonService {
    /// How long a sender is kept waiting for a ledger, and how often it is looked for.
    private static let (waitsMax, wait) = (600, Duration.milliseconds(50))

    /// Answers when the transaction is in a ledger.
    func submit(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (text, envelope) = try transaction(in: request)
        let submission = try await chain.receive(envelope)
        if case .refused(_, let result, let diagnostics) = submission {
            // One that is in a ledger already has used up its number itself.
            guard case .badSeq = result.result,
                try await chain.transaction(submission.hash, for: .other) != nil
            else { throw try failure(text, result, diagnostics: diagnostics) }
        }
        for _ in 0..<Self.waitsMax {
            if let record = try await chain.transaction(submission.hash, for: .other) {
                guard record.applied.result.isSuccess else {
                    throw try failure(
                        text, record.applied.result,
                        diagnostics: record.applied.meta.diagnosticEvents)
                }
                return .hal(try json(of: record, as: submission.hash))
            }
            try await Task.sleep(for: Self.wait)
        }
        throw HorizonProblem(
            status: 504, type: "transaction_submission_timeout",
            title: "Transaction Submission Timeout",
            detail: "Your transaction is in no ledger yet. Ask for it by its hash.",
            extras: [
                "hash": .string(submission.hash.description), "envelope_xdr": .string(text),
            ])
    }

    /// Answers at once.
    func submitAsynchronously(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (_, envelope) = try transaction(in: request)
        let submission = try await chain.receive(envelope)
        let (name, status, error): (JSONValue, HTTPStatus, String?) =
            switch submission {
            case .pending: ("PENDING", .created, nil)
            case .duplicate: ("DUPLICATE", .conflict, nil)
            case .tryAgainLater: ("TRY_AGAIN_LATER", .serviceUnavailable, nil)
            case .refused(_, let result, _): ("ERROR", .badRequest, try result.base64())
            }
        return .hal(
            [
                "tx_status": name, "hash": .string(submission.hash.description),
                "error_result_xdr": error.map { .string($0) },
            ], status: status)
    }

    private func transaction(
        in request: HTTPRequest
    ) throws -> (text: String, envelope: TransactionEnvelope) {
        let type = request.headers["Content-Type"] ?? ""
        let text: String?
        if type.hasPrefix("application/x-www-form-urlencoded") {
            text = try HTTPQuery(parsing: String(decoding: request.body, as: UTF8.self))["tx"]
        } else if type.hasPrefix("multipart/form-data") {
            text = MultipartForm(request.body)["tx"]
        } else {
            throw HorizonProblem(
                status: .unsupportedMediaType, type: "unsupported_media_type",
                title: "Unsupported Media Type",
                detail: "Send a form: application/x-www-form-urlencoded or multipart/form-data.")
        }
        guard let text, let envelope = try? RPCService.envelope(text, or: "") else {
            throw HorizonProblem(
                status: .badRequest, type: "transaction_malformed",
                title: "Transaction Malformed",
                detail: "The form's field tx is no transaction envelope in base64.",
                extras: ["envelope_xdr": .string(text ?? "")])
        }
        return (text, envelope)
    }

    private func failure(
        _ text: String, _ result: TransactionResult, diagnostics: [DiagnosticEvent]
    ) throws -> HorizonProblem {
        HorizonProblem(
            status: .badRequest, type: "transaction_failed", title: "Transaction Failed",
            detail: "The transaction failed; extras.result_codes says why.",
            extras: [
                "envelope_xdr": .string(text), "result_xdr": .string(try result.base64()),
                "result_codes": result.horizonCodes,
                "diagnostic_events": diagnostics.isEmpty
                    ? nil : .array(try diagnostics.map { .string(try $0.base64()) }),
            ])
    }
}

/// The fields of a form in parts, RFC 7578, as far as they are text.
struct MultipartForm {
    private var fields: [String: String] = [:]

    init(_ body: [UInt8]) {
        let text = String(decoding: body, as: UTF8.self)
        guard let boundary = text.split(separator: "\r\n").first else { return }
        for part in text.split(separator: boundary) {
            guard let gap = part.firstRange(of: "\r\n\r\n"),
                let name = part[..<gap.lowerBound].firstMatch(of: #/;\s*name="([^"]*)"/#)
            else { continue }
            fields[String(name.output.1)] = part[gap.upperBound...].split(separator: "\r\n").first
                .map(String.init)
        }
    }

    subscript(name: String) -> String? { fields[name] }
}
