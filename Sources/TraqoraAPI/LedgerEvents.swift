public import Travel

/// What accounts are told of.
public enum EventTopic: String, Codable, Hashable, CaseIterable, Sendable {
    /// The bookings of the account.
    case bookings
    /// What the account gets back, claims and disputes.
    case refunds
    /// The account's points, and what they are given for.
    case loyalty
    /// What is proposed and decided, by anybody.
    case governance
    /// The airlines that the account owns or acts for.
    case airlines
}

/// What happened.
public enum LedgerEventName: String, Codable, Hashable, CaseIterable, Sendable {
    /// A delay was claimed for.
    case claimed
    /// Rates, schedules or settings are others.
    case termsChanged = "terms_changed"
    /// What could not be delivered waits.
    case credited
    /// What waited was paid out.
    case withdrawn
    /// Somebody paid for a flight.
    case booked
    /// There is a ticket.
    case ticketed
    /// There was no ticket in time: the money is back.
    case expired
    /// Given up: a booking, or a proposal.
    case cancelled
    /// The airline gave the money back.
    case refunded
    /// The airline was paid.
    case settled
    /// The arbiters were asked.
    case disputed
    /// The airline answered a dispute.
    case answered
    /// The arbiters decided.
    case resolved
    /// Points were earned.
    case accrued
    /// Points were taken back.
    case revoked
    /// Points became tokens.
    case redeemed
    /// Something was proposed.
    case proposed
    /// Somebody voted.
    case voted
    /// What was accepted waits for its time.
    case queued
    /// What was decided was done.
    case executed
    /// Somebody else guards.
    case guardianChanged = "guardian_changed"
    /// The contracts stand still.
    case paused
    /// An airline was registered.
    case registered
    /// An airline may sell, or not any more.
    case standingChanged = "standing_changed"
    /// An account acts for the airline, or not any more.
    case operatorChanged = "operator_changed"
    /// The airline's money goes elsewhere.
    case payoutChanged = "payout_changed"
    /// The airline was offered to an account.
    case ownerProposed = "owner_proposed"
    /// The airline was taken over.
    case ownerChanged = "owner_changed"
    /// Something was added to the bond.
    case bondDeposited = "bond_deposited"
    /// A withdrawal from the bond was announced.
    case bondWithdrawalRequested = "bond_withdrawal_requested"
    /// Something was withdrawn from the bond.
    case bondWithdrawn = "bond_withdrawn"
    /// Somebody was paid from the bond.
    case bondSlashed = "bond_slashed"
    /// A flight was published.
    case flightPublished = "flight_published"
    /// Price or seats of a flight are others.
    case fareChanged = "fare_changed"
    /// A flight is sold no more.
    case flightClosed = "flight_closed"
    /// Somebody said what became of a flight.
    case statusReported = "status_reported"
}

/// Something that happened on the ledger. What it came to the reader asks for.
public struct LedgerEventResponse: Codable, Hashable, Sendable {
    /// Its number: the same however often it is told, greater than that of what was told before.
    public var number: Int64
    /// What it is about.
    public var topic: EventTopic
    /// What happened.
    public var name: LedgerEventName
    /// The address it is about.
    public var account: String?
    /// The code of the airline it is about.
    public var airline: String?
    /// The number of the proposal it is about.
    public var proposal: UInt32?
    /// The booking's number in the Booking contract.
    public var escrowID: UInt64?
    /// The flight's number in the FlightRegistry contract.
    public var flightID: UInt64?
    /// When, by the ledger.
    public var at: Instant
    /// The hash of the transaction, in hexadecimal digits.
    public var transaction: String

    private enum CodingKeys: String, CodingKey {
        case number, topic, name, account, airline, proposal, at, transaction
        case escrowID = "escrow_id"
        case flightID = "flight_id"
    }

    /// Something that happened.
    public init(
        number: Int64, topic: EventTopic, name: LedgerEventName, account: String? = nil,
        airline: String? = nil, proposal: UInt32? = nil, escrowID: UInt64? = nil,
        flightID: UInt64? = nil, at: Instant, transaction: String
    ) {
        (self.number, self.topic, self.name) = (number, topic, name)
        (self.account, self.airline, self.proposal) = (account, airline, proposal)
        (self.escrowID, self.flightID) = (escrowID, flightID)
        (self.at, self.transaction) = (at, transaction)
    }
}
