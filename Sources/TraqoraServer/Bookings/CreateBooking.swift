import Cryptography
import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Holding an offer: prices it again, keeps the booking, and gives the traveller what is to be
/// signed. No money moves.
struct CreateBooking: Sendable {
    let database: Database
    let suppliers: Suppliers
    let bookings: BookingRepository
    let transactions: TransactionRepository
    let keys: IdempotencyRepository
    let payment: PreparePayment
    let signing: SignBookingCalls
    let exchange: Exchange
    let now: @Sendable () -> Instant
    let random: @Sendable (Int) -> [UInt8]

    /// How long a price is held at most.
    static let holdSecondsMax: Int64 = 900
    /// How often names are drawn before giving up.
    static let attemptsMax = 20

    /// What came of it.
    struct Result: Sendable {
        var booking: BookingRow
        var token: BookingToken
        var toSign: ToSign
    }

    /// The booking that `key` stands for: made now, or before.
    /// - Parameters:
    ///   - digest: the hash of the request as it came, and of who sent it.
    ///   - owner: who is signed in, if anybody is.
    func create(
        _ request: CreateBookingRequest, key: IdempotencyKey, digest: [UInt8], owner: String?
    ) async throws -> Result {
        let hash = key.hash(of: owner)
        let claim = try await keys.claim(
            key: hash, request: digest, salt: random(32), now: now())
        switch claim {
        case .inUse: throw ProblemCode.keyInUse.problem("Ask again in a moment.")
        case .otherRequest:
            throw ProblemCode.keyReused.problem("Use a new key for a new booking.")
        case .done(let id, let salt): return try await made(id, token: key.token(salt: salt))
        case .taken(let salt):
            do {
                return try await make(
                    request, key: key, token: key.token(salt: salt), owner: owner)
            } catch {
                try await keys.release(key: hash)
                throw error
            }
        }
    }

    private func made(_ id: BookingID, token: BookingToken) async throws -> Result {
        // The one that was made with the booking; whatever was asked for afterwards is later.
        let payment = try await transactions.all(of: id).filter { $0.purpose == .payment }
            .min { ($0.offeredAt, $0.form) < ($1.offeredAt, $1.form) }
        guard let row = try await bookings.find(id), let payment else {
            throw BookingToken.nothingFound
        }
        let toSign: ToSign =
            switch payment.form {
            case .transaction: .transaction(payment)
            case .authorization:
                .authorization(
                    .init(row: payment, response: try signing.sponsor.response(for: payment)))
            }
        return Result(booking: row, token: token, toSign: toSign)
    }

    private func make(
        _ request: CreateBookingRequest, key: IdempotencyKey, token: BookingToken, owner: String?
    ) async throws -> Result {
        let payer = try SCAddress(ofRequest: request.payer)
        let offer = try await price(request)
        let time = now()
        try check(request.passengers, for: offer, at: time)
        let passengers = try await suppliers.seated(request.passengers, in: offer, at: time)
        let total = try Self.total(of: offer, passengers, agreed: request.total)
        let conversion = exchange.quote(at: time)
        let seatPrice = QuoteSigner.seatPrice(
            try conversion.convert(total, at: time), seats: offer.passengers.seats)
        let hash = key.hash(of: owner)
        let expires = min(offer.expiresAt, time.adding(seconds: Self.holdSecondsMax))
        let salt = random(32)
        let nonce = random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let booking = Booking(
            id: try id(), locator: try locator(), offer: offer, passengers: passengers,
            total: total, payer: payer.description,
            price: TokenAmount(
                baseUnits: seatPrice.baseUnits * Int64(offer.passengers.seats)),
            conversion: conversion, holdExpires: expires, createdAt: time,
            contact: request.contact?.email ?? passengers.lazy.compactMap(\.email).first)
        let link = try payment.link(of: booking, nonce: nonce, salt: salt)
        let row = BookingRow(
            booking: booking, tokenHash: token.hash, salt: salt, seller: link.seller,
            nonce: link.nonce, owner: owner)
        let toSign = try await signing.prepare(
            payment.call(for: row), for: booking,
            isSponsored: request.sponsored ?? payer.isContract)
        try await database.transaction(isolation: .readCommitted) { scope in
            try await bookings.insert(row, in: scope)
            try await transactions.offer(toSign.row, in: scope)
            guard try await keys.finish(key: hash, booking: booking.id, in: scope) else {
                throw ProblemCode.keyInUse.problem("Ask again in a moment.")
            }
        }
        return Result(booking: row, token: token, toSign: toSign)
    }

    /// The offer as it stands now; dearer than what the traveller saw is refused, cheaper is given.
    private func price(_ request: CreateBookingRequest) async throws -> Offer {
        let offer = try await suppliers.price(request.offerID, at: now())
        try Self.check(offer.total, of: offer, agreed: request.total)
        return offer
    }

    /// The offer with the seats that were chosen.
    private static func total(of offer: Offer, _ passengers: [Passenger], agreed: Money) throws
        -> Money
    {
        let seats = passengers.flatMap { $0.seats ?? [] }.compactMap(\.price)
        let total = try seats.reduce(offer.total) { try $0.adding($1) }
        try check(total, of: offer, agreed: agreed)
        return total
    }

    private static func check(_ total: Money, of offer: Offer, agreed: Money) throws {
        guard total.currency == agreed.currency, total.minorUnits <= agreed.minorUnits else {
            throw ProblemCode.priceChanged.problem(
                "It is \(total) now, not \(agreed). Book again with the new total and offer if you "
                    + "agree.",
                members: ["new_total": "\(total)", "new_offer_id": offer.id.text])
        }
    }

    private func check(_ passengers: [Passenger], for offer: Offer, at time: Instant) throws {
        let counts = try PassengerCounts(passengers)
        guard counts == offer.passengers else {
            throw ProblemCode.passengersDiffer.problem(
                "The offer is for \(offer.passengers.adults) adults, "
                    + "\(offer.passengers.children) children and \(offer.passengers.infants) "
                    + "infants. Search again for the passengers you have.")
        }
        let today = try ZonedTime(time, in: offer.itinerary.departs.zone).local.date
        try Party.check(passengers, on: offer.itinerary, today: today)
        try suppliers.of(offer)?.check(passengers, for: offer)
    }

    private func id() throws -> BookingID {
        guard let id = BookingID(randomBytes: random(16)) else { throw Problem.internalFault }
        return id
    }

    private func locator() throws -> RecordLocator {
        for _ in 0..<Self.attemptsMax {
            if let locator = RecordLocator(randomBytes: random(RecordLocator.length)) {
                return locator
            }
        }
        throw Problem.internalFault
    }
}
