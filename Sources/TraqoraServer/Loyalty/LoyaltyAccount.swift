import Travel

/// What somebody has and owes in points, by the rules of the Loyalty contract.
struct LoyaltyAccount: Hashable, Sendable {
    /// What was earned in a month, and what of it is left.
    struct Lot: Hashable, Sendable {
        var month: UInt32
        var earned: Int64
        var left: Int64

        /// Over with the twelfth month after it.
        var expiresAt: Instant {
            // Safe: 32 bits times 22.
            Instant(seconds: (Int64(month) + 13) * LoyaltyAccount.monthSeconds)
        }
    }

    var debt: Int64 = 0
    /// The oldest first, at most 13.
    var lots: [Lot] = []

    /// The twelfth part of a mean year.
    static let monthSeconds: Int64 = 2_629_746

    /// The month's number since 1970.
    static func month(of time: Instant) -> UInt32 {
        UInt32(clamping: time.seconds / monthSeconds)
    }

    /// What was earned lately: it says the tier.
    var earned: Int64 { lots.reduce(0) { Self.sum($0, $1.earned) } }

    /// What can be spent; below zero if more was taken back than was left.
    var balance: Int64 { lots.reduce(Self.sum(0, -debt)) { Self.sum($0, $1.left) } }

    /// Without the lots whose time is over.
    func current(in month: UInt32) -> LoyaltyAccount {
        LoyaltyAccount(debt: debt, lots: lots.filter { UInt64($0.month) + 12 >= UInt64(month) })
    }

    /// Pays a debt first.
    mutating func earn(_ points: Int64, in month: UInt32) {
        let repaid = min(debt, points)
        debt -= repaid
        if let last = lots.last, last.month == month {
            lots[lots.count - 1].earned = Self.sum(last.earned, points)
            lots[lots.count - 1].left = Self.sum(last.left, points - repaid)
        } else {
            lots.append(Lot(month: month, earned: points, left: points - repaid))
        }
    }

    /// Takes from the oldest first; what is gone already becomes a debt.
    /// - Parameter month: in which they were earned, if they are taken back: then they do not count
    ///   for the tier either.
    mutating func spend(_ points: Int64, earnedIn month: UInt32?) {
        var rest = points
        for index in lots.indices {
            let taken = min(lots[index].left, rest)
            lots[index].left -= taken
            rest -= taken
            if lots[index].month == month {
                lots[index].earned -= min(lots[index].earned, points)
            }
        }
        debt = Self.sum(debt, rest)
    }

    /// No contract has so many points: what a server says that lies stays at the bound.
    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? (right > 0 ? .max : .min) : sum
    }
}
