import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// The payment of a booking for which the platform pays the network.
struct SponsorPayment: Sendable {
    let sponsor: SponsorTransaction
    let payment: PreparePayment
    let escrow: EscrowContract

    /// The authorization that pays for a held booking.
    /// - Throws: `Problem`: that it cannot be paid now, or not in this way.
    func offer(_ row: BookingRow) async throws -> UnsignedAuthorizationResponse {
        try await payment.check(row)
        let open = try await payment.transactions.all(of: row.booking.id).last {
            $0.purpose == .payment && $0.form == .authorization && $0.status == nil
        }
        if let open, payment.now() < open.expiresAt { return try await sponsor.offerAgain(open) }
        return try await sponsor.offer(
            SponsorTransaction.Call(
                operation: payment.operation(for: row), purpose: .payment,
                subject: .booking(row.booking.id), signer: row.booking.payer,
                summary: escrow.summary(
                    ofPaying: row.booking, feeStroops: nil, until: row.booking.holdExpires),
                validUntil: row.booking.holdExpires))
    }

    /// Takes one back that was signed: the whole entry, or the signature of an account alone.
    func submit(
        authorization: String?, signature: String?, for row: BookingRow,
        _ submission: SubmitTransaction
    ) async throws {
        let offers = try await payment.transactions.all(of: row.booking.id).filter {
            $0.purpose == .payment && $0.form == .authorization
        }
        let signed: SignedAuthorization
        switch (authorization, signature) {
        case (let text?, nil):
            signed = try SignedAuthorization(checking: text, among: offers, on: escrow.network)
        case (nil, let text?):
            signed = try SignedAuthorization(signature: text, among: offers, on: escrow.network)
        case (nil, nil), (_?, _?):
            throw ProblemCode.malformedAuthorization.problem(
                "Send `authorization` or `signature`, not both.")
        }
        guard signed.offered.status == nil else { return }
        try submission.check(row, .payment, signed.offered, at: payment.now())
        try await sponsor.submit(signed)
    }
}
