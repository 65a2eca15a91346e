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
    let signing: SignBookingCalls
    let now: @Sendable () -> Instant

    /// How long a traveller has to sign.
    static let secondsToSign = CancelBooking.secondsToSign
    /// How much may be said, in bytes of UTF-8.
    static let statementBytesMax = 4_000

    /// What disputes a booking, to be signed; what is said may be changed until one was sent.
    /// - Throws: `Problem`: `bookings.not_disputable`, `bookings.statement_malformed`, those of
    ///   sponsoring, or what the ledger says.
    func prepare(_ row: BookingRow, statement: String, isSponsored: Bool) async throws -> ToSign {
        guard (1...Self.statementBytesMax).contains(statement.utf8.count),
            statement.contains(where: { !$0.isWhitespace })
        else {
            throw ProblemCode.statementMalformed.problem(
                "Say in 1 to \(Self.statementBytesMax) bytes what went wrong.")
        }
        let time = now()
        let held = try disputable(row, at: time)
        let operation = escrow.dispute(
            of: held.escrowID, evidence: Self.evidence(statement, salt: row.salt),
            passenger: try SCAddress(parsing: row.booking.payer))
        let until = min(time.adding(seconds: Self.secondsToSign), held.staleAt)
        let (escrow, booking) = (escrow, row.booking)
        let call = BookingCall(purpose: .dispute, operation: operation, validUntil: until) {
            escrow.summary(ofDisputing: booking, feeStroops: $0, until: until)
        }
        let toSign = try await signing.prepare(call, for: booking, isSponsored: isSponsored)
        let (disputes, transactions) = (disputes, transactions)
        try await disputes.database.transaction { scope in
            // What is signed must commit to what is kept.
            guard try await transactions.withdraw(.dispute, of: row.booking.id, in: scope) else {
                throw ProblemCode.notDisputable.problem("A dispute is on its way already.")
            }
            try await disputes.state(statement, of: row.booking.id, at: time, in: scope)
            try await transactions.offer(toSign.row, in: scope)
        }
        return toSign
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
