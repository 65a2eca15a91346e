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
    let sponsor: SponsorTransaction
    let now: @Sendable () -> Instant

    /// What somebody does on the ledger, whoever pays the network for it.
    struct Act: Sendable {
        var operation: StellarXDR.Operation
        var purpose: TransactionPurpose
        /// What it is about, in a few words: `governance.7`.
        var subject: String
        var signer: SCAddress
        /// What signing it does; what it costs and until when it holds is added.
        var summary: [String]
    }

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

    /// The answer with something to sign: the account's transaction, or an authorization while the
    /// platform pays the network.
    /// - Throws: `Problem`: `payments.contract_account`, those of sponsoring, or what the ledger
    ///   says.
    func answer(offering act: Act, isSponsored: Bool?) async throws -> HTTPResponse {
        let secrecy: HTTPHeaders = ["Cache-Control": "no-store"]
        guard isSponsored != true else {
            let until = now().adding(seconds: Self.secondsToSign)
            let offered = try await sponsor.offer(
                SponsorTransaction.Call(
                    operation: act.operation, purpose: act.purpose, subject: .named(act.subject),
                    signer: act.signer.description,
                    summary: act.summary + [
                        escrow.feeSentence(nil), "This offer ends at \(until).",
                    ], validUntil: until))
            return try .json(offered, status: .ok, headers: secrecy)
        }
        guard case .account(let account) = act.signer else {
            throw SponsorTransaction.contractAccount
        }
        let offered = try await offer(
            act.operation, for: act.purpose, about: act.subject, by: account,
            summary: act.summary)
        return try .json(offered, status: .created, headers: secrecy)
    }

    /// Takes one back that was signed, and has it sent. The same one again changes nothing.
    /// - Throws: `Problem`, if it is not exactly one that was offered, signed by whose it is.
    func submit(_ wanted: SignedTransactionRequest) async throws -> TransactionResponse {
        switch try SigningStep(
            isSponsored: nil, transaction: wanted.transaction,
            authorization: wanted.authorization, signature: wanted.signature)
        {
        case .transaction(let text): try await submit(text)
        case .authorization(let text): try await submit(text, hash: wanted.hash)
        case .offer:
            throw ProblemCode.malformedTransaction.problem("Send what was signed.")
        }
    }

    private func submit(_ text: String) async throws -> TransactionResponse {
        let hash = try SignedTransaction.hash(of: text, on: escrow.network)
        guard let offered = try await find(hash, .transaction) else {
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

    private func submit(_ text: SignatureText, hash: String?) async throws -> TransactionResponse {
        let hash =
            switch text {
            case .entry(let entry): try SignedAuthorization.hash(of: entry, on: escrow.network)
            case .signature: hash ?? ""
            }
        guard let offered = try await find(hash, .authorization) else {
            throw ProblemCode.otherAuthorization.problem(
                "Sign exactly an authorization that was offered here, and name its `hash` beside a "
                    + "`signature`; one of a booking is sent to the booking.")
        }
        try await sponsor.submit(
            SignedAuthorization(text, among: [offered], on: escrow.network))
        return try await read(hash)
    }

    private func find(_ hash: String, _ form: TransactionForm) async throws -> TransactionRow? {
        let found = try await transactions.find(hash)
        guard let found, case .named = found.subject, found.form == form else { return nil }
        return found
    }

    /// What became of one.
    /// - Throws: `Problem`: `transactions.unknown`; those of bookings are told with the booking.
    func read(_ hash: String) async throws -> TransactionResponse {
        var found = try await transactions.find(hash)
        if found == nil { found = try await transactions.find(sent: hash) }
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
            try await transactions.submit(signed), status: .accepted,
            headers: ["Cache-Control": "no-store"])
    }

    /// `GET /api/v1/transactions/{hash}`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        let hash: String = try request.parameters.require("hash")
        return try .json(
            try await transactions.read(hash), headers: ["Cache-Control": "no-store"])
    }
}
