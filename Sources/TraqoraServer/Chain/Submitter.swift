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
    let judge: TransactionJudge
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
        if try await isCertain(fate(of: hash, row), row) { return true }
        let (isTaken, fate) = try await judge.send(envelope)
        if isTaken { try await transactions.set(.submitted, of: row.hash) }
        if case .lost = fate {
            // An earlier attempt may have got through after all.
            if try await isCertain(self.fate(of: hash, row), row) { return true }
        }
        if try await isCertain(fate, row) { return true }
        return isTaken ? try await isCertain(self.fate(of: hash, row), row) : false
    }

    private func fate(of hash: Hash, _ row: TransactionRow) async throws -> TransactionFate {
        try await judge.fate(of: hash, expiresAt: row.expiresAt, doubtedAt: row.doubtedAt)
    }

    /// Writes down what is certain.
    private func isCertain(_ fate: TransactionFate, _ row: TransactionRow) async throws -> Bool {
        switch fate {
        case .open: return false
        case .doubtful:
            try await transactions.doubt(row.hash, at: now())
            return false
        case .inLedger(let found):
            try await transactions.set(
                found.isSuccessful ? .applied : .failed, of: row.hash, ledger: found.ledger,
                failure: found.isSuccessful
                    ? nil
                    : "It is in a ledger, without effect: \(found.result.result.reason). Only the "
                        + "network's fee is gone. Ask for a new one and sign that.")
        case .lost(let loss):
            try await transactions.set(.failed, of: row.hash, failure: loss.sentence)
        }
        return true
    }
}

extension TransactionFate.Loss {
    /// For whoever signed it.
    fileprivate var sentence: String {
        switch self {
        case .expired: "No ledger took it in time. Nothing was paid."
        case .refused(let reason): "The ledger refused it: \(reason)."
        case .numberUsed:
            "The ledger refused it: the account's number was used by another transaction. Nothing "
                + "was paid. Ask for a new one and sign that."
        }
    }
}
