import FareRules
import Soroban

/// Who is right when passenger and carrier disagree: a part of the contract.
@Contract(events: Disputed.self, Responded.self, Resolved.self)
struct BookingDisputes {
    private var contract: BookingContract { BookingContract(Deployed()) }

    /// Asks the arbiters. `evidence` commits to what the passenger shows them.
    ///
    /// - Signed by: `passenger`.
    /// - Emits: ``Disputed``.
    /// - Fails: `notFound`, `notPassenger`, `notOpen`, `deadlinePassed`.
    func dispute(passenger: Address, id: UInt64, evidence: BytesN<32>) {
        passenger.requireAuthorization()
        var (entry, booking) = contract.found(id)
        guard booking.passenger == passenger else { fail(.notPassenger) }
        guard booking.state == .ticketed else { fail(.notOpen) }
        guard Ledger.time < booking.staleAt else { fail(.deadlinePassed) }
        booking.state = .disputed
        booking.resolveBy = Ledger.time + booking.resolveWindow
        entry.save(booking)
        Disputed(
            id: id, passenger: passenger, evidence: evidence, resolveBy: booking.resolveBy
        ).emit()
    }

    /// Answers a dispute, once.
    ///
    /// - Signed by: `operator`, who acts for the carrier or signed the quote.
    /// - Emits: ``Responded``.
    /// - Fails: `notFound`, `notDisputed`, `deadlinePassed`, `notSeller`, `alreadyResponded`.
    func respond(operator: Address, id: UInt64, evidence: BytesN<32>) {
        `operator`.requireAuthorization()
        var (entry, booking) = contract.disputed(id)
        guard contract.isSeller(`operator`, of: booking) else { fail(.notSeller) }
        guard !booking.responded else { fail(.alreadyResponded) }
        booking.responded = true
        entry.save(booking)
        Responded(id: id, operator: `operator`, evidence: evidence).emit()
    }

    /// Decides a dispute: the passenger gets the share, the rest less the fee goes to the carrier.
    ///
    /// - Signed by: `arbiter`, who is no party.
    /// - Emits: ``Resolved``.
    /// - Fails: `notFound`, `notDisputed`, `deadlinePassed`, `notArbiter`, `shareOutOfRange`,
    ///   `calledTooDeep`.
    func resolve(arbiter: Address, id: UInt64, passengerBps: UInt32) {
        arbiter.requireAuthorization()
        let (entry, booking) = contract.disputed(id)
        guard contract.rules.arbiters[arbiter] != nil, !contract.isParty(arbiter, to: booking)
        else { fail(.notArbiter) }
        guard passengerBps <= Share.whole else { fail(.shareOutOfRange) }
        contract.resolve(entry, booking, id, arbiter.value, passengerBps)
    }

    /// Ends a dispute that no arbiter decided: all to the passenger if the carrier never answered,
    /// else half and half. An exit: anyone may call it.
    ///
    /// - Emits: ``Resolved``.
    /// - Fails: `notFound`, `notDisputed`, `tooEarly`, `calledTooDeep`.
    func resolveExpired(id: UInt64) {
        let (entry, booking) = contract.found(id)
        guard booking.state == .disputed else { fail(.notDisputed) }
        guard Ledger.time >= booking.resolveBy else { fail(.tooEarly) }
        contract.resolve(
            entry, booking, id, .void, booking.responded ? Share.whole / 2 : Share.whole)
    }
}
