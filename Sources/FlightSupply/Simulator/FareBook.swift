import Travel

/// What journeys cost: a pure function of distance, date and a seed.
struct FareBook: Sendable {
    let seed: UInt64

    /// One product, relative to the standard fare of economy.
    struct Product: Sendable {
        /// Two letters, for offer ids.
        var code: String
        var brand: String
        var cabin: Cabin
        var percent: Int
        var policy: FarePolicy
        var baggage: Baggage
        /// Only on journeys at least this long.
        var kilometersMin = 0
    }

    static let products = [
        Product(
            code: "EL", brand: "Economy Light", cabin: .economy, percent: 82, policy: .light,
            baggage: Baggage(carryOnPieces: 1, checkedPieces: 0)),
        Product(
            code: "ES", brand: "Economy Standard", cabin: .economy, percent: 100,
            policy: .standard, baggage: Baggage(carryOnPieces: 1, checkedPieces: 1)),
        Product(
            code: "EF", brand: "Economy Flex", cabin: .economy, percent: 145, policy: .flex,
            baggage: Baggage(carryOnPieces: 1, checkedPieces: 1)),
        Product(
            code: "PS", brand: "Premium Economy", cabin: .premiumEconomy, percent: 190,
            policy: .standard, baggage: Baggage(carryOnPieces: 1, checkedPieces: 2),
            kilometersMin: 4_500),
        Product(
            code: "BF", brand: "Business Flex", cabin: .business, percent: 380, policy: .flex,
            baggage: Baggage(carryOnPieces: 2, checkedPieces: 2)),
        Product(
            code: "FF", brand: "First", cabin: .first, percent: 650, policy: .flex,
            baggage: Baggage(carryOnPieces: 2, checkedPieces: 3), kilometersMin: 6_000),
    ]

    /// How many seats are left, 0 to 9; nine stands for nine or more.
    func seatsLeft(on slice: Slice, _ product: Product) -> Int {
        var draw = Draw(seed: seed, "seats", key(of: slice), product.code)
        // Half of all flights have plenty of room.
        return draw.chance(percent: 50) ? 9 : draw.number(below: 10)
    }

    /// What each passenger pays.
    /// - Throws: `amountOutOfRange`.
    func prices(
        for slices: [Slice], _ product: Product, passengers: PassengerCounts, surcharge: Int
    ) throws(TravelError) -> [PassengerPrice] {
        let adult = slices.reduce(surcharge) { $0 + adultCents(for: $1, product) }
        let lines = [
            (PassengerType.adult, passengers.adults, 100), (.child, passengers.children, 75),
            (.infant, passengers.infants, 10),
        ]
        return lines.filter { $0.1 > 0 }.map { type, count, percent in
            let cents = max(100, adult * percent / 100 / 10 * 10)
            return PassengerPrice(
                type: type, count: count, each: Money(minorUnits: Int64(cents), currency: .usd))
        }
    }

    /// An adult's price in cents: so much to take off, less a kilometre the further it goes, more
    /// on busy days, less for those who change.
    func adultCents(for slice: Slice, _ product: Product) -> Int {
        let distance = slice.kilometers
        let short = min(distance, 1_500)
        let middle = max(0, min(distance, 6_000) - 1_500)
        let long = max(0, distance - 6_000)
        var cents = 3_900 + short * 9 + middle * 11 / 2 + long * 4
        let date = slice.departs.local.date
        if date.weekday == 4 || date.weekday == 6 { cents = cents * 112 / 100 }
        if [7, 8].contains(date.month) || date.month == 12 && date.day > 14 {
            cents = cents * 120 / 100
        }
        for _ in 0..<slice.connections { cents = cents * 88 / 100 }
        var draw = Draw(seed: seed, "load", key(of: slice))
        cents = cents * (85 + draw.number(below: 50)) / 100
        return cents * product.percent / 100
    }

    private func key(of slice: Slice) -> String {
        slice.segments.map { "\($0.flight)\($0.departs.local)" }.joined(separator: " ")
    }
}
