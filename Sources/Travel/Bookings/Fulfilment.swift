/// Our side of a booking; the money's side is ``EscrowState``. Workers alone write this one, the
/// indexer alone writes that one.
public enum Fulfilment: String, Hashable, Codable, CaseIterable, Sendable {
    /// The price holds until the offer's end; no money yet.
    case held
    /// The hold ran out without money.
    case released
    /// Paid: the supplier is being asked, or about to be.
    case ordering
    /// The supplier's answer is not known; it must be asked what became of the order.
    case uncertain
    /// The supplier has the order, the ledger does not know yet: the dangerous gap. If the ticket
    /// deadline passed here, the traveller would get the money back and fly all the same.
    case ordered
    /// The ledger knows of the ticket too.
    case ticketed
    /// There is a ticket, and the airline has changed the trip: the traveller has to say whether
    /// that will do.
    case changed
    /// The traveller does not want the changed trip: all of the money goes back.
    case declined
    /// The supplier said no: the money goes back when the ticket deadline has passed.
    case refused
    /// The money went back to the traveller, and there is no order.
    case refunded
    /// The traveller gave up the trip.
    case cancelled

    /// What workers hear.
    public enum Event: Hashable, CaseIterable, Sendable {
        /// The ledger has the money in escrow.
        case paid
        /// The offer's time is over.
        case lapsed
        /// The supplier confirmed the order.
        case confirmed
        /// The supplier refused it, and nothing is left of it there.
        case refused
        /// The supplier did not say.
        case unanswered
        /// The ledger has the ticket.
        case ticketed
        /// The supplier says that the airline changed the trip.
        case rescheduled
        /// The traveller flies as it is now.
        case accepted
        /// The traveller does not.
        case declined
        /// The ledger gave the money back after the deadline.
        case expired
        /// The ledger says that the passenger gave up all seats.
        case cancelled
        /// The ledger gave the money back because the flight was cancelled.
        case returned
    }

    /// What must be done.
    public enum Action: String, Hashable, Codable, Sendable {
        case placeOrder = "place_order"
        case findOrder = "find_order"
        case ticketOnChain = "ticket_on_chain"
        case expireOnChain = "expire_on_chain"
        case acceptChange = "accept_change"
        case returnOnChain = "return_on_chain"
        case cancelOrder = "cancel_order"
    }

    /// The state after `event`, and what must now be done: `nil` if there is nothing, or if it has
    /// been asked for before.
    ///
    /// Pure. The caller stores state and action in one transaction and acts afterwards.
    /// - Throws: ``OutOfOrder``.
    public func after(_ event: Event) throws(OutOfOrder) -> (state: Fulfilment, action: Action?) {
        switch (self, event) {
        case (.held, .paid): (.ordering, .placeOrder)
        case (.held, .lapsed): (.released, nil)
        // Paid too late for the price that was held: the deadline gives the money back.
        case (.released, .paid): (.refused, .expireOnChain)

        case (.ordering, .confirmed), (.uncertain, .confirmed): (.ordered, .ticketOnChain)
        case (.ordering, .refused), (.uncertain, .refused): (.refused, .expireOnChain)
        case (.ordering, .unanswered): (.uncertain, .findOrder)
        // Tickets of an airline that sells on the ledger come from the airline itself, perhaps
        // before we heard of the money.
        case (.ordered, .ticketed), (.held, .ticketed), (.released, .ticketed),
            (.ordering, .ticketed), (.uncertain, .ticketed), (.refused, .ticketed):
            (.ticketed, nil)

        // The traveller's cancellation or the deadline got in before the supplier's answer: what
        // may exist at the supplier has to go.
        case (.ordering, .cancelled), (.uncertain, .cancelled), (.ordered, .cancelled),
            (.ticketed, .cancelled):
            (.cancelled, .cancelOrder)
        case (.refused, .cancelled): (.cancelled, nil)
        case (.ordering, .expired), (.uncertain, .expired), (.ordered, .expired):
            (.refunded, .cancelOrder)
        case (.refused, .expired): (.refunded, nil)
        case (.ordering, .returned), (.uncertain, .returned), (.ordered, .returned),
            (.ticketed, .returned):
            (.refunded, .cancelOrder)
        case (.refused, .returned): (.refunded, nil)
        // Workers that were away hear the end without the beginning.
        case (.held, .cancelled), (.released, .cancelled): (.cancelled, nil)
        case (.held, .expired), (.released, .expired), (.held, .returned),
            (.released, .returned):
            (.refunded, nil)

        // An order that comes through after all, when nobody wants it any more.
        case (.cancelled, .confirmed): (.cancelled, .cancelOrder)
        case (.refunded, .confirmed): (.refunded, .cancelOrder)
        // It was under way when everything ended, and nobody knows whether it came through.
        case (.cancelled, .unanswered): (.cancelled, .cancelOrder)
        case (.refunded, .unanswered): (.refunded, .cancelOrder)

        // Heard before.
        case (.ordering, .paid), (.uncertain, .paid), (.ordered, .paid), (.ticketed, .paid),
            (.refused, .paid), (.refunded, .paid), (.cancelled, .paid), (.released, .lapsed),
            (.ordered, .confirmed), (.ticketed, .confirmed), (.refused, .refused),
            (.uncertain, .unanswered), (.ticketed, .ticketed), (.refunded, .expired),
            (.refunded, .returned), (.cancelled, .cancelled), (.cancelled, .refused),
            (.refunded, .refused):
            (self, nil)

        case (.held, .confirmed), (.held, .refused), (.held, .unanswered),
            (.released, .confirmed),
            (.released, .refused), (.released, .unanswered),
            (.ordering, .lapsed),
            (.uncertain, .lapsed),
            (.ordered, .lapsed), (.ordered, .refused), (.ordered, .unanswered),
            (.ticketed, .lapsed), (.ticketed, .refused), (.ticketed, .unanswered),
            (.ticketed, .expired), (.refused, .lapsed), (.refused, .confirmed),
            (.refused, .unanswered), (.refunded, .lapsed),
            (.refunded, .ticketed), (.refunded, .cancelled), (.cancelled, .lapsed),
            (.cancelled, .ticketed), (.cancelled, .expired), (.cancelled, .returned):
            throw OutOfOrder("\(event)", in: rawValue)

        case (.changed, _): try afterChange(event)
        case (.declined, _): try afterDeclining(event)
        case (_, .rescheduled), (_, .accepted), (_, .declined): try unchanged(event)
        }
    }

    /// What airlines change of a trip is the traveller's to accept, or to be paid back for.
    private func afterChange(_ event: Event) throws(OutOfOrder) -> (Fulfilment, Action?) {
        switch event {
        case .accepted: (.ticketed, .acceptChange)
        case .declined: (.declined, .returnOnChain)
        case .cancelled: (.cancelled, .cancelOrder)
        case .returned: (.refunded, .cancelOrder)
        case .paid, .confirmed, .ticketed, .rescheduled: (self, nil)
        case .lapsed, .refused, .unanswered, .expired: throw OutOfOrder("\(event)", in: rawValue)
        }
    }

    private func afterDeclining(_ event: Event) throws(OutOfOrder) -> (Fulfilment, Action?) {
        switch event {
        case .cancelled: (.cancelled, .cancelOrder)
        case .returned: (.refunded, .cancelOrder)
        case .paid, .confirmed, .ticketed, .rescheduled, .declined: (self, nil)
        case .lapsed, .refused, .unanswered, .accepted, .expired:
            throw OutOfOrder("\(event)", in: rawValue)
        }
    }

    /// News of changes where none is waiting for a word.
    private func unchanged(_ event: Event) throws(OutOfOrder) -> (Fulfilment, Action?) {
        switch (self, event) {
        case (.ticketed, .rescheduled): (.changed, nil)
        // Heard before, or after the end.
        case (.ticketed, .accepted), (.cancelled, .rescheduled), (.refunded, .rescheduled):
            (self, nil)
        default: throw OutOfOrder("\(event)", in: rawValue)
        }
    }

    /// What has to be asked for again after a restart: the action a state still waits for.
    public var pendingAction: Action? {
        switch self {
        case .ordering: .placeOrder
        case .uncertain: .findOrder
        case .ordered: .ticketOnChain
        case .refused: .expireOnChain
        case .declined: .returnOnChain
        case .held, .released, .ticketed, .changed, .refunded, .cancelled: nil
        }
    }
}
