import Database
import FlightSupply
import TraqoraAPI
import Travel

/// Says by hand what became of an order that its supplier never told: people have looked for it at
/// the airline. What they found is asked for and compared before it counts.
struct SettleOrder: Sendable {
    let bookings: BookingRepository
    let suppliers: Suppliers
    let update: FulfilmentUpdate
    let tickets: TicketNumbers
    let now: @Sendable () -> Instant

    /// The booking, if it still waits for its supplier's word.
    /// - Throws: `Problem`: `bookings.not_found`, `orders.not_uncertain`.
    func uncertain(_ id: BookingID) async throws -> BookingRow {
        guard let row = try await bookings.find(id) else {
            throw ProblemCode.bookingNotFound.problem("There is none of this id.")
        }
        guard row.booking.fulfilment == .uncertain else {
            throw ProblemCode.orderNotUncertain.problem(
                "The booking is in `\(row.booking.fulfilment.rawValue)`.")
        }
        return row
    }

    /// There is an order, which the airline knows by `reference`.
    /// - Throws: `Problem`: `orders.not_ours`; `SupplyError`.
    func found(_ reference: String, for row: BookingRow) async throws {
        guard let supplier = suppliers.of(row.booking.offer),
            let order = try await supplier.order(
                called: reference, placedAs: row.order, at: now())
        else {
            throw ProblemCode.orderNotOurs.problem(
                "The supplier has no order of these passengers under that reference.")
        }
        try await update.confirm(order, row.booking.id, bookings, tickets)
    }

    /// There is none, and none can come any more: the money goes back.
    func notThere(_ row: BookingRow) async throws {
        try await update.apply(.refused, to: row.booking.id)
    }
}

extension FulfilmentUpdate {
    /// The supplier has the order; its tickets are asked for if they are not there yet.
    func confirm(
        _ order: SupplierOrder, _ id: BookingID, _ bookings: BookingRepository,
        _ tickets: TicketNumbers
    ) async throws {
        try await apply(.confirmed, to: id) { transaction in
            try await bookings.setOrder(
                id, reference: order.reference, tickets: order.tickets, in: transaction)
            if order.tickets.isEmpty { try await tickets.ask(for: id, in: transaction) }
            // From now on the airline may change the trip; whoever watches finds out when to look.
            try await bookings.watchTrip(id, from: now(), in: transaction)
        }
    }
}
