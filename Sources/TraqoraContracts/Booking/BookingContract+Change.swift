public import Stellar
public import StellarXDR

extension BookingContract {
    /// What can happen to a booking, as the contract's events tell it.
    public enum Change: Hashable, Sendable {
        case booked(BookedEvent)
        case ticketed(TicketedEvent)
        case expired(ExpiredEvent)
        case cancelled(CancelledEvent)

        /// Reads an event; `nil` for one that is not about a booking (settings, pauses, credits).
        /// - Throws: `SCValError` for one that is, and is not of the form of the interface.
        public init?(topics: [SCVal], value: SCVal) throws(SCValError) {
            if let event = try BookedEvent(topics: topics, value: value) {
                self = .booked(event)
            } else if let event = try TicketedEvent(topics: topics, value: value) {
                self = .ticketed(event)
            } else if let event = try ExpiredEvent(topics: topics, value: value) {
                self = .expired(event)
            } else if let event = try CancelledEvent(topics: topics, value: value) {
                self = .cancelled(event)
            } else {
                return nil
            }
        }

        /// The booking's number in the contract.
        public var id: UInt64 {
            switch self {
            case .booked(let event): event.id
            case .ticketed(let event): event.id
            case .expired(let event): event.id
            case .cancelled(let event): event.id
            }
        }

        /// The event's name in the contract.
        public var name: String {
            switch self {
            case .booked: "booked"
            case .ticketed: "ticketed"
            case .expired: "expired"
            case .cancelled: "cancelled"
            }
        }
    }
}
