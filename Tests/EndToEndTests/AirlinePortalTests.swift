import Deployment
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer
@testable import traqora

/// An airline over the API, with its own wallets, on the genuine contracts.
@Suite(.serialized) struct AirlinePortalTests {
    /// Somebody of an airline, signed in.
    private struct Member {
        let world: WholeWorld
        let key: KeyPair
        let token: String

        init(_ world: WholeWorld, _ key: KeyPair) async throws {
            (self.world, self.key) = (world, key)
            let given: SignInChallengeResponse = try await Self.ask(
                world, .signInChallenge, body: SignInChallengeRequest(account: key.address))
            let signature = Base64.encode(key.signMessage(Array(given.message.utf8)))
            let signedIn: SignInResponse = try await Self.ask(
                world, .signIn, body: SignInRequest(id: given.id, signature: signature))
            token = signedIn.accessToken
        }

        func ask<Answer: Decodable>(
            _ route: Route, _ places: [String: String] = [:], query: String = "",
            body: (any Encodable)? = nil
        ) async throws -> Answer {
            try await Self.ask(world, route, places, query: query, body: body, token: token)
        }

        static func ask<Answer: Decodable>(
            _ world: WholeWorld, _ route: Route, _ places: [String: String] = [:],
            query: String = "", body: (any Encodable)? = nil, token: String? = nil
        ) async throws -> Answer {
            var path = route.pattern.replacing("{code}", with: "TQ")
            for (name, value) in places { path = path.replacing("{\(name)}", with: value) }
            var headers: HTTPHeaders = ["Content-Type": "application/json"]
            if let token { headers["Authorization"] = "Bearer \(token)" }
            let response = try await world.client.send(
                HTTPClient.Request(
                    route.method, world.api + path + query, headers: headers,
                    body: body.map { Array(try HTTPResponse.jsonEncoder.encode($0)) } ?? []))
            let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
            #expect(response.status.isSuccess, "\(route): \(text)")
            return try response.json()
        }

        /// Asks for a transaction, signs it, sends it, and waits until it was applied.
        func act(
            _ route: Route, _ places: [String: String] = [:], body: (any Encodable)? = nil
        ) async throws {
            let offered: UnsignedTransactionResponse = try await ask(route, places, body: body)
            var envelope = try TransactionEnvelope(base64: offered.transaction)
            try envelope.sign(with: key, on: .standalone)
            let sent: TransactionResponse = try await ask(
                .submitTransaction,
                body: SignedTransactionRequest(transaction: envelope.base64()))
            for _ in 0..<600 {
                let now: TransactionResponse = try await ask(.readTransaction, ["hash": sent.hash])
                if now.status == .applied { return }
                try #require(now.status != .failed, "\(route): \(now.failure ?? "")")
                try await Task.sleep(for: .milliseconds(50))
            }
            Issue.record("\(route) was not applied")
        }

        /// The same person, after their sign-in was over.
        func signInAgain() async throws -> Member { try await Member(world, key) }

        /// Why something is refused.
        func refusal(_ route: Route, body: (any Encodable)? = nil) async throws
            -> ProblemResponse
        {
            let response = try await world.client.send(
                HTTPClient.Request(
                    route.method, world.api + route.pattern.replacing("{code}", with: "TQ"),
                    headers: [
                        "Content-Type": "application/json", "Authorization": "Bearer \(token)",
                    ],
                    body: body.map { Array(try HTTPResponse.jsonEncoder.encode($0)) } ?? []))
            return try response.json()
        }

        func flights(_ query: String, until isDone: (AirlineFlight) -> Bool) async throws
            -> AirlineFlight?
        {
            for _ in 0..<600 {
                let found: AirlineFlightsResponse = try await ask(.airlineFlights, query: query)
                if let flight = found.flights.first(where: isDone) { return flight }
                try await Task.sleep(for: .milliseconds(50))
            }
            return nil
        }
    }

    @Test func `an airline lets somebody act for it, sells, sees who flies, and cancels`()
        async throws
    {
        try await withWholeWorld { world in
            let owner = try await Member(
                world, Roles(on: .standalone).key("traqora-air"))
            let traveller = try await world.traveller()
            let clerk = try await world.traveller(hasDollars: false).key
            try await owner.act(
                .setOperator, body: SetOperatorRequest(account: clerk.address, enabled: true))
            let desk = try await Member(world, clerk)

            let day = traveller.today.adding(days: 20)
            let departs = Instant(seconds: Int64(day.daysSinceEpoch) * 86_400 + 43_200)
            let query = "?from=\(day)&until=\(day)"
            try await desk.act(
                .publishFlight,
                body: PublishFlightRequest(
                    number: 9_001, origin: AirportCode(parsing: "OPO"),
                    destination: AirportCode(parsing: "FNC"), departs: departs,
                    arrives: departs.adding(seconds: 7_200),
                    fares: [
                        PublishedFareRequest(
                            cabin: .economy, price: TokenAmount(baseUnits: 770_000_000),
                            seats: 5, policy: 3)
                    ]))
            let flight = try #require(
                try await desk.flights(query) { $0.flight == "TQ9001" })
            try await desk.act(
                .changeFare, ["id": "\(flight.id)"],
                body: ChangeFareRequest(
                    cabin: .economy, price: TokenAmount(baseUnits: 880_000_000), seats: 4))
            _ = try #require(
                try await desk.flights(query) { $0.id == flight.id && $0.fares[0].left == 4 })

            let booked = try await buy(traveller, on: day)
            _ = try await traveller.booking(booked, whenIts: .confirmed)
            let bookings: AirlineBookingsResponse = try await desk.ask(
                .airlineBookings, query: "?flight=\(flight.id)")
            let booking = try #require(bookings.bookings.first)
            #expect(booking.passengers.map(\.name) == ["LOVELACE/ADA"])
            #expect(booking.state == .ticketed && booking.escrowed.baseUnits == 880_000_000)
            let sold = try await desk.flights(query) { $0.id == flight.id }
            #expect(sold?.fares.map(\.sold) == [1])

            try await desk.act(.closeFlight, ["id": "\(flight.id)"])
            _ = try #require(try await desk.flights(query) { $0.id == flight.id && !$0.isOpen })
            try await desk.act(.cancelForAirline, ["number": "\(booking.number)"])
            _ = try await traveller.booking(booked, whenIts: .refunded)
            let settled: FlightSettlementsResponse = try await desk.ask(
                .flightSettlements, query: query)
            let money = try #require(settled.flights.first { $0.flightID == flight.id })
            #expect(money.refunded.baseUnits == 880_000_000 && money.pending.baseUnits == 0)
        }
    }

    @Test func `an owner moves the bond, the payout address, and the airline itself`()
        async throws
    {
        try await withWholeWorld { world in
            let owner = try await Member(world, Roles(on: .standalone).key("traqora-air"))
            let heir = try await world.traveller()
            let next = try await Member(world, heir.key)
            let token = TokenContract(world.service.contracts.token)
            func dollars(_ key: KeyPair) async throws -> Int128 {
                try await token.balance(id: .account(key.accountID)).read(from: heir.rpc)
            }
            func airline(until isDone: (AirlineResponse) -> Bool) async throws -> AirlineResponse {
                for _ in 0..<600 {
                    let found: AirlineResponse = try await owner.ask(.airline)
                    if isDone(found) { return found }
                    try await Task.sleep(for: .milliseconds(50))
                }
                return try await owner.ask(.airline)
            }
            let atFirst = try await airline { !$0.bonds.isEmpty }.bonds[0].amount.baseUnits
            // Anybody may add to the bond: so does the one who will own the airline.
            let paid = try await dollars(heir.key)
            try await next.act(
                .depositBond, body: BondRequest(amount: TokenAmount(baseUnits: 300_000_000)))
            #expect(try await dollars(heir.key) == paid - 300_000_000)
            let bonds = try await airline { $0.bonds[0].amount.baseUnits != atFirst }.bonds
            #expect(bonds.map(\.amount.baseUnits) == [atFirst + 300_000_000])

            let purse = try KeyPair.random()
            try await owner.act(.setPayout, body: SetPayoutRequest(address: purse.address))
            try await owner.act(
                .requestBondWithdrawal,
                body: BondRequest(amount: TokenAmount(baseUnits: 200_000_000)))
            let asked = try await airline { $0.bonds[0].requested.baseUnits > 0 }
            #expect(asked.payout == purse.address)
            let due = try #require(asked.bonds[0].availableAt)
            let early = try await owner.refusal(.withdrawBond)
            #expect(early.code == "payments.refused_by_contract")
            #expect(early.detail?.isEmpty == false, "\(early)")
            try await world.advance(to: due)
            try await owner.signInAgain()
                .act(.withdrawBond, body: BondWithdrawalRequest())
            #expect(try await dollars(purse) == 200_000_000)

            let again = try await owner.signInAgain()
            try await again.act(.proposeOwner, body: ProposeOwnerRequest(account: heir.key.address))
            let heirAgain = try await next.signInAgain()
            try await heirAgain.act(.acceptOwner)
            let after = try await airline { $0.owner == heir.key.address }
            #expect(after.owner == heir.key.address && after.proposedOwner == nil)
            #expect(after.bonds.map(\.amount.baseUnits) == [atFirst + 100_000_000])
            // Who sold it decides nothing any more.
            let late = try await again.refusal(
                .setPayout, body: SetPayoutRequest(address: purse.address))
            #expect(late.code == "airlines.not_allowed")
        }
    }

    private func buy(_ traveller: Traveller, on day: LocalDate) async throws -> Traveller.Booked {
        let query = try FlightSearchQuery(
            origin: AirportCode(parsing: "OPO"), destination: AirportCode(parsing: "FNC"),
            date: day, passengers: PassengerCounts(adults: 1),
            limit: FlightSearchQuery.limitMax)
        let found = try await traveller.client.searchFlights(query)
        let offer = try #require(found.offers.first { $0.total.amount == "88.00" })
        let created = try await traveller.client.createBooking(
            CreateBookingRequest(
                offerID: offer.id, total: offer.total,
                passengers: [
                    Passenger(
                        name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                        bornOn: LocalDate(parsing: "1985-12-10"))
                ], payer: traveller.key.address), idempotencyKey: "airline-portal-0001")
        _ = try await traveller.client.pay(
            created.booking.id, token: created.token,
            signed: traveller.sign(created.transaction))
        return Traveller.Booked(id: created.booking.id, token: created.token)
    }
}
