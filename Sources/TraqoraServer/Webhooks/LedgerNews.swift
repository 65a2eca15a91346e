import Database
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Something that happened on the ledger and that accounts are told of.
struct LedgerNews: Sendable, Hashable {
    var topic: EventTopic
    var name: LedgerEventName
    /// Whom it is about: an address.
    var account: String?
    /// The code of the airline it is about.
    var airline: String?
    /// The proposal it is about.
    var proposal: UInt32?
    /// The booking's number in the Booking contract.
    var escrowID: UInt64?
    /// The flight's number in the FlightRegistry contract.
    var flightID: UInt64?

    init(
        _ topic: EventTopic, _ name: LedgerEventName, account: SCAddress? = nil,
        airline: SCSymbol? = nil, proposal: UInt32? = nil, escrowID: UInt64? = nil,
        flightID: UInt64? = nil
    ) {
        (self.topic, self.name) = (topic, name)
        self.account = account?.description
        self.airline = airline?.description
        (self.proposal, self.escrowID, self.flightID) = (proposal, escrowID, flightID)
    }
}

extension LedgerNews {
    /// What an event of Refund is to passengers.
    static func ofRefunds(_ event: RPCEvent) throws -> [LedgerNews] {
        typealias Contract = RefundContract
        let (topics, value) = (event.topics, event.value)
        if let claim = try Contract.DelayClaimedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .refunds, .claimed, account: claim.passenger, airline: claim.carrier,
                    escrowID: claim.booking)
            ]
        }
        if try Contract.ScheduleSetEvent(topics: topics, value: value) != nil {
            return [LedgerNews(.refunds, .termsChanged)]
        }
        return []
    }

    /// What an event of Loyalty is to whoever collects points.
    static func ofLoyalty(_ event: RPCEvent) throws -> [LedgerNews] {
        typealias Contract = LoyaltyContract
        let (topics, value) = (event.topics, event.value)
        if let event = try Contract.AccruedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .loyalty, .accrued, account: event.passenger, airline: event.carrier,
                    escrowID: event.booking)
            ]
        }
        if let event = try Contract.RevokedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .loyalty, .revoked, account: event.passenger, escrowID: event.booking)
            ]
        }
        if let event = try Contract.RedeemedEvent(topics: topics, value: value) {
            return [LedgerNews(.loyalty, .redeemed, account: event.passenger)]
        }
        let isOfTerms =
            try Contract.RateChangedEvent(topics: topics, value: value) != nil
            || Contract.TiersChangedEvent(topics: topics, value: value) != nil
            || Contract.RedemptionChangedEvent(topics: topics, value: value) != nil
        return isOfTerms ? [LedgerNews(.loyalty, .termsChanged)] : []
    }

    /// What an event of Governance is to everybody.
    static func ofGovernance(_ event: RPCEvent) throws -> [LedgerNews] {
        typealias Contract = GovernanceContract
        let (topics, value) = (event.topics, event.value)
        if let event = try Contract.ProposedEvent(topics: topics, value: value) {
            return [
                LedgerNews(.governance, .proposed, account: event.proposer, proposal: event.id)
            ]
        }
        if let event = try Contract.VotedEvent(topics: topics, value: value) {
            return [LedgerNews(.governance, .voted, account: event.voter, proposal: event.id)]
        }
        if let event = try Contract.QueuedEvent(topics: topics, value: value) {
            return [LedgerNews(.governance, .queued, proposal: event.id)]
        }
        if let event = try Contract.ExecutedEvent(topics: topics, value: value) {
            return [LedgerNews(.governance, .executed, proposal: event.id)]
        }
        if let event = try Contract.CancelledEvent(topics: topics, value: value) {
            return [LedgerNews(.governance, .cancelled, proposal: event.id)]
        }
        if try Contract.SettingsChangedEvent(topics: topics, value: value) != nil {
            return [LedgerNews(.governance, .termsChanged)]
        }
        if let event = try Contract.GuardianChangedEvent(topics: topics, value: value) {
            return [LedgerNews(.governance, .guardianChanged, account: event.guardian)]
        }
        if try Contract.PausedEvent(topics: topics, value: value) != nil {
            return [LedgerNews(.governance, .paused)]
        }
        return []
    }

    /// What an event of Airline is to the airline, and to whom it names.
    static func ofAirlines(_ event: RPCEvent) throws -> [LedgerNews] {
        typealias Contract = AirlineContract
        let (topics, value) = (event.topics, event.value)
        if let event = try Contract.RegisteredEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .airlines, .registered, account: event.airline.owner, airline: event.code)
            ]
        }
        if let event = try Contract.StandingChangedEvent(topics: topics, value: value) {
            return [LedgerNews(.airlines, .standingChanged, airline: event.code)]
        }
        if let event = try Contract.OperatorChangedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .airlines, .operatorChanged, account: event.operator, airline: event.code)
            ]
        }
        if let event = try Contract.PayoutChangedEvent(topics: topics, value: value) {
            return [
                LedgerNews(.airlines, .payoutChanged, account: event.payout, airline: event.code)
            ]
        }
        if let event = try Contract.OwnerProposedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .airlines, .ownerProposed, account: event.newOwner, airline: event.code)
            ]
        }
        if let event = try Contract.OwnerChangedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .airlines, .ownerChanged, account: event.newOwner, airline: event.code)
            ]
        }
        return try ofBonds(topics, value)
    }

    private static func ofBonds(_ topics: [SCVal], _ value: SCVal) throws -> [LedgerNews] {
        typealias Contract = AirlineContract
        if let event = try Contract.BondDepositedEvent(topics: topics, value: value) {
            return [
                LedgerNews(
                    .airlines, .bondDeposited, account: event.from, airline: event.code)
            ]
        }
        if let event = try Contract.WithdrawalRequestedEvent(topics: topics, value: value) {
            return [LedgerNews(.airlines, .bondWithdrawalRequested, airline: event.code)]
        }
        if let event = try Contract.BondWithdrawnEvent(topics: topics, value: value) {
            return [LedgerNews(.airlines, .bondWithdrawn, airline: event.code)]
        }
        if let event = try Contract.BondSlashedEvent(topics: topics, value: value) {
            return [LedgerNews(.airlines, .bondSlashed, airline: event.code)]
        }
        return []
    }
}

extension LedgerNews {
    /// What an event of Booking is to passenger and airline.
    static func ofBookings(_ change: BookingContract.Change, _ row: EscrowRow?) -> [LedgerNews] {
        switch change {
        case .credited(let event):
            return [LedgerNews(.refunds, .credited, account: event.address)]
        case .withdrawn(let event):
            return [LedgerNews(.refunds, .withdrawn, account: event.address)]
        case .booked, .ticketed, .settled:
            return of(change, row, isOfRefunds: false)
        case .expired, .cancelled, .refunded, .disputed, .responded, .resolved:
            return of(change, row, isOfRefunds: true)
        }
    }

    private static func of(
        _ change: BookingContract.Change, _ row: EscrowRow?, isOfRefunds: Bool
    ) -> [LedgerNews] {
        guard let row, let name = LedgerEventName(change) else { return [] }
        var news: [LedgerNews] = []
        if isOfRefunds {
            var one = LedgerNews(.refunds, name, escrowID: row.escrowID)
            (one.account, one.airline) = (row.passenger, row.carrier)
            news.append(one)
        }
        // What a supplier sells is no airline's of the ledger.
        if let flight = row.flightID {
            var one = LedgerNews(.airlines, name, escrowID: row.escrowID, flightID: flight)
            one.airline = row.carrier
            news.append(one)
        }
        return news
    }

    /// What an event of FlightRegistry is to the airline.
    static func ofFlights(_ event: RPCEvent) throws -> (name: LedgerEventName, flight: UInt64)? {
        typealias Contract = FlightRegistryContract
        let (topics, value) = (event.topics, event.value)
        if let event = try Contract.PublishedEvent(topics: topics, value: value) {
            return (.flightPublished, event.id)
        }
        if let event = try Contract.FareChangedEvent(topics: topics, value: value) {
            return (.fareChanged, event.id)
        }
        if let event = try Contract.ClosedEvent(topics: topics, value: value) {
            return (.flightClosed, event.id)
        }
        if let event = try Contract.StatusChangedEvent(topics: topics, value: value) {
            return (.statusReported, event.id)
        }
        return nil
    }
}

extension LedgerEventName {
    init?(_ change: BookingContract.Change) {
        switch change {
        case .booked: self = .booked
        case .ticketed: self = .ticketed
        case .expired: self = .expired
        case .cancelled: self = .cancelled
        case .refunded: self = .refunded
        case .settled: self = .settled
        case .disputed: self = .disputed
        case .responded: self = .answered
        case .resolved: self = .resolved
        case .credited, .withdrawn: return nil
        }
    }
}
