import Database
import HTTP
import Stellar
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// Makes transactions around signed authorizations, pays for them, and sends them until it is
/// certain what became of them.
///
/// A transaction is stored before it is sent, and never another is made for the same authorization;
/// the ledger itself takes an authorization once. So a process may die anywhere.
struct SponsorWorker: Sendable {
    let transactions: TransactionRepository
    let sponsorships: SponsoringRepository
    let outbox: Outbox
    let account: PlatformAccount
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// The outbox topic; the payload is the authorization's hash in hexadecimal digits.
    static let topic = "sponsorship"
    /// How many are taken in one round.
    static let batchMax = 20
    /// How long one may take before another process takes it over.
    static let taskSecondsMax = 2 * PlatformAccount.secondsMax
    /// How long a ledger is waited for, before the account is free for others.
    static let patience: SorobanRPC.Patience = {
        var patience = SorobanRPC.Patience()
        patience.pollsMax = 12
        patience.firstDelay = .milliseconds(20)
        return patience
    }()

    /// One round.
    /// - Returns: of how many the fate is certain now.
    func run() async throws -> Int {
        var certain = 0
        let messages = try await outbox.take(
            topic: Self.topic, limit: Self.batchMax, for: holder, seconds: Self.taskSecondsMax,
            now: now().seconds)
        for message in messages {
            let hash = String(decoding: message.payload, as: UTF8.self)
            do {
                let isCertain = try await account.alone { try await perform(hash) }
                if isCertain {
                    try await outbox.finish(message.id, by: holder)
                    certain += 1
                } else {
                    try await outbox.retry(
                        message.id, by: holder, at: now().seconds, because: "in no ledger yet")
                }
            } catch {
                log.warning(
                    "A sponsored transaction could not be sent and will be tried again",
                    ["authorization": .string(hash), "error": .describing(error)])
                try await outbox.retry(
                    message.id, by: holder, at: now().seconds + 1, because: "\(error)")
            }
        }
        return certain
    }

    /// - Returns: whether its fate is certain.
    private func perform(_ hash: String) async throws -> Bool {
        guard let row = try await transactions.find(hash), row.form == .authorization,
            row.status == .queued || row.status == .submitted
        else { return true }
        guard let sent = row.sent else { return try await make(row) }
        return try await send(TransactionEnvelope(xdr: sent), row)
    }

    /// Makes the transaction, keeps it, and sends it.
    private func make(_ row: TransactionRow) async throws -> Bool {
        guard let signed = row.signed, now() < row.expiresAt else {
            return try await end(row, .failed, failure: "Its time was over. Nothing was paid.")
        }
        let authorization = SignedAuthorization(
            offered: row, entry: try SorobanAuthorizationEntry(xdr: signed))
        let transaction: StellarXDR.Transaction
        do {
            transaction = try await account.rpc.prepare(
                authorization.operation, from: account.rpc.account(account.key.accountID),
                inclusionFeeStroops: EscrowContract.inclusionFeeStroops,
                validUntil: UInt64(max(0, row.expiresAt.seconds)))
        } catch RPCError.simulationFailed(let failure) {
            return try await end(
                row, .failed, failure: failure.problem.detail ?? "The contract refuses it.")
        }
        guard transaction.fee <= row.feeStroopsMax else {
            return try await end(
                row, .failed,
                failure: "It costs the network more than was promised. Pay the fee yourself.")
        }
        let envelope = try transaction.signed(by: [account.key], on: account.network)
        let sentHash = try transaction.hash(on: account.network)
        let isFirst = try await transactions.setSent(
            envelope.xdr(), hash: sentHash.description, of: row.hash)
        return isFirst ? try await send(envelope, row) : false
    }

    private func send(_ envelope: TransactionEnvelope, _ row: TransactionRow) async throws -> Bool {
        let hash = try envelope.hash(on: account.network)
        if try await isFinal(hash, row) { return true }
        let submission = try await account.rpc.send(envelope)
        switch submission.status {
        case .pending, .duplicate:
            try await transactions.set(.submitted, of: row.hash)
            do {
                let found = try await account.rpc.final(hash, patience: Self.patience)
                return try await end(row, found)
            } catch RPCError.notFinal {
                return false
            }
        case .tryAgainLater: return false
        case .error:
            if try await isFinal(hash, row) { return true }
            guard case .badSeq? = submission.errorResult?.result else {
                return try await end(
                    row, .failed, failure: "The ledger refused it. Nothing was paid.")
            }
            // Its number is used up: by another, or by itself, and this server has not heard of it.
            // Only the ledger's clock tells, so no second one is made.
            return false
        }
    }

    private func isFinal(_ hash: Hash, _ row: TransactionRow) async throws -> Bool {
        if let found = try await account.rpc.transaction(hash) { return try await end(row, found) }
        guard now() > row.expiresAt.adding(seconds: Submitter.graceSeconds) else { return false }
        // Only the ledger's own clock tells that no ledger will take it any more.
        guard let closed = try await account.rpc.latestLedger().closeTime,
            Int64(clamping: closed) > row.expiresAt.seconds
        else { return false }
        return try await end(
            row, .failed, failure: "No ledger took it in time. Nothing was paid.")
    }

    private func end(_ row: TransactionRow, _ found: RPCTransaction) async throws -> Bool {
        try await end(
            row, found.isSuccessful ? .applied : .failed, ledger: found.ledger,
            failure: found.isSuccessful
                ? nil : "It is in a ledger, without effect. Nothing was paid. Ask for a new one.",
            feeStroops: found.result.feeCharged)
    }

    private func end(
        _ row: TransactionRow, _ status: SubmissionStatus, ledger: UInt32? = nil,
        failure: String?, feeStroops: Int64 = 0
    ) async throws -> Bool {
        let (transactions, sponsorships) = (transactions, sponsorships)
        try await sponsorships.database.transaction { scope in
            try await transactions.set(
                status, of: row.hash, ledger: ledger, failure: failure, in: scope)
            try await sponsorships.settle(row.hash, feeStroops: feeStroops, in: scope)
        }
        return true
    }
}
