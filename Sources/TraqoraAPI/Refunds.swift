public import Travel

/// A fare rule of a carrier: it never changes once it is published.
public struct FareRuleResponse: Codable, Hashable, Sendable {
    /// Its number.
    public var number: UInt32
    /// What returns, by how long before departure one cancels.
    public var tiers: [RefundTierResponse]
    /// For how long after purchase all of it returns, in seconds.
    public var graceSeconds: Int64
    /// That holds if departure was at least so far away, in seconds.
    public var graceMinLeadSeconds: Int64

    private enum CodingKeys: String, CodingKey {
        case number, tiers
        case graceSeconds = "grace_seconds"
        case graceMinLeadSeconds = "grace_min_lead_seconds"
    }

    /// A rule.
    public init(
        number: UInt32, tiers: [RefundTierResponse], graceSeconds: Int64,
        graceMinLeadSeconds: Int64
    ) {
        self.number = number
        self.tiers = tiers
        self.graceSeconds = graceSeconds
        self.graceMinLeadSeconds = graceMinLeadSeconds
    }
}

/// What returns at least so long before departure.
public struct RefundTierResponse: Codable, Hashable, Sendable {
    /// How long before departure, in seconds.
    public var secondsBefore: Int64
    /// The share of the price, in ten thousandths.
    public var refundBps: UInt32

    private enum CodingKeys: String, CodingKey {
        case secondsBefore = "seconds_before"
        case refundBps = "refund_bps"
    }

    /// A tier.
    public init(secondsBefore: Int64, refundBps: UInt32) {
        self.secondsBefore = secondsBefore
        self.refundBps = refundBps
    }
}

/// What delays pay for bookings made in a token, from a date on.
public struct DelayScheduleResponse: Codable, Hashable, Sendable {
    /// The token.
    public var token: String
    /// Bookings made from then on.
    public var from: Instant
    /// A flight that is cancelled less than this before departure pays the last band, in seconds.
    public var noticeSeconds: Int64
    /// What a seat gets, by the delay.
    public var bands: [DelayBandResponse]

    private enum CodingKeys: String, CodingKey {
        case token, from, bands
        case noticeSeconds = "notice_seconds"
    }

    /// A schedule.
    public init(token: String, from: Instant, noticeSeconds: Int64, bands: [DelayBandResponse]) {
        self.token = token
        self.from = from
        self.noticeSeconds = noticeSeconds
        self.bands = bands
    }
}

/// What a seat gets from that delay on.
public struct DelayBandResponse: Codable, Hashable, Sendable {
    /// The delay, in seconds.
    public var minDelaySeconds: Int64
    /// What a seat gets.
    public var amount: TokenAmount

    private enum CodingKeys: String, CodingKey {
        case amount
        case minDelaySeconds = "min_delay_seconds"
    }

    /// A band.
    public init(minDelaySeconds: Int64, amount: TokenAmount) {
        self.minDelaySeconds = minDelaySeconds
        self.amount = amount
    }
}

/// What a carrier has put up, from which passengers are paid.
public struct BondResponse: Codable, Hashable, Sendable {
    /// In which token.
    public var token: String
    /// How much.
    public var amount: TokenAmount
    /// What of it the carrier has announced to withdraw; it is liable until then.
    public var withdrawing: TokenAmount?
    /// From when on that may be withdrawn, for a week; then it must be announced again.
    public var withdrawableAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case token, amount, withdrawing
        case withdrawableAt = "withdrawable_at"
    }

    /// A bond.
    public init(
        token: String, amount: TokenAmount, withdrawing: TokenAmount?, withdrawableAt: Instant?
    ) {
        self.token = token
        self.amount = amount
        self.withdrawing = withdrawing
        self.withdrawableAt = withdrawableAt
    }
}

/// What was claimed for a delay.
public struct DelayClaimResponse: Codable, Hashable, Sendable {
    /// The booking's number on the ledger.
    public var escrowID: UInt64
    /// Who claimed.
    public var passenger: String
    /// From whom.
    public var carrier: String
    /// In which token.
    public var token: String
    /// What the delay is worth.
    public var owed: TokenAmount
    /// What was paid of it.
    public var paid: TokenAmount
    /// When it was claimed last.
    public var claimedAt: Instant
    /// In which transaction.
    public var transaction: String

    private enum CodingKeys: String, CodingKey {
        case passenger, carrier, token, owed, paid, transaction
        case escrowID = "escrow_id"
        case claimedAt = "claimed_at"
    }

    /// A claim.
    public init(
        escrowID: UInt64, passenger: String, carrier: String, token: String, owed: TokenAmount,
        paid: TokenAmount, claimedAt: Instant, transaction: String
    ) {
        self.escrowID = escrowID
        self.passenger = passenger
        self.carrier = carrier
        self.token = token
        self.owed = owed
        self.paid = paid
        self.claimedAt = claimedAt
        self.transaction = transaction
    }
}

/// A dispute, as the ledger has it: what was said is between the parties and the arbiters.
public struct LedgerDisputeResponse: Codable, Hashable, Sendable {
    /// The booking's number on the ledger.
    public var escrowID: UInt64
    /// Who disputes.
    public var passenger: String
    /// With whom.
    public var carrier: String
    /// `disputed` or `resolved`.
    public var state: EscrowState
    /// In which token.
    public var token: String
    /// What waits for the arbiters.
    public var escrowed: TokenAmount
    /// Until when they decide.
    public var resolveBy: Instant
    /// Whether the carrier has answered.
    public var hasAnswer: Bool
    /// What went back to the passenger.
    public var refunded: TokenAmount
    /// What the carrier got.
    public var paidOut: TokenAmount

    private enum CodingKeys: String, CodingKey {
        case passenger, carrier, state, token, escrowed, refunded
        case escrowID = "escrow_id"
        case resolveBy = "resolve_by"
        case hasAnswer = "has_answer"
        case paidOut = "paid_out"
    }

    /// A dispute.
    public init(
        escrowID: UInt64, passenger: String, carrier: String, state: EscrowState, token: String,
        escrowed: TokenAmount, resolveBy: Instant, hasAnswer: Bool, refunded: TokenAmount,
        paidOut: TokenAmount
    ) {
        self.escrowID = escrowID
        self.passenger = passenger
        self.carrier = carrier
        self.state = state
        self.token = token
        self.escrowed = escrowed
        self.resolveBy = resolveBy
        self.hasAnswer = hasAnswer
        self.refunded = refunded
        self.paidOut = paidOut
    }
}

/// What could not be delivered to an address, and waits for it in the Booking contract.
public struct CreditResponse: Codable, Hashable, Sendable {
    /// The token.
    public var token: String
    /// How much.
    public var amount: TokenAmount

    /// A credit.
    public init(token: String, amount: TokenAmount) {
        self.token = token
        self.amount = amount
    }
}

/// What passengers of a carrier get back, and have got.
public struct CarrierRefundsResponse: Codable, Hashable, Sendable {
    /// The carrier.
    public var carrier: String
    /// Its fare rules, the newest first.
    public var rules: [FareRuleResponse]
    /// What delays pay, with every carrier: by token, the newest first.
    public var schedules: [DelayScheduleResponse]
    /// Its bonds.
    public var bonds: [BondResponse]
    /// The newest claims.
    public var claims: [DelayClaimResponse]
    /// The newest disputes.
    public var disputes: [LedgerDisputeResponse]

    /// What there is.
    public init(
        carrier: String, rules: [FareRuleResponse], schedules: [DelayScheduleResponse],
        bonds: [BondResponse], claims: [DelayClaimResponse], disputes: [LedgerDisputeResponse]
    ) {
        self.carrier = carrier
        self.rules = rules
        self.schedules = schedules
        self.bonds = bonds
        self.claims = claims
        self.disputes = disputes
    }
}

/// What a passenger has claimed and disputed, and what waits for an address.
public struct AccountRefundsResponse: Codable, Hashable, Sendable {
    /// Who.
    public var address: String
    /// The newest claims.
    public var claims: [DelayClaimResponse]
    /// The newest disputes.
    public var disputes: [LedgerDisputeResponse]
    /// What waits in the Booking contract.
    public var credits: [CreditResponse]

    /// What there is.
    public init(
        address: String, claims: [DelayClaimResponse], disputes: [LedgerDisputeResponse],
        credits: [CreditResponse]
    ) {
        self.address = address
        self.claims = claims
        self.disputes = disputes
        self.credits = credits
    }
}
