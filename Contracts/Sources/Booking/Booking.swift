import Common
import FareRules
import Soroban

/// Holds the money of a booking from purchase on, and gives each part of it to whom it belongs.
@Contract(
    Administered.self, BookingRules.self, BookingDisputes.self, events: Booked.self, Ticketed.self,
    Expired.self,
    Cancelled.self,
    Refunded.self, Settled.self, Credited.self,
    Withdrawn.self)
struct BookingContract {
    @Stored("others") var others: Contracts
    @Stored("bookings", .persistent) var bookings: Table<UInt64, Booking>
    @Stored("quotes", .persistent) var usedQuotes: PairTable<Address, UInt64, UInt64>
    @Stored("escrowed", .persistent) var escrow: Table<Address, Int128>
    @Stored("credits", .persistent) var credits: PairTable<Address, Address, Int128>

    /// Deploys with the tokens that bookings may be paid in, at most 8.
    ///
    /// - Throws: `settingsOutOfRange`, `tooMany`.
    init(
        admin: Address, guardian: Address?, settings: Settings, tokens: Vec<Address>,
        contracts: Contracts
    ) throws(BookingError) {
        guard settings.isValid else { throw .settingsOutOfRange }
        guard tokens.count <= 8 else { throw .tooMany }
        Administered.begin(admin: admin, guardian: guardian, version: version())
        rules.terms = settings
        others = contracts
        SettingsChanged(settings: settings).emit()
        rules.accept(all: tokens)
    }

    /// Books seats of a published flight, and takes price × seats into escrow.
    ///
    /// - Signed by: `passenger`, with the token's transfer below.
    /// - Emits: ``Booked``.
    /// - Throws: `paused`, `seatsOutOfRange`, `carrierNotActive`, `priceAboveMax`,
    ///   `tokenNotAccepted`, `exists`; what `hold` of FlightRegistry throws.
    func book(
        passenger: Address, flight: UInt64, cabin: Symbol, seats: UInt32, maxPrice: Int128,
        manifest: BytesN<32>
    ) throws(BookingError) -> UInt64 {
        passenger.requireAuthorization()
        guard !Administered.isPaused else { throw .paused }
        guard seats >= 1, seats <= 9 else { throw .seatsOutOfRange }
        let held = FlightsClient(others.flights).hold(id: flight, cabin: cabin, seats: seats)
        let airline = AirlinesClient(others.airline).airline(code: held.carrier)
        guard airline.field(#symbol("standing")) == activeStanding else {
            throw .carrierNotActive
        }
        guard held.price <= maxPrice else { throw .priceAboveMax }
        guard rules.tokens[held.token] != nil else { throw .tokenNotAccepted }
        let content = makeVec([passenger.value.word, manifest.value.word]).serialized
        return try take(
            Booking(
                held, payout: airline.field(#symbol("payout")), flight: flight, cabin: cabin,
                seats: seats, manifest: manifest, passenger: passenger, terms: rules.terms,
                now: Ledger.time),
            as: number(of: content))
    }

    /// Books what a seller has quoted, and takes price × seats into escrow.
    ///
    /// - Signed by: `passenger`, with the token's transfer below; the quote by the seller's key.
    /// - Emits: ``Booked``.
    /// - Throws: `paused`, `unknownSeller`, `tokenNotAccepted`, `unknownPolicy`,
    ///   `seatsOutOfRange`, `priceOutOfRange`, `timesOutOfRange`, `quoteExpired`, `quoteUsed`,
    ///   `exists`.
    func bookQuoted(passenger: Address, quote: Quote, signature: BytesN<64>)
        throws(BookingError) -> UInt64
    {
        passenger.requireAuthorization()
        let now = Ledger.time
        guard !Administered.isPaused else { throw .paused }
        guard let key = rules.quoteKeys[quote.seller] else { throw .unknownSeller }
        guard rules.tokens[quote.token] != nil else { throw .tokenNotAccepted }
        guard quote.hasSeats else { throw .seatsOutOfRange }
        guard quote.hasPrice else { throw .priceOutOfRange }
        guard quote.flies(after: now) else { throw .timesOutOfRange }
        guard now < quote.expires else { throw .quoteExpired }
        guard usedQuotes[quote.seller, quote.nonce] == nil else { throw .quoteUsed }
        guard RefundsClient(others.refund).tryPolicy(id: quote.policy) != nil else {
            throw .unknownPolicy
        }
        let content = quote.signedBytes
        Crypto.verify(signature, of: content, by: key)

        let id = number(of: content)
        usedQuotes[quote.seller, quote.nonce] = id
        return try take(
            Booking(quote, passenger: passenger, terms: rules.terms, now: now), as: id)
    }

    /// Says that the ticket is issued. `ticketHash` commits to it and shows nobody anything.
    ///
    /// - Signed by: `operator`, who acts for the carrier or signed the quote.
    /// - Emits: ``Ticketed``.
    /// - Throws: `notFound`, `notSeller`, `notOpen`, `deadlinePassed`.
    func ticket(operator: Address, id: UInt64, ticketHash: BytesN<32>) throws(BookingError) {
        `operator`.requireAuthorization()
        let entry = bookings.load(id)
        guard var booking = entry.value else { throw .notFound }
        guard booking.state == .paid else { throw .notOpen }
        guard isSeller(`operator`, of: booking) else { throw .notSeller }
        guard Ledger.time < booking.ticketDeadline else { throw .deadlinePassed }
        booking.state = .ticketed
        booking.ticketHash = ticketHash
        entry.save(booking)
        Ticketed(id: id, passenger: booking.passenger, ticketHash: ticketHash).emit()
    }

    /// Returns everything if no ticket came in time. An exit: anyone may call it, at any time.
    ///
    /// - Emits: ``Expired``.
    /// - Throws: `notFound`, `notOpen`, `deadlineNotReached`.
    func expire(id: UInt64) throws(BookingError) {
        let (entry, booking) = try found(id)
        guard booking.state == .paid else { throw .notOpen }
        guard Ledger.time >= booking.ticketDeadline else { throw .deadlineNotReached }
        let split = close(entry, booking, as: .expired, refunding: Share.whole)
        Expired(id: id, passenger: booking.passenger, refund: split.refund).emit()
        giveBack(booking.seats, of: booking)
        pay(split, of: booking)
    }

    /// Cancels seats before departure: the fare rule says how much returns, the seller keeps the
    /// rest, less the fee.
    ///
    /// An exit, so it works while the contract is paused.
    /// - Signed by: `passenger`.
    /// - Emits: ``Cancelled``.
    /// - Throws: `notFound`, `notPassenger`, `notOpen`, `departed`, `seatsOutOfRange`.
    func cancel(passenger: Address, id: UInt64, seats: UInt32) throws(BookingError) {
        passenger.requireAuthorization()
        var (entry, booking) = try found(id)
        guard booking.passenger == passenger else { throw .notPassenger }
        guard booking.state.isOpen else { throw .notOpen }
        guard Ledger.time < booking.departs else { throw .departed }
        guard seats >= 1, seats <= booking.seats else { throw .seatsOutOfRange }
        let split = split(booking, cancelling: seats)

        booking.seats -= seats
        if booking.seats == 0 { booking.state = .cancelled }
        entry.save(booking)
        release(booking.amount(of: seats), of: booking.token)
        Cancelled(
            id: id, passenger: passenger, fee: split.fee, penalty: split.penalty,
            refund: split.refund, seats: seats, seatsLeft: booking.seats
        ).emit()
        giveBack(seats, of: booking)
        pay(split, of: booking)
    }

    /// Returns everything because the carrier does not fly: before departure.
    ///
    /// - Signed by: `operator`, who acts for the carrier or signed the quote.
    /// - Emits: ``Refunded``.
    /// - Throws: `notFound`, `notOpen`, `notSeller`, `departed`.
    func carrierCancel(operator: Address, id: UInt64) throws(BookingError) {
        `operator`.requireAuthorization()
        let (entry, booking) = try found(id)
        guard booking.state.isOpen else { throw .notOpen }
        guard isSeller(`operator`, of: booking) else { throw .notSeller }
        guard Ledger.time < booking.departs else { throw .departed }
        refund(entry, booking, id)
    }

    /// Returns everything because the flight was cancelled. An exit: anyone may call it.
    ///
    /// - Emits: ``Refunded``.
    /// - Throws: `notFound`, `notOpen`, `notCancelled`.
    func refundCancelled(id: UInt64) throws(BookingError) {
        let (entry, booking) = try found(id)
        guard booking.state.isOpen else { throw .notOpen }
        guard status(of: booking)?.0 == .cancelled else { throw .notCancelled }
        refund(entry, booking, id)
    }

    /// Pays the carrier after the flight. An exit: anyone may call it.
    ///
    /// The dispute window begins with the arrival, but not before the planned one.
    /// - Emits: ``Settled``.
    /// - Throws: `notFound`, `notOpen`, `notArrived`, `tooEarly`.
    func settle(id: UInt64) throws(BookingError) {
        let (entry, booking) = try found(id)
        guard booking.state == .ticketed else { throw .notOpen }
        guard let (status, time) = status(of: booking), status == .arrived else {
            throw .notArrived
        }
        let arrival = time > booking.arrives ? time : booking.arrives
        guard Ledger.time >= arrival + booking.disputeWindow else { throw .tooEarly }
        settle(entry, booking, id)
    }

    /// Pays the carrier if nobody said what became of the flight, unless it was cancelled.
    ///
    /// - Emits: ``Settled``.
    /// - Throws: `notFound`, `notOpen`, `tooEarly`, `notArrived`.
    func settleStale(id: UInt64) throws(BookingError) {
        let (entry, booking) = try found(id)
        guard booking.state == .ticketed else { throw .notOpen }
        guard Ledger.time >= booking.staleAt else { throw .tooEarly }
        guard status(of: booking)?.0 != .cancelled else { throw .notArrived }
        settle(entry, booking, id)
    }

    /// Pays out what could not be delivered before.
    ///
    /// - Signed by: `address`.
    /// - Emits: ``Withdrawn``.
    /// - Throws: `nothingToWithdraw`.
    func withdraw(address: Address, token: Address, to: Address) throws(BookingError) -> Int128 {
        address.requireAuthorization()
        guard let amount = credits[address, token] else { throw .nothingToWithdraw }
        credits[address, token] = nil
        Withdrawn(address: address, token: token, amount: amount, to: to).emit()
        TokenClient(token).transfer(from: CurrentContract.address, to: to, amount: amount)
        return amount
    }

    /// A booking as it is now.
    ///
    /// - Throws: `notFound`.
    func booking(id: UInt64) throws(BookingError) -> Booking {
        guard let booking = bookings[id] else { throw .notFound }
        return booking
    }

    /// What cancelling all seats would give now.
    ///
    /// - Throws: `notFound`, `notOpen`.
    func refundPreview(id: UInt64) throws(BookingError) -> Refund {
        let booking = try booking(id: id)
        guard booking.state.isOpen else { throw .notOpen }
        let split = split(booking, cancelling: booking.seats)
        return Refund(penalty: split.penalty, refund: split.refund)
    }

    /// Keeps bookings alive, at most 50: anyone may, and a keeper does for those far ahead.
    ///
    /// - Throws: `tooMany`, `notFound`.
    func extend(ids: Vec<UInt64>) throws(BookingError) { try keepAlive(ids) }

    /// Σ of what open bookings hold in a token.
    func escrowed(token: Address) -> Int128 { escrow[token] ?? 0 }

    /// What an address can withdraw.
    func credit(address: Address, token: Address) -> Int128 { credits[address, token] ?? 0 }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Throws: `alreadyMigrated`.
    func migrate() throws(CommonError) { try Administered.migrate(to: version()) }
}
