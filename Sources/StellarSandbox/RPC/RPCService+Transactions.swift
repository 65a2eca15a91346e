internal import StellarXDR

extension RPCService {
    struct TransactionParameters: RPCParameters {
        let hash: String?
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            hash = try fields.text("hash")
            xdrFormat = try fields.text("xdrFormat")
        }
    }

    func transaction(_ parameters: TransactionParameters) async throws -> JSONWriter {
        let form = try XDRForm(parameters.xdrFormat)
        let text = parameters.hash ?? ""
        guard text.utf8.count == 64 else {
            throw RPCError.parameters("unexpected hash length (\(text.utf8.count))")
        }
        guard let hash = Hash(hex: text) else {
            throw RPCError.parameters("incorrect hash: \(text)")
        }
        let range = try await chain.range
        let record = try await chain.transaction(hash)
        var json = JSONWriter()
        try json.object { (json: inout JSONWriter) throws in
            if let record {
                try json.details(of: record, form)
            } else {
                json.details(ofUnknown: hash)
            }
            json.member("latestLedger", range.latest.sequence)
            json.member("latestLedgerCloseTime", plain: String(range.latest.closeTime))
            json.member("oldestLedger", range.oldest.sequence)
            json.member("oldestLedgerCloseTime", plain: String(range.oldest.closeTime))
            json.member("createdAt", plain: String(record?.closeTime ?? 0))
        }
        return json
    }

    struct SendParameters: RPCParameters {
        let transaction: String?
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            transaction = try fields.text("transaction")
            xdrFormat = try fields.text("xdrFormat")
        }
    }

    func send(_ parameters: SendParameters) async throws -> JSONWriter {
        let form = try XDRForm(parameters.xdrFormat)
        let envelope = try Self.envelope(parameters.transaction, or: "invalid_xdr")
        let before = try await chain.seenLatest
        let submission = try await chain.receive(envelope)
        var result: TransactionResult?
        var diagnostics: [DiagnosticEvent] = []
        let status: String
        switch submission {
        case .pending: status = "PENDING"
        case .duplicate: status = "DUPLICATE"
        case .tryAgainLater: status = "TRY_AGAIN_LATER"
        case .refused(_, let why, let told):
            (status, result, diagnostics) = ("ERROR", why, told)
        }
        var json = JSONWriter()
        try json.object { (json: inout JSONWriter) throws in
            json.member("status", plain: status)
            json.member("hash", plain: submission.hash.description)
            json.member("latestLedger", before.sequence)
            json.member("latestLedgerCloseTime", plain: String(before.closeTime))
            if let result {
                try json.member("errorResultXdr", "errorResultJson", result, form)
            }
            try json.listIfAny(
                "diagnosticEventsXdr", "diagnosticEventsJson", diagnostics, form)
        }
        return json
    }

    /// Reads a transaction of at most a megabyte.
    static func envelope(
        _ text: String?, or message: String
    ) throws(RPCError) -> TransactionEnvelope {
        guard let text, text.utf8.count <= 1_400_000,
            let envelope = try? TransactionEnvelope(base64: text)
        else { throw .parameters(message) }
        return envelope
    }
}
