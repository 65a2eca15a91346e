import TraqoraAPI
import Travel

/// The words of a mail about a booking.
struct MailText {
    let kind: MailKind
    let booking: BookingResponse
    let tokenSymbol: String

    /// What it is about, with the name of the booking.
    var subject: String {
        let trip =
            "\(ItineraryText.city(booking.itinerary.slices[0].origin)) – "
            + ItineraryText.city(booking.itinerary.slices[0].destination)
        let what =
            switch kind {
            case .confirmed: "Booked"
            case .failed: "Not booked"
            case .refunded: "Money returned"
            case .cancelled: "Cancelled"
            case .resolved: "Dispute decided"
            case .changed: "Flight changed"
            case .rescheduled: "Trip changed, please answer"
            case .ticketed: "Ticket numbers"
            }
        return "\(what): \(trip), booking \(booking.locator)"
    }

    /// All of it, lines ended by a line feed.
    var text: String {
        var lines = [opening, ""]
        // The booking may have moved on while the mail waited.
        if let expected, expected != booking.status {
            lines += ["Since then: \(booking.message)", ""]
        }
        lines.append("Booking \(booking.locator)\(ItineraryText.airlineReference(of: booking))")
        for slice in booking.itinerary.slices {
            lines.append("")
            for segment in slice.segments {
                lines += [
                    segment.flight.description,
                    "  \(ItineraryText.time(segment.departs))  "
                        + ItineraryText.place(segment.origin),
                    "  \(ItineraryText.time(segment.arrives))  "
                        + ItineraryText.place(segment.destination),
                ]
            }
        }
        lines += ["", "All times are local.", ""]
        for (index, passenger) in booking.passengers.enumerated() {
            let ticket = index < booking.tickets.count ? ", ticket \(booking.tickets[index])" : ""
            let seats = ItineraryText.seats(of: passenger, on: booking.itinerary)
            let seated = seats.isEmpty ? "" : ", seats \(seats.joined(separator: ", "))"
            lines.append("\(passenger.name.ticketed)\(ticket)\(seated)")
        }
        lines += ["", "Price: \(booking.total), \(booking.price.shortText) \(tokenSymbol)"]
        if let refunded = booking.chain.refunded {
            lines.append("Returned: \(refunded.shortText) \(tokenSymbol) to \(booking.payer)")
        }
        if booking.chain.escrowed.baseUnits > 0 {
            lines.append("In escrow: \(booking.chain.escrowed.shortText) \(tokenSymbol)")
        }
        lines += [
            "", "The itinerary is attached, for calendars and on paper.",
            "Nobody reads answers to this mail.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The status that was the news, if it was one.
    private var expected: BookingStatus? {
        BookingStatus.allCases.first { MailKind($0) == kind }
    }

    private var opening: String {
        switch kind {
        case .confirmed:
            "Your trip is booked: the airline has confirmed, and the ticket is issued. The money "
                + "stays in escrow until you have flown."
        case .failed:
            "There will be no trip: the airline could not confirm it, or you did not want it as the "
                + "airline changed it. All of your money will be returned to the account it came "
                + "from; you need not do anything."
        case .refunded: "All of your money has been returned to the account it came from."
        case .cancelled:
            "Your booking is cancelled. What the fare gives back has been paid to the account the "
                + "money came from."
        case .resolved: "Your dispute is decided, and the money has been divided accordingly."
        case .changed:
            "The airline has changed a flight of your trip. What it said is on the ledger; the "
                + "booking shows what you may claim."
        case .rescheduled:
            "The airline has changed your trip. The booking shows what it was and what it is now: "
                + "say there whether you fly as it is now, or want all of your money back."
        case .ticketed: "The airline has sent the numbers of your tickets."
        }
    }
}
