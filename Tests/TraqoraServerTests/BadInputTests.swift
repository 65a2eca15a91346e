import Database
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct BadInputTests {
    @Test(arguments: [
        ("origin=XQX&destination=JFK&date=2026-12-24", 404, "travel.unknown_airport"),
        ("origin=LHR&destination=LHR&date=2026-12-24", 422, "flights.same_airport"),
        ("origin=LHR&destination=JFK&date=2026-11-24", 422, "flights.date_out_of_range"),
        ("origin=LHR&destination=JFK&date=2028-01-01", 422, "flights.date_out_of_range"),
        ("origin=LHR&destination=JFK&date=tomorrow", 422, "travel.malformed_date"),
        ("origin=LHR&destination=JFK", 400, "http.parameter_missing"),
        ("origin=%FF&destination=JFK&date=2026-12-24", 400, "http.bad_target"),
    ])
    func `a search that cannot be is told why`(query: String, status: Int, code: String)
        async throws
    {
        let world = try await TestWorld()
        let response = await world.server.answer(
            to: HTTPRequest(.get, "\(Route.searchFlights.pattern)?\(query)"))
        #expect(response.status.code == status)
        let problem = try response.json(as: ProblemResponse.self)
        #expect(problem.code == code)
        #expect(problem.detail?.isEmpty == false)
        await world.close()
    }

    @Test(arguments: [
        ("", "http.json_malformed"), ("{", "http.json_malformed"), ("[]", "http.field_invalid"),
        ("{}", "http.field_invalid"), (#"{"offer_id": 7}"#, "http.field_invalid"),
    ])
    func `a body that is no request is told where`(body: String, code: String) async throws {
        let world = try await TestWorld()
        let response = await world.server.answer(
            to: HTTPRequest(
                .post, Route.createBooking.pattern,
                headers: ["Idempotency-Key": UUID().uuidString], body: Array(body.utf8)))
        #expect(response.problemCode == code)
        await world.close()
    }

    @Test(
        arguments: [
            (nil, "bookings.idempotency_key_missing"), ("", "bookings.idempotency_key_missing"),
            ("short", "bookings.idempotency_key_malformed"),
            ("with blanks in the middle", "bookings.idempotency_key_malformed"),
            (String(repeating: "k", count: 101), "bookings.idempotency_key_malformed"),
        ] as [(String?, String)])
    func `a booking needs a key that nobody guesses`(key: String?, code: String) async throws {
        let world = try await TestWorld()
        var headers: HTTPHeaders = [:]
        headers["Idempotency-Key"] = key
        let response = try await world.post(
            .createBooking, nil, world.request(world.offer()), headers: headers)
        #expect(response.problemCode == code)
        await world.close()
    }

    @Test(arguments: [
        "", "G", "GAAA", "SBQPDFUGLMWJYEYXFRM5TQX3AX2BR47WKI4FDS7EJQUSEUUVY72MZPJF",
        "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGA",
    ])
    func `a payer that is no account is refused`(payer: String) async throws {
        let world = try await TestWorld()
        let response = try await world.create(world.request(world.offer(), payer: payer))
        #expect(response.problemCode == "payments.malformed_account")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an account that is not there, or has too little, is told so`(engine: Engine) async throws
    {
        let world = try await TestWorld(engine)
        let stranger = try KeyPair.random()
        let unknown = try await world.create(
            world.request(world.offer(), payer: stranger.address))
        #expect(unknown.problemCode == "payments.unknown_account")

        await world.ledger.fund(stranger.accountID, .init(tokens: 1))
        let poor = try await world.create(world.request(world.offer(), payer: stranger.address))
        #expect(poor.problemCode == "payments.too_little_money")

        await world.ledger.fund(stranger.accountID, .init(stroops: 10))
        let feeless = try await world.create(
            world.request(world.offer(), payer: stranger.address))
        #expect(feeless.problemCode == "payments.too_little_money")

        await world.ledger.fund(stranger.accountID, .init(sequence: .max))
        let usedUp = try await world.create(
            world.request(world.offer(), payer: stranger.address))
        #expect(usedUp.problemCode == "payments.account_used_up")
        #expect(try await bookings(world) == 0)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an offer that has ended, changed or gone is not booked`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let offer = try await world.offer()
        world.clock.advance(by: 1_800)
        let expired = try await world.create(world.request(offer))
        #expect(expired.problemCode == "offers.expired")
        #expect(expired.status == .gone)

        let dearer = try await world.offer("LHR", "STN")
        #expect(try await world.create(world.request(dearer)).problemCode == "offers.price_changed")
        let more = try dearer.total.adding(Money(minorUnits: 1_000, currency: .usd))
        #expect(try await world.create(world.request(dearer, total: more)).status == .created)

        let gone = try await world.offer("LHR", "LGW")
        #expect(try await world.create(world.request(gone)).problemCode == "offers.gone")

        var unknown = try world.request(offer)
        unknown.offerID = try OfferID(parsing: "sim1.nonsense")
        #expect(try await world.create(unknown).problemCode == "offers.unknown")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `passengers are those the offer is for, and of the right age`(engine: Engine) async throws
    {
        let world = try await TestWorld(engine)
        let offer = try await world.offer("LHR", "JFK", "&adults=2")
        #expect(
            try await world.create(world.request(offer)).problemCode
                == "bookings.passengers_differ")
        var request = try await world.request(world.offer())
        request.passengers = [
            Passenger(
                name: try PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                bornOn: try LocalDate(parsing: "2020-01-01"))
        ]
        #expect(try await world.create(request).problemCode == "travel.age_mismatch")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `the ledger's silence is said, and leaves nothing behind`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let offer = try await world.offer()
        await world.ledger.set(isDown: true)
        let response = try await world.create(world.request(offer), key: "a-key-of-our-own-1")
        #expect(response.problemCode == "ledger.unavailable")
        #expect(response.status == .serviceUnavailable)
        #expect(try await bookings(world) == 0)
        // The same key works once the ledger is back.
        await world.ledger.set(isDown: false)
        let again = try await world.create(world.request(offer), key: "a-key-of-our-own-1")
        #expect(again.status == .created)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a contract's refusal is told in words`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let offer = try await world.offer()
        await world.ledger.set(simulationError: "HostError: Error(Contract, #2)")
        let response = try await world.create(world.request(offer))
        #expect(response.problemCode == "payments.refused_by_contract")
        let problem = try response.json(as: ProblemResponse.self)
        #expect(problem.detail?.contains("No bookings are taken now.") == true)
        await world.close()
    }

    private func bookings(_ world: TestWorld) async throws -> Int? {
        try await world.database.value("SELECT COUNT(*) FROM bookings")
    }
}
