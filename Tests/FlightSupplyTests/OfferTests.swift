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

    @Test(arguments: ["", "a b", "ä", "a/b", String(repeating: "a", count: 401)])
    func `what cannot be an id is refused`(text: String) {
        #expect(throws: TravelError.malformedOffer(text)) { try OfferID(parsing: text) }
    }

    private func request(_ offer: Offer, _ reference: String) throws -> OrderRequest {
        OrderRequest(offer: offer, passengers: [try World.passenger()], reference: reference)
    }

    @Test func `the same reference orders once`() async throws {
        let request = try request(await cheapest("LHR", "JFK"), "r1")
        let first = await simulator.order(request, at: World.now)
        #expect(await simulator.order(request, at: World.now) == first)
        guard case .confirmed(let order) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(order.tickets.count == 1)
        #expect(order.tickets[0].count == 13)
        #expect(try await simulator.order(placedAs: request, at: World.now) == order)
        let other = try self.request(request.offer, "r2")
        #expect(try await simulator.order(placedAs: other, at: World.now) == nil)
        try await simulator.cancelOrder(placedAs: request, at: World.now)
        #expect(try await simulator.order(placedAs: request, at: World.now) == nil)
    }

    @Test func `the routes that misbehave do so`() async throws {
        let silent = try request(await cheapest("STN", "LHR"), "s")
        #expect(await simulator.order(silent, at: World.now) == .unknown(.timedOut))
        #expect(try await simulator.order(placedAs: silent, at: World.now) != nil)

        let refused = try request(await cheapest("LGW", "LHR"), "f")
        #expect(await simulator.order(refused, at: World.now) == .refused(.offerGone))
        #expect(try await simulator.order(placedAs: refused, at: World.now) == nil)

        let dearer = try await cheapest("LHR", "STN")
        let priced = try await simulator.price(dearer.id, at: World.now)
        #expect(priced.total.minorUnits == dearer.total.minorUnits + 1_000)

        let gone = try await cheapest("LHR", "LGW")
        await #expect(throws: SupplyError.offerGone) {
            try await simulator.price(gone.id, at: World.now)
        }
    }
}
