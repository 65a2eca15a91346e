import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Keeps signed transactions together with the order to send them.
struct SubmissionQueue: Sendable {
    let database: Database
    let transactions: TransactionRepository
    let outbox: Outbox
    /// Whoever sends them.
    let submitter: Bell

    /// The same one again changes nothing.
    func queue(_ signed: SignedTransaction, at time: Instant) async throws {
        let hash = signed.offered.hash
        try await database.transaction(isolation: .readCommitted) { scope in
            guard try await transactions.queue(hash, signed: signed.envelope, in: scope) else {
                return
            }
            // A process that died may have left the order to send it, when it was refused before.
            try await outbox.replace(
                hash, topic: Submitter.topic, payload: Array(hash.utf8), now: time.seconds,
                in: scope)
        }
        submitter.ring()
    }
}

extension TransactionRow {
    /// - Throws: `Problem`: `payments.transaction_expired`.
    func checkExpiry(at time: Instant) throws(Problem) {
        guard time < expiresAt else {
            throw ProblemCode.transactionExpired.problem(
                "It ended at \(expiresAt). Ask for a new one.")
        }
    }
}

/// Transactions of accounts that are about no booking: offered unsigned, taken back signed, byte
/// for byte, and sent. Nothing has happened until a ledger says so.
struct AccountTransactions: Sendable {
    let transactions: TransactionRepository
    let queue: SubmissionQueue
    /// Builds and simulates; the contract does not matter here.
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How long one has to sign, unless told otherwise.
    static let secondsToSign: Int64 = 600

    /// The transaction of `signer` that does `operation`, simulated and kept.
    /// - Parameters:
    ///   - subject: what it is about, in a few words: `governance.7`.
    ///   - summary: what signing it does; what it costs and until when it holds is added.
    ///   - alongside: what is kept with it, or not at all.
    /// - Throws: `Problem` with what the ledger says against it.
    func offer(
        _ operation: StellarXDR.Operation, for purpose: TransactionPurpose,
        about subject: String, by signer: AccountID, summary: [String],
        secondsToSign: Int64 = Self.secondsToSign,
        alongside: (@Sendable (DatabaseTransaction) async throws -> Void)? = nil
    ) async throws -> UnsignedTransactionResponse {
        let time = now()
        let until = time.adding(seconds: secondsToSign)
        let prepared = try await escrow.prepare(operation, by: signer, validUntil: until)
        let row = TransactionRow(
            hash: prepared.hash.description, subject: .named(subject),
            signer: signer.description, purpose: purpose,
            envelope: try prepared.transaction.envelope.xdr(),
            feeStroopsMax: prepared.transaction.fee,
            summary: summary + [
                escrow.feeSentence(prepared.transaction.fee), "This offer ends at \(until).",
            ], expiresAt: until, offeredAt: time)
        let transactions = transactions
        try await transactions.database.transaction { scope in
            try await alongside?(scope)
            try await transactions.offer(row, in: scope)
        }
        return escrow.response(for: row)
    }

    /// Takes one back that was signed, and has it sent. The same one again changes nothing.
    /// - Throws: `Problem`, if it is not exactly one that was offered, signed by its account.
    func submit(_ text: String) async throws -> TransactionResponse {
        let hash = try SignedTransaction.hash(of: text, on: escrow.network)
        let found = try await transactions.find(hash)
        guard let offered = found, case .named = offered.subject, offered.form == .transaction
        else {
            throw ProblemCode.otherTransaction.problem(
                "Sign exactly a transaction that was offered here, unchanged; one of a booking is "
                    + "sent to the booking.")
        }
        let signed = try SignedTransaction(
            checking: text, among: [offered], of: AccountID(parsing: offered.signer),
            on: escrow.network)
        if offered.status == nil {
            try offered.checkExpiry(at: now())
            try await queue.queue(signed, at: now())
        }
        return try await read(hash)
    }

    /// What became of one.
    /// - Throws: `Problem`: `transactions.unknown`; those of bookings are told with the booking.
    func read(_ hash: String) async throws -> TransactionResponse {
        let found = try await transactions.find(hash)
        guard let row = found, case .named = row.subject else {
            throw ProblemCode.transactionUnknown.problem()
        }
        return row.response
    }
}

extension EscrowContract {
    /// A transaction to be signed, as the API shows it.
    func response(for row: TransactionRow) -> UnsignedTransactionResponse {
        UnsignedTransactionResponse(
            purpose: row.purpose, transaction: Base64.encode(row.envelope), hash: row.hash,
            network: network.passphrase, expiresAt: row.expiresAt, summary: row.summary,
            feeStroopsMax: row.feeStroopsMax)
    }
}

/// Those transactions over HTTP.
struct TransactionHandlers: Sendable {
    let transactions: AccountTransactions

    /// What is served here.
    var routes: [ServedRoute] {
        [(.submitTransaction, submit), (.readTransaction, read)]
    }

    /// `POST /api/v1/transactions`
    func submit(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signed = try request.json(as: SignedTransactionRequest.self)
        return try .json(
            try await transactions.submit(signed.transaction), status: .accepted,
            headers: ["Cache-Control": "no-store"])
    }

    /// `GET /api/v1/transactions/{hash}`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        let hash: String = try request.parameters.require("hash")
        return try .json(
            try await transactions.read(hash), headers: ["Cache-Control": "no-store"])
    }
}
