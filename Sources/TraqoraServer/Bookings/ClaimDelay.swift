import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Claiming what a delay is worth from the carrier's bond. Whether it is, and how much, the Refund
/// contract decides.
struct ClaimDelay: Sendable {
    let database: Database
    let transactions: TransactionRepository
    let escrow: EscrowContract
    /// `nil` where no airline sells on the ledger.
    let refund: ContractID?
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign = CancelBooking.secondsToSign

    /// What to sign, and what it pays.
    struct Prepared: Sendable {
        var transaction: TransactionRow
        var amount: TokenAmount
    }

    /// The transaction that claims.
    /// - Throws: `Problem`: `bookings.not_claimable`, or what the ledger says.
    func prepare(_ row: BookingRow) async throws -> Prepared {
        guard let refund, let held = row.escrow, held.flightID != nil else {
            throw ProblemCode.notClaimable.problem(
                "Only airlines that sell on the ledger have a bond there to claim from.")
        }
        let time = now()
        let account = try AccountID(parsing: row.booking.payer)
        let claim = RefundContract(refund).claimDelay(
            passenger: .account(account), booking: held.escrowID)
        let paid: Int128
        do {
            paid = try await claim.read(from: escrow.rpc)
        } catch let error as RPCError {
            throw error.problem(for: account)
        }
        guard let units = Int64(exactly: paid) else {
            throw Indexer.Fault.amountTooLarge(held.escrowID)
        }
        let amount = TokenAmount(baseUnits: units)
        let prepared = try await escrow.prepare(
            claim.operation, by: account, validUntil: time.adding(seconds: Self.secondsToSign))
        let transaction = try prepared.row(
            for: row.booking, purpose: .claim,
            summary: escrow.summary(ofClaiming: amount, for: row.booking, prepared),
            offeredAt: time)
        try await transactions.offer(transaction, in: database)
        return Prepared(transaction: transaction, amount: amount)
    }
}
