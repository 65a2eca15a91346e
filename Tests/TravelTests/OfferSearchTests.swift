import FareRules
import Testing
import Travel

/// Filtering and sorting offers, and turning pages of them.
@Suite struct OfferSearchTests {
    private static func offer(
        _ id: String, cents: Int64 = 10_000, flights: [String] = ["BA1"],
        departs: String = "2026-12-24T08:00:00", minutes: Int = 120, bags: Int = 0,
        refund: FareTerm? = nil, currency: Currency = .usd, operatedBy: String? = nil
    ) throws -> Offer {
        let places = ["LHR", "AMS", "CDG", "FRA"]
        var time = try ZonedTime(local: LocalTime(parsing: departs), in: "Europe/London").instant
        let segments = try flights.enumerated().map { index, flight in
            let (from, to) = (
                try Airports.all.require(AirportCode(parsing: places[index])),
                try Airports.all.require(AirportCode(parsing: places[index + 1]))
            )
            let end = time.adding(seconds: Int64(minutes * 60 / flights.count))
            defer { time = end }
            return try Segment(
                flight: FlightNumber(parsing: flight),
                operatedBy: operatedBy.map { try AirlineCode(parsing: $0) }, origin: from.code,
                destination: to.code, departs: ZonedTime(time, in: from.timeZone),
                arrives: ZonedTime(end, in: to.timeZone), aircraft: "320", distanceKilometers: 1)
        }
        let rule = RefundRule(
            tiers: [RefundTier(secondsBefore: 0, refundBasisPoints: 0)], graceSeconds: 0,
            graceMinLeadSeconds: 0)
        return Offer(
            id: try OfferID(parsing: id), supplier: "s",
            itinerary: try Itinerary(slices: [Slice(segments: segments)]),
            fare: Fare(
                brand: "B", cabin: .economy, policy: 1, rule: rule,
                baggage: Baggage(carryOnPieces: 1, checkedPieces: bags),
                conditions: refund.map { FareConditions(refund: $0, change: .unknown) }),
            passengers: try PassengerCounts(adults: 1), prices: [],
            total: Money(minorUnits: cents, currency: currency), seatsLeft: 1,
            quotedAt: time, expiresAt: time)
    }

    private func ids(_ offers: [Offer]) -> String { offers.map(\.id.text).joined(separator: " ") }

    @Test(
        arguments: [
            ("06:00-09:00", "08:00:00", true), ("08:00-08:00", "08:00:59", true),
            ("08:01-09:00", "08:00:00", false), ("22:00-04:00", "23:00:00", true),
            ("22:00-04:00", "04:00:00", true), ("22:00-04:00", "12:00:00", false),
        ])
    func `a part of the day has both its ends, and may pass midnight`(
        range: String, time: String, isInside: Bool
    ) throws {
        let range = try ClockRange(parsing: range)
        #expect(range.contains(try LocalTime(parsing: "2026-12-24T\(time)")) == isInside)
        #expect(try ClockRange(parsing: range.description) == range)
    }

    @Test(arguments: ["", "06:00", "24:00-06:00", "06:60-07:00", "6:00-7:00", "06:00-07:00-08:00"])
    func `what is no part of the day is refused`(text: String) {
        #expect(throws: TravelError.malformedTime(text)) { try ClockRange(parsing: text) }
    }

    @Test func `each filter keeps what it is for`() throws {
        let offers = [
            try Self.offer("plain"), try Self.offer("bag", bags: 1),
            try Self.offer("late", departs: "2026-12-24T20:00:00"),
            try Self.offer("long", minutes: 700), try Self.offer("other", flights: ["AF2"]),
            try Self.offer("shared", operatedBy: "IB"),
            try Self.offer("back", refund: FareTerm(.allowed)),
            try Self.offer("maybe", refund: .unknown),
        ]
        let rest = "late long other shared back maybe"
        let checks: [((inout OfferFilter) throws -> Void, String)] = [
            ({ _ in }, "plain bag \(rest)"), ({ $0.checkedBagsMin = 1 }, "bag"),
            ({ $0.carryOnBagsMin = 2 }, ""), ({ $0.isRefundable = true }, "back"),
            ({ $0.departs = try ClockRange(parsing: "18:00-23:00") }, "late"),
            (
                { $0.arrives = try ClockRange(parsing: "11:00-11:00") },
                "plain bag other shared back maybe"
            ),
            ({ $0.minutesMax = 120 }, "plain bag late other shared back maybe"),
            ({ $0.airlines = [try AirlineCode(parsing: "AF")] }, "other"),
            (
                { $0.excludedAirlines = [try AirlineCode(parsing: "IB")] },
                "plain bag late long other back maybe"
            ),
        ]
        for (change, expected) in checks {
            var filter = OfferFilter()
            try change(&filter)
            #expect(ids(offers.filter(filter.accepts)) == expected)
        }
    }

    @Test func `each order puts first what it is for, dollars before what cannot be compared`()
        throws
    {
        let offers = [
            try Self.offer("cheap", cents: 10_000, flights: ["BA1", "BA2"], minutes: 600),
            try Self.offer("short", cents: 40_000, minutes: 60),
            try Self.offer("good", cents: 12_000, minutes: 120),
            try Self.offer("yen", cents: 1, minutes: 90, currency: Currency(parsing: "JPY")),
        ]
        #expect(ids(OfferSort.price.sorted(offers)) == "cheap good short yen")
        #expect(ids(OfferSort.duration.sorted(offers)) == "short yen good cheap")
        #expect(ids(OfferSort.best.sorted(offers)) == "good cheap short yen")
    }

    @Test(arguments: OfferSort.allCases)
    func `pages follow each other without gap or repetition, also among equals`(sort: OfferSort)
        throws
    {
        let offers = try (0..<23).map { try Self.offer("o\($0)", cents: Int64($0 / 5) * 100) }
        var seen: [String] = []
        var cursor: OfferCursor?
        for _ in 0..<10 {
            let sorted = sort.sorted(offers)
            let page = sorted.filter { cursor?.isBefore($0) ?? true }.prefix(4)
            guard let last = page.last else { break }
            seen += page.map(\.id.text)
            cursor = OfferCursor(OfferCursor(of: last, in: sort).text)
            #expect(cursor == OfferCursor(of: last, in: sort))
        }
        #expect(seen == sort.sorted(offers).map(\.id.text))
    }

    @Test(arguments: [
        "", "price", "price~x~a", "rank~1~a", "price~01~a", "price~1~a b", "price~1~a~",
    ])
    func `what is no cursor is none`(text: String) { #expect(OfferCursor(text) == nil) }
}
