/// What people see of a booking: a pure function of its two states.
public enum BookingStatus: String, Hashable, Codable, CaseIterable, Sendable {
    /// The price is held; pay before it ends.
    case awaitingPayment = "awaiting_payment"
    /// It was not paid in time.
    case lapsed
    /// Paid; the airline is being asked.
    case confirming
    /// There is a ticket.
    case confirmed
    /// There is a ticket, and the airline has changed the trip: the traveller has to say something.
    case changed
    /// There will be no ticket; the money returns.
    case refunding
    /// The money has returned.
    case refunded
    /// Cancelled by the traveller; the fare's refund has been paid.
    case cancelled
    /// Flown, and the airline was paid.
    case completed
    /// The traveller asked the arbiters.
    case disputed
    /// The arbiters, or the deadline, divided the money.
    case resolved

    /// What the two states come to.
    ///
    /// Where they disagree because one has heard the news first, the ledger is right about the
    /// money.
    public init(escrow: EscrowState, fulfilment: Fulfilment) {
        self =
            switch (escrow, fulfilment) {
            case (.cancelled, _): .cancelled
            case (.expired, _), (.refunded, _): .refunded
            case (.settled, _): .completed
            case (.disputed, _): .disputed
            case (.resolved, _): .resolved
            case (.unpaid, .released): .lapsed
            case (.unpaid, _): .awaitingPayment
            case (.paid, .released), (.paid, .refused), (.paid, .refunded), (.paid, .cancelled),
                (.paid, .declined), (.ticketed, .declined):
                .refunding
            case (.paid, .held), (.paid, .ordering), (.paid, .uncertain), (.paid, .ordered),
                (.paid, .ticketed), (.paid, .changed):
                .confirming
            case (.ticketed, .changed): .changed
            case (.ticketed, _): .confirmed
            }
    }

    /// A sentence for the traveller.
    public var sentence: String {
        switch self {
        case .awaitingPayment: "The price is held. Sign and send the payment to book."
        case .lapsed: "The price was held but not paid in time. Nothing was charged."
        case .confirming: "Paid. The money is in escrow while the airline confirms."
        case .confirmed: "Confirmed. The ticket is issued; the money stays in escrow until flown."
        case .changed: "The airline has changed the trip. Say whether you fly as it is now."
        case .refunding: "There will be no trip. All of the money will be returned."
        case .refunded:
            "The airline did not confirm in time, or cancelled or changed the flight. All of the "
                + "money was returned."
        case .cancelled: "Cancelled. What the fare gives back was paid to you."
        case .completed: "Flown. The airline was paid."
        case .disputed: "Disputed. The money stays in escrow until arbiters have decided."
        case .resolved: "The dispute is decided, and the money divided."
        }
    }
}
