internal import StellarXDR

extension RPCService {
    struct SimulationParameters: RPCParameters {
        let transaction: String?
        let instructionLeeway: UInt32
        let authMode: String
        let useUpgradedAuth: Bool
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            transaction = try fields.text("transaction")
            instructionLeeway =
                try fields.fields("resourceConfig")?.number("instructionLeeway") ?? 0
            authMode = try fields.text("authMode") ?? ""
            useUpgradedAuth = try fields.flag("useUpgradedAuth") ?? false
            xdrFormat = try fields.text("xdrFormat")
        }
    }

    /// Failures are results with an `error`, except wrong parameters.
    func simulate(_ parameters: SimulationParameters) throws -> JSONWriter {
        let form = try XDRForm(parameters.xdrFormat)
        let mode = parameters.authMode
        guard ["", "enforce", "record", "record_allow_nonroot"].contains(mode) else {
            throw RPCError.parameters(
                "got '\(mode)': expected enforce, record, record_allow_nonroot for optional "
                    + "'authMode'")
        }
        guard let envelope = try? Self.envelope(parameters.transaction, or: "") else {
            return try Simulation.Outcome(error: "Could not unmarshal transaction")
                .json(form, latestLedger: chain.view.seenSequence)
        }
        let request = Chain.SimulationRequest(
            envelope: envelope, authMode: mode,
            useUpgradedAuth: parameters.useUpgradedAuth,
            instructionLeeway: parameters.instructionLeeway)
        let (outcome, latest) = try chain.simulate(request)
        return try outcome.json(form, latestLedger: latest)
    }
}

extension Simulation.Outcome {
    /// The answer. It is written at once: as a value that an encoder takes apart it would take as
    /// long as the simulation itself.
    fileprivate func json(
        _ form: XDRForm, latestLedger: UInt32
    ) throws -> JSONWriter {
        var json = JSONWriter()
        try json.object { (json: inout JSONWriter) throws in
            if let error {
                json.name("error")
                json.value(.string(error))
            }
            try json.listIfAny("events", "eventsJson", events, form)
            if let data, error == nil {
                try json.member("transactionData", "transactionDataJson", data, form)
                json.name("minResourceFee")
                json.plain(String(data.resourceFee))
                try writeResult(form, to: &json)
                try writePreamble(form, to: &json)
                try writeChanges(form, to: &json)
            }
            json.name("latestLedger")
            json.number(latestLedger)
        }
        return json
    }

    private func writeResult(_ form: XDRForm, to json: inout JSONWriter) throws {
        guard let result else { return }
        json.name("results")
        try json.array { (json: inout JSONWriter) throws in
            try json.object { (json: inout JSONWriter) throws in
                try json.member("xdr", "returnValueJson", result.value, form)
                // There is always a list, if an empty one.
                try json.list("auth", "authJson", result.auth, form)
            }
        }
    }

    private func writePreamble(_ form: XDRForm, to json: inout JSONWriter) throws {
        guard let restore else { return }
        json.name("restorePreamble")
        try json.object { (json: inout JSONWriter) throws in
            try json.member("transactionData", "transactionDataJson", restore, form)
            json.name("minResourceFee")
            json.plain(String(restore.resourceFee))
        }
    }

    private func writeChanges(_ form: XDRForm, to json: inout JSONWriter) throws {
        guard !changes.isEmpty else { return }
        json.name("stateChanges")
        try json.array { (json: inout JSONWriter) throws in
            for change in changes {
                try json.object { (json: inout JSONWriter) throws in
                    json.name("type")
                    json.plain(
                        change.before == nil
                            ? "created" : change.after == nil ? "deleted" : "updated")
                    try json.member("key", "keyJson", change.key, form)
                    // What is absent is null here, not left out.
                    try json.member("before", "beforeJson", change.before, form)
                    try json.member("after", "afterJson", change.after, form)
                }
            }
        }
    }
}
