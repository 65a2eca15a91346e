import Common
import FareRules
import Soroban

/// Holds the money of a booking from purchase on, and gives each part of it to whom it belongs.
@Contract(
    Administered.self, BookingRules.self, BookingDisputes.self, errors: BookingError.self,
    events: Booked.self, Ticketed.self,
    Expired.self,
    Cancelled.self,
    Refunded.self, Settled.self, Credited.self,
    Withdrawn.self)
struct BookingContract {
    @Stored("others") var others: Contracts
    @Stored("bookings", .persistent) var bookings: Table<UInt64, Booking>
    @Stored("quotes", .persistent) var usedQuotes: PairTable<Address, UInt64, UInt64>
    @Stored("escrowed", .persistent) var escrow: Table<Address, Amount>
    @Stored("credits", .persistent) var credits: PairTable<Address, Address, Amount>

    /// Deploys with the tokens that bookings may be paid in, at most 8.
    ///
    /// - Fails: `settingsOutOfRange`, `tooMany`.
    init(
        admin: Address, guardian: Address?, settings: Settings, tokens: Vec<Address>,
        contracts: Contracts
    ) {
        guard settings.isValid else { fail(.settingsOutOfRange) }
        guard tokens.count <= 8 else { fail(.tooMany) }
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
    /// - Fails: `paused`, `seatsOutOfRange`, `carrierNotActive`, `priceAboveMax`,
    ///   `tokenNotAccepted`, `exists`; what `hold` of FlightRegistry throws.
    func book(
        passenger: Address, flight: UInt64, cabin: Symbol, seats: UInt32, maxPrice: Amount,
        manifest: BytesN<32>
    ) -> UInt64 {
        passenger.requireAuthorization()
        Administered.requireOpen()
        guard seats >= 1, seats <= 9 else { fail(.seatsOutOfRange) }
        let held = FlightsClient(others.flights).hold(id: flight, cabin: cabin, seats: seats)
        let airline = AirlinesClient(others.airline).airline(code: held.carrier)
        guard airline.field(#symbol("standing")) == activeStanding else {
            fail(.carrierNotActive)
        }
        guard held.price <= maxPrice else { fail(.priceAboveMax) }
        guard rules.tokens[held.token] != nil else { fail(.tokenNotAccepted) }
        let content = makeVec([passenger.value.word, manifest.value.word]).serialized
        return take(
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
    /// - Fails: `paused`, `unknownSeller`, `tokenNotAccepted`, `seatsOutOfRange`,
    ///   `priceOutOfRange`, `timesOutOfRange`, `quoteExpired`, `quoteUsed`, `unknownPolicy`,
    ///   `carrierNotActive`, `exists`.
    func bookQuoted(passenger: Address, quote: Quote, signature: BytesN<64>) -> UInt64 {
        passenger.requireAuthorization()
        let now = Ledger.time
        Administered.requireOpen()
        guard let key = rules.quoteKeys[quote.seller] else { fail(.unknownSeller) }
        guard rules.tokens[quote.token] != nil else { fail(.tokenNotAccepted) }
        guard quote.hasSeats else { fail(.seatsOutOfRange) }
        guard quote.hasPrice else { fail(.priceOutOfRange) }
        guard quote.flies(after: now) else { fail(.timesOutOfRange) }
        guard now < quote.expires else { fail(.quoteExpired) }
        guard usedQuotes[quote.seller, quote.nonce] == nil else { fail(.quoteUsed) }
        guard RefundsClient(others.refund).tryPolicy(id: quote.policy) != nil else {
            fail(.unknownPolicy)
        }
        guard AirlinesClient(others.airline).isActive(code: quote.carrier) else {
            fail(.carrierNotActive)
        }
        let content = quote.signedBytes
        Crypto.verify(signature, of: content, by: key)

        let id = number(of: content)
        usedQuotes[quote.seller, quote.nonce] = id
        return take(
            Booking(quote, passenger: passenger, terms: rules.terms, now: now), as: id)
    }

    /// Says that the ticket is issued. `ticketHash` commits to it and shows nobody anything.
    ///
    /// - Signed by: `operator`, who acts for the carrier or signed the quote.
    /// - Emits: ``Ticketed``.
    /// - Fails: `notFound`, `notOpen`, `notSeller`, `deadlinePassed`.
    func ticket(operator: Address, id: UInt64, ticketHash: BytesN<32>) {
        `operator`.requireAuthorization()
        let entry = bookings.load(id)
        guard var booking = entry.value else { fail(.notFound) }
        guard booking.state == .paid else { fail(.notOpen) }
        guard isSeller(`operator`, of: booking) else { fail(.notSeller) }
        guard Ledger.time < booking.ticketDeadline else { fail(.deadlinePassed) }
        booking.state = .ticketed
        booking.ticketHash = ticketHash
        entry.save(booking)
        Ticketed(id: id, passenger: booking.passenger, ticketHash: ticketHash).emit()
    }

    /// Returns everything if no ticket came in time. An exit: anyone may call it, at any time.
    ///
    /// - Emits: ``Expired``.
    /// - Fails: `notFound`, `notOpen`, `deadlineNotReached`, `calledTooDeep`.
    func expire(id: UInt64) {
        let (entry, booking) = found(id)
        guard booking.state == .paid else { fail(.notOpen) }
        guard Ledger.time >= booking.ticketDeadline else { fail(.deadlineNotReached) }
        let refund = close(entry, as: .expired)
        Expired(id: id, passenger: booking.passenger, refund: refund).emit()
        giveBack(booking.seats, of: booking)
        pay(refund, in: booking.token, to: booking.passenger)
    }

    /// Cancels seats before departure: the fare rule says how much returns, the seller keeps the
    /// rest, less the fee.
    ///
    /// An exit, so it works while the contract is paused.
    /// - Signed by: `passenger`.
    /// - Emits: ``Cancelled``.
    /// - Fails: `notFound`, `notPassenger`, `notOpen`, `departed`, `seatsOutOfRange`.
    func cancel(passenger: Address, id: UInt64, seats: UInt32) {
        passenger.requireAuthorization()
        var (entry, booking) = found(id)
        guard booking.passenger == passenger else { fail(.notPassenger) }
        guard booking.state.isOpen else { fail(.notOpen) }
        guard Ledger.time < booking.departs else { fail(.departed) }
        guard seats >= 1, seats <= booking.seats else { fail(.seatsOutOfRange) }
        let parts = split(booking, cancelling: seats)

        booking.seats -= seats
        if booking.seats == 0 { booking.state = .cancelled }
        entry.save(booking)
        release(booking.amount(of: seats), of: booking.token)
        Cancelled(
            id: id, passenger: passenger, fee: parts.fee, penalty: parts.fee + parts.seller,
            refund: parts.refund, seats: seats, seatsLeft: booking.seats
        ).emit()
        giveBack(seats, of: booking)
        pay(parts, of: booking)
    }

    /// Returns everything because the carrier does not fly: before departure.
    ///
    /// - Signed by: `operator`, who acts for the carrier or signed the quote.
    /// - Emits: ``Refunded``.
    /// - Fails: `notFound`, `notOpen`, `notSeller`, `departed`, `calledTooDeep`.
    func carrierCancel(operator: Address, id: UInt64) {
        `operator`.requireAuthorization()
        let (entry, booking) = found(id)
        guard booking.state.isOpen else { fail(.notOpen) }
        guard isSeller(`operator`, of: booking) else { fail(.notSeller) }
        guard Ledger.time < booking.departs else { fail(.departed) }
        refund(entry, booking, id)
    }

    /// Returns everything because the flight was cancelled. An exit: anyone may call it.
    ///
    /// - Emits: ``Refunded``.
    /// - Fails: `notFound`, `notOpen`, `notCancelled`.
    func refundCancelled(id: UInt64) {
        let (entry, booking) = found(id)
        guard booking.state.isOpen else { fail(.notOpen) }
        guard status(of: booking)?.0 == .cancelled else { fail(.notCancelled) }
        refund(entry, booking, id)
    }

    /// Pays the carrier after the flight. An exit: anyone may call it.
    ///
    /// The dispute window begins with the arrival, but not before the planned one.
    /// - Emits: ``Settled``.
    /// - Fails: `notFound`, `notOpen`, `notArrived`, `tooEarly`.
    func settle(id: UInt64) {
        let (entry, booking) = found(id)
        guard booking.state == .ticketed else { fail(.notOpen) }
        guard let (status, time) = status(of: booking), status == .arrived else {
            fail(.notArrived)
        }
        let arrival = time > booking.arrives ? time : booking.arrives
        guard Ledger.time >= arrival + booking.disputeWindow else { fail(.tooEarly) }
        settle(entry, booking, id)
    }

    /// Pays the carrier if nobody said what became of the flight, unless it was cancelled.
    ///
    /// - Emits: ``Settled``.
    /// - Fails: `notFound`, `notOpen`, `tooEarly`, `notArrived`, `calledTooDeep`.
    func settleStale(id: UInt64) {
        let (entry, booking) = found(id)
        guard booking.state == .ticketed else { fail(.notOpen) }
        guard Ledger.time >= booking.staleAt else { fail(.tooEarly) }
        guard status(of: booking)?.0 != .cancelled else { fail(.notArrived) }
        settle(entry, booking, id)
    }

    /// Pays out what could not be delivered before.
    ///
    /// - Signed by: `address`.
    /// - Emits: ``Withdrawn``.
    /// - Fails: `nothingToWithdraw`.
    func withdraw(address: Address, token: Address, to: Address) -> Amount {
        address.requireAuthorization()
        guard let amount = credits[address, token] else { fail(.nothingToWithdraw) }
        credits[address, token] = nil
        Withdrawn(address: address, token: token, amount: amount, to: to).emit()
        TokenClient(token).transfer(from: CurrentContract.address, to: to, amount: amount)
        return amount
    }

    /// A booking as it is now.
    ///
    /// - Fails: `notFound`.
    func booking(id: UInt64) -> Booking {
        guard let booking = bookings[id] else { fail(.notFound) }
        return booking
    }

    /// What cancelling all seats would give now.
    ///
    /// - Fails: `notFound`, `notOpen`.
    func refundPreview(id: UInt64) -> Refund {
        let booking = booking(id: id)
        guard booking.state.isOpen else { fail(.notOpen) }
        let parts = split(booking, cancelling: booking.seats)
        return Refund(penalty: parts.fee + parts.seller, refund: parts.refund)
    }

    /// Keeps bookings alive, at most 50: anyone may, and a keeper does for those far ahead.
    ///
    /// - Fails: `tooMany`, `notFound`.
    func extend(ids: Vec<UInt64>) { keepAlive(ids) }

    /// Σ of what open bookings hold in a token.
    func escrowed(token: Address) -> Amount { escrow[token] ?? 0 }

    /// What an address can withdraw.
    func credit(address: Address, token: Address) -> Amount { credits[address, token] ?? 0 }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Fails: `alreadyMigrated`.
    func migrate() { Administered.migrate(to: version()) }
}
