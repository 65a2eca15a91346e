import Cryptography
import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Asking the arbiters. The ledger gets a commitment to what the traveller says; what is said stays
/// here, sealed, for those who decide.
struct DisputeBooking: Sendable {
    let disputes: DisputeRepository
    let transactions: TransactionRepository
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign = CancelBooking.secondsToSign
    /// How much may be said, in bytes of UTF-8.
    static let statementBytesMax = 4_000

    /// The transaction that disputes a booking; what is said may be changed until one was sent.
    /// - Throws: `Problem`: `bookings.not_disputable`, `bookings.statement_malformed`, or what the
    ///   ledger says.
    func prepare(_ row: BookingRow, statement: String) async throws -> TransactionRow {
        guard (1...Self.statementBytesMax).contains(statement.utf8.count),
            statement.contains(where: { !$0.isWhitespace })
        else {
            throw ProblemCode.statementMalformed.problem(
                "Say in 1 to \(Self.statementBytesMax) bytes what went wrong.")
        }
        let time = now()
        let held = try disputable(row, at: time)
        let prepared = try await escrow.prepareDispute(
            of: held.escrowID, evidence: Self.evidence(statement, salt: row.salt),
            passenger: AccountID(parsing: row.booking.payer),
            validUntil: min(time.adding(seconds: Self.secondsToSign), held.staleAt))
        let transaction = try prepared.row(
            for: row.booking, purpose: .dispute,
            summary: escrow.summary(ofDisputing: row.booking, prepared), offeredAt: time)
        let (disputes, transactions) = (disputes, transactions)
        try await disputes.database.transaction { scope in
            // What is signed must commit to what is kept.
            guard try await transactions.withdraw(.dispute, of: row.booking.id, in: scope) else {
                throw ProblemCode.notDisputable.problem("A dispute is on its way already.")
            }
            try await disputes.state(statement, of: row.booking.id, at: time, in: scope)
            try await transactions.offer(transaction, in: scope)
        }
        return transaction
    }

    private func disputable(_ row: BookingRow, at time: Instant) throws(Problem) -> EscrowRow {
        guard let held = row.escrow, held.state == .ticketed else {
            throw ProblemCode.notDisputable.problem(row.booking.status.sentence)
        }
        guard time < held.staleAt else {
            throw ProblemCode.notDisputable.problem(
                "The time to object ended at \(held.staleAt).")
        }
        return held
    }

    /// What stands on the ledger for what was said. Without the salt it stands for nothing.
    static func evidence(_ statement: String, salt: [UInt8]) -> Hash {
        Hash(
            fitting: SHA256.hash(
                Array("traqora.dispute".utf8) + [0, 1] + salt + Array(statement.utf8)))
    }
}
