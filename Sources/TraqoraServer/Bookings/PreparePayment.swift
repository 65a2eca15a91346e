import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// The transaction that pays for a held booking: the same quote however often it is asked for, with
/// the account's next number.
struct PreparePayment: Sendable {
    let transactions: TransactionRepository
    let signer: QuoteSigner
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// Builds and simulates it. Nothing is kept.
    func prepare(_ row: BookingRow) async throws -> TransactionRow {
        let booking = row.booking
        let seats = booking.offer.passengers.seats
        guard let nonce = UInt64(row.nonce) else { throw Problem.internalFault }
        let signed = try signer.sign(
            booking.offer, seatPrice: QuoteSigner.seatPrice(booking.price, seats: seats),
            expires: booking.holdExpires, nonce: nonce, salt: row.salt)
        let prepared = try await escrow.prepareBooking(
            signed.quote, signature: signed.signature,
            passenger: AccountID(parsing: booking.payer), validUntil: booking.holdExpires)
        return try prepared.row(
            for: booking, purpose: .payment,
            summary: escrow.summary(ofPaying: booking, prepared), offeredAt: now())
    }

    /// A new one for a booking that is still held, when the first cannot be sent any more because
    /// the account did something else in between.
    /// - Throws: `Problem`: `bookings.already_paid`, `bookings.hold_expired`, or what the ledger
    ///   says.
    func prepareAgain(_ row: BookingRow) async throws -> TransactionRow {
        guard row.booking.escrow == .unpaid else { throw ProblemCode.alreadyPaid.problem() }
        guard row.booking.fulfilment == .held, now() < row.booking.holdExpires else {
            throw ProblemCode.holdExpired.problem(
                "It was held until \(row.booking.holdExpires). Nothing was charged. Search again.")
        }
        let sent = try await transactions.all(of: row.booking.id).filter {
            $0.status == .queued || $0.status == .submitted || $0.status == .applied
        }
        guard sent.isEmpty else {
            throw ProblemCode.alreadyPaid.problem("A payment is on its way already.")
        }
        let transaction = try await prepare(row)
        try await transactions.offer(transaction, in: transactions.database)
        return transaction
    }
}
