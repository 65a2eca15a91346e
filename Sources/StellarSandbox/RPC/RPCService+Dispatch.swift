extension RPCService {
    /// Calls the method of that name.
    func dispatch(_ call: RPCCall, _ patience: Patience?) async -> RPCResult {
        if configuration.offersControl {
            if call.method == "sandbox_traceTransaction" { return await respond(call, trace) }
            if call.method.hasPrefix("sandbox_") { return await control(call) }
            if await chain.takeFailure(of: call.method) { return .failure(.internalIssue) }
        }
        let limit = limits.limit(of: call.method)
        if let patience {
            patience(limit, call.wantsAnswer ? call.answer(.failure(.late)) : [])
            return await dispatchPublic(call)
        }
        return await TimeLimit.run(limit) { await dispatchPublic(call) } ?? .failure(.late)
    }

    private func dispatchPublic(_ call: RPCCall) async -> RPCResult {
        switch call.method {
        case "getHealth": await respond(call) { (_: NoParameters) in try await health() }
        case "getNetwork": await respond(call) { (_: NoParameters) in try await network() }
        case "getVersionInfo": await respond(call) { (_: NoParameters) in try await versionInfo() }
        case "getLatestLedger":
            await respond(call) { (_: NoParameters) in try await latestLedger() }
        case "getFeeStats": await respond(call) { (_: NoParameters) in try await feeStats() }
        case "getLedgerEntries": await respond(call, json: ledgerEntries)
        case "getLedgers": await respond(call, ledgers)
        case "getTransaction": await respond(call, json: transaction)
        case "getTransactions": await respond(call, json: transactions)
        case "getEvents": await respond(call, json: events)
        case "sendTransaction": await respond(call, json: send)
        case "simulateTransaction": await respond(call, json: simulate)
        default: .failure(.method(call.method))
        }
    }
}
