import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct AdministrationTests {
    @Test func `nothing of administration opens without its key`() async throws {
        let world = try await TestWorld()
        let server = world.administeredServer()
        let signedIn = try await world.signIn(to: server)
        for route in Route.allCases where route.subject == .administration {
            let places = [
                "id": "0123456789abcdef0123456789abcdef", "account": world.traveller.address,
            ]
            let body = MaintenanceRequest(message: "Closed.", retryAfterSeconds: 60)
            let refused = try await world.ask(
                route, server, places, body: route.body == nil ? nil : body,
                headers: signedIn.headers)
            #expect(refused.problemCode == "admin.refused", "\(route)")
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `accounts are seen, and a sign-in is ended at once`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let server = world.administeredServer()
        let other = try KeyPair.random()
        await world.ledger.fund(other.accountID)
        let first = try await world.signIn()
        world.clock.advance(by: 10)
        let second = try await world.signIn()
        let third = try await world.signIn(other)
        let request = try await world.request(world.offer())
        _ = try await world.ask(
            .createBooking, body: request,
            headers: first.headers.with("Idempotency-Key", "a-key-of-enough-length"))

        var seen: [UsersResponse.User] = []
        var query = "?limit=1"
        while true {
            let page = try await world.administer(.users, server, query: query)
                .json(as: UsersResponse.self)
            seen += page.users
            guard let next = page.nextCursor else { break }
            query = "?limit=1&after=\(next)"
        }
        #expect(seen.map(\.account) == [world.traveller.address, other.address].sorted())
        let user = try #require(seen.first { $0.account == world.traveller.address })
        #expect(user.activeSessions == 2 && user.bookings == 1)
        #expect(user.firstSeenAt.seconds(until: user.lastSeenAt) == 10)

        let id = first.response.sessionID
        let ended = try await world.administer(.endAnySession, server, ["id": id])
        #expect(ended.status == .noContent)
        #expect(
            try await world.ask(.sessions, headers: first.headers).problemCode
                == "auth.token_refused")
        #expect(try await world.ask(.sessions, headers: second.headers).status == .ok)
        #expect(try await world.ask(.sessions, headers: third.headers).status == .ok)
        let again = try await world.administer(.endAnySession, server, ["id": id])
        #expect(again.problemCode == "auth.session_unknown")
        let history = try await world.administer(
            .userSessions, server, ["account": world.traveller.address]
        ).json(as: UserSessionsResponse.self)
        #expect(history.sessions.map(\.id) == [second.response.sessionID, id])
        #expect(history.sessions.last?.endReason == "ended by administration")
        let log = try await world.administer(.audit, server, query: "?limit=1000")
            .json(as: AuditResponse.self)
        #expect(
            log.entries.filter { $0.action == "admin.session_ended" }.map(\.subject)
                == ["\(id) of \(world.traveller.address)"])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `bookings are found by id, account, locator and status, with all that happened`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = world.administeredServer()
        let paid = try await world.book()
        _ = try await world.pay(paid)
        try await world.work()
        world.clock.advance(by: 10)
        let held = try await world.book("FRA", "MAD")
        func found(_ query: String) async throws -> [BookingID] {
            try await world.administer(.findBookings, server, query: query)
                .json(as: BookingSummariesResponse.self).bookings.map(\.id)
        }
        #expect(try await found("") == [held.booking.id, paid.booking.id])
        #expect(try await found("?status=confirmed") == [paid.booking.id])
        #expect(try await found("?status=awaiting_payment,lapsed") == [held.booking.id])
        #expect(try await found("?locator=\(held.booking.locator)") == [held.booking.id])
        #expect(try await found("?account=\(world.traveller.address)").count == 2)
        #expect(try await found("?account=nobody").isEmpty)

        let response = try await world.administer(
            .bookingHistory, server, ["id": paid.booking.id.text])
        let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
        #expect(!text.contains("Lovelace"))
        let history = try response.json(as: BookingHistoryResponse.self)
        #expect(history.booking.status == .confirmed && history.booking.escrowID == 1)
        #expect(history.journal.map(\.after) == [.ordering, .ordered, .ticketed])
        #expect(history.journal.map(\.number) == [1, 2, 3])
        #expect(history.events.map(\.event) == ["booked", "ticketed"])
        #expect(history.transactions.map(\.status) == [.applied])
        let none = try await world.administer(
            .bookingHistory, server, ["id": "0123456789abcdef0123456789abcdef"])
        #expect(none.problemCode == "bookings.not_found")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `jobs are listed where they stand, and one is done again`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let server = world.administeredServer()
        let outbox = Outbox(world.database)
        let now = world.clock.now.seconds
        try await world.database.transaction { transaction in
            for id in ["a/1", "b", "c", "d"] {
                try await outbox.add(
                    id, topic: id == "d" ? "other" : "work", payload: [], now: now,
                    in: transaction)
            }
        }
        let taken = try await outbox.take(
            topic: "work", limit: 3, for: "someone", seconds: 60, now: now)
        #expect(taken.count == 3)
        try await outbox.bury("a/1", by: "someone", because: "gone", now: now)
        try await outbox.retry("b", by: "someone", at: now + 30, because: "not yet")

        func jobs(_ query: String = "") async throws -> JobsResponse {
            try await world.administer(.jobs, server, query: query).json()
        }
        let all = try await jobs()
        #expect(all.jobs.map(\.id) == ["a/1", "b", "c", "d"])
        #expect(all.jobs.map(\.state) == [.dead, .waiting, .held, .due])
        #expect(all.jobs.map(\.lastError) == ["gone", "not yet", nil, nil])
        #expect(all.jobs[2].holder == "someone" && all.jobs[0].dueAt == nil)
        #expect(all.topics.map(\.count) == [1, 1, 1, 1])
        #expect(try await jobs("?topic=other").jobs.map(\.id) == ["d"])
        #expect(try await jobs("?state=dead").jobs.map(\.id) == ["a/1"])
        let page = try await jobs("?limit=2")
        let next = try #require(page.nextCursor)
        #expect(
            try await jobs("?limit=2&after=\(PercentCoding.encode(next))").jobs.map(\.id)
                == ["c", "d"])
        // Nobody gets a dead one, however long one waits.
        world.clock.advance(by: 1_000_000)
        let later = world.clock.now.seconds
        let due = try await outbox.take(
            topic: "work", limit: 9, for: "other", seconds: 60, now: later)
        #expect(due.map(\.id) == ["c", "b"])

        let revived = try await world.administer(.retryJob, server, ["id": "a/1"])
            .json(as: JobResponse.self)
        #expect(revived.state == .due && revived.attempts == 0)
        #expect(
            try await outbox.take(
                topic: "work", limit: 9, for: "other", seconds: 60, now: later
            ).map(\.id) == ["a/1"])
        let unknown = try await world.administer(.retryJob, server, ["id": "none"])
        #expect(unknown.problemCode == "admin.job_unknown")
        await world.close()
    }

    @Test func `leases and workers say who does what`() async throws {
        let world = try await TestWorld()
        let server = world.administeredServer()
        try await world.work(server)
        let jobs = try await world.administer(.jobs, server).json(as: JobsResponse.self)
        let lease = try #require(jobs.leases.first { $0.name.hasPrefix("indexer.") })
        #expect(lease.fence == 1 && lease.expiresAt > world.clock.now)
        await world.close()
    }

    @Test func `contracts are told as the ledger has them`() async throws {
        let world = try await TestWorld()
        let server = world.administeredServer()
        let answer = try await world.administer(.contracts, server)
            .json(as: ContractsResponse.self)
        #expect(
            answer.contracts.map(\.name)
                == ["booking", "token", "airline", "flight_registry", "refund"])
        let booking = try #require(answer.contracts.first)
        #expect(booking.id == SCAddress.contract(ScriptedLedger.contract).description)
        #expect(booking.codeHash == Hash(fitting: [0xc0, 0xde]).description)
        #expect(!booking.isOfRelease && booking.releaseCodeHash?.count == 64)
        #expect(booking.isPaused == false && booking.version == 1)
        #expect(booking.admin == SCAddress.contract(ScriptedLedger.contract).description)
        #expect(booking.balance == TokenAmount(baseUnits: 70_000_000))
        await world.ledger.set(isDown: true)
        let down = try await world.administer(.contracts, server)
        #expect(down.problemCode == "ledger.unavailable")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an agency turns the pages of its bookings`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let (headers, _) = try await world.signIn()
        let request = try await world.request(world.offer())
        var made: [BookingID] = []
        for number in 0..<5 {
            let response = try await world.ask(
                .createBooking, body: request,
                headers: headers.with("Idempotency-Key", "key-of-enough-length-\(number)"))
            made.insert(try response.json(as: CreateBookingResponse.self).booking.id, at: 0)
            // Some are made in the same second.
            if number.isMultiple(of: 2) { world.clock.advance(by: 1) }
        }
        _ = try await world.book("FRA", "MAD")
        func page(_ query: String) async throws -> BookingsResponse {
            try await world.ask(.listBookings, query: query, headers: headers).json()
        }
        var seen: [BookingID] = []
        var query = "?limit=2"
        while true {
            let found = try await page(query)
            #expect(found.bookings.count <= 2)
            seen += found.bookings.map(\.id)
            guard let next = found.nextCursor else { break }
            query = "?limit=2&cursor=\(PercentCoding.encode(next))"
        }
        #expect(seen.count == 5 && Set(seen) == Set(made))
        #expect(try await page("?status=awaiting_payment").bookings.count == 5)
        #expect(try await page("?status=confirmed,lapsed").bookings.isEmpty)
        #expect(try await page("?from=2026-11-25&until=2026-11-25").bookings.count == 5)
        #expect(try await page("?until=2026-11-24").bookings.isEmpty)
        #expect(try await page("?from=2026-11-26").bookings.isEmpty)
        for (query, code) in [
            ("?status=sold", "http.parameter_invalid"), ("?limit=0", "http.parameter_invalid"),
            ("?cursor=x", "http.parameter_invalid"), ("?from=today", "travel.malformed_date"),
        ] {
            let refused = try await world.ask(.listBookings, query: query, headers: headers)
            #expect(refused.problemCode == code)
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `bookings are found by what people see of them, page by page`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let server = world.administeredServer()
        var made: [CreateBookingResponse] = []
        for _ in 0..<5 {
            let key = try KeyPair.random()
            await world.ledger.fund(key.accountID)
            let request = try await world.request(world.offer(), payer: key.address)
            let response = try await world.create(request).json(as: CreateBookingResponse.self)
            made.append(response)
            if made.count > 2 {
                _ = try await world.pay(response, world.sign(response.transaction, by: key))
            }
            world.clock.advance(by: 1)
        }
        try await world.work()
        try await world.database.execute(
            "UPDATE bookings SET fulfilment = 'released' WHERE id = \(made[0].booking.id)")
        try await world.server.parts.update.apply(.rescheduled, to: made[3].booking.id)
        await world.ledger.cancel(2)
        try await world.work()
        let all = try await world.administer(.findBookings, server)
            .json(as: BookingSummariesResponse.self).bookings
        #expect(Set(all.map(\.status)).count >= 4, "\(all.map(\.status))")
        let wanted =
            BookingStatus.allCases.map { [$0] }
            + [
                [.confirmed, .changed], [.lapsed, .awaitingPayment, .cancelled],
                BookingStatus.allCases,
            ]
        for statuses in wanted {
            var found: [BookingSummary] = []
            var cursor = ""
            repeat {
                let page = try await world.administer(
                    .findBookings, server,
                    query: "?limit=1&status=\(statuses.map(\.rawValue).joined(separator: ","))"
                        + cursor
                ).json(as: BookingSummariesResponse.self)
                found += page.bookings
                cursor = page.nextCursor.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(found == all.filter { statuses.contains($0.status) }, "\(statuses)")
        }
        await world.close()
    }
}
