/// The money's side of a booking, as the Booking contract tells it. The indexer alone writes it,
/// from the contract's events; ``Fulfilment`` is ours.
public enum EscrowState: String, Hashable, Codable, CaseIterable, Sendable {
    /// The ledger knows of no payment.
    case unpaid
    /// The money is in escrow.
    case paid
    /// The carrier has said on the ledger that there is a ticket.
    case ticketed
    /// Nobody ticketed in time: all of it went back.
    case expired
    /// The passenger gave up all seats: what the fare says went back, the rest to the carrier.
    case cancelled
    /// The flight was cancelled: all of it went back.
    case refunded
    /// Flown: the carrier was paid.
    case settled
    /// The passenger asked the arbiters; the money waits for them.
    case disputed
    /// The dispute was decided, and the money divided.
    case resolved

    /// What the contract's events say.
    public enum Event: Hashable, Sendable, CaseIterable {
        case booked
        case ticketed
        case expired
        /// Some seats were given up, not all.
        case reduced
        case cancelled
        case refunded
        case settled
        case disputed
        /// The carrier answered the dispute.
        case responded
        case resolved
    }

    /// The state after `event`.
    ///
    /// A ledger's events come once and in order, so anything else means that the indexer has lost
    /// its place.
    /// - Throws: ``OutOfOrder``.
    public func after(_ event: Event) throws(OutOfOrder) -> EscrowState {
        switch self {
        case .unpaid:
            if event == .booked { return .paid }
        case .paid:
            switch event {
            case .ticketed: return .ticketed
            case .expired: return .expired
            case .reduced: return .paid
            case .cancelled: return .cancelled
            case .refunded: return .refunded
            case .booked, .settled, .disputed, .responded, .resolved: break
            }
        case .ticketed:
            switch event {
            case .reduced: return .ticketed
            case .cancelled: return .cancelled
            case .refunded: return .refunded
            case .settled: return .settled
            case .disputed: return .disputed
            case .booked, .ticketed, .expired, .responded, .resolved: break
            }
        case .disputed:
            switch event {
            case .responded: return .disputed
            case .resolved: return .resolved
            case .booked, .ticketed, .expired, .reduced, .cancelled, .refunded, .settled,
                .disputed:
                break
            }
        case .expired, .cancelled, .refunded, .settled, .resolved: break
        }
        throw OutOfOrder("\(event)", in: rawValue)
    }

    /// Whether nothing more will happen to the money.
    public var isFinal: Bool {
        switch self {
        case .unpaid, .paid, .ticketed, .disputed: false
        case .expired, .cancelled, .refunded, .settled, .resolved: true
        }
    }
}

/// An event that cannot happen in that state.
public struct OutOfOrder: Error, Hashable, Sendable {
    /// What happened.
    public let event: String
    /// In which state.
    public let state: String

    init(_ event: String, in state: String) {
        self.event = event
        self.state = state
    }
}
