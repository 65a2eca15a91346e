import Database
import Stellar
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// Sends signed transactions to the ledger until it is certain what became of them.
///
/// What was stored is sent at least once, and since a ledger takes a transaction once, sending it
/// again does no harm: a process that dies between sending and hearing loses nothing.
struct Submitter: Sendable {
    let transactions: TransactionRepository
    let outbox: Outbox
    let rpc: SorobanRPC
    let network: Network
    /// Whoever reads what a ledger then says.
    let indexer: Bell
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// The outbox topic; the payload is the hash in hexadecimal digits.
    static let topic = "submission"
    /// How many are sent in one round, all at once: what is in hand must not wait until its time
    /// is up.
    static let batchMax = 16
    /// How often one is asked for without a pause.
    static let quickAttemptsMax = 50
    /// How long one may take before another process takes it over.
    static let taskSecondsMax: Int64 = 30
    /// How long after its last moment a transaction may still be found in a ledger.
    static let graceSeconds: Int64 = 30

    /// One round.
    /// - Returns: of how many the fate is certain now.
    func run() async throws -> Int {
        let messages = try await outbox.take(
            topic: Self.topic, limit: Self.batchMax, for: holder, seconds: Self.taskSecondsMax,
            now: now().seconds)
        let certain = Lock(0)
        try await messages.forEachTogether(Self.batchMax) { message in
            guard try await perform(message) else { return }
            certain.withLock { $0 += 1 }
            indexer.ring()
        }
        return certain.withLock { $0 }
    }

    /// - Returns: whether its fate is certain.
    private func perform(_ message: Outbox.Message) async throws -> Bool {
        do {
            if try await submit(String(decoding: message.payload, as: UTF8.self)) {
                try await outbox.finish(message.id, by: holder)
                return true
            }
            // Ledgers are seconds apart, or come at once: ask often, then calmly.
            let pause: Int64 = message.attempts > Self.quickAttemptsMax ? 1 : 0
            try await outbox.retry(
                message.id, by: holder, at: now().seconds + pause, because: "in no ledger yet")
        } catch {
            log.warning(
                "A transaction could not be sent and will be tried again",
                ["transaction": .string(message.id), "error": .describing(error)])
            try await outbox.retry(
                message.id, by: holder, at: now().seconds + 1, because: "\(error)")
        }
        return false
    }

    /// - Returns: whether its fate is certain.
    private func submit(_ hashText: String) async throws -> Bool {
        guard let row = try await transactions.find(hashText), let signed = row.signed,
            row.status == .queued || row.status == .submitted
        else { return true }
        let envelope = try TransactionEnvelope(xdr: signed)
        let hash = try Hash(Hex.decode(hashText) ?? [])
        if try await isFinal(hash, row) { return true }
        let submission = try await rpc.send(envelope)
        switch submission.status {
        case .pending, .duplicate:
            try await transactions.set(.submitted, of: row.hash)
            return try await isFinal(hash, row)
        case .tryAgainLater:
            return false
        case .error:
            // Its number may be used up by itself: an earlier attempt got through after all.
            if try await isFinal(hash, row) { return true }
            let reason = submission.errorResult?.result.reason ?? "no reason given"
            try await transactions.set(
                .failed, of: row.hash, failure: "The ledger refused it: \(reason).")
            return true
        }
    }

    private func isFinal(_ hash: Hash, _ row: TransactionRow) async throws -> Bool {
        if let found = try await rpc.transaction(hash) {
            try check(found, hash)
            try await transactions.set(
                found.isSuccessful ? .applied : .failed, of: row.hash, ledger: found.ledger,
                failure: found.isSuccessful
                    ? nil
                    : "It is in a ledger, without effect: \(found.result.result.reason). Only the "
                        + "network's fee is gone. Ask for a new one and sign that.")
            return true
        }
        guard now() > row.expiresAt.adding(seconds: Self.graceSeconds) else { return false }
        // Only the ledger's own clock tells that no ledger will take it any more.
        let latest = try await rpc.latestLedger()
        guard let closed = latest.closeTime, Int64(clamping: closed) > row.expiresAt.seconds else {
            return false
        }
        try await transactions.set(
            .failed, of: row.hash, failure: "No ledger took it in time. Nothing was paid.")
        return true
    }
}

/// What no server can say truly.
extension Submitter {
    /// An answer that cannot be: it is asked for again.
    enum Fault: Error, Equatable {
        /// It is about another transaction.
        case otherTransaction(asked: Hash)
        /// It says that the transaction took effect, and that it did not.
        case contradiction(Hash)
    }

    private func check(_ found: RPCTransaction, _ hash: Hash) throws {
        guard try found.envelope.hash(on: network) == hash else {
            throw Fault.otherTransaction(asked: hash)
        }
        guard found.isSuccessful == found.result.result.isSuccessful else {
            throw Fault.contradiction(hash)
        }
    }
}

extension TransactionResultResult {
    /// Whether it took effect.
    fileprivate var isSuccessful: Bool {
        switch self {
        case .success, .feeBumpInnerSuccess: true
        default: false
        }
    }

    /// Why it did nothing, in the protocol's own word.
    fileprivate var reason: String {
        guard case .failed(let operations) = self,
            case .inner(.invokeHostFunction(let call))? = operations.first
        else { return "\(discriminant)" }
        return "\(call.discriminant)"
    }
}
