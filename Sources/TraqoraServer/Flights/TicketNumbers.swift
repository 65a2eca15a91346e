import Database
import FlightSupply
import Telemetry
import Travel

/// Asks suppliers for the numbers of tickets that were not there when an order was confirmed:
/// airlines may issue them later.
struct TicketNumbers: Sendable {
    let bookings: BookingRepository
    let suppliers: Suppliers
    let outbox: Outbox
    /// `nil` where nobody is mailed.
    let mail: MailNews?
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant
    /// How long a supplier may take: less than a task is held, so that nobody else asks meanwhile.
    var lookUpTimeMax = Duration.seconds(90)

    /// The outbox topic.
    static let topic = "tickets"
    /// How many are asked for in one round, beside each other.
    static let batchMax = 8
    /// How long one may take before another process takes it over.
    static let taskSecondsMax: Int64 = 120
    /// The first pause before it is asked again; it doubles.
    static let pauseSeconds: Int64 = 60
    /// The longest pause.
    static let pauseSecondsMax: Int64 = 6 * 3_600

    /// The order of a booking has no numbers yet.
    func ask(for id: BookingID, in transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await outbox.add(
            "\(Self.topic).\(id)", topic: Self.topic, payload: Array(id.text.utf8),
            now: now().seconds, in: transaction)
    }

    /// One round.
    /// - Returns: how many bookings have their numbers now.
    func run() async throws -> Int {
        let tasks = try await outbox.take(
            topic: Self.topic, limit: Self.batchMax, for: holder, seconds: Self.taskSecondsMax,
            now: now().seconds)
        return try await withThrowingTaskGroup { group in
            for task in tasks { group.addTask { try await perform(task) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    private func perform(_ task: Outbox.Message) async throws -> Bool {
        guard let id = try? BookingID(parsing: String(decoding: task.payload, as: UTF8.self))
        else {
            try await outbox.finish(task.id, by: holder)
            return false
        }
        let row: BookingRow?
        do {
            row = try await bookings.find(id)
        } catch {
            // A row that cannot be read now may be read later, and must not stop the others.
            log.warning(
                "A booking whose tickets are asked for cannot be read",
                ["booking_id": .string(id.text), "error": .describing(error)])
            try await putBack(task, because: "the booking cannot be read")
            return false
        }
        guard let row, row.isWaitingForTickets(at: now()),
            let supplier = suppliers.of(row.booking.offer), supplier.issuesTickets
        else {
            try await outbox.finish(task.id, by: holder)
            return false
        }
        let tickets = await tickets(of: row, at: supplier)
        guard !tickets.isEmpty, let reference = row.booking.airlineReference else {
            try await putBack(task, because: "no numbers yet")
            return false
        }
        let (bookings, outbox, mail, holder) = (bookings, outbox, mail, holder)
        try await bookings.database.transaction(isolation: .readCommitted) { transaction in
            try await bookings.setOrder(
                id, reference: reference, tickets: tickets, in: transaction)
            try await mail?.add(.ticketed, of: id, because: "tickets", in: transaction)
            try await outbox.finish(task.id, by: holder, in: transaction)
        }
        return true
    }

    private func putBack(_ task: Outbox.Message, because reason: String) async throws {
        let pause = min(
            Self.pauseSecondsMax, Self.pauseSeconds << min(12, Int64(task.attempts - 1)))
        try await outbox.retry(task.id, by: holder, at: now().seconds + pause, because: reason)
    }

    /// What the supplier tells in time; nothing else counts as no numbers yet.
    private func tickets(of row: BookingRow, at supplier: any FlightSupplier) async -> [String] {
        let (log, time, limit) = (log, now(), lookUpTimeMax)
        return await inTime(limit, orElse: []) {
            do throws(SupplyError) {
                return try await supplier.order(placedAs: row.order, at: time)?.tickets ?? []
            } catch {
                log.debug(
                    "A supplier cannot tell the numbers of tickets",
                    [
                        "booking_id": .string(row.booking.id.text),
                        "error": .describing(error),
                    ])
                return []
            }
        }
    }
}

extension BookingRow {
    /// Whether somebody will fly on tickets whose numbers nobody knows.
    fileprivate func isWaitingForTickets(at now: Instant) -> Bool {
        tickets.isEmpty && [.ordered, .ticketed, .changed].contains(booking.fulfilment)
            && now < booking.offer.itinerary.departs.instant
    }
}
