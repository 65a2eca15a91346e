import FlightSupply
import Telemetry
import Testing
import Travel

/// Several suppliers asked at once.
@Suite struct SuppliersTests {
    /// Has nothing, and says so when it is told to.
    struct Waiting: FlightSupplier {
        let name: String
        let wait: @Sendable () async throws -> Void

        func owns(_ id: OfferID) -> Bool { false }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
            try await wait()
            return []
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
            [Simulator(), Waiting(name: "slow") { try await Task.sleep(for: .seconds(60)) }],
            timeMax: .seconds(100), timesMax: ["slow": .milliseconds(100)]
        ) { answer in told.withLock { $0.append(answer) } }
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await suppliers.offers(for: search, at: World.now)
        #expect(clock.now - start < .seconds(50))
        #expect(!found.offers.isEmpty)
        #expect(found.answers.map(\.failure) == [nil, .timedOut])
        #expect(found.answers[1].duration >= .milliseconds(100))
        #expect(Set(told.withLock { $0.map(\.supplier) }) == ["simulator", "slow"])
    }

    @Test func `they are asked at once`() async throws {
        let search = try World.search("LHR", "JFK")
        // Each answers only when all have been asked.
        let asked = Lock(0)
        let list = (0..<5).map { number in
            Waiting(name: "s\(number)") {
                asked.withLock { $0 += 1 }
                while asked.withLock({ $0 }) < 5 { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
        let found = try await Suppliers(list, timeMax: .seconds(100))
            .offers(for: search, at: World.now)
        #expect(!found.isPartial)
    }
}
