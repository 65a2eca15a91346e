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
    let judge: TransactionJudge
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant
    /// When it was last looked for what turned out otherwise.
    private let late = Lock(Instant(seconds: 0))

    /// How often that is looked for.
    static let lateSeconds: Int64 = 5
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

    init(
        transactions: TransactionRepository, sponsorships: SponsoringRepository, outbox: Outbox,
        account: PlatformAccount, judge: TransactionJudge, holder: String, log: Logger,
        now: @escaping @Sendable () -> Instant
    ) {
        self.transactions = transactions
        self.sponsorships = sponsorships
        self.outbox = outbox
        self.account = account
        self.judge = judge
        self.holder = holder
        self.log = log
        self.now = now
    }

    /// One round.
    /// - Returns: of how many the fate is certain now.
    func run() async throws -> Int {
        var certain = try await settleLate()
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

    /// What turned out otherwise than it was settled, or was never settled: the ledger's word may
    /// have come before ours, or after it.
    /// - Returns: how many were settled now.
    private func settleLate() async throws -> Int {
        let time = now()
        let isDue = late.withLock { last in
            guard last.seconds(until: time) >= Self.lateSeconds else { return false }
            last = time
            return true
        }
        guard isDue else { return 0 }
        var settled = 0
        for hash in try await sponsorships.unsettled(limit: Self.batchMax) {
            do {
                guard let row = try await transactions.find(hash) else { continue }
                if try await settle(row) { settled += 1 }
            } catch {
                log.warning(
                    "What a sponsored transaction cost cannot be told yet",
                    ["authorization": .string(hash), "error": .describing(error)])
            }
        }
        return settled
    }

    /// What a transaction cost whose fate is known.
    /// - Returns: whether that could be told.
    private func settle(_ row: TransactionRow) async throws -> Bool {
        guard let sent = row.sent else {
            return try await settle(row.hash, feeStroops: 0)
        }
        let hash = try TransactionEnvelope(xdr: sent).hash(on: account.network)
        if let found = try await account.rpc.transaction(hash) {
            return try await settle(
                row.hash, feeStroops: judge.checked(found, hash).result.feeCharged)
        }
        // It took effect, and this server does not tell what it cost yet.
        guard row.status == .failed, row.ledger == nil else { return false }
        return try await settle(row.hash, feeStroops: 0)
    }

    private func settle(_ hash: String, feeStroops: Int64) async throws -> Bool {
        let sponsorships = sponsorships
        try await sponsorships.database.transaction { scope in
            try await sponsorships.settle(hash, feeStroops: feeStroops, in: scope)
        }
        return true
    }

    /// - Returns: whether its fate is certain.
    private func perform(_ hash: String) async throws -> Bool {
        guard let row = try await transactions.find(hash), row.form == .authorization else {
            return true
        }
        // The contract's event may have been read before we heard of our own transaction.
        guard row.status == .queued || row.status == .submitted else {
            return try await settle(row)
        }
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
        if try await isCertain(fate(of: hash, row), row) { return true }
        let (isTaken, fate) = try await judge.send(envelope)
        guard isTaken else {
            if case .lost = fate, try await isCertain(self.fate(of: hash, row), row) {
                return true
            }
            return try await isCertain(fate, row)
        }
        try await transactions.set(.submitted, of: row.hash)
        do {
            let found = try await account.rpc.final(hash, patience: Self.patience)
            return try await isCertain(.inLedger(judge.checked(found, hash)), row)
        } catch RPCError.notFinal {
            return false
        }
    }

    private func fate(of hash: Hash, _ row: TransactionRow) async throws -> TransactionFate {
        try await judge.fate(of: hash, expiresAt: row.expiresAt, doubtedAt: row.doubtedAt)
    }

    /// Writes down what is certain. Never is another transaction made for the same authorization.
    private func isCertain(_ fate: TransactionFate, _ row: TransactionRow) async throws -> Bool {
        switch fate {
        case .open: false
        case .doubtful:
            try await doubt(row)
        case .inLedger(let found):
            try await end(
                row, found.isSuccessful ? .applied : .failed, ledger: found.ledger,
                failure: found.isSuccessful
                    ? nil
                    : "It is in a ledger, without effect. Nothing was paid. Ask for a new one.",
                feeStroops: found.result.feeCharged)
        case .lost(.expired):
            try await end(row, .failed, failure: "No ledger took it in time. Nothing was paid.")
        case .lost(.refused), .lost(.numberUsed):
            try await end(
                row, .failed,
                failure: "The ledger refused it. Nothing was paid. Ask for a new one.")
        }
    }

    private func doubt(_ row: TransactionRow) async throws -> Bool {
        try await transactions.doubt(row.hash, at: now())
        return false
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
