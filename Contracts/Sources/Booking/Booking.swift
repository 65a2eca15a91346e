import Common
import FareRules
import Soroban

/// Holds the money of a booking from purchase on, and gives each part of it to whom it belongs.
@Contract(
    Administered.self, events: Booked.self, Ticketed.self, Expired.self, Cancelled.self,
    Credited.self, Withdrawn.self, SettingsChanged.self, QuoteKeyChanged.self, TokenChanged.self)
struct BookingContract {
    @Stored("terms") var terms: Settings
    @Stored("last_id") var lastID: UInt64
    @Stored("policies") var refundPolicies: Vec<Policy>
    @Stored("bookings", .persistent) var bookings: Table<UInt64, Booking>
    @Stored("tokens", .persistent) var tokens: Table<Address, Bool>
    @Stored("keys", .persistent) var quoteKeys: Table<Address, BytesN<32>>
    @Stored("quotes", .persistent) var usedQuotes: PairTable<Address, UInt64, UInt64>
    @Stored("escrowed", .persistent) var escrow: Table<Address, Int128>
    @Stored("credits", .persistent) var credits: PairTable<Address, Address, Int128>

    /// Deploys with the tokens that bookings may be paid in, at most 8, and the fare rules, 1 to 8.
    ///
    /// - Throws: `settingsOutOfRange`, `policyOutOfRange`, `tooMany`.
    init(
        admin: Address, guardian: Address?, settings: Settings, tokens: Vec<Address>,
        policies: Vec<Policy>
    ) throws(BookingError) {
        guard settings.isValid else { throw .settingsOutOfRange }
        try check(policies)
        guard tokens.count <= 8, policies.count >= 1, policies.count <= 8 else { throw .tooMany }
        Administered.begin(admin: admin, guardian: guardian, version: version())
        terms = settings
        lastID = 0
        refundPolicies = policies
        SettingsChanged(settings: settings).emit()
        accept(all: tokens)
    }

    /// Books what a seller has quoted, and takes price × seats into escrow.
    ///
    /// - Signed by: `passenger`, with the token's transfer below; the quote by the seller's key.
    /// - Emits: ``Booked``.
    /// - Throws: `paused`, `unknownSeller`, `tokenNotAccepted`, `unknownPolicy`,
    ///   `seatsOutOfRange`, `priceOutOfRange`, `timesOutOfRange`, `quoteExpired`, `quoteUsed`.
    func bookQuoted(passenger: Address, quote: Quote, signature: BytesN<64>)
        throws(BookingError) -> UInt64
    {
        passenger.requireAuthorization()
        let now = Ledger.time
        guard !Administered.isPaused else { throw .paused }
        guard let key = quoteKeys[quote.seller] else { throw .unknownSeller }
        guard tokens[quote.token] != nil else { throw .tokenNotAccepted }
        guard quote.policy < refundPolicies.count else { throw .unknownPolicy }
        guard quote.hasSeats else { throw .seatsOutOfRange }
        guard quote.hasPrice else { throw .priceOutOfRange }
        guard quote.flies(after: now) else { throw .timesOutOfRange }
        guard now < quote.expires else { throw .quoteExpired }
        guard usedQuotes[quote.seller, quote.nonce] == nil else { throw .quoteUsed }
        Crypto.verify(signature, of: quote.signedBytes, by: key)

        let id = lastID + 1
        let booking = Booking(quote, passenger: passenger, terms: terms, now: now)
        lastID = id
        bookings[id] = booking
        usedQuotes[quote.seller, quote.nonce] = id
        let amount = booking.amount(of: booking.seats)
        let escrow = escrow.load(quote.token)
        escrow.save((escrow.value ?? 0) + amount)
        Booked(id: id, passenger: passenger, seller: quote.seller, booking: booking).emit()

        TokenClient(quote.token)
            .transfer(from: passenger, to: CurrentContract.address, amount: amount)
        return id
    }

    /// Says that the ticket is issued. `ticketHash` commits to it and shows nobody anything.
    ///
    /// - Signed by: `operator`, who sold it.
    /// - Emits: ``Ticketed``.
    /// - Throws: `notFound`, `notSeller`, `notOpen`, `deadlinePassed`.
    func ticket(operator: Address, id: UInt64, ticketHash: BytesN<32>) throws(BookingError) {
        `operator`.requireAuthorization()
        let entry = bookings.load(id)
        guard var booking = entry.value else { throw .notFound }
        guard booking.seller == `operator` else { throw .notSeller }
        guard booking.state == .paid else { throw .notOpen }
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
        let entry = bookings.load(id)
        guard var booking = entry.value else { throw .notFound }
        guard booking.state == .paid else { throw .notOpen }
        guard Ledger.time >= booking.ticketDeadline else { throw .deadlineNotReached }
        let refund = booking.amount(of: booking.seats)
        booking.state = .expired
        entry.save(booking)
        release(refund, of: booking.token)
        Expired(id: id, passenger: booking.passenger, refund: refund).emit()

        pay(refund, in: booking.token, to: booking.passenger)
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
        let entry = bookings.load(id)
        guard var booking = entry.value else { throw .notFound }
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

        pay(split.refund, in: booking.token, to: passenger)
        pay(split.seller, in: booking.token, to: booking.seller)
        pay(split.fee, in: booking.token, to: terms.treasury)
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

    /// What holds for bookings made from now on.
    func settings() -> Settings { terms }

    /// Changes what holds for bookings made from now on.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``SettingsChanged``.
    /// - Throws: `settingsOutOfRange`.
    func setSettings(settings: Settings) throws(BookingError) {
        Administered.requireAdmin()
        guard settings.isValid else { throw .settingsOutOfRange }
        terms = settings
        SettingsChanged(settings: settings).emit()
    }

    /// A fare rule by its number, from 0.
    ///
    /// - Throws: `unknownPolicy`.
    func policy(number: UInt32) throws(BookingError) -> Policy {
        guard number < refundPolicies.count else { throw .unknownPolicy }
        return refundPolicies[number]
    }

    /// The key that signs a seller's quotes.
    func quoteKey(seller: Address) -> BytesN<32>? { quoteKeys[seller] }

    /// Registers the key of a seller, or ends it: then no quote of his is good any more.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``QuoteKeyChanged``.
    func setQuoteKey(seller: Address, key: BytesN<32>?) {
        Administered.requireAdmin()
        quoteKeys[seller] = key
        QuoteKeyChanged(seller: seller, key: key).emit()
    }

    /// Whether bookings may be paid in a token.
    func accepts(token: Address) -> Bool { tokens[token] ?? false }

    /// Says whether bookings may be paid in a token.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``TokenChanged``.
    func setToken(token: Address, accepted: Bool) {
        Administered.requireAdmin()
        accept(token, accepted)
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Throws: `alreadyMigrated`.
    func migrate() throws(CommonError) { try Administered.migrate(to: version()) }
}
