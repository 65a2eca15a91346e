/// The points of a passenger, by the month in which they were earned.
struct PointsModel: Equatable {
    struct Lot: Equatable {
        var month: UInt64
        var earned: Int128
        var left: Int128
    }

    private(set) var lots: [Lot] = []

    static let tiers: [(Int128, UInt32)] = [(0, 10_000), (20_000, 15_000), (60_000, 20_000)]
    /// Units of the token for a point.
    static let redemption: Int128 = 10

    static func month(of time: UInt64) -> UInt64 { time / 2_629_746 }

    /// Lots that are not older than 12 months.
    func current(at now: UInt64) -> [Lot] {
        lots.filter { $0.month + 12 >= Self.month(of: now) }
    }

    func balance(at now: UInt64) -> Int128 { current(at: now).reduce(0) { $0 + $1.left } }

    func tier(at now: UInt64) -> Int {
        let earned = current(at: now).reduce(Int128(0)) { $0 + $1.earned }
        return Self.tiers.lastIndex { $0.0 <= earned } ?? 0
    }

    /// A point a unit, times what the tier counts.
    mutating func earn(spending amount: Int128, at now: UInt64) {
        let points = amount * Int128(Self.tiers[tier(at: now)].1) / 10_000
        guard points > 0 else { return }
        lots = current(at: now)
        let month = Self.month(of: now)
        if lots.last?.month == month {
            lots[lots.count - 1].earned += points
            lots[lots.count - 1].left += points
        } else {
            lots.append(Lot(month: month, earned: points, left: points))
        }
    }

    /// Spends the oldest first, if there are as many.
    mutating func spend(_ points: Int128, at now: UInt64) -> Bool {
        guard points > 0, balance(at: now) >= points else { return false }
        lots = current(at: now)
        var rest = points
        for index in lots.indices {
            let taken = min(rest, lots[index].left)
            lots[index].left -= taken
            rest -= taken
        }
        return true
    }
}
