import Cryptography
import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The call that pays for a held booking: the same quote however often it is asked for.
struct PreparePayment: Sendable {
    let transactions: TransactionRepository
    let signer: QuoteSigner
    let escrow: EscrowContract
    let now: @Sendable () -> Instant

    /// How booking and escrow will find each other: by the quote, or for a flight of the registry
    /// by the number that the contract will give, and by what is booked.
    func link(of booking: Booking, nonce: UInt64, salt: [UInt8]) throws -> (
        seller: String, nonce: String
    ) {
        guard booking.offer.supplier == RegistrySupply.name else {
            return (signer.seller.description, String(nonce))
        }
        guard let id = RegistryOfferID(booking.offer.id.text) else { throw Problem.internalFault }
        let number = try BookingContract.number(
            passenger: SCAddress(parsing: booking.payer),
            manifest: Self.manifest(of: booking, salt: salt))
        let nonce = EscrowRow.published(
            number, flight: id.flight, cabin: id.cabin, seats: booking.offer.passengers.seats)
        return (EscrowRow.published, nonce)
    }

    /// What is to be signed.
    func call(for row: BookingRow) throws -> BookingCall {
        let (escrow, booking) = (escrow, row.booking)
        return BookingCall(
            purpose: .payment, operation: try operation(for: row), validUntil: booking.holdExpires
        ) { escrow.summary(ofPaying: booking, feeStroops: $0, until: booking.holdExpires) }
    }

    /// An authorization that was offered, has not come back, and may still.
    func openAuthorization(of row: BookingRow) async throws -> TransactionRow? {
        let open = try await transactions.all(of: row.booking.id).last {
            $0.purpose == .payment && $0.form == .authorization && $0.status == nil
        }
        guard let open, now() < open.expiresAt else { return nil }
        return open
    }

    /// The call that pays, the same however often it is asked for.
    func operation(for row: BookingRow) throws -> StellarXDR.Operation {
        row.booking.offer.supplier == RegistrySupply.name
            ? try published(row) : try quoted(row)
    }

    /// Books a flight that its airline published, at most at the price that was offered.
    private func published(_ row: BookingRow) throws -> StellarXDR.Operation {
        let booking = row.booking
        guard let id = RegistryOfferID(booking.offer.id.text) else { throw Problem.internalFault }
        let seats = booking.offer.passengers.seats
        let priceMax = QuoteSigner.seatPrice(booking.price, seats: seats)
        return try BookingContract(escrow.contract).book(
            passenger: SCAddress(parsing: booking.payer), flight: id.flight,
            cabin: SCSymbol(id.cabin), seats: UInt32(seats),
            maxPrice: Int128(priceMax.baseUnits),
            manifest: Self.manifest(of: booking, salt: row.salt)
        ).operation
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

    private func quoted(_ row: BookingRow) throws -> StellarXDR.Operation {
        let booking = row.booking
        let seats = booking.offer.passengers.seats
        guard let nonce = UInt64(row.nonce) else { throw Problem.internalFault }
        let signed = try signer.sign(
            booking.offer, seatPrice: QuoteSigner.seatPrice(booking.price, seats: seats),
            expires: booking.holdExpires, nonce: nonce, salt: row.salt)
        return try BookingContract(escrow.contract).bookQuoted(
            passenger: SCAddress(parsing: booking.payer), quote: signed.quote,
            signature: ContractBytes(signed.signature)
        ).operation
    }

    /// Whether it can be paid now.
    /// - Throws: `Problem`: `bookings.already_paid`, `bookings.hold_expired`.
    func check(_ row: BookingRow) async throws {
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
    }
}
