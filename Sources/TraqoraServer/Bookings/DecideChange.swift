import Database
import FlightSupply
import HTTP
import Telemetry
import TraqoraAPI
import Travel

/// The traveller's word on what the airline changed.
struct DecideChange: Sendable {
    let bookings: BookingRepository
    let changes: TripChangeRepository
    let update: FulfilmentUpdate
    let now: @Sendable () -> Instant

    /// Accepting: the trip is what the airline made of it, and the supplier is told. Refusing: the
    /// operator gives all of the money back on the ledger, and then the order up.
    /// - Throws: `Problem`: `changes.unknown`, `changes.decided`, `changes.not_acceptable`,
    ///   `bookings.departed`.
    func decide(_ change: String, of row: BookingRow, accept: Bool) async throws {
        let booking = row.booking
        let found = try await changes.all(of: booking.id).first { $0.id == change }
        guard let found else {
            throw ProblemCode.changeUnknown.problem(
                "GET \(Route.bookingChanges.path(booking.id)) has those there are.")
        }
        let decided = ProblemCode.changeDecided.problem(
            found.decision.map { "It is \($0.rawValue)." } ?? "The booking has moved on.")
        guard found.decision == nil, booking.fulfilment == .changed else { throw decided }
        do {
            let isFirst =
                accept
                ? try await self.accept(found, of: booking)
                : try await refuse(found, of: row, unless: decided)
            guard isFirst else { throw decided }
        } catch is OutOfOrder {
            throw decided
        }
    }

    private func accept(_ change: BookingChangesResponse.Change, of booking: Booking)
        async throws -> Bool
    {
        guard change.isAcceptable, change.trip(of: booking.offer.itinerary) != nil else {
            throw ProblemCode.changeNotAcceptable.problem(
                "Call the airline, or refuse the change: then all of the money goes back.")
        }
        return try await changes.accept(change, of: booking, update, now: now())
    }

    private func refuse(
        _ change: BookingChangesResponse.Change, of row: BookingRow, unless decided: Problem
    ) async throws -> Bool {
        let (changes, id, time) = (changes, row.booking.id, now())
        if let departs = row.escrow?.departs, departs <= time {
            throw ProblemCode.departed.problem("It left at \(departs).")
        }
        let isFirst = Lock(false)
        try await update.apply(.declined, to: id) { transaction in
            guard
                try await changes.decide(
                    change.id, of: id, .refused, now: time, in: transaction)
            else { throw decided }
            isFirst.withLock { $0 = true }
        }
        return isFirst.withLock { $0 }
    }
}

extension TripChangeRepository {
    /// Something has been said to the change meanwhile.
    private struct AlreadyDecided: Error {}

    /// The trip is what the airline made of it.
    /// - Returns: whether nothing had been said before.
    @discardableResult
    func accept(
        _ change: BookingChangesResponse.Change, of booking: Booking, _ update: FulfilmentUpdate,
        now: Instant
    ) async throws -> Bool {
        guard let trip = change.trip(of: booking.offer.itinerary) else { return false }
        let isFirst = Lock(false)
        do {
            try await update.apply(.accepted, to: booking.id) { transaction in
                let isOpen = try await decide(
                    change.id, of: booking.id, .accepted, now: now, in: transaction)
                guard isOpen else { throw AlreadyDecided() }
                try await setTrip(booking, trip, in: transaction)
                isFirst.withLock { $0 = true }
            }
        } catch is AlreadyDecided {
            return false
        }
        return isFirst.withLock { $0 }
    }
}

extension BookingChangesResponse.Change {
    /// The whole trip, if this change is accepted.
    func trip(of itinerary: Itinerary) -> Itinerary? {
        TripChange(
            id: id, before: before, after: after, detectedAt: detectedAt,
            isAcceptable: isAcceptable
        ).applied(to: itinerary)
    }
}
