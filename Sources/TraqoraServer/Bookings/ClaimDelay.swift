import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Claiming what a delay is worth from the carrier's bond. Whether it is, and how much, the Refund
/// contract decides.
struct ClaimDelay: Sendable {
    let escrow: EscrowContract
    /// `nil` where no airline sells on the ledger.
    let refund: ContractID?
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign = CancelBooking.secondsToSign

    /// What is to be signed, and what it pays.
    struct Plan: Sendable {
        var call: BookingCall
        var amount: TokenAmount
    }

    /// The call that claims.
    /// - Throws: `Problem`: `bookings.not_claimable`, or what the ledger says.
    func plan(_ row: BookingRow) async throws -> Plan {
        guard let refund, let held = row.escrow, held.flightID != nil else {
            throw ProblemCode.notClaimable.problem(
                "Only airlines that sell on the ledger have a bond there to claim from.")
        }
        let claim = RefundContract(refund).claimDelay(
            passenger: try SCAddress(parsing: row.booking.payer), booking: held.escrowID)
        let paid: Int128
        do {
            paid = try await claim.read(from: escrow.rpc)
        } catch let error as RPCError {
            throw error.problem(for: nil)
        }
        guard let units = Int64(exactly: paid) else {
            throw Indexer.Fault.amountTooLarge(held.escrowID)
        }
        let amount = TokenAmount(baseUnits: units)
        let until = now().adding(seconds: Self.secondsToSign)
        let (escrow, booking) = (escrow, row.booking)
        let call = BookingCall(purpose: .claim, operation: claim.operation, validUntil: until) {
            escrow.summary(ofClaiming: amount, for: booking, feeStroops: $0, until: until)
        }
        return Plan(call: call, amount: amount)
    }
}
