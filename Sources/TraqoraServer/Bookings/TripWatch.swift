import Database
import FlightSupply
import Telemetry
import TraqoraAPI
import Travel

/// Looks at suppliers for what airlines change of trips that are booked, often before departure and
/// now and then before that.
struct TripWatch: Sendable {
    let bookings: BookingRepository
    let changes: TripChangeRepository
    let suppliers: Suppliers
    let update: FulfilmentUpdate
    /// `nil` where nobody is mailed.
    let mail: MailNews?
    let log: Logger
    let now: @Sendable () -> Instant
    /// How long a supplier may take: less than nobody else looks meanwhile.
    var lookUpTimeMax = Duration.seconds(60)

    /// How many bookings are looked at in one round, beside each other.
    static let batchMax = 8
    /// How long nobody else looks at what one looks at.
    static let heldSeconds: Int64 = 120
    /// How soon a booking is looked at again, by how far away its departure is, in seconds.
    static let pauses: [(from: Int64, pause: Int64)] = [
        (7 * 86_400, 12 * 3_600), (86_400, 3 * 3_600), (0, 1_800),
    ]
    /// How soon one whose ticket is on its way.
    static let unticketedPause: Int64 = 300

    /// When a trip is looked at next; `nil` when it has begun.
    static func next(for booking: Booking, after now: Instant) -> Instant? {
        let left = now.seconds(until: booking.offer.itinerary.departs.instant)
        guard let pause = pauses.first(where: { left > $0.from })?.pause else { return nil }
        return now.adding(seconds: booking.fulfilment == .ordered ? unticketedPause : pause)
    }

    /// One round.
    /// - Returns: how many changes there were.
    func run() async throws -> Int {
        let due = try await changes.due(at: now(), limit: Self.batchMax)
        let count = Lock(0)
        try await due.forEachTogether(Self.batchMax) { due in
            var held = due
            held.dueAt = now().adding(seconds: Self.heldSeconds)
            guard try await changes.move(due, to: held.dueAt) else { return }
            guard let row = try await bookings.find(due.booking), row.isWatched,
                let next = Self.next(for: row.booking, after: now()),
                let supplier = suppliers.of(row.booking.offer), supplier.tellsChanges
            else {
                _ = try await changes.move(held, to: nil)
                return
            }
            let news = try await hear(await look(row, supplier), of: row.booking)
            count.withLock { $0 += news }
            _ = try await changes.move(held, to: next)
        }
        return count.withLock { $0 }
    }

    /// What a supplier tells in time; nothing else counts as nothing now.
    private func look(_ row: BookingRow, _ supplier: any FlightSupplier) async -> [TripChange] {
        let (log, time, limit, order) = (log, now(), lookUpTimeMax, row.order)
        return await inTime(limit, orElse: []) {
            do throws(SupplyError) {
                return try await supplier.changes(of: order, at: time)
            } catch {
                log.warning(
                    "A supplier cannot say whether a trip has changed",
                    [
                        "booking_id": .string(row.booking.id.text),
                        "error": .describing(error),
                    ])
                return []
            }
        }
    }

    /// - Returns: how much of it was news.
    private func hear(_ found: [TripChange], of booking: Booking) async throws -> Int {
        var count = 0
        for change in found where change.answer == nil {
            if try await keep(change, of: booking.id) { count += 1 }
        }
        let known = try await changes.all(of: booking.id)
        guard let open = known.last(where: { $0.decision == nil }) else { return count }
        do {
            // What was kept before a crash is still to be said.
            if booking.fulfilment == .ticketed {
                try await update.apply(.rescheduled, to: booking.id)
            }
            // Accepted at the airline itself, say.
            if found.contains(where: { $0.id == open.id && $0.answer == .accepted }),
                booking.fulfilment == .changed
            {
                try await changes.accept(open, of: booking, update, now: now())
            }
        } catch let error as OutOfOrder {
            // It has moved on meanwhile.
            log.debug(
                "A change of a trip came too late",
                ["booking_id": .string(booking.id.text), "error": .describing(error)])
        }
        return count
    }

    private func keep(_ change: TripChange, of id: BookingID) async throws -> Bool {
        let (changes, mail) = (changes, mail)
        return try await changes.database.transaction(isolation: .readCommitted) { transaction in
            guard try await changes.add(change, of: id, in: transaction) else { return false }
            try await mail?.add(
                .rescheduled, of: id, because: "change.\(change.id)", in: transaction)
            return true
        }
    }
}

extension BookingRow {
    /// Whether somebody will fly on what was ordered, as far as is known.
    fileprivate var isWatched: Bool {
        [.ordered, .ticketed, .changed].contains(booking.fulfilment)
    }
}
