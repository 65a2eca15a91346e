import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// In which order an airline is told of its bookings, what is counted as its own, and what is shown
/// of its bond.
@Suite(.serialized) struct AirlineOrderTests {
    @Test(arguments: Engine.all)
    func `bookings come as they were made, the newest first, whatever their numbers are`(
        engine: Engine
    ) async throws {
        let airline = try await AirlineWorld(engine)
        // Numbers are hashes: as signed ones some are below nothing. Two are of one second.
        let numbers: [UInt64] = [9, 0xF000_0000_0000_0001, 3, 0x7FFF_0000_0000_0000, 4]
        for (place, number) in numbers.enumerated() {
            if place != 4 { airline.world.clock.advance(by: 60) }
            try await airline.book(number)
        }
        func page(_ query: String) async throws -> AirlineBookingsResponse {
            try await airline.ask(.airlineBookings, query: query).json()
        }
        let newest: [UInt64] = [0x7FFF_0000_0000_0000, 4, 3, 0xF000_0000_0000_0001, 9]
        #expect(try await page("").bookings.map(\.number) == newest)
        var (seen, cursor) = ([UInt64](), "")
        for turn in 0..<10 {
            let next = try await page("?limit=2\(cursor)")
            seen += next.bookings.map(\.number)
            // What is booked meanwhile moves nothing.
            if turn == 0 {
                airline.world.clock.advance(by: 60)
                try await airline.book(0x1234_5678_9ABC_DEF0)
            }
            guard let after = next.nextCursor else { break }
            cursor = "&cursor=\(PercentCoding.encode(after))"
        }
        #expect(seen == newest)
        let last = try await page("?flight=17&limit=1").bookings.map(\.number)
        #expect(last == [0x1234_5678_9ABC_DEF0])
        for wrong in ["7", "1~", "~1", "1~-1", "x~1"] {
            let refused = try await airline.ask(
                .airlineBookings, query: "?cursor=\(PercentCoding.encode(wrong))")
            #expect(refused.problemCode == "http.parameter_invalid", "\(wrong)")
        }
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `an airline's payments are its own, in the token that is asked for`(engine: Engine)
        async throws
    {
        let airline = try await AirlineWorld(engine)
        for number in UInt64(5)...7 { try await airline.book(number) }
        let passenger = SCVal.address(.account(airline.world.traveller.accountID))
        for (number, amount) in [(UInt64(5), Int128(700)), (6, 40), (7, 9)] {
            await airline.tell(
                ScriptedLedger.contract, "cancelled", [.u64(number), passenger],
                .structure([
                    "fee": Int128(1).scVal, "penalty": (amount + 1).scVal,
                    "refund": Int128(0).scVal, "seats": .u32(1), "seats_left": .u32(0),
                ]))
        }
        // The airlines' book is read before that of the money: the payments wait for it.
        let reader = try #require(
            airline.server.parts.otherReaders.first { $0.book.subject == "airlines" })
        while try await reader.run() > 0 {}
        let database = airline.world.database
        func days() async throws -> [Int64] {
            try await airline.ask(.daySettlements).json(as: DaySettlementsResponse.self).days
                .map(\.paidOut.baseUnits).filter { $0 > 0 }
        }
        try await airline.world.work(airline.server)
        #expect(try await days() == [749])
        // As an older program would have written it; and of another token, and another airline.
        try await database.execute(
            "UPDATE airline_payments SET carrier = NULL, token = NULL WHERE escrow_id = 5")
        #expect(try await days() == [49])
        airline.world.clock.advance(by: Indexer.silentSeconds)
        #expect(try await reader.run() == 1)
        #expect(try await days() == [749])
        try await database.execute("UPDATE airline_payments SET token = 'C' WHERE escrow_id = 6")
        try await database.execute("UPDATE airline_payments SET carrier = 'ZZ' WHERE escrow_id = 7")
        #expect(try await days() == [700])
        await airline.world.close()
    }

    @Test func `the payments of days are found without a look at other airlines`() async throws {
        let world = try await TestWorld()
        let queries: [(SQL, String)] = [
            (
                """
                SELECT SUM(amount) FROM airline_payments WHERE carrier = 'TQ' AND token = 'C'
                    AND paid_at >= 1 AND paid_at < 9 GROUP BY paid_at / 86400
                """, "airline_payments_carrier (carrier=? AND token=? AND paid_at"
            ),
            (
                """
                SELECT escrow_id FROM escrows WHERE carrier = 'TQ' AND seller = 'registry'
                ORDER BY booked_at DESC, escrow_id DESC LIMIT 50
                """, "escrows_carrier_booked (carrier=?)"
            ),
        ]
        for (query, index) in queries {
            let plan = try await world.database.run("EXPLAIN QUERY PLAN \(query)")
                .rows.map { try $0.value("detail", as: String.self) }.joined(separator: "; ")
            #expect(plan.contains(index), "\(plan)")
            #expect(!plan.contains("SCAN") && !plan.contains("ORDER BY"), "\(plan)")
        }
        await world.close()
    }

    private static let token = SCAddress.contract(Hash(fitting: [9]))

    private func deposit(
        _ airline: AirlineWorld, _ token: SCAddress, _ amount: Int128
    ) async {
        await airline.tell(
            ScriptedLedger.registry.airline, "deposited",
            [.symbol(AirlineWorld.code), .address(token)],
            .structure([
                "amount": amount.scVal, "from": .address(.account(airline.owner.accountID)),
            ]))
    }

    @Test(arguments: Engine.all)
    func `tokens that somebody made up hide no bond`(engine: Engine) async throws {
        let airline = try await AirlineWorld(engine)
        for number in 0..<260 {
            await deposit(
                airline, .contract(Hash(fitting: [0, UInt8(number / 250), UInt8(number % 250)])), 1)
        }
        await deposit(airline, Self.token, 500)
        try await airline.world.work(airline.server, roundsMax: 40)
        let told = try await airline.ask(.airline, headers: [:]).json(as: AirlineResponse.self)
        #expect(told.bonds.first?.token == Self.token.description)
        #expect(told.bonds.first?.amount.baseUnits == 500)
        #expect(told.bonds.count == AirlineRepository.shownMax)
        let refunds = try await airline.ask(.carrierRefunds, headers: [:])
            .json(as: CarrierRefundsResponse.self)
        #expect(refunds.bonds.first?.amount.baseUnits == 500)
        await airline.world.close()
    }

    @Test(arguments: Engine.all, [(-1, true), (0, false)])
    func `a withdrawal that has lapsed is not shown as one that is to come`(
        engine: Engine, place: (seconds: Int64, isShown: Bool)
    ) async throws {
        let airline = try await AirlineWorld(engine)
        await deposit(airline, Self.token, 500)
        let due = airline.world.clock.now.seconds + 86_400
        await airline.tell(
            ScriptedLedger.registry.airline, "requested",
            [.symbol(AirlineWorld.code), .address(Self.token)],
            .structure(["amount": Int128(300).scVal, "available_at": .u64(UInt64(due))]))
        try await airline.world.work(airline.server)
        airline.world.clock.advance(by: 86_400 + 7 * 86_400 + place.seconds)
        let told = try await airline.ask(.airline, headers: [:]).json(as: AirlineResponse.self)
        #expect(told.bonds.map(\.amount.baseUnits) == [500])
        #expect(told.bonds.map(\.requested.baseUnits) == [place.isShown ? 300 : 0])
        #expect((told.bonds.first?.availableAt != nil) == place.isShown)
        let refunds = try await airline.ask(.carrierRefunds, headers: [:])
            .json(as: CarrierRefundsResponse.self)
        #expect((refunds.bonds.first?.withdrawing != nil) == place.isShown)
        await airline.world.close()
    }

    @Test(arguments: PublishedFlightStatus.allCases)
    func `what happened is reported by the ledger's clock, what is planned by the plan`(
        status: PublishedFlightStatus
    ) async throws {
        let airline = try await AirlineWorld()
        await airline.world.ledger.set(lagSeconds: 40)
        func report(_ time: Instant? = nil) async throws -> HTTPResponse {
            try await airline.ask(
                .reportStatus, ["id": "17"], body: ReportStatusRequest(status: status, time: time))
        }
        let said = Instant(seconds: 1_795_000_000)
        let exact = try await report(said).json(as: UnsignedTransactionResponse.self)
        #expect(try time(of: exact) == said)
        let response = try await report()
        if status == .delayed {
            #expect(response.problemCode == "http.field_invalid")
        } else {
            let offered = try response.json(as: UnsignedTransactionResponse.self)
            let expected =
                status == .scheduled
                ? airline.departs.adding(seconds: 7_200)
                : airline.world.clock.now.adding(seconds: -40)
            #expect(try time(of: offered) == expected)
        }
        await airline.world.close()
    }

    private func time(of offered: UnsignedTransactionResponse) throws -> Instant? {
        let envelope = try TransactionEnvelope(base64: offered.transaction)
        guard case .invokeHostFunction(let body)? = envelope.transaction.operations.first?.body,
            case .invokeContract(let call) = body.hostFunction,
            case .u64(let time)? = call.args.last
        else { return nil }
        return Instant(clamping: time)
    }
}
