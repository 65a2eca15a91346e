import FlightSupply
import Testing
import Travel

@Suite struct OfferTests {
    let simulator = Simulator()

    func cheapest(_ origin: String, _ destination: String) async throws -> Offer {
        try #require(
            await simulator.offers(for: World.search(origin, destination), at: World.now).first)
    }

    @Test(arguments: [("LHR", "JFK"), ("AAA", "LHR"), ("ABZ", "AKL")])
    func `an offer priced again is the same trip at the same price, for longer`(
        origin: String, destination: String
    ) async throws {
        let later = World.now.adding(seconds: 600)
        for offer in try await simulator.offers(
            for: World.search(origin, destination), at: World.now)
        {
            let priced = try await Simulator().price(offer.id, at: later)
            #expect(priced.itinerary == offer.itinerary)
            #expect(priced.total == offer.total)
            #expect(priced.fare == offer.fare)
            #expect(priced.expiresAt == offer.expiresAt.adding(seconds: 600))
        }
    }

    @Test(arguments: [(-1, true), (0, false), (1, false)])
    func `an offer ends to the second`(offset: Int64, isOpen: Bool) async throws {
        let offer = try await cheapest("LHR", "JFK")
        let time = offer.expiresAt.adding(seconds: offset)
        #expect(offer.isOpen(at: time) == isOpen)
        if isOpen {
            _ = try await simulator.price(offer.id, at: time)
        } else {
            await #expect(throws: SupplyError.offerExpired(offer.expiresAt)) {
                try await simulator.price(offer.id, at: time)
            }
        }
    }

    @Test(arguments: [
        "x", "sim1", "sim1.2026-12-24.BALHRJFK99.ES.1-0-0.1795608000.0",
        "sim1.2026-12-24.ZZLHRJFK00.ES.1-0-0.1795608000.0",
        "sim1.2026-12-24.BALHRJFK00.XX.1-0-0.1795608000.0",
        "sim1.2026-12-24.BALHRJFK00.ES.0-0-0.1795608000.0",
        "sim1.2026-12-24.BALHRJFK00.ES.1-0-0.01795608000.0",
        "sim1.2026-12-24.BALHRJFK00-BALHRJFK00.ES.1-0-0.1795608000.0",
        "sim1.2026-12-24..ES.1-0-0.1795608000.0", "......",
    ])
    func `an id that was never given out is unknown`(text: String) async throws {
        let id = try OfferID(parsing: text)
        await #expect(throws: SupplyError.unknownOffer) {
            try await simulator.price(id, at: World.now)
        }
    }

    @Test(arguments: ["", "a b", "ä", "a/b", String(repeating: "a", count: 201)])
    func `what cannot be an id is refused`(text: String) {
        #expect(throws: TravelError.malformedOffer(text)) { try OfferID(parsing: text) }
    }

    @Test func `the same reference orders once`() async throws {
        let offer = try await cheapest("LHR", "JFK")
        let people = [try World.passenger()]
        let first = await simulator.order(offer.id, for: people, reference: "r1")
        #expect(await simulator.order(offer.id, for: people, reference: "r1") == first)
        guard case .confirmed(let order) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(order.tickets.count == 1)
        #expect(order.tickets[0].count == 13)
        #expect(await simulator.order(placedAs: "r1") == order)
        #expect(await simulator.order(placedAs: "r2") == nil)
        await simulator.cancelOrder(placedAs: "r1")
        #expect(await simulator.order(placedAs: "r1") == nil)
    }

    @Test func `the routes that misbehave do so`() async throws {
        let people = [try World.passenger()]
        let silent = try await cheapest("STN", "LHR")
        #expect(await simulator.order(silent.id, for: people, reference: "s") == .unknown)
        #expect(await simulator.order(placedAs: "s") != nil)

        let refused = try await cheapest("LGW", "LHR")
        #expect(
            await simulator.order(refused.id, for: people, reference: "f") == .refused(.offerGone))
        #expect(await simulator.order(placedAs: "f") == nil)

        let dearer = try await cheapest("LHR", "STN")
        let priced = try await simulator.price(dearer.id, at: World.now)
        #expect(priced.total.minorUnits == dearer.total.minorUnits + 1_000)

        let gone = try await cheapest("LHR", "LGW")
        await #expect(throws: SupplyError.offerGone) {
            try await simulator.price(gone.id, at: World.now)
        }
    }
}
