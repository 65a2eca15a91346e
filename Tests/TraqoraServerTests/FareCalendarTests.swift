import Cache
import Cryptography
import FlightSupply
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Calendars of suppliers that cannot be searched for every day of a month.
@Suite struct FareCalendarTests {
    /// Sells one offer of the simulator's route a day, and cannot be asked for a month.
    private struct Shop: FlightSupplier {
        var name: String { "shop" }
        let inner = Simulator()
        let searches = Lock(0)
        let isSoldOut = Lock(false)

        func owns(_ id: OfferID) -> Bool { false }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
            searches.withLock { $0 += 1 }
            if isSoldOut.withLock({ $0 }) { return [] }
            let found = try await inner.offers(for: search, at: now)
            return try found.prefix(2).map { offer in
                Offer(
                    id: try OfferID(parsing: "shop.\(offer.id.text)"), supplier: name,
                    itinerary: offer.itinerary, fare: offer.fare, passengers: offer.passengers,
                    prices: [], total: Money(minorUnits: 1_234, currency: .usd),
                    seatsLeft: 9, quotedAt: now, expiresAt: now.adding(seconds: 600))
            }
        }
        func price(_ id: OfferID, at now: Instant) async throws -> Offer {
            throw SupplyError.unknownOffer
        }
        func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
            .refused(.unknownOffer)
        }
        func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
            -> SupplierOrder?
        {
            nil
        }
        func cancelOrder(placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError)
        {}
        func airlineName(_ code: AirlineCode) async throws -> String? { nil }
    }

    /// Answers for days with a price, or fails.
    private struct Lister: FlightSupplier {
        var name: String { "lister" }
        let failure = Lock(SupplyError?.none)
        let asked = Lock(0)
        let currency = Lock("USD")

        func cheapestDays(_ question: DaysQuestion, at now: Instant) async throws -> [DayPrice]? {
            asked.withLock { $0 += 1 }
            if let failure = failure.withLock({ $0 }) { throw failure }
            return try [
                DayPrice(
                    date: question.days[1],
                    price: Money(
                        minorUnits: 1_000,
                        currency: Currency(parsing: currency.withLock { $0 })))
            ]
        }
        func owns(_ id: OfferID) -> Bool { false }
        func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] { [] }
        func price(_ id: OfferID, at now: Instant) async throws -> Offer {
            throw SupplyError.unknownOffer
        }
        func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
            .refused(.unknownOffer)
        }
        func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
            -> SupplierOrder?
        {
            nil
        }
        func cancelOrder(placedAs request: OrderRequest, at now: Instant)
            async throws(SupplyError)
        {}
        func airlineName(_ code: AirlineCode) async throws -> String? { nil }
    }

    private struct World {
        let clock = TestClock()
        let cache: SharedCache
        let shop: FlightShop
        let calendar: FareCalendar

        init(_ suppliers: [any FlightSupplier]) {
            let clock = clock
            cache = SharedCache(now: { Double(clock.now.seconds) })
            shop = FlightShop(
                suppliers: Suppliers(suppliers),
                revisions: RouteRevisions(
                    cache: SharedCache(now: { 0 }), random: SecureRandom.bytes),
                memory: FareMemory(cache: cache, now: { clock.now }), lifetimeSeconds: 60,
                now: { clock.now })
            calendar = FareCalendar(shop: shop, cache: cache)
        }

        func month(_ more: String = "") async throws -> FareCalendarResponse {
            let query = try FareCalendarQuery(
                HTTPQuery(parsing: "origin=LHR&destination=FRA&month=2026-12\(more)"))
            return try await HTTPResponse.bytes(
                calendar.answer(to: query), contentType: "application/json"
            ).json()
        }

        func search(_ query: String) async throws {
            let query = try FlightSearchQuery(
                HTTPQuery(parsing: "origin=LHR&destination=FRA&\(query)"))
            _ = try await shop.find(query)
        }
    }

    @Test func `what searches found is told of who cannot be asked, with its age, for a day`()
        async throws
    {
        let own = Shop()
        let world = World([own])
        let empty = try await world.month()
        #expect(empty.cheapest == nil && own.searches.withLock { $0 } == 0)
        #expect(empty.sources == [.init(name: "shop", basis: .earlierSearches, days: 0)])
        let foundAt = world.clock.now
        try await world.search("date=2026-12-24")
        // None of these asks what the calendar asks.
        try await world.search("date=2026-12-20&return_date=2026-12-20")
        try await world.search("date=2026-12-21&adults=2")
        try await world.search("date=2026-12-22&cabin=business")
        world.clock.advance(by: 700)
        let month = try await world.month()
        #expect(month.cheapest?.date.description == "2026-12-24")
        #expect(month.cheapest?.price?.minorUnits == 1_234)
        #expect(month.cheapest?.supplier == "shop" && month.cheapest?.foundAt == foundAt)
        #expect(
            month.sources == [
                .init(name: "shop", basis: .earlierSearches, days: 1, oldestAt: foundAt)
            ])
        try await world.search("date=2026-12-24&return_date=2026-12-27")
        #expect(try await world.month("&nights=3").cheapest?.date.description == "2026-12-24")
        #expect(try await world.month("&nights=4").cheapest == nil)
        #expect(try await world.month("&adults=2").cheapest?.date.description == "2026-12-21")
        world.clock.advance(by: FareMemory.seconds)
        #expect(try await world.month().cheapest == nil)
    }

    @Test func `a day that a later search finds sold out is told no more`() async throws {
        let own = Shop()
        let world = World([own])
        try await world.search("date=2026-12-24")
        own.isSoldOut.withLock { $0 = true }
        world.clock.advance(by: 700)
        try await world.search("date=2026-12-24")
        #expect(try await world.month().cheapest == nil)
    }

    @Test func `who fails is named and asked again soon, the others are told`() async throws {
        let lister = Lister()
        let world = World([Simulator(), lister])
        lister.failure.withLock { $0 = .timedOut }
        let first = try await world.month()
        #expect(first.sources.map(\.code) == [nil, "suppliers.timed_out"])
        #expect(first.sources.map(\.basis) == [.searches, .cheapestDays])
        #expect(first.days.allSatisfy { $0.supplier == "simulator" && $0.foundAt == nil })
        _ = try await world.month()
        #expect(lister.asked.withLock { $0 } == 1)
        lister.failure.withLock { $0 = nil }
        world.clock.advance(by: Int64(FlightShop.partialSecondsMax) + 1)
        let second = try await world.month()
        #expect(second.sources.map(\.code) == [nil, nil])
        #expect(second.cheapest?.supplier == "lister")
        #expect(second.days[1].price?.minorUnits == 1_000)
        // A whole answer is kept for longer.
        world.clock.advance(by: 300)
        _ = try await world.month()
        #expect(lister.asked.withLock { $0 } == 2)
    }

    @Test func `prices that cannot be compared are counted by their source alone`() async throws {
        let lister = Lister()
        lister.currency.withLock { $0 = "EUR" }
        let world = World([lister])
        let month = try await world.month()
        #expect(month.cheapest == nil)
        #expect(
            month.sources == [
                .init(
                    name: "lister", basis: .cheapestDays, days: 0,
                    currency: try Currency(parsing: "EUR"))
            ])
    }

    @Test func `a month of which nobody knows a price because of a failure is a problem`()
        async throws
    {
        let lister = Lister()
        lister.failure.withLock { $0 = .throttled(retryAfterSeconds: 7) }
        let world = World([lister, Shop()])
        await #expect(throws: SupplyError.throttled(retryAfterSeconds: 7)) {
            try await world.month()
        }
    }

    @Test func `calendars at once that ask for the same are one`() async throws {
        let lister = Lister()
        let world = World([lister])
        try await withThrowingTaskGroup { group in
            for _ in 0..<10 { group.addTask { _ = try await world.month() } }
            try await group.waitForAll()
        }
        #expect(lister.asked.withLock { $0 } == 1)
    }
}
