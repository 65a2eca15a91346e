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
        var events: [String]?
        var minResourceFee: String?
        var results: [Returned]?
        var restorePreamble: Preamble?
        var stateChanges: [Change]?
        var latestLedger: UInt32

        struct Returned: Encodable {
            let xdr: String
            let auth: [String]
        }

        struct Preamble: Encodable {
            let transactionData: String
            let minResourceFee: String
        }

        struct Change: Encodable {
            let type: String
            let key: String
            let before: String?
            let after: String?

            private enum Key: String, CodingKey { case type, key, before, after }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(type, forKey: .type)
                try container.encode(key, forKey: .key)
                // Absent ones are null here, not left out.
                try container.encode(before, forKey: .before)
                try container.encode(after, forKey: .after)
            }
        }
    }

    /// Failures are results with an `error`, except wrong parameters.
    func simulate(_ parameters: SimulationParameters?) async throws -> SimulationResult {
        try checkFormat(parameters?.xdrFormat)
        let mode = parameters?.authMode ?? ""
        guard ["", "enforce", "record", "record_allow_nonroot"].contains(mode) else {
            throw RPCError.parameters(
                "got '\(mode)': expected enforce, record, record_allow_nonroot for optional "
                    + "'authMode'")
        }
        guard let envelope = try? Self.envelope(parameters?.transaction, or: "") else {
            return SimulationResult(
                error: "Could not unmarshal transaction",
                latestLedger: try await chain.range.latest.sequence)
        }
        let request = Chain.SimulationRequest(
            envelope: envelope, authMode: mode,
            useUpgradedAuth: parameters?.useUpgradedAuth ?? false,
            instructionLeeway: parameters?.resourceConfig?.instructionLeeway ?? 0)
        let (outcome, latest) = try await chain.simulate(request)
        return try SimulationResult(outcome, latestLedger: latest)
    }
}

extension RPCService.SimulationResult {
    init(_ outcome: Simulation.Outcome, latestLedger: UInt32) throws {
        self.latestLedger = latestLedger
        error = outcome.error
        if !outcome.events.isEmpty { events = try outcome.events.map { try $0.base64() } }
        guard let data = outcome.data, outcome.error == nil else { return }
        transactionData = try data.base64()
        minResourceFee = String(data.resourceFee)
        results = try outcome.result.map { result in
            [
                Returned(
                    xdr: try result.value.base64(),
                    auth: try result.auth.map { try $0.base64() })
            ]
        }
        restorePreamble = try outcome.restore.map { restore in
            Preamble(
                transactionData: try restore.base64(),
                minResourceFee: String(restore.resourceFee))
        }
        if !outcome.changes.isEmpty {
            stateChanges = try outcome.changes.map { change in
                Change(
                    type: change.before == nil
                        ? "created" : change.after == nil ? "deleted" : "updated",
                    key: try change.key.base64(), before: try change.before?.base64(),
                    after: try change.after?.base64())
            }
        }
    }
}
