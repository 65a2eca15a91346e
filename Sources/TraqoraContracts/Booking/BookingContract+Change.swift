public import Stellar
public import StellarXDR

extension BookingContract {
    /// What can happen to the money of bookings, as the contract's events tell it.
    public enum Change: Hashable, Sendable {
        case booked(BookedEvent)
        case ticketed(TicketedEvent)
        case expired(ExpiredEvent)
        case cancelled(CancelledEvent)
        case refunded(RefundedEvent)
        case settled(SettledEvent)
        case disputed(DisputedEvent)
        case responded(RespondedEvent)
        case resolved(ResolvedEvent)
        case credited(CreditedEvent)
        case withdrawn(WithdrawnEvent)

        /// Reads an event; `nil` for one that is not about money (settings, pauses, people).
        /// - Throws: `SCValError` for one that is, and is not of the form of the interface.
        public init?(topics: [SCVal], value: SCVal) throws(SCValError) {
            guard case .symbol(let name)? = topics.first else { return nil }
            let change: Change?
            switch name.description {
            case "booked":
                change = try BookedEvent(topics: topics, value: value).map(Self.booked)
            case "ticketed":
                change = try TicketedEvent(topics: topics, value: value).map(Self.ticketed)
            case "expired":
                change = try ExpiredEvent(topics: topics, value: value).map(Self.expired)
            case "cancelled":
                change = try CancelledEvent(topics: topics, value: value).map(Self.cancelled)
            case "refunded":
                change = try RefundedEvent(topics: topics, value: value).map(Self.refunded)
            case "settled":
                change = try SettledEvent(topics: topics, value: value).map(Self.settled)
            case "disputed":
                change = try DisputedEvent(topics: topics, value: value).map(Self.disputed)
            case "responded":
                change = try RespondedEvent(topics: topics, value: value).map(Self.responded)
            case "resolved":
                change = try ResolvedEvent(topics: topics, value: value).map(Self.resolved)
            case "credited":
                change = try CreditedEvent(topics: topics, value: value).map(Self.credited)
            case "withdrawn":
                change = try WithdrawnEvent(topics: topics, value: value).map(Self.withdrawn)
            default: return nil
            }
            guard let change else { return nil }
            self = change
        }

        /// The booking's number in the contract; `nil` for credits, which are of nobody's booking.
        public var id: UInt64? {
            switch self {
            case .booked(let event): event.id
            case .ticketed(let event): event.id
            case .expired(let event): event.id
            case .cancelled(let event): event.id
            case .refunded(let event): event.id
            case .settled(let event): event.id
            case .disputed(let event): event.id
            case .responded(let event): event.id
            case .resolved(let event): event.id
            case .credited, .withdrawn: nil
            }
        }

        /// The event's name in the contract.
        public var name: String {
            switch self {
            case .booked: "booked"
            case .ticketed: "ticketed"
            case .expired: "expired"
            case .cancelled: "cancelled"
            case .refunded: "refunded"
            case .settled: "settled"
            case .disputed: "disputed"
            case .responded: "responded"
            case .resolved: "resolved"
            case .credited: "credited"
            case .withdrawn: "withdrawn"
            }
        }
    }
}
