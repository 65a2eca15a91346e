import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

/// What travellers get wrong, against the whole of it: the contract and the ledger are the real
/// ones, and nothing is half done.
@Suite(.serialized) struct BadInputTests {
    @Test func `a transaction that is not the one offered, or not signed for here, is refused`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let atFirst = try await traveller.dollars()
            let (made, other) = (try await traveller.book(), try await traveller.book())
            let offered = try #require(made.transaction)
            var dearer = try TransactionEnvelope(base64: offered.transaction).transaction
            dearer.fee += 1
            let attempts = [
                ("payments.malformed_transaction", "no base 64!"),
                ("payments.malformed_transaction", "AAAA"),
                ("payments.other_transaction", try traveller.sign(other.transaction)),
                (
                    "payments.other_transaction",
                    try dearer.signed(by: [traveller.key], on: .standalone).base64()
                ),
                ("payments.not_signed", offered.transaction),
                ("payments.wrong_network", try traveller.sign(offered, on: .testnet)),
                ("payments.wrong_signature", try traveller.sign(offered, by: .random())),
            ]
            for (code, text) in attempts {
                await expectProblem(code) {
                    _ = try await traveller.client.pay(
                        made.booking.id, token: made.token, signed: text)
                }
            }
            #expect(try await traveller.dollars() == atFirst)
            // None of that harmed the booking.
            _ = try await traveller.client.pay(
                made.booking.id, token: made.token, signed: traveller.sign(offered))
            let booked = Traveller.Booked(id: made.booking.id, token: made.token)
            #expect(try await traveller.booking(booked, whenIts: .confirmed).tickets.count == 1)
        }
    }

    @Test func `a day that is over has no empty answer, also where airlines sell on the ledger`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let query = FlightSearchQuery(
                origin: try AirportCode(parsing: "LHR"),
                destination: try AirportCode(parsing: "JFK"),
                date: try LocalDate(parsing: "2020-01-01"),
                passengers: try PassengerCounts(adults: 1))
            await expectProblem("flights.date_out_of_range") {
                _ = try await traveller.client.searchFlights(query)
            }
        }
    }

    @Test func `too little money is said before anything is signed`() async throws {
        try await withWholeWorld { world in
            let poor = try await world.traveller(hasDollars: false)
            await expectProblem("payments.too_little_money") { _ = try await poor.book() }
            let stranger = try KeyPair.random()
            await expectProblem("payments.unknown_account") {
                _ = try await poor.book(payer: stranger.address)
            }
            await expectProblem("payments.malformed_account") {
                _ = try await poor.book(payer: String(poor.key.address.dropLast()) + "A")
            }
            await expectProblem("payments.malformed_account") {
                _ = try await poor.client.testDollars(for: "GABC")
            }
        }
    }

    @Test func `a key stands for one request, and a booking opens for its token alone`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let key = UUID().uuidString
            let first = try await traveller.book(key: key)
            await expectProblem("bookings.idempotency_key_reused") {
                _ = try await traveller.book(from: "FRA", to: "MAD", key: key)
            }
            let other = try await traveller.book(from: "FRA", to: "MAD")
            await expectProblem("bookings.not_found") {
                _ = try await traveller.client.booking(first.booking.id, token: other.token)
            }
            await expectProblem("bookings.not_found") {
                _ = try await traveller.client.prepareCancellation(
                    first.booking.id, token: other.token)
            }
            await expectProblem("bookings.not_cancellable") {
                _ = try await traveller.client.prepareCancellation(
                    first.booking.id, token: first.token)
            }
        }
    }

    @Test func `what cannot be read is told why, over the wire`() async throws {
        try await withWholeWorld { world in
            let searches = [
                ("origin=XQX&destination=LHR&date=2026-12-24", "travel.unknown_airport"),
                ("origin=LI&destination=LHR&date=2026-12-24", "travel.malformed_airport"),
                ("origin=LIS&destination=LHR&date=2026-02-30", "travel.malformed_date"),
                ("origin=LIS&destination=LHR", "http.parameter_missing"),
            ]
            for (query, code) in searches {
                let problem = try await world.problem(
                    .get, "/api/v1/flights/search?\(query)")
                #expect(problem.code == code)
            }
            let bodies = [
                ("", "http.json_malformed"), ("{", "http.json_malformed"),
                ("\u{0}", "http.json_malformed"), ("{}", "http.field_invalid"),
                (#"{"offer_id":7}"#, "http.field_invalid"),
            ]
            for (body, code) in bodies {
                let problem = try await world.problem(.post, "/api/v1/bookings", body)
                #expect(problem.code == code)
            }
        }
    }
}

extension WholeWorld {
    /// The problem with which the API answers a request.
    fileprivate func problem(_ method: HTTPMethod, _ path: String, _ body: String = "")
        async throws -> ProblemResponse
    {
        let response = try await client.send(
            HTTPClient.Request(
                method, api + path, headers: ["Idempotency-Key": UUID().uuidString],
                body: Array(body.utf8)))
        let problem = try response.json(as: ProblemResponse.self)
        #expect(problem.status == Int(response.status.code))
        #expect(problem.detail?.hasSuffix(".") == true)
        return problem
    }
}
