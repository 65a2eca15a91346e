import FareRules
import Soroban

extension BookingContract {
    var rules: BookingRules { BookingRules(Deployed()) }

    /// Reading an entry extends its life.
    func keepAlive(_ ids: Vec<UInt64>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            guard bookings[ids[index]] != nil else { fail(.notFound) }
            index += 1
        }
    }

    /// The booking with its entry.
    func found(_ id: UInt64) -> (Entry<Booking>, Booking) {
        let entry = bookings.load(id)
        guard let booking = entry.value else { fail(.notFound) }
        return (entry, booking)
    }

    /// A booking in dispute, before the deadline.
    func disputed(_ id: UInt64) -> (Entry<Booking>, Booking) {
        let (entry, booking) = found(id)
        guard booking.state == .disputed else { fail(.notDisputed) }
        guard Ledger.time < booking.resolveBy else { fail(.deadlinePassed) }
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
    func take(_ booking: Booking, as id: UInt64) -> UInt64 {
        let entry = bookings.load(id)
        guard entry.value == nil else { fail(.exists) }
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
    func split(_ booking: Booking, cancelling seats: UInt32) -> Parts {
        let amount = booking.amount(of: seats)
        let quote = RefundsClient(others.refund).quote(
            policy: booking.policy, price: amount, bookedAt: booking.bookedAt,
            departs: booking.departs, now: Ledger.time)
        return Parts(of: amount, refund: quote.refund, feeBps: booking.feeBps)
    }

    /// Ends a booking, and returns all of its escrow: nothing is paid yet.
    @inline(never)
    func close(_ entry: Entry<Booking>, as state: BookingState) -> Amount {
        var booking = Booking(stored: entry.found)
        let amount = booking.amount(of: booking.seats)
        booking.state = state
        entry.save(booking)
        release(amount, of: booking.token)
        return amount
    }

    func refund(_ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64) {
        let refund = close(entry, as: .refunded)
        Refunded(id: id, passenger: booking.passenger, refund: refund).emit()
        giveBack(booking.seats, of: booking)
        pay(refund, in: booking.token, to: booking.passenger)
    }

    @inline(never)
    func settle(_ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64) {
        let amount = close(entry, as: .settled)
        let parts = Parts(of: amount, refund: 0, feeBps: booking.feeBps)
        Settled(id: id, passenger: booking.passenger, fee: parts.fee, seller: parts.seller).emit()
        pay(parts, of: booking)
        let isTold = LoyaltiesClient(others.loyalty).tryAccrue(
            booking: id, passenger: booking.passenger, carrier: booking.carrier,
            spend: amount, token: booking.token)
        requireRoom(isTold)
    }

    @inline(never)
    func resolve(
        _ entry: Entry<Booking>, _ booking: Booking, _ id: UInt64, _ arbiter: Value,
        _ share: UInt32
    ) {
        let amount = close(entry, as: .resolved)
        let refund = Amount(Share.roundedDown(share, of: Int128(amount)))
        let parts = Parts(of: amount, refund: refund, feeBps: booking.feeBps)
        Resolved(
            id: id, passenger: booking.passenger, arbiter: Optional(stored: arbiter),
            fee: parts.fee, refund: parts.refund, seller: parts.seller
        ).emit()
        pay(parts, of: booking)
    }

    /// Who acts for the carrier, or signed the quote.
    func isSeller(_ address: Address, of booking: Booking) -> Bool {
        guard booking.flight != nil else { return booking.seller == address }
        return AirlinesClient(others.airline)
            .isOperator(code: booking.carrier, address: address)
    }

    /// Whether a decision is somebody's own affair: the passenger's, or that of whoever sells,
    /// owns the carrier or is paid for it.
    func isParty(_ address: Address, to booking: Booking) -> Bool {
        if address == booking.passenger || isSeller(address, of: booking) { return true }
        guard booking.flight != nil else { return false }
        let airline = AirlinesClient(others.airline).airline(code: booking.carrier)
        return address == airline.field(#symbol("owner"))
            || address == airline.field(#symbol("payout"))
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
        requireRoom(
            FlightsClient(others.flights).tryRelease(id: flight, cabin: cabin, seats: seats))
    }

    /// Ends the call if another contract failed only because nobody can be called any more.
    ///
    /// The host lets a hundred calls stand within one another. Who calls from the hundredth could
    /// else make every payment a credit, and let a passenger go without points, a carrier without
    /// seats, and its money to where it went when the seats were booked.
    @inline(never)
    func requireRoom(_ isDone: Bool) {
        guard !isDone else { return }
        let others = others
        guard answers(others.refund) || answers(others.airline) || answers(others.flights) else {
            fail(.calledTooDeep)
        }
    }

    private func answers(_ contract: Address) -> Bool {
        Call.tryFunction(#symbol("version"), of: contract, Vec<Value>().value) != nil
    }

    /// Pays each his part: the carrier where its money goes today.
    @inline(never)
    func pay(_ parts: Parts, of booking: Booking) {
        var seller = booking.seller
        if parts.seller > 0, booking.flight != nil {
            let payout = AirlinesClient(others.airline).tryPayout(code: booking.carrier)
            requireRoom(payout != nil)
            seller = payout ?? seller
        }
        pay(parts.refund, in: booking.token, to: booking.passenger)
        pay(parts.seller, in: booking.token, to: seller)
        pay(parts.fee, in: booking.token, to: rules.terms.treasury)
    }

    /// Takes an amount out of escrow, before it is paid.
    func release(_ amount: Amount, of token: Address) {
        let escrow = escrow.load(token)
        escrow.save((escrow.value ?? 0) - amount)
    }

    /// Pays, or keeps it for the receiver if he cannot receive.
    func pay(_ amount: Amount, in token: Address, to receiver: Address) {
        guard amount > 0 else { return }
        let isPaid = TokenClient(token).tryTransfer(
            from: CurrentContract.address, to: receiver, amount: amount)
        guard !isPaid else { return }
        requireRoom(false)
        let credit = credits.load(receiver, token)
        credit.save((credit.value ?? 0) + amount)
        Credited(address: receiver, token: token, amount: amount).emit()
    }
}

/// What becomes of an amount: the three parts add up to it, as ``CancellationSplit`` says.
struct Parts {
    /// To the passenger.
    let refund: Amount
    /// To the platform.
    let fee: Amount
    /// To the seller.
    let seller: Amount

    @inline(__always) init(of amount: Amount, refund: Amount, feeBps: UInt32) {
        self.refund = refund
        fee = CancellationSplit.fee(of: amount, refund, feeBps)
        seller = amount - refund - fee
    }
}

extension CancellationSplit {
    /// The division is made once in the code, and gives one word.
    @inline(never)
    static func fee(of amount: Amount, _ refund: Amount, _ feeBps: UInt32) -> Amount {
        Amount(
            CancellationSplit(
                amount: Int128(amount), refund: Int128(refund), feeBasisPoints: feeBps
            ).fee)
    }
}
