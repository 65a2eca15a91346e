import FlightSupply
import Telemetry
import Testing
import Travel

/// Several suppliers asked at once.
@Suite struct SuppliersTests {
    /// Says what it is told to, when it is told to.
    struct Slow: FlightSupplier {
        let name: String
        let delay: Duration
        let offers: [Offer]

        func owns(_ id: OfferID) -> Bool { false }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
            try await Task.sleep(for: delay)
            return offers
        }
        func price(_ id: OfferID, at now: Instant) async throws -> Offer {
            throw SupplyError.unknownOffer
        }
        func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
            .refused(.unknownOffer)
        }
        func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
            -> SupplierOrder?
        { nil }
        func cancelOrder(placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError)
        {}
        func airlineName(_ code: AirlineCode) async throws -> String? { nil }
    }

    @Test func `who is late is left out and named, and nobody waits for it`() async throws {
        let search = try World.search("LHR", "JFK")
        let told = Lock([SupplierAnswer]())
        let suppliers = Suppliers(
            [Simulator(), Slow(name: "slow", delay: .seconds(60), offers: [])],
            timeMax: .seconds(30), timesMax: ["slow": .milliseconds(100)]
        ) { answer in told.withLock { $0.append(answer) } }
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await suppliers.offers(for: search, at: World.now)
        #expect(clock.now - start < .seconds(20))
        #expect(!found.offers.isEmpty)
        #expect(found.answers.map(\.failure) == [nil, .timedOut])
        #expect(found.answers[1].duration >= .milliseconds(100))
        #expect(Set(told.withLock { $0.map(\.supplier) }) == ["simulator", "slow"])
    }

    @Test func `they are asked at once`() async throws {
        let search = try World.search("LHR", "JFK")
        let list = (0..<5).map { Slow(name: "s\($0)", delay: .milliseconds(300), offers: []) }
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await Suppliers(list).offers(for: search, at: World.now)
        #expect(clock.now - start < .milliseconds(1_400))
    }
}
