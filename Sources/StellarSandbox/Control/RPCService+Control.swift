internal import StellarXDR

/// What a `sandbox_…` method can be told; each reads what it needs.
struct ControlParameters: RPCParameters {
    let count: Int?
    let seconds: UInt64?
    let unixSeconds: UInt64?
    let mode: String?
    let milliseconds: Int?
    let id: Int?
    let address: String?
    let stroops: String?
    let ledgers: UInt32?
    let code: String?
    let methods: [String]?
    let isStale: Bool?

    init(_ fields: RPCFields) throws(RPCError) {
        count = try fields.number("count")
        seconds = try fields.number("seconds")
        unixSeconds = try fields.number("unixSeconds")
        mode = try fields.text("mode")
        milliseconds = try fields.number("milliseconds")
        id = try fields.number("id")
        address = try fields.text("address")
        stroops = try fields.text("stroops")
        ledgers = try fields.number("ledgers")
        code = try fields.text("code")
        methods = try fields.texts("methods")
        isStale = try fields.flag("isStale")
    }
}

/// What they answer.
struct ControlResult: Encodable {
    var latestLedger: UInt32
    var latestLedgerCloseTime: String
    var id: Int?
}

extension RPCService {
    /// How much is done in one call.
    private static let (ledgersMax, faultsMax, millisecondsMax) = (1_000_000, 10_000, 3_600_000)

    /// Methods that no network has, see `Docs/sandbox.md`.
    func control(_ call: RPCCall) async -> RPCResult {
        guard let action = Self.actions[call.method] else { return .failure(.method(call.method)) }
        return await respond(call) { (parameters: ControlParameters) in
            let number = try await action(chain, Wanted(parameters))
            let latest = try await chain.latest
            return ControlResult(
                latestLedger: latest.sequence, latestLedgerCloseTime: String(latest.closeTime),
                id: number)
        }
    }

    /// Their names.
    static var controlMethods: Set<String> {
        Set(actions.keys).union(["sandbox_traceTransaction"])
    }

    private typealias Action = @Sendable (Chain, Wanted) async throws -> Int?

    private static let actions: [String: Action] = [
        "sandbox_closeLedger": { chain, _ in
            _ = try await chain.closeLedger()
            return nil
        },
        "sandbox_advanceLedgers": { chain, wanted in
            try await chain.advanceCalmly(
                ledgers: try wanted.number("count", \.count, 1...ledgersMax))
            return nil
        },
        "sandbox_advanceTime": { chain, wanted in
            let seconds = try wanted.number("seconds", \.seconds, 0...UInt64(UInt32.max))
            guard await chain.now + seconds <= Chain.timeMax else {
                throw RPCError.parameters("seconds: that is after the year 9999")
            }
            await chain.advance(seconds: seconds)
            _ = try await chain.closeLedger()
            return nil
        },
        "sandbox_setTime": { chain, wanted in
            let time = try wanted.number("unixSeconds", \.unixSeconds, 0...Chain.timeMax)
            guard try await chain.setTime(time) else {
                throw RPCError.parameters("unixSeconds: it is later already")
            }
            _ = try await chain.closeLedger()
            return nil
        },
        "sandbox_setClosing": { chain, wanted in
            switch wanted.parameters.mode {
            case "transaction": await chain.setClosing(.onTransaction)
            case "manual": await chain.setClosing(.manual)
            case "interval":
                let milliseconds = try wanted.number(
                    "milliseconds", \.milliseconds, 1...millisecondsMax)
                await chain.setClosing(.every(milliseconds: milliseconds))
            default: throw RPCError.parameters("mode: use transaction, interval or manual")
            }
            return nil
        },
        "sandbox_snapshot": { chain, _ in
            guard let number = try await chain.remember() else {
                throw RPCError.failed("there are \(Chain.momentsMax) snapshots already")
            }
            return number
        },
        "sandbox_revert": { chain, wanted in
            guard try await chain.revert(to: wanted.parameters.id ?? 0) else {
                throw RPCError.parameters("id: there is no such snapshot")
            }
            return nil
        },
        "sandbox_setBalance": { chain, wanted in
            let text = wanted.parameters.address ?? ""
            guard case .account(let key)? = try? StrKey(parsing: text) else {
                throw RPCError.parameters("address: it is no account's")
            }
            guard let stroops = Int64(wanted.parameters.stroops ?? ""), stroops >= 0 else {
                throw RPCError.parameters("stroops: a number from 0, as a string")
            }
            try await chain.setBalance(of: .ed25519(key), stroops: stroops)
            return nil
        },
        "sandbox_dropSubmissions": { chain, wanted in
            let count = try wanted.number("count", \.count, 1...faultsMax)
            try await chain.change { $0.submissions += Array(repeating: .drop, count: count) }
            return nil
        },
        "sandbox_delaySubmissions": { chain, wanted in
            let count = try wanted.number("count", \.count, 1...faultsMax)
            let ledgers = try wanted.number("ledgers", \.ledgers, 1...UInt32(ledgersMax))
            try await chain.change {
                $0.submissions += Array(repeating: .delay(ledgers: ledgers), count: count)
            }
            return nil
        },
        "sandbox_rejectSubmissions": { chain, wanted in
            let count = try wanted.number("count", \.count, 1...faultsMax)
            guard let fault = Faults.Submission(code: wanted.parameters.code ?? "") else {
                throw RPCError.parameters("code: use try_again_later or one like tx_bad_seq")
            }
            try await chain.change { $0.submissions += Array(repeating: fault, count: count) }
            return nil
        },
        "sandbox_failCalls": { chain, wanted in
            let count = try wanted.number("count", \.count, 1...faultsMax)
            let methods = Set(wanted.parameters.methods ?? [])
            try await chain.change { $0.failure = Faults.Failure(methods: methods, count: count) }
            return nil
        },
        "sandbox_setStale": { chain, wanted in
            try await chain.setStale(wanted.parameters.isStale ?? true)
            return nil
        },
        "sandbox_clearFaults": { chain, _ in
            try await chain.clearFaults()
            return nil
        },
    ]
}

/// Reads parameters with their bounds.
private struct Wanted: Sendable {
    let parameters: ControlParameters

    init(_ parameters: ControlParameters) { self.parameters = parameters }

    func number<Number: FixedWidthInteger>(
        _ name: String, _ value: (ControlParameters) -> Number?, _ range: ClosedRange<Number>
    ) throws(RPCError) -> Number {
        guard let value = value(parameters), range.contains(value) else {
            throw .parameters(
                "\(name): a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}

extension Faults.Submission {
    /// `try_again_later`, or a transaction's code in Horizon's spelling.
    fileprivate init?(code: String) {
        let verdicts: [Verdict] = [
            .tooEarly, .tooLate, .missingOperation, .badSeq, .badAuth, .insufficientBalance,
            .noAccount, .insufficientFee, .badAuthExtra, .internalError, .notSupported,
            .badSponsorship, .badMinSeqAgeOrGap, .malformed, .sorobanInvalid,
            .frozenKeyAccessed,
        ]
        if code == "try_again_later" {
            self = .tryAgainLater
        } else if let verdict = verdicts.first(where: { $0.horizonName == code }) {
            self = .reject(verdict)
        } else {
            return nil
        }
    }
}
