import Cryptography
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

extension OperateAirline {
    /// Answers a dispute. The ledger gets a commitment to what is said; what is said stays here,
    /// sealed, for those who decide, and may be changed until one was sent.
    /// - Throws: `Problem`: `bookings.not_disputable`, `bookings.statement_malformed`, or what the
    ///   ledger says.
    func answer(
        _ booking: AirlineBooking, of row: BookingRow, statement: String,
        keeping disputes: DisputeRepository, by member: AirlineDoor.Member
    ) async throws -> UnsignedTransactionResponse {
        guard (1...DisputeBooking.statementBytesMax).contains(statement.utf8.count),
            statement.contains(where: { !$0.isWhitespace })
        else {
            throw ProblemCode.statementMalformed.problem(
                "Answer in 1 to \(DisputeBooking.statementBytesMax) bytes.")
        }
        guard booking.state == .disputed, row.escrow?.hasResponded == false else {
            throw ProblemCode.notDisputable.problem(
                booking.state == .disputed
                    ? "It has been answered." : "Nobody disputes it.")
        }
        let (subject, id, time) = ("escrow.\(booking.number)", row.booking.id, now())
        let repository = transactions.transactions
        return try await transactions.offer(
            BookingContract(self.booking).respond(
                operator: member.address, id: booking.number,
                evidence: Self.evidence(statement, salt: row.salt)
            ).operation,
            for: .disputeAnswer, about: subject, by: member.account,
            summary: [
                "Answer the dispute of booking \(booking.number) of \(booking.flight), once. The "
                    + "ledger gets a hash of what you said, not the words.",
                "If arbiters do not decide in time, each side gets half; without an answer the "
                    + "traveller gets all.",
            ],
            alongside: { scope in
                // What is signed must commit to what is kept.
                guard
                    try await repository.withdraw(.disputeAnswer, about: subject, in: scope)
                else {
                    throw ProblemCode.notDisputable.problem("An answer is on its way already.")
                }
                try await disputes.answer(statement, of: id, at: time, in: scope)
            })
    }

    /// What stands on the ledger for what was said. Without the salt it stands for nothing.
    static func evidence(_ statement: String, salt: [UInt8]) -> Hash {
        Hash(
            fitting: SHA256.hash(
                Array("traqora.answer".utf8) + [0, 1] + salt + Array(statement.utf8)))
    }
}
