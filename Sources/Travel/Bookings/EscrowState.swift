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

    /// What the contract's events say.
    public enum Event: Hashable, Sendable, CaseIterable {
        case booked
        case ticketed
        case expired
        /// Some seats were given up, not all.
        case reduced
        case cancelled
    }

    /// The state after `event`.
    ///
    /// A ledger's events come once and in order, so anything else means that the indexer has lost
    /// its place.
    /// - Throws: ``OutOfOrder``.
    public func after(_ event: Event) throws(OutOfOrder) -> EscrowState {
        switch (self, event) {
        case (.unpaid, .booked): .paid
        case (.paid, .ticketed): .ticketed
        case (.paid, .expired): .expired
        case (.paid, .reduced): .paid
        case (.ticketed, .reduced): .ticketed
        case (.paid, .cancelled), (.ticketed, .cancelled): .cancelled
        case (.unpaid, .ticketed), (.unpaid, .expired), (.unpaid, .reduced),
            (.unpaid, .cancelled), (.paid, .booked), (.ticketed, .booked),
            (.ticketed, .ticketed), (.ticketed, .expired), (.expired, .booked),
            (.expired, .ticketed), (.expired, .expired), (.expired, .reduced),
            (.expired, .cancelled), (.cancelled, .booked), (.cancelled, .ticketed),
            (.cancelled, .expired), (.cancelled, .reduced), (.cancelled, .cancelled):
            throw OutOfOrder("\(event)", in: rawValue)
        }
    }

    /// Whether nothing more will happen to the money.
    public var isFinal: Bool {
        switch self {
        case .unpaid, .paid, .ticketed: false
        case .expired, .cancelled: true
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
