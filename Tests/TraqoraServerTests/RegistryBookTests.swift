import Cache
import Cryptography
import Database
import FareRules
import FlightSupply
import StellarXDR
import Telemetry
import Testing
import TraqoraContracts
import Travel

@testable import Stellar
@testable import TraqoraServer

/// What is read of airlines, fare rules and flights from their contracts' events.
@Suite(.serialized) struct RegistryBookTests {
    private static let contracts = RegistryContracts(
        airline: Hash(fitting: [1]), flights: Hash(fitting: [2]), refund: Hash(fitting: [3]))
    private static let owner = SCAddress.account(.ed25519(Uint256(fitting: [4])))
    private static let token = SCAddress.contract(Hash(fitting: [9]))
    private static let span = Instant(seconds: 0)..<Instant(seconds: 2_000)

    /// A database, and what reads events into it, each under an id of its own.
    private struct World: Sendable {
        let database: Database
        let registry: RegistryRepository
        let revisions = RouteRevisions(
            cache: SharedCache(now: { 0 }), random: SecureRandom.bytes)
        private let book: RegistryBook
        private let count = Lock(0)
        private let changed = Lock(0)

        /// How often what is sold between Lisbon and Zurich changed.
        var changes: Int { changed.withLock { $0 } }

        init(_ engine: Engine) async throws {
            database = try await engine.database()
            try await database.migrate(Migrations.all, now: 0)
            registry = RegistryRepository(database: database)
            book = RegistryBook(
                escrows: EscrowRepository(database: database), registry: registry,
                revisions: revisions, contracts: RegistryBookTests.contracts)
        }

        /// Reads an event, and reads it again: the second time must change nothing.
        func tell(
            _ contract: ContractID, _ name: SCSymbol, _ topics: [SCVal], _ value: SCVal
        ) async throws {
            let number = count.withLock { count in
                count += 1
                return count
            }
            let event = RPCEvent(
                id: "event-\(number)", isSystem: false, ledger: 1, ledgerClosedAt: "",
                contract: contract, transactionHash: .zero, topics: [.symbol(name)] + topics,
                value: value)
            let route = RouteKey(origin: "LIS", destination: "ZRH")
            let before = await revisions.text(of: [route])
            #expect(try await read(event, of: contract))
            #expect(try await !read(event, of: contract))
            await revisions.didChange()
            guard await revisions.text(of: [route]) != before else { return }
            changed.withLock { $0 += 1 }
        }

        private func read(_ event: RPCEvent, of contract: ContractID) async throws -> Bool {
            let book = book
            return try await database.transaction { transaction -> Bool in
                try await book.apply(event, of: contract, in: transaction)
            }
        }

        func fares() async throws -> [PublishedFare] {
            try await registry.fares(
                from: "LIS", to: "ZRH", leaving: RegistryBookTests.span,
                in: RegistryBookTests.token.description)
        }
    }

    private func stand(_ world: World, _ standing: AirlineContract.Standing) async throws {
        try await world.tell(
            Self.contracts.airline, "standing", [.symbol("TQ")],
            .structure(["reason": .symbol("word"), "standing": standing.scVal]))
    }

    private func found(_ world: World) async throws {
        let airline = AirlineContract.Airline(
            metadataHash: .zero, name: "Traqora Air", owner: Self.owner, payout: Self.owner,
            proposedOwner: nil, standing: .pending)
        try await world.tell(
            Self.contracts.airline, "registered", [.symbol("TQ")], airline.scVal)
        let policy = RefundContract.Policy(
            graceMinLeadSeconds: 7, graceSeconds: 5,
            tiers: [.init(refundBps: 8_000, secondsBefore: 100)])
        try await world.tell(
            Self.contracts.refund, "policy", [.u32(1), .symbol("TQ")], policy.scVal)
        let fares = [("economy", 100), ("business", 300)].map { cabin, price in
            FlightRegistryContract.Fare(
                cabin: SCSymbol(cabin), policy: 1, price: Int128(price), seats: 4,
                token: Self.token)
        }
        let flight = FlightRegistryContract.Flight(
            arrives: 1_500, carrier: "TQ", departs: 1_000, destination: "ZRH", fares: fares,
            number: 101, origin: "LIS")
        try await world.tell(
            Self.contracts.flights, "published",
            [.u64(17), .symbol("TQ"), .address(Self.owner)], flight.scVal)
    }

    @Test(arguments: Engine.all)
    func `what is sold follows every event`(engine: Engine) async throws {
        let world = try await World(engine)
        try await found(world)
        // Nobody approved the airline yet.
        #expect(try await world.fares().isEmpty)
        try await stand(world, .active)
        let fares = try await world.fares()
        #expect(fares.map(\.cabin) == ["economy", "business"])
        #expect(fares.map(\.price.baseUnits) == [100, 300])
        #expect(fares[0].flight == 17 && fares[0].number == 101 && fares[0].seatsLeft == 4)
        #expect(fares[0].rule.graceSeconds == 5 && fares[0].rule.tiers.count == 1)
        #expect(try await world.registry.airlineName("TQ") == "Traqora Air")
        #expect(try await world.registry.airlineName("XX") == nil)

        let cabin: [SCVal] = [.u64(17), .symbol("economy")]
        try await world.tell(
            Self.contracts.flights, "fare", cabin,
            .structure(["price": Int128(120).scVal, "seats": .u32(3)]))
        let seats = { (count: UInt32, sold: UInt32) in
            SCVal.structure(["seats": .u32(count), "sold": .u32(sold)])
        }
        try await world.tell(Self.contracts.flights, "held", cabin, seats(2, 2))
        let changed = try await world.registry.fare(17, "economy", in: Self.token.description)
        #expect(changed?.price.baseUnits == 120 && changed?.seatsLeft == 1)
        try await world.tell(Self.contracts.flights, "held", cabin, seats(1, 3))
        #expect(try await world.fares().map(\.cabin) == ["business"])
        try await world.tell(Self.contracts.flights, "released", cabin, seats(3, 0))
        #expect(try await world.fares().first?.seatsLeft == 3)
        // The standing of the airline, the flight, and what happened to it.
        #expect(world.changes == 6)
        await world.database.close()
    }

    @Test(arguments: Engine.all)
    func `an airline whose name no database keeps stops nobody from reading on`(engine: Engine)
        async throws
    {
        let world = try await World(engine)
        let airline = AirlineContract.Airline(
            metadataHash: .zero, name: "", owner: Self.owner, payout: Self.owner,
            proposedOwner: nil, standing: .pending)
        let fields = try #require(airline.scVal.fields)
        let odd = fields.map { field in
            field.key == .symbol("name")
                ? SCMapEntry(key: field.key, val: .string(SCString([0x41, 0xFF, 0, 0x0D, 0x42])))
                : field
        }
        try await world.tell(
            Self.contracts.airline, "registered", [.symbol("XX")], .map(SCMap(odd)))
        #expect(
            try await world.registry.airlineName("XX") == "A\u{FFFD}\u{FFFD}\u{FFFD}B")
        try await found(world)
        #expect(try await world.registry.airlineName("TQ") == "Traqora Air")
        await world.database.close()
    }

    @Test(arguments: Engine.all)
    func `what cannot be sold any more is gone`(engine: Engine) async throws {
        let world = try await World(engine)
        try await found(world)
        try await stand(world, .active)
        let status = { (status: FlightRegistryContract.FlightStatus) in
            SCVal.structure([
                "confirmed": .bool(true), "status": status.scVal, "time": .u64(1_600),
            ])
        }
        let flight: [SCVal] = [.u64(17), .symbol("TQ")]
        try await world.tell(Self.contracts.flights, "status", flight, status(.delayed))
        #expect(try await world.fares().count == 2)
        try await world.tell(Self.contracts.flights, "status", flight, status(.cancelled))
        #expect(try await world.fares().isEmpty)
        try await world.tell(Self.contracts.flights, "status", flight, status(.scheduled))
        try await stand(world, .suspended)
        #expect(try await world.fares().isEmpty)
        try await stand(world, .active)
        try await world.tell(Self.contracts.flights, "closed", flight, .map([]))
        #expect(try await world.fares().isEmpty)
        await world.database.close()
    }
}

extension SCVal {
    /// What is in a structure.
    fileprivate var fields: SCMap? {
        guard case .map(let fields) = self else { return nil }
        return fields
    }
}
