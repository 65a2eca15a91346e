import FareRules
import FlightSupply
import Support
import Telemetry
import Testing
import Travel

/// What is made of fares that airlines publish on the ledger.
@Suite struct RegistrySupplyTests {
    private static let rule = RefundRule(
        tiers: [RefundTier(secondsBefore: 0, refundBasisPoints: 5_000)], graceSeconds: 0,
        graceMinLeadSeconds: 0)

    private static func fare(
        cabin: String = "economy", units: Int64 = 1_290_000_000, seats: Int = 20,
        origin: String = "LHR", leavesIn seconds: Int64 = 40_000
    ) -> PublishedFare {
        let departs = World.now.adding(seconds: seconds)
        return PublishedFare(
            flight: 17, carrier: "TQ", number: 101, origin: origin, destination: "JFK",
            departs: departs, arrives: departs.adding(seconds: 7 * 3_600), cabin: cabin,
            price: TokenAmount(baseUnits: units), seatsLeft: seats, policy: 4, rule: rule)
    }

    private func supply(_ fares: PublishedFare...) -> RegistrySupply {
        RegistrySupply(
            fares: { _, _, _ in fares },
            fare: { id, cabin in fares.first { $0.flight == id && $0.cabin == cabin } },
            airline: { $0.text == "TQ" ? "Traqora Air" : nil })
    }

    @Test func `a published fare is an offer under its own conditions`() async throws {
        let supply = supply(Self.fare())
        let offer = try #require(
            await supply.offers(for: World.search("LHR", "JFK"), at: World.now).first)
        #expect(offer.supplier == "registry")
        #expect(offer.itinerary.segments.map(\.flight.description) == ["TQ101"])
        #expect(offer.total.amount == "129.00")
        #expect(offer.fare.policy == 4 && offer.fare.refundTiers == Self.rule.tiers)
        #expect(offer.seatsLeft == 9)
        #expect(RegistryOfferID(offer.id.text)?.flight == 17)
        #expect(try await supply.airlineName(AirlineCode(parsing: "TQ")) == "Traqora Air")
    }

    @Test(
        arguments: [
            ("cabin nobody knows", fare(cabin: "deck")),
            ("part of a cent", fare(units: 1_290_000_001)),
            ("no seat", fare(seats: 0)), ("airport nobody knows", fare(origin: "QQX")),
            ("about to leave", fare(leavesIn: 3_600)),
        ] as [(String, PublishedFare)])
    func `what cannot be sold here is not offered`(what: String, fare: PublishedFare) async throws {
        let found = try await supply(fare).offers(for: World.search("LHR", "JFK"), at: World.now)
        #expect(found.isEmpty, "\(what)")
    }

    @Test func `the price is the ledger's at the time, and an offer ends`() async throws {
        let offer = try #require(
            await supply(Self.fare()).offers(for: World.search("LHR", "JFK"), at: World.now).first)
        let later = World.now.adding(seconds: 60)
        let dearer = try await supply(Self.fare(units: 1_500_000_000)).price(offer.id, at: later)
        #expect(dearer.total.amount == "150.00")
        await #expect(throws: SupplyError.offerGone) {
            try await supply().price(offer.id, at: later)
        }
        await #expect(throws: SupplyError.offerExpired(offer.expiresAt)) {
            try await supply(Self.fare()).price(offer.id, at: offer.expiresAt)
        }
    }

    @Test(arguments: [
        "reg1.17.economy.1-0-0", "reg1.x.economy.1-0-0.1", "reg1.017.economy.1-0-0.1",
        "reg1.17.economy.0-0-0.1", "reg1.17.economy.1-0.1", "sim1.17.economy.1-0-0.1",
    ])
    func `an id that was never given is unknown`(text: String) async throws {
        let id = try OfferID(parsing: text)
        await #expect(throws: SupplyError.unknownOffer) {
            try await Suppliers([supply(Self.fare())]).price(id, at: World.now)
        }
    }

    @Test func `suppliers together are sorted, and one that fails takes nothing from the others`()
        async throws
    {
        let search = try World.search("LHR", "JFK")
        let broken = RegistrySupply(
            fares: { _, _, _ in throw SupplyError.offerGone }, fare: { _, _ in nil },
            airline: { _ in nil })
        let simulator = Simulator()
        let alone = try await simulator.offers(for: search, at: World.now)
        let beside = try await Suppliers([simulator, broken]).offers(for: search, at: World.now)
        #expect(beside.offers == alone)
        #expect(beside.isPartial)
        #expect(beside.answers.map(\.supplier) == ["simulator", "registry"])
        #expect(beside.answers.map(\.failure) == [nil, .offerGone])
        #expect(beside.answers.map(\.offerCount) == [alone.count, 0])
        let both = try await Suppliers([simulator, supply(Self.fare())])
            .offers(for: search, at: World.now)
        #expect(!both.isPartial)
        #expect(both.offers.count == alone.count + 1)
        let totals = both.offers.map(\.total.minorUnits)
        #expect(totals == totals.sorted())
        await #expect(throws: SupplyError.offerGone) {
            try await Suppliers([broken]).offers(for: search, at: World.now)
        }
        // Nobody sells anything: that one does not know is not "nothing".
        let empty = RegistrySupply(
            fares: { _, _, _ in [] }, fare: { _, _ in nil }, airline: { _ in nil })
        let failed = Lock([String]())
        await #expect(throws: SupplyError.offerGone) {
            try await Suppliers([empty, broken]) { answer in
                if answer.failure != nil { failed.withLock { $0.append(answer.supplier) } }
            }.offers(for: search, at: World.now)
        }
        #expect(failed.withLock { $0 } == ["registry"])
        #expect(
            try await Suppliers([empty]).offers(for: search, at: World.now).offers.isEmpty)
    }
}
