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

    /// The outbox topic.
    static let topic = "tickets"
    /// How many are asked for in one round.
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
        var found = 0
        for task in tasks where try await perform(task) { found += 1 }
        return found
    }

    private func perform(_ task: Outbox.Message) async throws -> Bool {
        guard let id = try? BookingID(parsing: String(decoding: task.payload, as: UTF8.self)),
            let row = try? await bookings.find(id), row.isWaitingForTickets(at: now()),
            let supplier = suppliers.of(row.booking.offer), supplier.issuesTickets
        else {
            try await outbox.finish(task.id, by: holder)
            return false
        }
        let tickets: [String]
        do throws(SupplyError) {
            tickets = try await supplier.order(placedAs: row.order, at: now())?.tickets ?? []
        } catch {
            log.debug(
                "A supplier cannot tell the numbers of tickets",
                ["booking_id": .string(id.text), "error": .describing(error)])
            tickets = []
        }
        guard !tickets.isEmpty, let reference = row.booking.airlineReference else {
            let pause = min(
                Self.pauseSecondsMax, Self.pauseSeconds << min(12, Int64(task.attempts - 1)))
            try await outbox.retry(
                task.id, by: holder, at: now().seconds + pause, because: "no numbers yet")
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
}

extension BookingRow {
    /// Whether somebody will fly on tickets whose numbers nobody knows.
    fileprivate func isWaitingForTickets(at now: Instant) -> Bool {
        tickets.isEmpty && [.ordered, .ticketed].contains(booking.fulfilment)
            && now < booking.offer.itinerary.departs.instant
    }
}
