import TraqoraAPI
import Travel

/// What the traveller prints.
enum DemoText {
    /// An offer in a line.
    static func line(_ offer: Offer, airlines: [String: String]) -> String {
        let slice = offer.itinerary.slices[0]
        let flights = slice.segments.map(\.flight.description).joined(separator: " + ")
        let carrier = slice.segments[0].flight.carrier.text
        return "\(flights) (\(airlines[carrier] ?? carrier)), \(slice.departs.local.clock)–"
            + "\(slice.arrives.local.clock), \(offer.fare.brand), \(offer.total)"
    }

    /// A confirmed booking: who, when, where, the names to ask for it by.
    static func itinerary(of booking: BookingResponse) -> String {
        var lines = ["Booking \(booking.locator): \(booking.message)"]
        for passenger in booking.passengers { lines.append("  \(passenger.name.ticketed)") }
        for segment in booking.itinerary.segments {
            lines.append(
                "  \(segment.flight)  \(segment.origin) \(segment.departs.local.date) "
                    + "\(segment.departs.local.clock)  →  \(segment.destination) "
                    + "\(segment.arrives.local.date) \(segment.arrives.local.clock)")
        }
        if let reference = booking.airlineReference {
            lines.append("  Airline's locator \(reference)")
        }
        if !booking.tickets.isEmpty {
            lines.append("  Ticket \(booking.tickets.joined(separator: ", "))")
        }
        lines.append(lastTransaction(of: booking))
        return lines.joined(separator: "\n")
    }

    /// The newest transaction of a booking that did what it says.
    static func lastTransaction(of booking: BookingResponse) -> String {
        guard let transaction = booking.chain.transactions.last(where: { $0.status == .applied })
        else { return "No transaction" }
        let ledger = transaction.ledger.map { "ledger \($0)" } ?? "no ledger yet"
        return "Transaction \(transaction.hash), \(ledger)"
    }
}
