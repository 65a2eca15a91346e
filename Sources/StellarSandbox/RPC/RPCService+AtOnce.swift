internal import StellarXDR

extension RPCService {
    /// The answer to a body that is one call of a method that only looks at the network as it is
    /// after a ledger and is soon done; `nil` if it is another body, or a network whose calls wait
    /// for something: its file, a fault, or a contract without limits.
    func answerAtOnce(_ body: [UInt8]) -> [UInt8]? {
        guard configuration.storage == .memory, configuration.profile != .unlimited,
            Self.quickMethods.contains(where: { Self.isIn(body, $0) }),
            let value = try? JSONValue(parsing: body), let call = try? RPCCall(value),
            call.wantsAnswer
        else { return nil }
        let view = chain.view
        guard view.isPlain else { return nil }
        switch call.method {
        case "simulateTransaction": return call.answer(respondAtOnce(call, simulate))
        case "getEvents":
            guard let history = view.history, isShort(call) else { return nil }
            return call.answer(
                respondAtOnce(call) { (parameters: EventsParameters) throws in
                    let wanted = try search(parameters, in: history.range)
                    return try json(history.events.search(wanted.query), wanted, history.range)
                })
        case "getLedgerEntries":
            return call.answer(
                respondAtOnce(call) { (parameters: EntriesParameters) throws in
                    try ledgerEntries(parameters, in: view)
                })
        default: return nil
        }
    }

    /// As they stand in a call.
    private static let quickMethods = [
        "simulateTransaction", "getLedgerEntries", "getEvents",
    ].map { Array("\"\($0)\"".utf8) }

    /// So many events are soon written.
    private static let eventsAtOnceMax = 200

    private func isShort(_ call: RPCCall) -> Bool {
        guard let fields = try? call.fields, let pagination = try? Pagination(fields) else {
            return true
        }
        return pagination.limit ?? 0 <= Self.eventsAtOnceMax
    }

    private static func isIn(_ body: [UInt8], _ word: [UInt8]) -> Bool {
        var rest = body[...]
        while let start = rest.firstIndex(of: word[0]) {
            rest = rest[start...]
            if rest.starts(with: word) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    private func respondAtOnce<Parameters: RPCParameters>(
        _ call: RPCCall, _ body: (Parameters) throws -> JSONWriter
    ) -> RPCResult {
        do {
            return .success(try body(try Parameters(try call.fields)).text)
        } catch {
            return .failure(RPCError(any: error))
        }
    }
}
