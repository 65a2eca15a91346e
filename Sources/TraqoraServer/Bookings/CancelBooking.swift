import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Cancelling a booking. Nothing has changed until the ledger says so.
struct CancelBooking: Sendable {
    let database: Database
    let transactions: TransactionRepository
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign: Int64 = 600

    /// What signing would do, and what to sign.
    struct Prepared: Sendable {
        var transaction: TransactionRow
        var refund: TokenAmount
        var penalty: TokenAmount
    }

    /// The transaction that gives up all seats of a booking.
    /// - Throws: `Problem`: `bookings.not_cancellable`, `bookings.departed`, or what the ledger
    ///   says.
    func prepare(_ row: BookingRow) async throws -> Prepared {
        guard let held = row.escrow, !held.state.isFinal else {
            throw ProblemCode.notCancellable.problem(
                row.booking.escrow == .unpaid
                    ? "Nothing has been paid for it: let it lapse." : row.booking.status.sentence)
        }
        let time = now()
        guard time < held.departs else {
            throw ProblemCode.departed.problem("It left at \(held.departs).")
        }
        let preview = try await escrow.refundPreview(of: held.escrowID)
        guard let refund = Int64(exactly: preview.refund),
            let penalty = Int64(exactly: preview.penalty)
        else { throw Indexer.Fault.amountTooLarge(held.escrowID) }
        let until = min(time.adding(seconds: Self.secondsToSign), held.departs)
        let prepared = try await escrow.prepareCancellation(
            of: held.escrowID, seats: UInt32(held.seats),
            passenger: AccountID(parsing: row.booking.payer), validUntil: until)
        let amounts = (TokenAmount(baseUnits: refund), TokenAmount(baseUnits: penalty))
        let transaction = try prepared.row(
            for: row.booking, purpose: .cancellation,
            summary: escrow.summary(
                ofCancelling: row.booking, refund: amounts.0, penalty: amounts.1, prepared),
            offeredAt: time)
        try await transactions.offer(transaction, in: database)
        return Prepared(transaction: transaction, refund: amounts.0, penalty: amounts.1)
    }
}
