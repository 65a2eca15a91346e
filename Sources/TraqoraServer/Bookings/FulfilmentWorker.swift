import Cryptography
import Database
import FlightSupply
import Foundation
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// Brings bookings to their ticket: hears what the ledger says, orders at the supplier, tells the
/// ledger.
///
/// Takes its work from the outbox, so that any number of processes may run one, and a task of one
/// that died is taken over. Every task may run twice.
struct FulfilmentWorker: Sendable {
    let bookings: BookingRepository
    let escrows: EscrowRepository
    let update: FulfilmentUpdate
    let outbox: Outbox
    let suppliers: Suppliers
    let tickets: TicketNumbers
    let changes: TripChangeRepository
    let chain: BookingOperator
    let escrow: EscrowContract
    /// Whoever reads what a ledger says.
    let indexer: Bell
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// How many bookings are looked at in one round.
    static let batchMax = 100
    /// How many tasks are taken in one round, and begun at once: one that waited in hand until its
    /// time was up would be done here and by who took it over.
    static let tasksMax = 8
    /// How long a task may take before another worker takes it over.
    static let taskSecondsMax: Int64 = 60
    /// How soon an order is looked for again, at first and at last.
    static let findSeconds: Int64 = 5
    static let findSecondsMax: Int64 = 300
    /// How long before the ticket deadline the last order is placed: a ticket needs its ledger.
    static let ticketSeconds: Int64 = 60
    /// The longest pause before a task that failed is tried again.
    static let pauseSecondsMax: Int64 = 60

    /// One round.
    /// - Returns: how many things were done.
    func run() async throws -> Int {
        let heard = try await hear()
        let tasks = try await outbox.take(
            topic: FulfilmentTask.topic, limit: Self.tasksMax, for: holder,
            seconds: Self.taskSecondsMax, now: now().seconds)
        try await tasks.forEachTogether(Self.tasksMax) { try await perform($0) }
        return heard + tasks.count
    }

    /// Tells our side of each booking what its other side has become.
    private func hear() async throws -> Int {
        let news = try await bookings.unheard(limit: Self.batchMax)
        let heard = Lock(0)
        try await news.forEachTogether(Self.tasksMax) { escrow in
            if try await hear(escrow) { heard.withLock { $0 += 1 } }
        }
        return heard.withLock { $0 }
    }

    /// - Returns: whether it was news.
    private func hear(_ escrow: BookingRepository.Escrowed) async throws -> Bool {
        let event: Fulfilment.Event? =
            switch escrow.state {
            case .unpaid: nil
            case .paid: .paid
            case .ticketed: .ticketed
            case .expired: .expired
            case .cancelled: .cancelled
            case .refunded: .returned
            // Flown, or disputed after the flight: whoever was away missed the ticket.
            case .settled, .disputed, .resolved: .ticketed
            }
        do {
            // Moved by somebody else in between: it is looked at again.
            if let event, try await update.apply(event, to: escrow.booking) == nil { return false }
            if escrow.state.isAfterTicket { try await update.tell(of: escrow.booking) }
        } catch let error as OutOfOrder {
            // One booking that went astray must not stop the others; it stays for people.
            log.error(
                "The two states of a booking contradict each other",
                ["booking_id": .string(escrow.booking.text), "error": .describing(error)])
        }
        try await escrows.forgetNews(of: escrow.escrowID, that: escrow.state)
        return event != nil
    }

    private func perform(_ message: Outbox.Message) async throws {
        do {
            let task = try JSONDecoder().decode(
                FulfilmentTask.self, from: Data(message.payload))
            if let row = try await bookings.find(task.booking),
                let due = try await perform(task.action, for: row, attempt: message.attempts)
            {
                try await outbox.retry(
                    message.id, by: holder, at: due.seconds, because: "not time yet")
            } else {
                try await outbox.finish(message.id, by: holder)
            }
        } catch {
            let pause = min(Self.pauseSecondsMax, Int64(1) << min(6, message.attempts - 1))
            log.warning(
                "A task of a booking failed and will be tried again",
                ["task": .string(message.id), "error": .describing(error)])
            try await outbox.retry(
                message.id, by: holder, at: now().seconds + pause, because: "\(error)")
        }
    }

    /// - Returns: when to come back, `nil` when it is done or not wanted any more.
    private func perform(_ action: Fulfilment.Action, for row: BookingRow, attempt: Int)
        async throws -> Instant?
    {
        let booking = row.booking
        let tellsSupplier = action == .cancelOrder || action == .acceptChange
        guard tellsSupplier || booking.fulfilment.pendingAction == action else {
            try await leave(action, row, attempt: attempt)
            return nil
        }
        switch action {
        case .placeOrder:
            try await placeOrder(row, isRepeated: attempt > 1)
        case .findOrder:
            return try await findOrder(row, attempt: attempt)
        case .ticketOnChain, .expireOnChain, .returnOnChain:
            return try await tellLedger(action, of: row)
        case .acceptChange:
            try await acceptChange(of: row)
        case .cancelOrder:
            guard let supplier = suppliers.of(booking.offer) else {
                throw Fault.noSupplier(booking.offer.supplier)
            }
            try await supplier.cancelOrder(placedAs: row.order, at: now())
        }
        return nil
    }

    /// Tells the supplier that the traveller flies as it is now. What cannot be accepted there any
    /// more has changed again, and is looked at anew.
    private func acceptChange(of row: BookingRow) async throws {
        let id = row.booking.id
        // Whoever gave the booking up since wants no other flights.
        guard [.ticketed, .changed].contains(row.booking.fulfilment) else { return }
        guard let change = try await changes.all(of: id).last(where: { $0.decision == .accepted })
        else { return }
        guard let supplier = suppliers.of(row.booking.offer) else {
            throw Fault.noSupplier(row.booking.offer.supplier)
        }
        do {
            try await supplier.accept(change.id, of: row.order, at: now())
        } catch {
            let isOver = error == .offerGone || error.code == ProblemCode.supplierLacksThis.rawValue
            guard isOver else { throw error }
            log.warning(
                "A change of a trip cannot be accepted any more",
                ["booking_id": .string(id.text), "change": .string(change.id)])
            let (bookings, time) = (bookings, now())
            try await bookings.database.transaction { transaction in
                try await bookings.watchTrip(id, from: time, in: transaction)
            }
        }
    }

    /// A task that the booking does not wait for any more. Who was about to order and died may have
    /// ordered after what there was had been cancelled.
    private func leave(_ action: Fulfilment.Action, _ row: BookingRow, attempt: Int) async throws {
        guard action == .placeOrder || action == .findOrder, attempt > 1,
            row.booking.fulfilment == .cancelled || row.booking.fulfilment == .refunded
        else { return }
        try await update.apply(.unanswered, to: row.booking.id)
    }

    /// Who tried before and never heard may have ordered: then it is looked for first.
    private func placeOrder(_ row: BookingRow, isRepeated: Bool) async throws {
        guard let supplier = suppliers.of(row.booking.offer) else {
            // Who asked before may have been answered.
            try await update.apply(isRepeated ? .unanswered : .refused, to: row.booking.id)
            return
        }
        if isRepeated {
            switch await lookUp(row, at: supplier) {
            case .success(let order?): return try await confirm(order, row.booking.id)
            case .success(nil): break
            // Nobody knows whether there is one: it must not be placed again.
            case .failure:
                try await update.apply(.unanswered, to: row.booking.id)
                return
            }
        }
        if try await place(row, with: supplier) == .unanswered {
            try await update.apply(.unanswered, to: row.booking.id)
        }
    }

    /// Asks what became of an order. Only one that certainly is not there may be placed again; an
    /// answer that stays out is asked for again, less and less often.
    private func findOrder(_ row: BookingRow, attempt: Int) async throws -> Instant? {
        let pause = min(Self.findSecondsMax, Self.findSeconds << min(8, Int64(attempt - 1) / 3))
        let later = now().adding(seconds: pause)
        guard let supplier = suppliers.of(row.booking.offer) else {
            throw Fault.noSupplier(row.booking.offer.supplier)
        }
        switch await lookUp(row, at: supplier) {
        case .success(let order?):
            try await confirm(order, row.booking.id)
            return nil
        case .success(nil): break
        case .failure: return later
        }
        return try await place(row, with: supplier) == .unanswered ? later : nil
    }

    /// What the supplier says of an order: there is one, there certainly is none, or it cannot say.
    private func lookUp(_ row: BookingRow, at supplier: any FlightSupplier) async -> Result<
        SupplierOrder?, SupplyError
    > {
        do throws(SupplyError) {
            return .success(try await supplier.order(placedAs: row.order, at: now()))
        } catch {
            log.warning(
                "A supplier cannot say what became of an order",
                ["booking_id": .string(row.booking.id.text), "error": .describing(error)])
            return .failure(error)
        }
    }

    private enum Placing { case settled, unanswered }

    /// Orders, and keeps what came of it unless that is not known. The contract itself is asked for
    /// the money first, whatever was read of its events.
    /// - Throws: why it certainly was not placed, if that may pass.
    private func place(_ row: BookingRow, with supplier: any FlightSupplier) async throws
        -> Placing
    {
        guard let held = row.escrow else { throw Fault.moneyUnknown }
        guard held.seats == row.booking.offer.passengers.seats,
            now().adding(seconds: Self.ticketSeconds) < held.ticketDeadline
        else {
            // Seats were given up, or no ticket could be on the ledger in time: what would be
            // ordered now would not be paid for.
            try await update.apply(.refused, to: row.booking.id)
            return .settled
        }
        try await escrow.checkPayment(of: row)
        switch await supplier.order(row.order, at: now()) {
        case .confirmed(let order): try await confirm(order, row.booking.id)
        case .refused: try await update.apply(.refused, to: row.booking.id)
        case .notPlaced(let error): throw error
        case .unknown(_, let trace):
            if let trace { try await bookings.setOrderTrace(row.booking.id, trace) }
            return .unanswered
        }
        return .settled
    }

    private func confirm(_ order: SupplierOrder, _ id: BookingID) async throws {
        try await update.confirm(order, id, bookings, tickets)
    }
}
