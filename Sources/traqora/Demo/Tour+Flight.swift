import Cryptography
import Deployment
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

extension Tour {
    /// A booking of mine.
    struct Ticket {
        var purchase: Demo.Purchase
        var id: UInt64
        var flight: Flight
    }

    /// How often the API is asked for what the ledger has already.
    private static let pollsMax = 600

    /// Finds the flight over the API, books it, and gets the airline's ticket.
    mutating func book(_ flight: Flight) async throws -> Ticket {
        let offer = try await offer(of: flight)
        say("I book \(code)\(flight.number) over the API and pay the contract itself.")
        let price = Self.price
        let purchase = try await ledger.watch(
            dollar, [passenger, escrow, airline], expecting: [-price, price, 0]
        ) { [demo] in
            try await demo.take(offer, isQuiet: true, until: [.confirming, .confirmed])
        }
        guard let id = purchase.booking.chain.escrowID else {
            throw DemoError("the ledger does not know the booking")
        }
        let hash = Hash(fitting: SHA256.hash(Array("ticket of \(purchase.booking.locator)".utf8)))
        try await ledger.call(
            booking.ticket(operator: .account(owner.accountID), id: id, ticketHash: hash),
            by: owner)
        let confirmed = try await demo.wait(
            for: purchase.booking.id, token: purchase.token, until: [.confirmed], by: .payment)
        say("  \(code) issues the ticket: booking \(confirmed.locator) is confirmed.\n")
        return Ticket(
            purchase: Demo.Purchase(booking: confirmed, token: purchase.token), id: id,
            flight: flight)
    }

    private func offer(of flight: Flight) async throws -> Offer {
        let leaves = try ZonedTime(Instant(seconds: Int64(flight.departs)), in: "Europe/Lisbon")
        let query = try FlightSearchQuery(
            origin: AirportCode(parsing: "OPO"), destination: AirportCode(parsing: "FNC"),
            date: leaves.local.date, passengers: PassengerCounts(adults: 1), connectionsMax: 0,
            limit: FlightSearchQuery.limitMax)
        for _ in 0..<Self.pollsMax {
            let found = try await demo.api.searchFlights(query).offers.first { offer in
                offer.supplier == "registry"
                    && offer.itinerary.segments[0].flight.description == "\(code)\(flight.number)"
            }
            if let found { return found }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoError("the API does not find \(code)\(flight.number), which is on the ledger")
    }

    /// One flight arrives in time, the other four hours late; oracles say so.
    func arrive(_ onTime: Flight, _ late: Flight) async throws {
        let delay = 4 * Self.hour
        try await ledger.move(to: late.arrives + delay + 60)
        try await report(onTime, arrived: onTime.arrives)
        try await report(late, arrived: late.arrives + delay)
        say(
            "Time passes. Oracles report that \(code)\(onTime.number) arrived in time and "
                + "\(code)\(late.number) four hours late. No money moves yet.\n")
    }

    private func report(_ flight: Flight, arrived time: UInt64) async throws {
        try await ledger.call(
            registry.report(
                reporter: .account(owner.accountID), id: flight.id, status: .arrived, time: time),
            by: owner)
        for oracle in manifest.oracleRoles.prefix(manifest.oracleQuorum) {
            let key = try roles.key(oracle)
            try await ledger.call(
                registry.report(
                    reporter: .account(key.accountID), id: flight.id, status: .arrived,
                    time: time), by: key)
        }
        let status = try await registry.status(id: flight.id).read(from: demo.rpc)
        try check(
            status.confirmed && status.status == .arrived && status.time == time,
            "flight \(flight.id) is \(status)")
    }

    /// After the dispute window the airline gets its money and the passenger points. Anyone may
    /// settle: I do, and the platform's own settler does if it is quicker.
    func settle(_ tickets: [Ticket], at time: UInt64) async throws {
        var fees: Int128 = 0
        for ticket in tickets {
            let terms = try await booking.booking(id: ticket.id).read(from: demo.rpc)
            fees += Self.price * Int128(terms.feeBps) / 10_000
        }
        let paid = Self.price * Int128(tickets.count)
        let loyalty = LoyaltyContract(ledger.contracts.loyalty)
        let before = try await loyalty.balance(passenger: passenger.address).read(from: demo.rpc)
        let names = tickets.map { "\($0.id)" }.joined(separator: " and ")
        say("The dispute window ends: anyone settles \(names).")
        try await ledger.watch(
            dollar, [passenger, escrow, airline, try treasury],
            expecting: [0, -paid, paid - fees, fees]
        ) {
            try await ledger.move(to: time)
            for ticket in tickets { try await settle(ticket) }
        }
        let rate = try await loyalty.rate(token: .contract(dollar)).read(from: demo.rpc)
        var points: Int128 = 0
        for ticket in tickets {
            let accrual = try await loyalty.accrual(booking: ticket.id).read(from: demo.rpc)
            guard let accrual, accrual.points >= Self.price / Self.unit * Int128(rate) else {
                throw DemoError("no points came of booking \(ticket.id)")
            }
            points += accrual.points
        }
        let now = try await loyalty.balance(passenger: passenger.address).read(from: demo.rpc)
        try check(now == before + points, "\(now - before) points came of it, not \(points)")
        say("  I get \(points) points, and have \(now).\n")
    }

    private func settle(_ ticket: Ticket) async throws {
        do {
            try await ledger.call(booking.settle(id: ticket.id), by: demo.key)
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContract.BookingError.notOpen.rawValue
        {
            // Somebody was quicker; the purses show whether it was done right.
            return
        }
    }

    /// Exchanges all points for TRQ.
    func redeem() async throws {
        let loyalty = LoyaltyContract(ledger.contracts.loyalty)
        let points = try await loyalty.balance(passenger: passenger.address).read(from: demo.rpc)
        let amount = points * (try await loyalty.redemption().read(from: demo.rpc))
        say("I exchange my \(points) points.")
        try await ledger.watch(
            ledger.contracts.token, [passenger, pool], expecting: [amount, -amount]
        ) {
            try await ledger.call(
                loyalty.redeem(passenger: passenger.address, points: points), by: demo.key)
        }
        let left = try await loyalty.balance(passenger: passenger.address).read(from: demo.rpc)
        try check(left == 0, "\(left) points are left")
        say("")
    }
}
