import Database
import Deployment
import HTTP
import Stellar
import StellarSandbox
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer
@testable import traqora

/// Flights that airlines publish on the ledger, from the search to the refund; and what is read of
/// the ledger, read again.
@Suite(.serialized) struct RegistryTests {
    /// Offers of the registry's flights tomorrow, once the indexer has read of them.
    private func offers(
        in world: WholeWorld, _ traveller: Traveller, from: String = "LIS", to: String = "ZRH"
    ) async throws -> [Offer] {
        let query = try FlightSearchQuery(
            origin: AirportCode(parsing: from), destination: AirportCode(parsing: to),
            date: traveller.today.adding(days: 2), passengers: PassengerCounts(adults: 1),
            limit: FlightSearchQuery.limitMax)
        for _ in 0..<600 {
            let found = try await traveller.client.searchFlights(query)
            let published = found.offers.filter { $0.supplier == "registry" }
            if !published.isEmpty {
                #expect(found.offers.contains { $0.supplier == "simulator" })
                #expect(found.airlines["TQ"] == "Traqora Air")
                return published
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return []
    }

    @Test func `whoever acts for an airline is whom its contract names`() async throws {
        try await withWholeWorld { world in
            let identity = world.service.server.parts.identity
            let contracts = try #require(world.service.contracts.registry)
            let operators = KnownOperators(now: { world.clock.now })
            let access = AirlineAccess(
                identity: identity, contract: contracts.airline, operators: operators)
            func caller(_ subject: String) -> Identity.Caller {
                Identity.Caller(subject: subject, sessionID: "")
            }
            let owner = try await AirlineContract(contracts.airline)
                .airline(code: "TQ").read(from: identity.rpc).owner.description
            let stranger = try KeyPair.random().address
            #expect(try await !access.acts(caller(stranger), for: "TQ"))
            #expect(try await !access.acts(caller("\(owner):7"), for: "TQ"))
            let people = [world.service.contracts.seller.address, owner]
            var acting: [Bool] = []
            for person in people {
                acting.append(try await access.acts(caller(person), for: "TQ"))
            }
            #expect(acting.contains(true))
            // Their requests are counted as an airline's from now on; a stranger's are not.
            #expect(people.map(operators.contains) == acting)
            #expect(!operators.contains(stranger))
            for person in people {
                #expect(try await !access.acts(caller(person), for: "ZZ"))
                #expect(try await !access.acts(caller(person), for: "not a code"))
            }
        }
    }

    @Test func `a published flight is found, booked by the contract, ticketed and given back`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let found = try await offers(in: world, traveller)
            #expect(found.map(\.fare.cabin) == [.economy, .business])
            let offer = try #require(found.first)
            #expect(offer.total.amount == "129.00")
            let atFirst = try await traveller.dollars()
            let created = try await traveller.client.createBooking(
                CreateBookingRequest(
                    offerID: offer.id, total: offer.total,
                    passengers: [
                        Passenger(
                            name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                            bornOn: LocalDate(parsing: "1985-12-10"))
                    ], payer: traveller.key.address), idempotencyKey: "registry-flight-0001")
            _ = try await traveller.client.pay(
                created.booking.id, token: created.token,
                signed: traveller.sign(created.transaction))
            let booked = Traveller.Booked(id: created.booking.id, token: created.token)
            let confirmed = try await traveller.booking(booked, whenIts: .confirmed)
            #expect(try await traveller.dollars() == atFirst - 1_290_000_000)

            let number = try #require(confirmed.chain.escrowID)
            let standalone = try #require(world.service.contracts.standalone)
            let onLedger = try await BookingContract(standalone.contracts.booking)
                .booking(id: number).read(from: traveller.rpc)
            #expect(onLedger.cabin == "economy" && onLedger.flight != nil)
            let left = try await FlightRegistryContract(standalone.contracts.flights)
                .availability(id: onLedger.flight ?? 0, cabin: "economy").read(from: traveller.rpc)
            #expect(left == 119)

            // Less than a week ahead there is no grace, more than a day half of it returns.
            let refund = try await traveller.cancel(booked)
            #expect(refund.baseUnits == 645_000_000)
            let cancelled = try await traveller.booking(booked, whenIts: .cancelled)
            #expect(cancelled.chain.refunded == refund)
            #expect(try await traveller.dollars() == atFirst - 645_000_000)
        }
    }

    @Test func `the walk holds to the last unit, and a rebuild reads the same from the ledger`()
        async throws
    {
        try await withWholeWorld { world in
            let today = try await world.traveller().today
            var demo = try Demo(
                api: world.api, rpc: world.network.rpcURL, client: world.client,
                trip: Demo.Trip(
                    origin: AirportCode(parsing: "LIS"), destination: AirportCode(parsing: "LHR"),
                    date: today.adding(days: 30)))
            try await demo.getMoney()
            var tour = try await Tour(demo, rpcURL: world.network.rpcURL)
            try await tour.walk()

            let server = world.service.server
            // The walk ends when the API knows of every end; only then is there nothing to come.
            let states = try await server.parts.escrows.all().map(\.state)
            #expect(states.count == 4 && states.allSatisfy(\.isFinal))
            try await compareViews(world, tour)
            let before = try await dump(world.service.database)
            #expect(try await server.parts.escrows.all().map(\.state).contains(.resolved))
            #expect(before.count > 100)
            try await server.rebuildEscrow()
            for _ in 0..<600 where try await dump(world.service.database) != before {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await dump(world.service.database) == before)
        }
    }

    /// Waits until the other books have been read too, and holds them to what the contracts say.
    private func compareViews(_ world: WholeWorld, _ tour: Tour) async throws {
        let rpc = tour.ledger.rpc
        let latest = try await rpc.latestLedger().sequence
        let parts = world.service.server.parts
        for reader in parts.otherReaders {
            for _ in 0..<600 {
                if let place = try await parts.escrows.cursor(of: reader.book.name),
                    place.ledger >= latest
                {
                    break
                }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        let database = world.service.database
        let me = SCAddress.account(tour.demo.key.accountID)
        let contracts = tour.ledger.contracts
        let account = try await LoyaltyRepository(database: database).account(me.description)
        let loyalty = LoyaltyContract(contracts.loyalty)
        let lots = try await loyalty.lots(passenger: me).read(from: rpc)
        #expect(!lots.isEmpty && account.lots.map { Int128($0.left) } == lots.map(\.left))
        #expect(
            try await Int128(account.balance) == loyalty.balance(passenger: me).read(from: rpc))

        let refunds = RefundRepository(database: database)
        let claims = try await refunds.claims(passenger: me.description, limit: 10)
        let claim = try #require(claims.first)
        let onLedger = try #require(
            try await RefundContract(contracts.refund).claim(booking: claim.escrowID)
                .read(from: rpc))
        #expect(Int128(claim.owed.baseUnits) == onLedger.owed)
        #expect(Int128(claim.paid.baseUnits) == onLedger.paid && onLedger.paid > 0)
        for code in [tour.code, "TQ"] {
            for bond in try await refunds.bonds(
                of: code.description, token: "", now: Instant(seconds: 0))
            {
                let kept = try await AirlineContract(contracts.airline)
                    .bond(code: code, token: SCAddress(parsing: bond.token)).read(from: rpc)
                #expect(Int128(bond.amount.baseUnits) == kept.amount && kept.amount > 0)
            }
        }
        #expect(
            try await !refunds.bonds(
                of: tour.code.description, token: "", now: Instant(seconds: 0)
            ).isEmpty)
        #expect(try await refunds.disputes(passenger: me.description, limit: 10).count == 1)
        #expect(try await !refunds.schedules(limit: 10).isEmpty)
        #expect(try await !refunds.rules(of: tour.code.description, limit: 10).isEmpty)

        let governance = GovernanceRepository(database: database)
        let proposals = try await governance.proposals(before: .max, limit: 10)
        let proposal = try #require(proposals.first)
        let kept = try await GovernanceContract(contracts.governance).proposal(id: proposal.id)
            .read(from: rpc)
        #expect(Int128(proposal.support.baseUnits) == kept.support && kept.support > 0)
        #expect(proposal.isExecuted == kept.isExecuted)
    }

    /// All that the indexer writes, but for where it is.
    private func dump(_ database: Database) async throws -> [Row] {
        var rows: [Row] = []
        for statement: SQL in [
            "SELECT * FROM escrows ORDER BY escrow_id",
            "SELECT * FROM escrow_credits ORDER BY address, token",
            "SELECT * FROM chain_events ORDER BY id",
            "SELECT * FROM registry_airlines ORDER BY code",
            "SELECT * FROM registry_policies ORDER BY number",
            "SELECT * FROM registry_flights ORDER BY flight_id",
            "SELECT * FROM registry_fares ORDER BY flight_id, cabin",
            "SELECT * FROM book_events ORDER BY book, id",
            "SELECT * FROM loyalty_accounts ORDER BY address",
            "SELECT * FROM loyalty_lots ORDER BY address, month",
            "SELECT * FROM loyalty_accruals ORDER BY escrow_id",
            "SELECT * FROM loyalty_entries ORDER BY id",
            "SELECT * FROM loyalty_rates ORDER BY token", "SELECT * FROM loyalty_terms",
            "SELECT * FROM governance_terms", "SELECT * FROM governance_proposals ORDER BY id",
            "SELECT * FROM governance_votes ORDER BY proposal_id, voter",
            "SELECT * FROM governance_holders ORDER BY address",
            "SELECT * FROM governance_supply ORDER BY changed_at",
            "SELECT * FROM refund_schedules ORDER BY token, version",
            "SELECT * FROM refund_claims ORDER BY escrow_id",
        ] {
            rows += try await database.run(statement).rows
        }
        return rows
    }
}
