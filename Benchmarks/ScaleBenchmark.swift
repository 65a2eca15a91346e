internal import Database
internal import Foundation
internal import HTTP
internal import StellarXDR
internal import TraqoraAPI
internal import Travel

extension Benchmark {
    /// A million bookings and a million published fares beside ten thousand of each, in two
    /// databases with a service over each, asked by turns: how many times longer 99 of 100 answers
    /// take at the endpoint that suffers most. Of three rounds the best counts.
    static let serviceScale = Benchmark(name: "service.scale", unit: "times") {
        try await BookingWorld.run(2) { worlds in
            try await Archive(count: 10_000).fill(worlds[0].database)
            try await Archive(count: 1_000_000).fill(worlds[1].database)
            var sides: [Side] = []
            for world in worlds { sides.append(try await Side(world)) }
            var worst = (name: "", ratio: 0.0, milliseconds: 0.0)
            for endpoint in Side.endpoints {
                let times = try await endpoint.measured(sides)
                let ratio = times[1] / times[0]
                Table.printRow([
                    "  \(endpoint.name)", "\(grouped(times[1])) ms", "\(grouped(times[0])) ms",
                    "\((ratio * 100).rounded() / 100)",
                ])
                if ratio > worst.ratio { worst = (endpoint.name, ratio, times[1]) }
            }
            return Figure(worst.ratio, beside: "\(worst.name), ms:", worst.milliseconds)
        }
    }
}

/// What years leave behind: bookings that are over, some that wait for their flight, and flights of
/// a year ahead on other routes than the one that is asked for.
private struct Archive {
    let count: Int64

    func fill(_ database: Database) async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let flights = count / 2
        try await database.execute(
            """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            SELECT 1000000 + i, 'TQ', 1 + i % 9000,
                (ARRAY['AMS', 'BCN', 'CDG', 'DUB', 'EDI', 'FCO', 'GVA', 'HAM', 'IST', 'KEF'])
                    [CAST(1 + i % 10 AS INT)],
                (ARRAY['MAD', 'MUC', 'NCE', 'OSL', 'PRG', 'RIX', 'SVQ', 'TLL', 'VIE', 'WAW', 'ZAG'])
                    [CAST(1 + i % 11 AS INT)],
                \(now) + 86400 * (2 + i % 300), \(now) + 86400 * (2 + i % 300) + 7200, TRUE,
                'scheduled', \(now), FALSE
            FROM generate_series(CAST(1 AS BIGINT), \(flights)) AS i
            """)
        try await database.execute(
            """
            INSERT INTO registry_fares (flight_id, cabin, price, seats, sold, token, policy)
            SELECT 1000000 + i, cabin, 1290000000, 120, 7,
                (SELECT MAX(token) FROM registry_fares), 1
            FROM generate_series(CAST(1 AS BIGINT), \(flights)) AS i,
                UNNEST(ARRAY['economy', 'business']) AS cabin
            """)
        try await bookings(in: database, now)
        try await database.execute("ANALYZE")
    }

    private func bookings(in database: Database, _ now: Int64) async throws {
        let series: SQL = "generate_series(CAST(1 AS BIGINT), \(count)) AS i"
        // One in twenty of the last days, the others as long ago as there are minutes.
        let time: SQL =
            "(CASE WHEN i % 20 = 0 THEN \(now) - i % 1000000 ELSE \(now) - 2600000 - i * 60 END)"
        try await database.execute(
            """
            INSERT INTO bookings (id, locator, offer, payer, price, conversion, seller, nonce,
                hold_expires_at, created_at, fulfilment, personal_key, owner, erased_at)
            SELECT MD5(CAST(i AS TEXT)), 'X' || i, '{}', 'G' || i % 20000, 1000000000, '{}',
                'somebody', CAST(i AS TEXT), \(time) + 900, \(time),
                CASE WHEN i % 50 = 1 THEN 'released' ELSE 'ticketed' END, 1, 'G' || i % 20000,
                \(now)
            FROM \(series)
            """)
        try await database.execute(
            """
            INSERT INTO escrows (escrow_id, seller, nonce, passenger, state, token, price, seats,
                refunded, paid_out, fees, fee_bps, carrier, flight_id, cabin, policy, booked_at,
                departs, arrives, ticket_deadline, dispute_window, stale_at, has_responded)
            SELECT -i, 'somebody', CAST(i AS TEXT), 'G' || i % 20000,
                CASE WHEN i % 20 = 0 THEN 'ticketed' ELSE 'settled' END, 'T', 1000000000, 1, 0, 0, 0,
                100, 'TQ', NULL, NULL, 1, \(time), \(time) + 2000000, \(time) + 2007200,
                \(time) + 86400, 172800, \(time) + 9000000, FALSE
            FROM \(series) WHERE i % 50 <> 1
            """)
        try await database.execute(
            """
            INSERT INTO transactions (hash, booking_id, purpose, envelope, fee_stroops_max, summary,
                expires_at, offered_at, signed, status, ledger)
            SELECT MD5('t' || i), MD5(CAST(i AS TEXT)), 'payment', '', 100, '[]', \(time) + 900,
                \(time), '', 'applied', 1
            FROM \(series)
            """)
        try await database.execute(
            """
            INSERT INTO fulfilment_journal (booking_id, number, event, state_before, state_after,
                happened_at)
            SELECT MD5(CAST(i AS TEXT)), 1, 'ticketed', 'held', 'ticketed', \(time) FROM \(series)
            """)
        try await database.execute(
            """
            INSERT INTO chain_events (id, contract, name, escrow_id, ledger, transaction_hash,
                closed_at)
            SELECT 'e' || i, 'C', 'booked', -i, 1, MD5('t' || i), '' FROM \(series)
            """)
        try await database.execute(
            """
            INSERT INTO idempotency_keys (key_hash, request_hash, salt, booking_id, held_until,
                created_at)
            SELECT SHA256(CAST('k' || i AS BYTEA)), '', '', MD5(CAST(i AS TEXT)), \(time), \(time)
            FROM \(series)
            """)
    }
}

/// One of the two, and somebody who asks it.
private struct Side: Sendable {
    let world: BookingWorld
    let payer: Payer
    let offer: Offer
    let booked: CreateBookingResponse

    init(_ world: BookingWorld) async throws {
        self.world = world
        payer = try await world.payer()
        offer = try await world.offer()
        booked = try await payer.hold(offer)
    }

    /// A question of which there are many: `turn` makes each another one.
    struct Endpoint: Sendable {
        var name: String
        var ask: @Sendable (_ side: Side, _ turn: Int) async throws -> Void

        static let turns = 100

        /// How long 99 of 100 take on each side, in milliseconds.
        func measured(_ sides: [Side]) async throws -> [Double] {
            var best = [Double](repeating: .infinity, count: sides.count)
            for round in 0..<3 {
                var times = [[Duration]](repeating: [], count: sides.count)
                for turn in 0..<Self.turns {
                    for (index, side) in sides.enumerated() {
                        let time = try await ContinuousClock().measure {
                            try await ask(side, round * Self.turns + turn)
                        }
                        times[index].append(time)
                    }
                }
                for index in sides.indices {
                    let slow = times[index].sorted()[Self.turns * 99 / 100 - 1]
                    best[index] = min(best[index], slow / .milliseconds(1))
                }
            }
            return best
        }
    }

    static let endpoints: [Endpoint] = [
        Endpoint(name: "search, not cached") { side, turn in
            let date = day(2 + turn % 50)
            try await side.get(
                "/api/v1/flights/search?origin=LIS&destination=ZRH&date=\(date)"
                    + "&adults=\(1 + turn / 50)")
        },
        Endpoint(name: "published offer") { side, turn in
            let now = Int64(Date().timeIntervalSince1970)
            try await side.get("/api/v1/offers/reg1.\(1_000_001 + turn).economy.1-0-0.\(now)")
        },
        Endpoint(name: "book") { side, _ in _ = try await side.payer.hold(side.offer) },
        Endpoint(name: "booking") { side, _ in
            _ = try await side.world.api.booking(side.booked.booking.id, token: side.booked.token)
        },
        Endpoint(name: "payment, anew") { side, _ in
            _ = try await side.world.api.preparePayment(
                side.booked.booking.id, token: side.booked.token)
        },
        Endpoint(name: "itinerary") { side, _ in
            try await side.get(
                "/api/v1/bookings/\(side.booked.booking.id)/itinerary",
                ["Authorization": "Bearer \(side.booked.token)"])
        },
        Endpoint(name: "administration: bookings") { side, turn in
            try await side.get(
                "/api/v1/admin/bookings?limit=\(1 + turn % 50)", ["X-Admin-Key": adminKey])
        },
        Endpoint(name: "administration: users") { side, turn in
            try await side.get(
                "/api/v1/admin/users?limit=\(1 + turn % 50)", ["X-Admin-Key": adminKey])
        },
        Endpoint(name: "administration: jobs") { side, _ in
            try await side.get("/api/v1/admin/jobs", ["X-Admin-Key": adminKey])
        },
        Endpoint(name: "airports") { side, turn in
            try await side.get("/api/v1/airports?q=\(["li", "zur", "par", "new"][turn % 4])")
        },
        Endpoint(name: "health") { side, _ in try await side.get("/health") },
    ]

    static let adminKey = BookingWorld.adminKey

    private static func day(_ ahead: Int) -> LocalDate {
        LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970) / 86_400 + ahead)
    }

    private func get(_ path: String, _ headers: HTTPHeaders = [:]) async throws {
        let response = try await world.client.send(
            HTTPClient.Request(.get, world.address + path, headers: headers))
        guard response.status == .ok else {
            throw BenchmarkFailure(what: "\(path) answers \(response.status)")
        }
    }
}
