internal import StellarXDR

extension RPCService {
    struct SimulationParameters: Decodable {
        let transaction: String?
        let resourceConfig: ResourceConfiguration?
        let authMode: String?
        let useUpgradedAuth: Bool?
        let xdrFormat: String?

        struct ResourceConfiguration: Decodable {
            let instructionLeeway: UInt32?
        }
    }

    struct SimulationResult: Encodable {
        var error: String?
        var transactionData: String?
        var transactionDataJson: JSONValue?
        var events: [String]?
        var eventsJson: [JSONValue]?
        var minResourceFee: String?
        var results: [Returned]?
        var restorePreamble: Preamble?
        var stateChanges: [Change]?
        var latestLedger: UInt32

        struct Returned: Encodable {
            let xdr: String?
            let returnValueJson: JSONValue?
            let auth: [String]?
            let authJson: [JSONValue]?
        }

        struct Preamble: Encodable {
            let transactionData: String?
            let transactionDataJson: JSONValue?
            let minResourceFee: String
        }

        /// What is absent is null here, not left out.
        struct Change: Encodable {
            let type: String
            let key: LedgerKey
            let before: LedgerEntry?
            let after: LedgerEntry?
            let form: XDRForm

            private enum Key: String, CodingKey {
                case type, key, before, after, keyJson, beforeJson, afterJson
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(type, forKey: .type)
                switch form {
                case .base64:
                    try container.encode(key.base64(), forKey: .key)
                    try container.encode(before?.base64(), forKey: .before)
                    try container.encode(after?.base64(), forKey: .after)
                case .json:
                    try container.encode(key.json(), forKey: .keyJson)
                    try container.encode(before?.json(), forKey: .beforeJson)
                    try container.encode(after?.json(), forKey: .afterJson)
                }
            }
        }
    }

    /// Failures are results with an `error`, except wrong parameters.
    func simulate(_ parameters: SimulationParameters?) async throws -> SimulationResult {
        let form = try XDRForm(parameters?.xdrFormat)
        let mode = parameters?.authMode ?? ""
        guard ["", "enforce", "record", "record_allow_nonroot"].contains(mode) else {
            throw RPCError.parameters(
                "got '\(mode)': expected enforce, record, record_allow_nonroot for optional "
                    + "'authMode'")
        }
        guard let envelope = try? Self.envelope(parameters?.transaction, or: "") else {
            return SimulationResult(
                error: "Could not unmarshal transaction",
                latestLedger: try await chain.seenLatest.sequence)
        }
        let request = Chain.SimulationRequest(
            envelope: envelope, authMode: mode,
            useUpgradedAuth: parameters?.useUpgradedAuth ?? false,
            instructionLeeway: parameters?.resourceConfig?.instructionLeeway ?? 0)
        let (outcome, latest) = try await chain.simulate(request)
        return try SimulationResult(outcome, form, latestLedger: latest)
    }
}

extension RPCService.SimulationResult {
    init(_ outcome: Simulation.Outcome, _ form: XDRForm, latestLedger: UInt32) throws {
        self.latestLedger = latestLedger
        error = outcome.error
        events = try form.texts(outcome.events)
        eventsJson = try form.jsons(outcome.events)
        guard let data = outcome.data, outcome.error == nil else { return }
        transactionData = try form.text(data)
        transactionDataJson = try form.json(data)
        minResourceFee = String(data.resourceFee)
        results = try outcome.result.map { result in
            // There is always a list, if an empty one.
            [
                Returned(
                    xdr: try form.text(result.value), returnValueJson: try form.json(result.value),
                    auth: form == .base64 ? try form.texts(result.auth) ?? [] : nil,
                    authJson: form == .json ? try form.jsons(result.auth) ?? [] : nil)
            ]
        }
        restorePreamble = try outcome.restore.map { restore in
            Preamble(
                transactionData: try form.text(restore),
                transactionDataJson: try form.json(restore),
                minResourceFee: String(restore.resourceFee))
        }
        guard !outcome.changes.isEmpty else { return }
        stateChanges = outcome.changes.map { change in
            Change(
                type: change.before == nil
                    ? "created" : change.after == nil ? "deleted" : "updated",
                key: change.key, before: change.before, after: change.after, form: form)
        }
    }
}
