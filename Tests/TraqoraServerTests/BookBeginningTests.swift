import Cache
import Database
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// Books that are begun when their contracts have lived for long, and the network's server has
/// forgotten the beginning.
@Suite(.serialized) struct BookBeginningTests {
    private static let contracts = ScriptedLedger.registry
    private static let code = SCVal.symbol("TQ")
    private static let token = SCAddress.contract(Hash(fitting: [9]))

    /// A server that was told of no first ledger, before a ledger that has forgotten much.
    private func server(_ world: TestWorld, oldest: UInt32 = 50) async -> TraqoraServer {
        await world.ledger.set(oldest: oldest)
        var configuration = world.configuration
        configuration.registry = Self.contracts
        configuration.firstLedger = nil
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    private func tell(
        _ world: TestWorld, _ contract: ContractID, _ name: SCSymbol, _ topics: [SCVal],
        _ value: SCVal, in ledger: UInt32 = 90, _ hash: UInt8 = 1
    ) async {
        await world.ledger.add(
            .init(
                ledger: ledger, hash: Hash(fitting: [hash]), topics: [.symbol(name)] + topics,
                value: value, contract: contract))
    }

    private func deposit(_ world: TestWorld, _ amount: Int128, in ledger: UInt32) async {
        await tell(
            world, Self.contracts.airline, "deposited", [Self.code, .address(Self.token)],
            .structure([
                "amount": amount.scVal, "from": .address(.account(world.traveller.accountID)),
            ]), in: ledger)
    }

    private func reader(_ subject: String, _ server: TraqoraServer) throws -> Indexer {
        try #require(
            ([server.parts.indexer] + server.parts.otherReaders).first {
                $0.book.subject == subject
            })
    }

    private func read(_ subject: String, _ server: TraqoraServer) async throws {
        let reader = try reader(subject, server)
        for _ in 0..<20 where try await reader.run() > 0 {}
    }

    private func state(_ subject: String, _ server: TraqoraServer) async throws
        -> TraqoraServer.BookState
    {
        try #require(try await server.books().first { $0.subject == subject })
    }

    private func bond(_ world: TestWorld) async throws -> AirlineBondRow? {
        try await AirlineRepository(database: world.database).bond(
            of: "TQ", token: Self.token.description, in: world.database)
    }

    @Test(arguments: Engine.all)
    func `an airline from before is read from the ledger, and what is missing is told`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = await server(world)
        let owner = try KeyPair.random()
        await world.ledger.set(owner: owner.accountID, operators: [])
        await tell(
            world, Self.contracts.airline, "payout",
            [Self.code], .address(.account(world.traveller.accountID)))
        try await read("airlines", server)
        let found = try await AirlineRepository(database: world.database).find(
            "TQ", token: Self.token.description, now: world.clock.now)
        let airline = try #require(found)
        #expect(airline.name == "Traqora Air" && airline.owner == owner.address)
        #expect(airline.payout == world.traveller.address)
        let state = try await state("airlines", server)
        #expect(state.firstLedger == 50)
        #expect(state.gap?.contains("in the middle of 1 of 2 contracts") == true)

        let health = try await server.respond(to: HTTPRequest(.get, Route.health.pattern))
            .json(as: HealthResponse.self)
        let check = try #require(health.checks.first { $0.name == "book.airlines" })
        #expect(check.status == .degraded && check.detail.contains("ledger 50"))
        let metrics = String(
            decoding: try await server.respond(to: HTTPRequest(.get, "/metrics")).body.bytes(),
            as: UTF8.self)
        #expect(metrics.contains(#"traqora_book_contracts_truncated{book="airlines"} 1"#))
        #expect(metrics.contains(#"traqora_book_filled_total{book="airlines"}"#))
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a bond from before is counted once, whichever of its events are read`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let server = await server(world)
        // Of the 500 of ledger 100, 100 were put down in a ledger that is still told.
        await world.ledger.set(
            bond: .init(amount: 500, availableAt: 0, requested: 0), of: Self.token)
        await deposit(world, 100, in: 90)
        try await read("airlines", server)
        #expect(try await bond(world)?.amount == 500)
        await world.ledger.set(sequence: 120)
        await deposit(world, 7, in: 110)
        world.clock.advance(by: Indexer.silentSeconds)
        try await read("airlines", server)
        #expect(try await bond(world)?.amount == 507)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a book that is added later finds airlines that the money's book knows`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let before = await server(world, oldest: 1)
        let airline = AirlineContract.Airline(
            metadataHash: .zero, name: "Traqora Air",
            owner: .account(world.traveller.accountID),
            payout: .account(world.traveller.accountID), proposedOwner: nil, standing: .active)
        await tell(world, Self.contracts.airline, "registered", [Self.code], airline.scVal, in: 60)
        try await read("money", before)
        await world.ledger.set(sequence: 210)
        await world.ledger.set(
            bond: .init(amount: 40, availableAt: 0, requested: 0), of: Self.token)
        let server = await server(world, oldest: 200)
        await tell(
            world, Self.contracts.airline, "registered", [.symbol("AA")], airline.scVal, in: 205)
        try await read("airlines", server)
        let codes = try await AirlineRepository(database: world.database).all(after: "", limit: 9)
        #expect(codes.map(\.code) == ["AA", "TQ"])
        #expect(try await bond(world)?.amount == 40)
        #expect(try await state("airlines", server).gap != nil)
        // The money's book was begun with the network: it lacks nothing.
        #expect(try await state("money", server).gap == nil)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `who reads contracts from their deployment on lacks nothing`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let server = await server(world)
        let admin = SCVal.address(.account(world.traveller.accountID))
        for contract in [Self.contracts.airline, ScriptedLedger.contract] {
            await tell(world, contract, "admin", [], admin)
            await tell(world, contract, "guardian", [], .void)
        }
        try await read("airlines", server)
        #expect(try await state("airlines", server).gap == nil)
        // Of refunds nothing was heard: nobody can know.
        try await read("refunds", server)
        #expect(try await state("refunds", server).gap?.contains("said nothing") == true)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a new administrator is no deployment`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let server = await server(world)
        let admin = SCVal.address(.account(world.traveller.accountID))
        await tell(world, Self.contracts.airline, "admin", [], admin)
        await tell(world, Self.contracts.airline, "guardian", [], .void, in: 91, 2)
        try await read("airlines", server)
        #expect(try await state("airlines", server).gap != nil)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a flight from before is sold as the ledger has it, and stops nobody's money`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = await server(world)
        await world.ledger.set(
            flight: FlightRegistryContract.FlightRecord(
                arrives: 1_796_000_000, carrier: "TQ", departs: 1_795_990_000, destination: "ZRH",
                fares: [
                    .init(
                        cabin: "economy", policy: 1, price: 100, seats: 4, sold: 2,
                        token: Self.token)
                ], number: 101, open: true, origin: "LIS"), as: 17)
        await tell(
            world, Self.contracts.flights, "held", [.u64(17), .symbol("economy")],
            .structure(["seats": .u32(1), "sold": .u32(3)]))
        try await read("money", server)
        let airlines = AirlineRepository(database: world.database)
        let flight = try #require(try await airlines.flight(17, of: "TQ"))
        #expect(flight.name == "TQ101")
        let sold: Int? = try await world.database.value("SELECT sold FROM registry_fares")
        #expect(sold == 3)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work(server)
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what the ledger does not tell either stops its book and no other`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let server = await server(world)
        await tell(
            world, Self.contracts.airline, "payout",
            [Self.code], .address(.account(world.traveller.accountID)))
        await world.ledger.set(simulationError: "HostError: Error(Contract, #200)")
        let airlines = try reader("airlines", server)
        await #expect(throws: (any Error).self) { try await airlines.run() }
        let events: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM chain_cursors WHERE contract LIKE 'airlines.%'")
        #expect(events == 0)
        try await read("refunds", server)
        #expect(try await state("refunds", server).lastLedger != nil)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a book is built anew from a server with a longer memory`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let server = await server(world)
        let admin = SCVal.address(.account(world.traveller.accountID))
        for (place, name) in ["admin", "guardian"].enumerated() {
            await tell(
                world, Self.contracts.airline, SCSymbol(name), [], place == 0 ? admin : .void,
                in: 10)
        }
        await tell(world, ScriptedLedger.contract, "admin", [], admin, in: 11)
        await tell(world, ScriptedLedger.contract, "guardian", [], .void, in: 11)
        await deposit(world, 1, in: 95)
        await world.ledger.set(
            bond: .init(amount: 500, availableAt: 0, requested: 0), of: Self.token)
        try await read("airlines", server)
        #expect(try await state("airlines", server).gap != nil)

        let airline = AirlineContract.Airline(
            metadataHash: .zero, name: "From the beginning",
            owner: .account(world.traveller.accountID),
            payout: .account(world.traveller.accountID), proposedOwner: nil, standing: .active)
        await world.ledger.insert(
            .init(
                ledger: 12, hash: Hash(fitting: [1]), topics: [.symbol("registered"), Self.code],
                value: airline.scVal, contract: Self.contracts.airline), at: 4)
        await world.ledger.set(oldest: 1)
        await #expect(throws: TraqoraServer.BookFault.self) { try await server.rebuild("points") }
        try await server.rebuild("airlines", from: 10)
        try await server.readBooks("airlines")
        let state = try await state("airlines", server)
        #expect(state.firstLedger == 10 && state.gap == nil && state.lastLedger == 100)
        #expect(try await bond(world)?.amount == 1)
        let found = try await AirlineRepository(database: world.database).all(after: "", limit: 9)
        #expect(found.map(\.name) == ["From the beginning"])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a book that another process reads is left to it`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let (server, service) = (await server(world), await server(world))
        try await read("airlines", service)
        await #expect(throws: TraqoraServer.BookFault.busy("airlines")) {
            try await server.readBooks("airlines")
        }
        let before = try await state("airlines", service)
        await #expect(throws: TraqoraServer.BookFault.busy("airlines")) {
            try await server.rebuild("airlines", isAlone: true)
        }
        // Nothing is forgotten that cannot be read again here.
        #expect(try await state("airlines", service) == before && before.lastLedger != nil)
        await world.close()
    }
}
