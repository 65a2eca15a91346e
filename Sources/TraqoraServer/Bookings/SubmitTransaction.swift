import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Taking a signed transaction: checks that it is what was offered, keeps it together with the
/// order to send it. What the ledger makes of it is heard later.
struct SubmitTransaction: Sendable {
    let bookings: BookingRepository
    let transactions: TransactionRepository
    let queue: SubmissionQueue
    let network: Network
    let now: @Sendable () -> Instant

    /// The booking afterwards. The same transaction again changes nothing.
    func submit(_ text: String, purpose: TransactionPurpose, for row: BookingRow) async throws
        -> BookingRow
    {
        let offers = try await transactions.all(of: row.booking.id).filter {
            $0.purpose == purpose && $0.form == .transaction
        }
        let payer = try row.booking.payingAccount()
        let signed = try SignedTransaction(
            checking: text, among: offers, of: payer, on: network)
        let offered = signed.offered
        guard offered.status == nil else { return row }
        let time = now()
        try await check(row, purpose, offered, at: time)
        try await queue.queue(signed, at: time)
        return try await bookings.find(row.booking.id) ?? row
    }

    /// Whether it may still be sent.
    func check(
        _ row: BookingRow, _ purpose: TransactionPurpose, _ offered: TransactionRow,
        at time: Instant
    ) async throws {
        switch purpose {
        case .payment:
            guard row.booking.escrow == .unpaid else { throw ProblemCode.alreadyPaid.problem() }
            guard row.booking.fulfilment == .held, time < row.booking.holdExpires else {
                throw ProblemCode.holdExpired.problem(
                    "It was held until \(row.booking.holdExpires). Nothing was charged. "
                        + "Search again.")
            }
            // The ledger would take one of them; the network's fee of the other would be gone.
            let isPaid = try await transactions.isPaid(
                row.booking.id, beside: offered.hash, in: transactions.database)
            guard !isPaid else {
                throw ProblemCode.alreadyPaid.problem("A payment is on its way already.")
            }
        case .cancellation:
            guard !row.booking.escrow.isFinal, row.booking.escrow != .unpaid else {
                throw ProblemCode.notCancellable.problem()
            }
        case .dispute:
            guard row.booking.escrow == .ticketed else {
                throw ProblemCode.notDisputable.problem(row.booking.status.sentence)
            }
        default: break
        }
        try offered.checkExpiry(at: time)
    }
}
