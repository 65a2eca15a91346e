import Cryptography
import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The transaction that pays for a held booking: the same quote however often it is asked for, with
/// the account's next number.
struct PreparePayment: Sendable {
    let transactions: TransactionRepository
    let signer: QuoteSigner
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How booking and escrow will find each other: by the quote, or for a flight of the registry
    /// by the number that the contract will give.
    func link(of booking: Booking, nonce: UInt64, salt: [UInt8]) throws -> (
        seller: String, nonce: String
    ) {
        guard booking.offer.supplier == RegistrySupply.name else {
            return (signer.seller.description, String(nonce))
        }
        let number = try BookingContract.number(
            passenger: .account(AccountID(parsing: booking.payer)),
            manifest: Self.manifest(of: booking, salt: salt))
        return (EscrowRow.published, String(number))
    }

    /// Builds and simulates it. Nothing is kept.
    func prepare(_ row: BookingRow) async throws -> TransactionRow {
        let booking = row.booking
        let prepared =
            booking.offer.supplier == RegistrySupply.name
            ? try await published(row) : try await quoted(row)
        return try prepared.row(
            for: booking, purpose: .payment,
            summary: escrow.summary(ofPaying: booking, prepared), offeredAt: now())
    }

    /// Books a flight that its airline published, at most at the price that was offered.
    private func published(_ row: BookingRow) async throws -> EscrowContract.Prepared {
        let booking = row.booking
        guard let id = RegistryOfferID(booking.offer.id.text) else { throw Problem.internalFault }
        let seats = booking.offer.passengers.seats
        return try await escrow.prepareBooking(
            ofFlight: id.flight, cabin: SCSymbol(id.cabin), seats: UInt32(seats),
            priceMax: QuoteSigner.seatPrice(booking.price, seats: seats),
            manifest: Self.manifest(of: booking, salt: row.salt),
            passenger: AccountID(parsing: booking.payer), validUntil: booking.holdExpires)
    }

    /// What stands on the ledger for who flies: each person under a salt of their own.
    private static func manifest(of booking: Booking, salt: [UInt8]) throws -> Hash {
        let commitments = booking.passengers.enumerated().compactMap { index, passenger in
            Manifest.preimage(of: passenger, salt: SHA256.hash(salt + [UInt8(index)]))
                .map { SHA256.hash($0) }
        }
        guard commitments.count == booking.passengers.count,
            let preimage = Manifest.preimage(ofCommitments: commitments)
        else { throw Problem.internalFault }
        return Hash(fitting: SHA256.hash(preimage))
    }

    private func quoted(_ row: BookingRow) async throws -> EscrowContract.Prepared {
        let booking = row.booking
        let seats = booking.offer.passengers.seats
        guard let nonce = UInt64(row.nonce) else { throw Problem.internalFault }
        let signed = try signer.sign(
            booking.offer, seatPrice: QuoteSigner.seatPrice(booking.price, seats: seats),
            expires: booking.holdExpires, nonce: nonce, salt: row.salt)
        return try await escrow.prepareBooking(
            signed.quote, signature: signed.signature,
            passenger: AccountID(parsing: booking.payer), validUntil: booking.holdExpires)
    }

    /// A new one for a booking that is still held, when the first cannot be sent any more because
    /// the account did something else in between.
    /// - Throws: `Problem`: `bookings.already_paid`, `bookings.hold_expired`, or what the ledger
    ///   says.
    func prepareAgain(_ row: BookingRow) async throws -> TransactionRow {
        guard row.booking.escrow == .unpaid else { throw ProblemCode.alreadyPaid.problem() }
        guard row.booking.fulfilment == .held, now() < row.booking.holdExpires else {
            throw ProblemCode.holdExpired.problem(
                "It was held until \(row.booking.holdExpires). Nothing was charged. Search again.")
        }
        let sent = try await transactions.all(of: row.booking.id).filter {
            $0.status == .queued || $0.status == .submitted || $0.status == .applied
        }
        guard sent.isEmpty else {
            throw ProblemCode.alreadyPaid.problem("A payment is on its way already.")
        }
        let transaction = try await prepare(row)
        try await transactions.offer(transaction, in: transactions.database)
        return transaction
    }
}
