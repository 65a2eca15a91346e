import TraqoraAPI
import Travel

/// A booking's flights as appointments.
struct ItineraryCalendar {
    let booking: BookingResponse
    /// How often the booking has changed.
    let revision: Int

    /// The file.
    var bytes: [UInt8] {
        CalendarFile(
            written: Self.utc(booking.createdAt),
            events: booking.itinerary.segments.enumerated().map { index, segment in
                event(segment, index)
            }
        ).bytes
    }

    private func event(_ segment: Segment, _ index: Int) -> CalendarFile.Event {
        let origin = ItineraryText.place(segment.origin)
        let seats = ItineraryText.seats(on: index, of: booking.passengers)
        return CalendarFile.Event(
            id: "\(booking.id)-\(index + 1)@traqora",
            begins: Self.utc(segment.departs.instant), ends: Self.utc(segment.arrives.instant),
            title: "\(segment.flight) \(segment.origin) → \(segment.destination)",
            place: origin,
            text: """
                \(ItineraryText.time(segment.departs)) \(origin)
                \(ItineraryText.time(segment.arrives)) \
                \(ItineraryText.place(segment.destination))\(seats.isEmpty ? "" : "\nSeats \(seats)")
                Booking \(booking.locator)\(ItineraryText.airlineReference(of: booking))
                \(booking.message)
                """,
            status: booking.status.calendarStatus, revision: revision)
    }

    /// `20261224T093000Z`
    private static func utc(_ instant: Instant) -> String {
        String(instant.description.filter { $0 != "-" && $0 != ":" })
    }
}

extension BookingStatus {
    /// How a calendar shows the flights.
    fileprivate var calendarStatus: String {
        switch self {
        case .confirmed, .changed, .completed, .disputed, .resolved: "CONFIRMED"
        case .awaitingPayment, .confirming: "TENTATIVE"
        case .lapsed, .refunding, .refunded, .cancelled: "CANCELLED"
        }
    }
}
