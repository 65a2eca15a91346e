import FareRules
import Soroban

extension BookingContract {
    var rules: BookingRules { BookingRules(Deployed()) }

    /// Reading an entry extends its life.
    func keepAlive(_ ids: Vec<UInt64>) throws(BookingError) {
        guard ids.count <= 50 else { throw .tooMany }
        var index: UInt32 = 0
        while index < ids.count {
            guard bookings[ids[index]] != nil else { throw .notFound }
            index += 1
        }
    }

    /// The booking with its entry.
    func found(_ id: UInt64) throws(BookingError) -> (Entry<Booking>, Booking) {
        let entry = bookings.load(id)
        guard let booking = entry.value else { throw .notFound }
        return (entry, booking)
    }

    /// A booking in dispute, before the deadline.
    func disputed(_ id: UInt64) throws(BookingError) -> (Entry<Booking>, Booking) {
        let (entry, booking) = try found(id)
        guard booking.state == .disputed else { throw .notDisputed }
        guard Ledger.time < booking.resolveBy else { throw .deadlinePassed }
        return (entry, booking)
    }

    /// The number of a booking, from the hash of what makes it unique.
    ///
    /// Not the next of a counter: the entries that a transaction touches are named before it is
    /// signed, so with a counter any two that are signed at once would want the same entry, and all
    /// but one would fail. 53 bits, so that every reader of JSON keeps all of it.
    func number(of content: Bytes) -> UInt64 {
        Crypto.sha256(content).leadingNumber & (1 << 53 - 1)
    }

    /// Keeps a new booking, and takes its money.
    @inline(never)
    func take(_ booking: Booking, as id: UInt64) throws(BookingError) -> UInt64 {
        let entry = bookings.load(id)
        guard entry.value == nil else { throw .exists }
        entry.save(booking)
        let amount = booking.amount(of: booking.seats)
        let escrow = escrow.load(booking.token)
        escrow.save((escrow.value ?? 0) + amount)
        Booked(id: id, passenger: booking.passenger, seller: booking.seller, booking: booking)
            .emit()
        TokenClient(booking.token)
            .transfer(from: booking.passenger, to: CurrentContract.address, amount: amount)
        return id
    }

    /// What cancelling gives. A refund of more than all ends the call.
    func split(_ booking: Booking, cancelling seats: UInt32) -> CancellationSplit {
        let amount = booking.amount(of: seats)
        let quote = RefundsClient(others.refund).quote(
            policy: booking.policy, price: amount, bookedAt: booking.bookedAt,
            departs: booking.departs, now: Ledger.time)
        return CancellationSplit(
            amount: amount, refund: quote.refund, feeBasisPoints: booking.feeBps)
    }

    /// Ends a booking: all of its escrow is divided, nothing is paid yet.
    @inline(never)
    func close(
        _ entry: Entry<Booking>, _ booking: Booking, as state: BookingState,
        refunding share: UInt32
    ) -> CancellationSplit {
        let amount = booking.amount(of: booking.seats)
        var booking = booking
        booking.state = state
        entry.save(booking)
        release(amount, of: booking.token)
        return CancellationSplit(
            amount: amount, refundBasisPoints: share, feeBasisPoints: booking.feeBps)
    }

    func refund(_ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64) {
        let split = close(entry, booking, as: .refunded, refunding: Share.whole)
        Refunded(id: id, passenger: booking.passenger, refund: split.refund).emit()
        giveBack(booking.seats, of: booking)
        pay(split, of: booking)
    }

    func settle(_ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64) {
        let split = close(entry, booking, as: .settled, refunding: 0)
        Settled(id: id, passenger: booking.passenger, fee: split.fee, seller: split.seller).emit()
        pay(split, of: booking)
        _ = LoyaltiesClient(others.loyalty).tryAccrue(
            booking: id, passenger: booking.passenger, carrier: booking.carrier,
            spend: booking.amount(of: booking.seats), token: booking.token)
    }

    func resolve(
        _ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64, _ arbiter: Address?,
        _ share: UInt32
    ) {
        let split = close(entry, booking, as: .resolved, refunding: share)
        Resolved(
            id: id, passenger: booking.passenger, arbiter: arbiter, fee: split.fee,
            refund: split.refund, seller: split.seller
        ).emit()
        pay(split, of: booking)
    }

    /// Who acts for the carrier, or signed the quote.
    func isSeller(_ address: Address, of booking: Booking) -> Bool {
        guard booking.flight != nil else { return booking.seller == address }
        return AirlinesClient(others.airline)
            .isOperator(code: booking.carrier, address: address)
    }

    /// What became of the flight, and when; nobody says of a quote's.
    func status(of booking: Booking) -> (FlightStatus, UInt64)? {
        guard let flight = booking.flight else { return nil }
        let status = FlightsClient(others.flights).status(id: flight)
        return (status.field(#symbol("status")), status.field(#symbol("time")))
    }

    /// Gives seats back to the registry. That it cannot take them stops nobody's refund.
    func giveBack(_ seats: UInt32, of booking: Booking) {
        guard let flight = booking.flight, let cabin = booking.cabin else { return }
        _ = FlightsClient(others.flights).tryRelease(id: flight, cabin: cabin, seats: seats)
    }

    /// Pays each his part: the carrier where its money goes today.
    @inline(never)
    func pay(_ split: CancellationSplit, of booking: Booking) {
        var seller = booking.seller
        if split.seller > 0, booking.flight != nil,
            let payout = AirlinesClient(others.airline).tryPayout(code: booking.carrier)
        {
            seller = payout
        }
        pay(split.refund, in: booking.token, to: booking.passenger)
        pay(split.seller, in: booking.token, to: seller)
        pay(split.fee, in: booking.token, to: rules.terms.treasury)
    }

    /// Takes an amount out of escrow, before it is paid.
    func release(_ amount: Int128, of token: Address) {
        let escrow = escrow.load(token)
        escrow.save((escrow.value ?? 0) - amount)
    }

    /// Pays, or keeps it for the receiver if he cannot receive.
    func pay(_ amount: Int128, in token: Address, to receiver: Address) {
        guard amount > 0 else { return }
        let isPaid = TokenClient(token).tryTransfer(
            from: CurrentContract.address, to: receiver, amount: amount)
        guard !isPaid else { return }
        let credit = credits.load(receiver, token)
        credit.save((credit.value ?? 0) + amount)
        Credited(address: receiver, token: token, amount: amount).emit()
    }
}
