public import Travel

/// What a transaction is for.
public enum TransactionPurpose: String, Codable, Hashable, CaseIterable, Sendable {
    /// The traveller pays into escrow.
    case payment
    /// The traveller gives the booking up.
    case cancellation
    /// The traveller asks the arbiters.
    case dispute
    /// The traveller claims what a delay is worth.
    case claim
    /// The owner of an airline says who acts for it.
    case setOperator = "set_operator"
    /// An airline publishes a fare rule.
    case publishFareRule = "publish_fare_rule"
    /// An airline publishes a flight.
    case publishFlight = "publish_flight"
    /// An airline changes what a seat costs, or how many there are.
    case changeFare = "change_fare"
    /// An airline sells no more of a flight.
    case closeFlight = "close_flight"
    /// An airline says what became of a flight.
    case reportStatus = "report_status"
    /// An airline gives a booking's money back.
    case airlineCancellation = "airline_cancellation"
    /// An airline says that there is a ticket.
    case ticket
    /// Points become tokens.
    case redemption
    /// What could not be delivered is paid out.
    case payout
    /// Something is proposed to the holders of the token.
    case proposal
    /// A vote on a proposal.
    case vote
    /// What was accepted begins its timelock.
    case queueing
    /// What was decided is done.
    case execution
    /// A proposal is withdrawn.
    case withdrawal
    /// Somebody is let vote.
    case delegation
    /// An airline answers a dispute.
    case disputeAnswer = "dispute_answer"
    /// The owner of an airline says where its money goes.
    case setPayout = "set_payout"
    /// The owner of an airline offers it to another account.
    case proposeOwner = "propose_owner"
    /// An account takes over an airline that was offered to it.
    case acceptOwner = "accept_owner"
    /// Somebody adds to the bond of an airline.
    case bondDeposit = "bond_deposit"
    /// The owner of an airline announces that some of its bond shall be withdrawn.
    case bondWithdrawalRequest = "bond_withdrawal_request"
    /// The owner of an airline withdraws what was announced.
    case bondWithdrawal = "bond_withdrawal"
}

/// Where a transaction that was sent to us stands.
public enum SubmissionStatus: String, Codable, Hashable, CaseIterable, Sendable {
    /// Offered; it has not come back signed.
    case offered
    /// Kept, to be sent to the ledger at once.
    case queued
    /// Sent; no ledger has it yet.
    case submitted
    /// In a ledger, and it did what it says.
    case applied
    /// Refused by the ledger, or in it without effect. It can no longer do anything.
    case failed
}

/// A transaction, of a booking or anything else.
public struct TransactionResponse: Codable, Hashable, Sendable {
    /// What for.
    public var purpose: TransactionPurpose
    /// Its hash, in hexadecimal digits.
    public var hash: String
    /// Where it stands.
    public var status: SubmissionStatus
    /// The ledger it is in.
    public var ledger: UInt32?
    /// Why it failed, for people.
    public var failure: String?

    /// A transaction.
    public init(
        purpose: TransactionPurpose, hash: String, status: SubmissionStatus, ledger: UInt32?,
        failure: String?
    ) {
        self.purpose = purpose
        self.hash = hash
        self.status = status
        self.ledger = ledger
        self.failure = failure
    }
}

/// A transaction to be signed by whoever owns the money.
public struct UnsignedTransactionResponse: Codable, Hashable, Sendable {
    /// What for.
    public var purpose: TransactionPurpose
    /// The envelope without signatures, as XDR in base 64.
    public var transaction: String
    /// Its hash, which is what gets signed, in hexadecimal digits.
    public var hash: String
    /// The passphrase of the network it is for.
    public var network: String
    /// Until when it may be sent.
    public var expiresAt: Instant
    /// What signing it does, sentence by sentence.
    public var summary: [String]
    /// What the account pays to the network at most, in stroops.
    public var feeStroopsMax: UInt32

    private enum CodingKeys: String, CodingKey {
        case purpose, transaction, hash, network, summary
        case expiresAt = "expires_at"
        case feeStroopsMax = "fee_stroops_max"
    }

    /// An unsigned transaction.
    public init(
        purpose: TransactionPurpose, transaction: String, hash: String, network: String,
        expiresAt: Instant, summary: [String], feeStroopsMax: UInt32
    ) {
        self.purpose = purpose
        self.transaction = transaction
        self.hash = hash
        self.network = network
        self.expiresAt = expiresAt
        self.summary = summary
        self.feeStroopsMax = feeStroopsMax
    }
}

/// An authorization to be signed by whoever owns the money, for a transaction that the platform
/// makes and pays the network for.
public struct UnsignedAuthorizationResponse: Codable, Hashable, Sendable {
    /// What for.
    public var purpose: TransactionPurpose
    /// The entry without a signature, as XDR of a `SorobanAuthorizationEntry` in base 64.
    public var authorization: String
    /// What is hashed and signed, as XDR of a `HashIDPreimage` in base 64: for a wallet's
    /// `signAuthEntry` (SEP-43).
    public var preimage: String
    /// Its hash, which is what gets signed, in hexadecimal digits.
    public var hash: String
    /// Who signs: `G…`, or `C…`.
    public var signer: String
    /// The passphrase of the network it is for.
    public var network: String
    /// The last ledger in which the signature holds.
    public var expirationLedger: UInt32
    /// Until when it may be sent.
    public var expiresAt: Instant
    /// What signing it does, sentence by sentence.
    public var summary: [String]

    private enum CodingKeys: String, CodingKey {
        case purpose, authorization, preimage, hash, signer, network, summary
        case expirationLedger = "expiration_ledger"
        case expiresAt = "expires_at"
    }

    /// An authorization.
    public init(
        purpose: TransactionPurpose, authorization: String, preimage: String, hash: String,
        signer: String, network: String, expirationLedger: UInt32, expiresAt: Instant,
        summary: [String]
    ) {
        self.purpose = purpose
        self.authorization = authorization
        self.preimage = preimage
        self.hash = hash
        self.signer = signer
        self.network = network
        self.expirationLedger = expirationLedger
        self.expiresAt = expiresAt
        self.summary = summary
    }
}

/// What claiming for a delay comes to.
public struct ClaimResponse: Codable, Sendable {
    /// The transaction that claims.
    public var transaction: UnsignedTransactionResponse
    /// What is paid if it is applied now; what the airline's bond lacks can be claimed again.
    public var amount: TokenAmount

    /// A claim.
    public init(transaction: UnsignedTransactionResponse, amount: TokenAmount) {
        self.transaction = transaction
        self.amount = amount
    }
}

/// What a preview of a cancellation says.
public struct CancellationResponse: Codable, Sendable {
    /// The transaction that cancels.
    public var transaction: UnsignedTransactionResponse
    /// What comes back if it is applied now.
    public var refund: TokenAmount
    /// What does not.
    public var penalty: TokenAmount

    /// A preview.
    public init(
        transaction: UnsignedTransactionResponse, refund: TokenAmount, penalty: TokenAmount
    ) {
        self.transaction = transaction
        self.refund = refund
        self.penalty = penalty
    }
}

/// What claiming for a delay comes to while the platform pays the network.
public struct SponsoredClaimResponse: Codable, Sendable {
    /// The authorization that claims.
    public var authorization: UnsignedAuthorizationResponse
    /// What is paid if it is applied now; what the airline's bond lacks can be claimed again.
    public var amount: TokenAmount

    /// A claim.
    public init(authorization: UnsignedAuthorizationResponse, amount: TokenAmount) {
        self.authorization = authorization
        self.amount = amount
    }
}

/// What a preview of a cancellation says while the platform pays the network.
public struct SponsoredCancellationResponse: Codable, Sendable {
    /// The authorization that cancels.
    public var authorization: UnsignedAuthorizationResponse
    /// What comes back if it is applied now.
    public var refund: TokenAmount
    /// What does not.
    public var penalty: TokenAmount

    /// A preview.
    public init(
        authorization: UnsignedAuthorizationResponse, refund: TokenAmount, penalty: TokenAmount
    ) {
        self.authorization = authorization
        self.refund = refund
        self.penalty = penalty
    }
}
