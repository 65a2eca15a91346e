import Database
import FareRules
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// The flights, bookings and money of an airline, as those see them who act for it.
@Suite(.serialized) struct AirlineBooksTests {
    @Test(arguments: Engine.all)
    func `flights are listed with what is sold and left`(engine: Engine) async throws {
        let airline = try await AirlineWorld(engine)
        await airline.tell(
            ScriptedLedger.registry.flights, "held", [.u64(17), .symbol("economy")],
            .structure(["seats": .u32(3), "sold": .u32(3)]))
        let later = FlightRegistryContract.Flight(
            arrives: UInt64(airline.departs.seconds + 90_000), carrier: "TQ",
            departs: UInt64(airline.departs.seconds + 86_400), destination: "LIS", fares: [],
            number: 102, origin: "ZRH")
        await airline.tell(
            ScriptedLedger.registry.flights, "published",
            [.u64(18), .symbol("TQ"), .address(.account(airline.operator.accountID))],
            later.scVal)
        try await airline.world.work(airline.server)
        func flights(_ query: String = "") async throws -> AirlineFlightsResponse {
            try await airline.ask(.airlineFlights, query: query).json()
        }
        let all = try await flights()
        #expect(all.flights.map(\.flight) == ["TQ101", "TQ102"])
        let fare = try #require(all.flights.first?.fares.first)
        #expect(fare.seats == 4 && fare.sold == 3 && fare.left == 1 && fare.policy == 1)
        #expect(all.flights[1].fares.isEmpty && all.flights[0].isOpen)
        let first = try await flights("?limit=1")
        #expect(first.flights.map(\.id) == [17])
        let cursor = PercentCoding.encode(first.nextCursor ?? "")
        #expect(try await flights("?limit=1&cursor=\(cursor)").flights.map(\.id) == [18])
        #expect(try await flights("?from=2026-12-06").flights.map(\.id) == [18])
        #expect(try await flights("?until=2026-12-05").flights.map(\.id) == [17])
        #expect(try await flights("?status=cancelled").flights.isEmpty)
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `who flies is told while it is needed, and that is written down`(engine: Engine)
        async throws
    {
        let airline = try await AirlineWorld(engine)
        for number in UInt64(5)...7 { _ = try await airline.book(number) }
        func bookings(_ query: String = "") async throws -> AirlineBookingsResponse {
            try await airline.ask(.airlineBookings, query: query).json()
        }
        let all = try await bookings()
        #expect(all.bookings.map(\.number) == [7, 6, 5])
        #expect(all.bookings.allSatisfy { $0.passengers.map(\.name) == ["LOVELACE/ADA"] })
        #expect(all.bookings[0].flight == "TQ101" && all.bookings[0].locator != nil)
        #expect(all.bookings[0].escrowed == TokenAmount(baseUnits: 10_000_000_000))
        let page = try await bookings("?limit=2")
        #expect(
            try await bookings("?cursor=\(PercentCoding.encode(page.nextCursor ?? ""))").bookings
                .map(\.number) == [5])
        #expect(try await bookings("?flight=17&state=paid").bookings.count == 3)
        #expect(try await bookings("?state=ticketed").bookings.isEmpty)
        #expect(try await bookings("?flight=18").bookings.isEmpty)

        let log = try await airline.world.administer(
            .audit, airline.server, query: "?limit=1000"
        ).json(as: AuditResponse.self).entries.filter { $0.action == "airlines.passengers_read" }
        #expect(log.first?.subject == "TQ, bookings 7, 6, 5")
        #expect(log.first?.actor == airline.operator.address)
        #expect(log.count == 4)
        // Three days after arrival nobody needs to know.
        airline.world.clock.advance(by: 10 * 86_400 + 7_200 + 3 * 86_400)
        let headers = try await airline.world.signIn(airline.operator, to: airline.server).headers
        let old = try await airline.ask(.airlineBookings, headers: headers)
            .json(as: AirlineBookingsResponse.self)
        #expect(old.bookings.count == 3 && old.bookings.allSatisfy(\.passengers.isEmpty))
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `money is told by flight and by day`(engine: Engine) async throws {
        let airline = try await AirlineWorld(engine)
        for number in UInt64(5)...7 { _ = try await airline.book(number) }
        let passenger = SCVal.address(.account(airline.world.traveller.accountID))
        await airline.tell(
            ScriptedLedger.contract, "cancelled", [.u64(6), passenger],
            .structure([
                "fee": Int128(10_000_000).scVal, "penalty": Int128(2_000_000_000).scVal,
                "refund": Int128(8_000_000_000).scVal, "seats": .u32(1), "seats_left": .u32(0),
            ]))
        try await airline.world.work(airline.server)
        let flights = try await airline.ask(.flightSettlements)
            .json(as: FlightSettlementsResponse.self)
        let flight = try #require(flights.flights.first)
        #expect(flight.bookings == 3 && flight.flight == "TQ101")
        #expect(flight.paidOut.baseUnits == 1_990_000_000 && flight.fees.baseUnits == 10_000_000)
        #expect(flight.refunded.baseUnits == 8_000_000_000)
        #expect(flight.pending.baseUnits == 20_000_000_000)

        let days = try await airline.ask(.daySettlements).json(as: DaySettlementsResponse.self)
        #expect(days.payout == airline.owner.address && days.credit.baseUnits == 0)
        // Paid on the day of the event, pending until a day after arrival.
        #expect(days.days.map(\.day.description) == ["2026-11-25", "2026-12-06"])
        #expect(days.days.map(\.paidOut.baseUnits) == [1_990_000_000, 0])
        #expect(days.days.map(\.payments) == [1, 0])
        #expect(days.days.map(\.pending.baseUnits) == [0, 20_000_000_000])
        let some = try await airline.ask(
            .daySettlements, query: "?from=2026-12-01&until=2026-12-31"
        ).json(as: DaySettlementsResponse.self)
        #expect(some.days.count == 1)
        let long = try await airline.ask(
            .daySettlements, query: "?from=2026-01-01&until=2028-01-01")
        #expect(long.problemCode == "http.parameter_invalid")
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `a dispute is answered once, with what is kept`(engine: Engine) async throws {
        let airline = try await AirlineWorld(engine)
        let made = try await airline.book(5)
        func answer(_ text: String) async throws -> HTTPResponse {
            try await airline.ask(
                .answerDispute, ["number": "5"], body: AnswerDisputeRequest(statement: text))
        }
        #expect(try await answer("A strike.").problemCode == "bookings.not_disputable")
        try await airline.dispute(5)
        let listed = try await airline.ask(.airlineBookings).json(as: AirlineBookingsResponse.self)
        #expect(listed.bookings.map(\.complaint) == ["Eleven hours late."])
        #expect(try await answer(" ").problemCode == "bookings.statement_malformed")

        let first = try await answer("Fog.").json(as: UnsignedTransactionResponse.self)
        let second = try await answer("A strike.").json(as: UnsignedTransactionResponse.self)
        func send(_ offered: UnsignedTransactionResponse) async throws -> HTTPResponse {
            let signed = try airline.world.sign(offered, by: airline.operator)
            return try await airline.ask(
                .submitTransaction, body: SignedTransactionRequest(transaction: signed))
        }
        // What was offered first commits to words that are not kept any more.
        #expect(try await send(first).problemCode == "payments.other_transaction")
        #expect(try await send(second).status == .accepted)
        #expect(try await answer("Snow.").problemCode == "bookings.not_disputable")
        try await airline.world.work(airline.server)
        let clerk = SCVal.address(.account(airline.operator.accountID))
        await airline.tell(
            ScriptedLedger.contract, "responded", [.u64(5), clerk],
            .structure(["evidence": Hash.zero.scVal]))
        try await airline.world.work(airline.server)
        let dispute = try #require(try await airline.world.read(made).dispute)
        #expect(dispute.hasAnswer && dispute.answer == "A strike.")
        #expect(try await answer("Rain.").problemCode == "bookings.not_disputable")
        let rows = try await airline.world.database.run("SELECT * FROM dispute_answers").rows
        #expect(rows.count == 1 && !"\(rows)".contains("strike"))
        await airline.world.close()
    }
}
