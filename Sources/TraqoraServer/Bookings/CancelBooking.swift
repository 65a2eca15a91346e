import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Cancelling a booking. Nothing has changed until the ledger says so.
struct CancelBooking: Sendable {
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign: Int64 = 600

    /// What is to be signed, and what signing it would do.
    struct Plan: Sendable {
        var call: BookingCall
        var refund: TokenAmount
        var penalty: TokenAmount
    }

    /// The call that gives up all seats of a booking.
    /// - Throws: `Problem`: `bookings.not_cancellable`, `bookings.departed`, or what the ledger
    ///   says.
    func plan(_ row: BookingRow) async throws -> Plan {
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
        let amounts = (TokenAmount(baseUnits: refund), TokenAmount(baseUnits: penalty))
        let operation = escrow.cancellation(
            of: held.escrowID, seats: UInt32(held.seats),
            passenger: try SCAddress(parsing: row.booking.payer))
        let (escrow, booking) = (escrow, row.booking)
        let call = BookingCall(purpose: .cancellation, operation: operation, validUntil: until) {
            escrow.summary(
                ofCancelling: booking, refund: amounts.0, penalty: amounts.1, feeStroops: $0,
                until: until)
        }
        return Plan(call: call, refund: amounts.0, penalty: amounts.1)
    }
}
