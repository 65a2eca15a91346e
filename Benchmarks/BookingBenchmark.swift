internal import Database
internal import Foundation
internal import Stellar
internal import StellarXDR
internal import Telemetry
internal import TraqoraContracts
internal import Travel

extension Benchmark {
    /// From an offer to a booking whose money the ledger has, one after the other: half of them
    /// take no longer.
    static let booking50 = Benchmark(name: "booking.p50", unit: "ms") {
        try await BookingWorld.run { world in
            let payer = try await world.payer(with: 100_000)
            let offer = try await world.offer()
            for _ in 0..<20 { _ = try await payer.book(offer, asking: .milliseconds(2)) }
            var times: [Duration] = []
            for _ in 0..<200 {
                times.append(try await payer.book(offer, asking: .milliseconds(2)).time)
            }
            times.sort()
            let milliseconds = times.map { $0 / .milliseconds(1) }
            return Figure(
                milliseconds[times.count / 2], beside: "99 of 100:",
                milliseconds[times.count * 99 / 100])
        }
    }

    /// Bookings that the ledger has taken the money of, in a minute of many travellers at once; then
    /// everything is counted up: ledger, database, purses.
    static let bookingRate = Benchmark(name: "booking.rate", unit: "/s for a minute") {
        try await BookingWorld.run { world in
            try await Rush(world: world).run()
        }
    }
}

/// Many who book again and again.
private struct Rush {
    let world: BookingWorld

    static let travellers = 64
    static let seconds = 60
    /// What money is fetched for.
    static let bookingsMax = 30_000

    func run() async throws -> Figure {
        let offer = try await world.offer()
        let price = try await world.payer().book(offer, asking: .milliseconds(10)).price.baseUnits
        let dollars = price / 10_000_000 * Int64(Self.bookingsMax / Self.travellers)
        var payers: [Payer] = []
        for _ in 0..<Self.travellers { payers.append(try await world.payer(with: dollars)) }
        let before = try await balances(payers)

        let times = try ProcessTimes(world.processes)
        let count = Lock(0)
        let begin = ContinuousClock.now
        let end = begin + .seconds(Self.seconds)
        let booked = try await withThrowingTaskGroup(of: [Payer.Booked].self) { group in
            for payer in payers {
                group.addTask {
                    var booked: [Payer.Booked] = []
                    while ContinuousClock.now < end {
                        booked.append(try await payer.book(offer, asking: .milliseconds(50)))
                        if ContinuousClock.now < end { count.withLock { $0 += 1 } }
                    }
                    return booked
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let rate = Double(count.withLock { $0 }) / Double(Self.seconds)
        let during = try ProcessTimes(world.processes).since(times)
            .text(each: booked.count, "a booking in that minute")
        let early = try await ticketCount()
        let tickets = try await waitForTickets(since: begin)
        let whole = try ProcessTimes(world.processes).since(times)
            .text(each: booked.count, "a booking with its ticket")
        let spent = zip(before, try await balances(payers)).map { $0 - $1 }.reduce(0, +)
        try await check(booked, by: payers, spent: spent, price: Int128(price))
        var figure = Figure(rate, beside: "tickets/s, until the last one:", tickets)
        let share = Double(early) / Double(max(1, booked.count))
        figure.notes = [
            during, whole, "\(grouped(100 * share)) % had their ticket when the minute was over",
        ]
        return figure
    }

    private func ticketCount() async throws -> Int {
        try await count("SELECT COUNT(*) FROM bookings WHERE fulfilment = 'ticketed'")
    }

    private func balances(_ payers: [Payer]) async throws -> [Int128] {
        var balances: [Int128] = []
        for payer in payers { balances.append(try await payer.balance()) }
        return balances
    }

    /// Waits until every booking has its ticket on the ledger.
    /// - Returns: how many a second there were.
    private func waitForTickets(since begin: ContinuousClock.Instant) async throws -> Double {
        for _ in 0..<3_000 {
            if try await count("SELECT COUNT(*) FROM bookings WHERE fulfilment <> 'ticketed'") == 0,
                try await count("SELECT COUNT(*) FROM outbox") == 0
            {
                let seconds = (ContinuousClock.now - begin) / .seconds(1)
                return Double(try await count("SELECT COUNT(*) FROM bookings")) / seconds
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchmarkFailure(what: "there are bookings without a ticket")
    }

    /// What must be so whatever happened: each booking was paid once, ordered once, ticketed once,
    /// and what has left the purses is what the contract holds, as the database says too.
    private func check(
        _ booked: [Payer.Booked], by payers: [Payer], spent: Int128, price: Int128
    ) async throws {
        // One more was booked to learn the price.
        let bookings = booked.count + 1
        let sum = booked.map { Int128($0.price.baseUnits) }.reduce(0, +)
        try expect(spent, sum, "what left the purses is what was booked")
        let held = try await world.database.value(
            """
            SELECT CAST(SUM(price * seats) AS BIGINT) FROM escrows WHERE state = 'ticketed'
            """, as: Int64.self)
        try expect(Int128(held ?? 0), sum + price, "the database knows of all money")
        guard let payer = payers.first, let contract = booked.first?.contract else { return }
        let escrowed = try await BookingContract(contract)
            .escrowed(token: .contract(payer.token.contractID)).read(from: world.rpc)
        try expect(escrowed, sum + price, "the contract's sum is what was paid")
        try expect(
            try await payer.token.balance(id: .contract(contract)).read(from: world.rpc),
            sum + price, "the contract has that money")
        for (statement, what): (SQL, String) in [
            ("SELECT COUNT(*) FROM bookings", "bookings"),
            ("SELECT COUNT(*) FROM escrows", "escrows"),
            (
                "SELECT COUNT(*) FROM transactions WHERE status = 'applied' AND purpose = 'payment'",
                "payments"
            ),
            ("SELECT COUNT(*) FROM fulfilment_journal WHERE event = 'paid'", "heard as paid"),
            ("SELECT COUNT(*) FROM fulfilment_journal WHERE event = 'confirmed'", "orders"),
            ("SELECT COUNT(*) FROM fulfilment_journal WHERE event = 'ticketed'", "tickets"),
            ("SELECT COUNT(*) FROM chain_events WHERE name = 'booked'", "events of payments"),
            ("SELECT COUNT(*) FROM chain_events WHERE name = 'ticketed'", "events of tickets"),
            ("SELECT COUNT(airline_reference) FROM bookings", "references"),
        ] {
            try expect(Int128(try await count(statement)), Int128(bookings), what)
        }
    }

    private func count(_ statement: SQL) async throws -> Int {
        try await world.database.value(statement, as: Int.self) ?? 0
    }

    private func expect(_ value: Int128, _ other: Int128, _ what: String) throws {
        guard value == other else {
            throw BenchmarkFailure(what: "\(what): \(value) is not \(other)")
        }
    }
}
