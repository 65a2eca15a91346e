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

    /// Builds and simulates it. Nothing is kept.
    func prepare(_ row: BookingRow) async throws -> TransactionRow {
        let booking = row.booking
        let prepared = try await escrow.prepare(
            operation(for: row), by: AccountID(parsing: booking.payer),
            validUntil: booking.holdExpires)
        return try prepared.row(
            for: booking, purpose: .payment,
            summary: escrow.summary(
                ofPaying: booking, feeStroops: prepared.transaction.fee,
                until: prepared.validUntil),
            offeredAt: now())
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

    /// A new one for a booking that is still held, when the first cannot be sent any more because
    /// the account did something else in between.
    /// - Throws: `Problem`: `bookings.already_paid`, `bookings.hold_expired`, or what the ledger
    ///   says.
    func prepareAgain(_ row: BookingRow) async throws -> TransactionRow {
        try await check(row)
        let transaction = try await prepare(row)
        try await transactions.offer(transaction, in: transactions.database)
        return transaction
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
