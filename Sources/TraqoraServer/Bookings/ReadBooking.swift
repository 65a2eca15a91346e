import Cryptography
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Reading a booking, for whoever has its token.
struct ReadBooking: Sendable {
    let bookings: BookingRepository
    let transactions: TransactionRepository
    let disputes: DisputeRepository
    let escrow: EscrowContract

    /// The booking that `token` opens.
    /// - Throws: `Problem`, the same for none and for somebody else's.
    func find(_ id: BookingID, token: BookingToken) async throws -> BookingRow {
        guard let row = try await bookings.find(id),
            constantTimeEquals(row.tokenHash, token.hash)
        else { throw BookingToken.nothingFound }
        return row
    }

    /// The booking of an account that is signed in.
    /// - Throws: `Problem`, the same for none and for somebody else's.
    func find(_ id: BookingID, owner: String) async throws -> BookingRow {
        guard let row = try await bookings.find(id), row.owner == owner else {
            throw BookingToken.nothingFound
        }
        return row
    }

    /// The booking that a request is about, for who may see it.
    /// - Throws: `Problem`, the same for none and for somebody else's.
    func booking(_ request: HTTPRequest, _ identity: Identity) async throws -> BookingRow {
        let id = try BookingID(parsing: request.parameters.require("id"))
        if let caller = try await identity.callerIfSignedIn(request) {
            return try await find(id, owner: caller.subject)
        }
        return try await find(id, token: BookingToken(request))
    }

    /// Bookings as the API shows them: as many questions to the database as for one.
    func responses(for rows: [BookingRow]) async throws -> [BookingResponse] {
        guard !rows.isEmpty else { return [] }
        let sent = try await transactions.sent(of: rows.map(\.booking.id))
        let disputed = rows.filter { $0.escrow?.resolveBy != nil }.map(\.booking.id)
        let words = disputed.isEmpty ? [:] : try await disputes.words(of: disputed)
        return rows.map { row in
            response(for: row, sent[row.booking.id] ?? [], words[row.booking.id])
        }
    }

    /// A booking as the API shows it.
    func response(for row: BookingRow) async throws -> BookingResponse {
        guard let response = try await responses(for: [row]).first else {
            throw BookingToken.nothingFound
        }
        return response
    }

    private func response(
        for row: BookingRow, _ sent: [TransactionRow], _ words: DisputeRepository.Words?
    ) -> BookingResponse {
        let chain = ChainResponse(
            network: escrow.network.passphrase, contract: escrow.contractText,
            escrowID: row.booking.escrowID,
            escrowed: row.escrow?.escrowed ?? TokenAmount(baseUnits: 0),
            refunded: row.escrow.flatMap { $0.refunded.baseUnits > 0 ? $0.refunded : nil },
            ticketDeadline: row.escrow?.ticketDeadline, transactions: sent.map(\.response))
        return BookingResponse(
            row.booking, tickets: row.tickets, chain: chain, dispute: dispute(of: row, words))
    }

    private func dispute(of row: BookingRow, _ words: DisputeRepository.Words?)
        -> DisputeResponse?
    {
        guard let escrow = row.escrow, let resolveBy = escrow.resolveBy else { return nil }
        return DisputeResponse(
            statement: words?.statement, resolveBy: resolveBy, hasAnswer: escrow.hasResponded,
            answer: escrow.hasResponded ? words?.answer : nil)
    }

    /// A transaction to be signed, as the API shows it.
    func response(for row: TransactionRow) -> UnsignedTransactionResponse {
        escrow.response(for: row)
    }
}
