import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// A call about a booking that its payer signs, whoever pays the network for it.
struct BookingCall: Sendable {
    var purpose: TransactionPurpose
    var operation: StellarXDR.Operation
    var validUntil: Instant
    /// What signing it does; `nil` for a fee that the platform pays.
    var summary: @Sendable (_ feeStroops: UInt32?) -> [String]
}

/// What somebody is given to sign.
enum ToSign: Sendable {
    /// A transaction of the account, which pays the network.
    case transaction(TransactionRow)
    /// An authorization, for which the platform pays the network.
    case authorization(SponsorTransaction.Offer)

    /// What is kept of it.
    var row: TransactionRow {
        switch self {
        case .transaction(let row): row
        case .authorization(let offer): offer.row
        }
    }
}

/// What a request about something to sign comes to.
enum SigningStep: Sendable {
    /// Something to sign is asked for.
    case offer(isSponsored: Bool)
    /// A transaction came back signed.
    case transaction(String)
    /// An authorization came back signed.
    case authorization(SignatureText)

    /// - Throws: `Problem`, `payments.malformed_authorization`, for more than one of them.
    init(
        isSponsored: Bool?, transaction: String?, authorization: String?, signature: String?
    ) throws(Problem) {
        switch (transaction, authorization, signature) {
        case (nil, nil, nil): self = .offer(isSponsored: isSponsored ?? false)
        case (let text?, nil, nil): self = .transaction(text)
        case (nil, let text?, nil): self = .authorization(.entry(text))
        case (nil, nil, let text?): self = .authorization(.signature(text))
        default:
            throw ProblemCode.malformedAuthorization.problem(
                "Send one of `transaction`, `authorization`, `signature`.")
        }
    }

    /// What a request says, nothing if it has no body.
    init(_ request: HTTPRequest) throws {
        let wanted =
            request.body.isEmpty ? SigningRequest() : try request.json(as: SigningRequest.self)
        try self.init(
            isSponsored: wanted.sponsored, transaction: wanted.transaction,
            authorization: wanted.authorization, signature: wanted.signature)
    }
}

/// How an authorization comes back.
enum SignatureText: Sendable {
    /// The whole entry.
    case entry(String)
    /// An account's 64 bytes alone.
    case signature(String)
}

/// Offers the calls of bookings to their payers, and takes them back signed.
struct SignBookingCalls: Sendable {
    let transactions: TransactionRepository
    let escrow: EscrowContract
    let sponsor: SponsorTransaction
    let submission: SubmitTransaction
    let now: @Sendable () -> Instant

    /// Builds and simulates what is to be signed. Nothing is kept.
    /// - Throws: `Problem`: `payments.contract_account`, those of sponsoring, or what the ledger
    ///   says.
    func prepare(_ call: BookingCall, for booking: Booking, isSponsored: Bool) async throws
        -> ToSign
    {
        guard isSponsored else {
            let prepared = try await escrow.prepare(
                call.operation, by: booking.payingAccount(), validUntil: call.validUntil)
            return .transaction(
                try prepared.row(
                    for: booking, purpose: call.purpose,
                    summary: call.summary(prepared.transaction.fee), offeredAt: now()))
        }
        return .authorization(
            try await sponsor.prepare(
                SponsorTransaction.Call(
                    operation: call.operation, purpose: call.purpose,
                    subject: .booking(booking.id), signer: booking.payer,
                    summary: call.summary(nil), validUntil: call.validUntil)))
    }

    /// The same, kept.
    func offer(_ call: BookingCall, for booking: Booking, isSponsored: Bool) async throws -> ToSign
    {
        let toSign = try await prepare(call, for: booking, isSponsored: isSponsored)
        try await transactions.offer(toSign.row, in: transactions.database)
        return toSign
    }

    /// Takes one back that was signed, and has it sent. The same again changes nothing.
    /// - Returns: the booking afterwards.
    func submit(_ step: SigningStep, _ purpose: TransactionPurpose, for row: BookingRow)
        async throws -> BookingRow
    {
        switch step {
        case .transaction(let text):
            return try await submission.submit(text, purpose: purpose, for: row)
        case .authorization(let text):
            let offers = try await transactions.all(of: row.booking.id).filter {
                $0.purpose == purpose && $0.form == .authorization
            }
            let signed = try SignedAuthorization(text, among: offers, on: escrow.network)
            guard signed.offered.status == nil else { return row }
            try await submission.check(row, purpose, signed.offered, at: now())
            try await sponsor.submit(signed)
            return try await submission.bookings.find(row.booking.id) ?? row
        case .offer: return row
        }
    }
}

extension SignedAuthorization {
    /// Checks one in either form.
    init(_ text: SignatureText, among offers: [TransactionRow], on network: Network)
        throws(Problem)
    {
        switch text {
        case .entry(let text): try self.init(checking: text, among: offers, on: network)
        case .signature(let text): try self.init(signature: text, among: offers, on: network)
        }
    }
}

extension Booking {
    /// The account that pays, if that signs transactions.
    /// - Throws: `Problem`, `payments.contract_account`.
    func payingAccount() throws(Problem) -> AccountID {
        guard let account = try? AccountID(parsing: payer) else {
            throw SponsorTransaction.contractAccount
        }
        return account
    }
}
