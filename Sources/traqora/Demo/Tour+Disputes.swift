import Cryptography
import Deployment
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

extension Tour {
    /// The airline's bond pays for the delay.
    func claim(_ ticket: Ticket, on flight: Flight) async throws {
        let refund = RefundContract(ledger.contracts.refund)
        let terms = try await booking.booking(id: ticket.id).read(from: demo.rpc)
        let schedule = try await refund.schedule(
            token: .contract(dollar), time: terms.bookedAt
        ).read(from: demo.rpc)
        guard
            let amount = schedule?.bands.last(where: { $0.minDelaySeconds <= 4 * Self.hour })?
                .amount
        else { throw DemoError("nothing was promised for delays") }
        say("I claim what four hours are worth. It comes from the airline's bond.")
        try await ledger.watch(
            dollar, [passenger, bonds, escrow], expecting: [amount, -amount, 0]
        ) {
            try await ledger.call(
                refund.claimDelay(passenger: passenger.address, booking: ticket.id), by: demo.key)
        }
        let bond = try await airlines.bond(code: code, token: .contract(dollar))
            .read(from: demo.rpc)
        try check(bond.amount == Self.bond - amount, "the bond is \(TourLedger.text(bond.amount))")
        say("")
    }

    /// The passenger complains, the airline answers, an arbiter divides the money.
    func dispute(_ ticket: Ticket) async throws {
        let (price, share) = (Self.price, UInt32(6_000))
        let evidence = { (text: String) in Hash(fitting: SHA256.hash(Array(text.utf8))) }
        say("I dispute booking \(ticket.id): the delay cost me a day. \(code) answers.")
        try await ledger.watch(dollar, [passenger, escrow, airline], expecting: [0, 0, 0]) {
            try await ledger.call(
                booking.dispute(
                    passenger: passenger.address, id: ticket.id,
                    evidence: evidence("hotel bill")), by: demo.key)
            try await ledger.call(
                booking.respond(
                    operator: airline.address, id: ticket.id, evidence: evidence("weather")),
                by: owner)
        }
        let terms = try await booking.booking(id: ticket.id).read(from: demo.rpc)
        let refund = price * Int128(share) / 10_000
        let fee = (price - refund) * Int128(terms.feeBps) / 10_000
        say("  An arbiter gives me 60 %; the fee is taken from the airline's part alone.")
        let arbiter = try roles.key(manifest.arbiterRole)
        try await ledger.watch(
            dollar, [passenger, escrow, airline, try treasury],
            expecting: [refund, -price, price - refund - fee, fee]
        ) {
            try await ledger.call(
                booking.resolve(
                    arbiter: .account(arbiter.accountID), id: ticket.id, passengerBps: share),
                by: arbiter)
        }
        say("")
    }

    /// The holders change the fee: the next booking pays it, an earlier one does not.
    mutating func voteFee(earlier: Ticket) async throws -> Ticket {
        var settings = try await booking.settings().read(from: demo.rpc)
        let old = settings.feeBps
        settings.feeBps = old >= 500 ? 100 : old + 50
        say("The holders vote on the platform's fee: \(Self.share(settings.feeBps)).")
        try await pass(
            "fee \(Self.share(settings.feeBps))",
            .init(
                args: [settings.scVal], contract: .contract(ledger.contracts.booking),
                function: "set_settings"))
        let now = try await booking.settings().read(from: demo.rpc)
        try check(now == settings, "the fee is \(now.feeBps)")
        let before = try await booking.booking(id: earlier.id).read(from: demo.rpc).feeBps
        try check(before == old, "a booking made before has another fee now: \(before)")
        say("  It was \(Self.share(old)), and stays that for what is booked already.")
        let flight = try await publish(number: 300, departsIn: 2 * Self.day)
        let ticket = try await book(flight)
        let paid = try await booking.booking(id: ticket.id).read(from: demo.rpc).feeBps
        try check(paid == settings.feeBps, "the next booking has the fee \(paid)")
        try await ledger.move(to: flight.arrives + 60)
        try await report(only: flight)
        try await settle([ticket], at: flight.arrives + settings.disputeWindow + 1)
        return ticket
    }

    private func report(only flight: Flight) async throws {
        try await ledger.call(
            registry.report(
                reporter: .account(owner.accountID), id: flight.id, status: .arrived,
                time: flight.arrives), by: owner)
    }

    /// The contract holds what is open and nothing else is owed, and the API says what the ledger
    /// says.
    func checkEverything(_ tickets: [Ticket]) async throws {
        let held = try await ledger.balance(escrow.address, of: dollar)
        let owed = try await booking.escrowed(token: .contract(dollar)).read(from: demo.rpc)
        try check(held >= owed, "the escrow holds \(held), and owes \(owed)")
        for ticket in tickets {
            let purchase = ticket.purchase
            let status: BookingStatus =
                try await booking.booking(id: ticket.id).read(from: demo.rpc).state == .resolved
                ? .resolved : .completed
            let shown = try await demo.wait(
                for: purchase.booking.id, token: purchase.token, until: [status], by: .payment)
            try check(
                shown.chain.escrowed.baseUnits == 0,
                "the API says that \(shown.chain.escrowed) are in escrow for \(shown.locator)")
        }
        say(
            "All is as it should be: the escrow holds \(TourLedger.text(held)) TUSD for bookings "
                + "that are open, and owes \(TourLedger.text(owed)).")
    }

    private static func share(_ points: UInt32) -> String {
        "\(Money(minorUnits: Int64(points), currency: .usd).amount) %"
    }
}
