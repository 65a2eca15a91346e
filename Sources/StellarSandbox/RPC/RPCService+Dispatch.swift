internal import Foundation

extension RPCService {
    /// Calls the method of that name.
    func dispatch(_ method: String, _ data: Data, _ id: RPCID) async -> [UInt8] {
        if configuration.offersControl {
            if method == "sandbox_traceTransaction" { return await respond(data, id, trace) }
            if method.hasPrefix("sandbox_") { return await control(method, data, id) }
            if await chain.takeFailure(of: method) {
                return await respond(data, id) { (_: NoParameters?) in try failed() }
            }
        }
        let answer = await TimeLimit.run(limits.limit(of: method)) {
            await dispatchPublic(method, data, id)
        }
        if let answer { return answer }
        return await respond(data, id) { (_: NoParameters?) in try late() }
    }

    private func late() throws(RPCError) -> NoResult {
        throw RPCError(code: -32001, message: "request exceeded processing limit threshold")
    }

    private func dispatchPublic(_ method: String, _ data: Data, _ id: RPCID) async -> [UInt8] {
        switch method {
        case "getHealth": await respond(data, id) { (_: NoParameters?) in try await health() }
        case "getNetwork": await respond(data, id) { (_: NoParameters?) in try await network() }
        case "getVersionInfo":
            await respond(data, id) { (_: NoParameters?) in try await versionInfo() }
        case "getLatestLedger":
            await respond(data, id) { (_: NoParameters?) in try await latestLedger() }
        case "getFeeStats": await respond(data, id) { (_: NoParameters?) in try await feeStats() }
        case "getLedgerEntries": await respond(data, id, ledgerEntries)
        case "getLedgers": await respond(data, id, ledgers)
        case "getTransaction": await respond(data, id, transaction)
        case "getTransactions": await respond(data, id, transactions)
        case "getEvents": await respond(data, id, json: events)
        case "sendTransaction": await respond(data, id, send)
        case "simulateTransaction": await respond(data, id, json: simulate)
        default: await respond(data, id) { (_: NoParameters?) in try noMethod(method) }
        }
    }

    private func failed() throws(RPCError) -> NoResult {
        throw RPCError(code: -32003, message: "request failed to process due to internal issue")
    }

    private func noMethod(_ name: String) throws(RPCError) -> NoResult { throw .method(name) }

}

/// The parameters of a method that has none; an object with anything in it will do.
struct NoParameters: Decodable {
    private enum Key: CodingKey {}

    init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: Key.self)
    }
}
