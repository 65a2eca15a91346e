import Soroban

/// A booking costs at most so much: 10²⁰.
var spendMax: Amount { 100_000_000_000_000_000_000 }

/// Nobody redeems more at once: 10³⁰.
var pointsMax: Amount { 1_000_000_000_000_000_000_000_000_000_000 }

/// The month's number since 1970. A month is the twelfth part of a mean year.
func month(of time: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: time / 2_629_746) }

/// From that many points on, earned in the last 12 months, others are multiplied.
@ContractType
struct Tier {
    var minPoints: Amount
    /// In ten thousandths: 1 to 100,000.
    var multiplierBps: UInt32
}

/// What was earned in a month, and what of it is left.
@ContractType
struct Lot {
    var earned: Amount
    var left: Amount
    var month: UInt32
}

/// What somebody has and owes.
@ContractType
struct Account {
    var debt: Amount
    /// At most 13, oldest first.
    var lots: Vec<Lot>
}

extension Account {
    /// Without the lots whose time is over: those more than 12 months older.
    func current(in month: UInt32) -> Account {
        var lots = Vec<Lot>()
        forEach { lot in
            if lot.month + 12 >= month { lots.append(lot) }
        }
        return Account(debt: debt, lots: lots)
    }

    var earned: Amount {
        var sum: Amount = 0
        forEach { sum += $0.earned }
        return sum
    }

    var balance: Amount {
        var sum = -debt
        forEach { sum += $0.left }
        return sum
    }

    /// Pays a debt first.
    mutating func earn(_ points: Amount, in month: UInt32) {
        let repaid = debt < points ? debt : points
        debt -= repaid
        var lot = Lot(earned: points, left: points - repaid, month: month)
        var earlier = Vec<Lot>()
        forEach { other in
            if other.month == month {
                lot.earned += other.earned
                lot.left += other.left
            } else {
                earlier.append(other)
            }
        }
        earlier.append(lot)
        lots = earlier
    }

    /// Takes from the oldest first. With the month in which they were earned they are revoked: then
    /// they do not count for the tier either, and what is gone already becomes a debt.
    mutating func spend(_ points: Amount, earnedIn month: UInt32? = nil) {
        var rest = points
        var kept = Vec<Lot>()
        forEach { lot in
            var lot = lot
            if lot.month == month { lot.earned -= lot.earned < points ? lot.earned : points }
            let taken = lot.left < rest ? lot.left : rest
            lot.left -= taken
            rest -= taken
            kept.append(lot)
        }
        lots = kept
        debt += rest
    }

    /// At most 13 times.
    private func forEach(_ body: (Lot) -> Void) {
        var index: UInt32 = 0
        while index < lots.count {
            body(lots[index])
            index += 1
        }
    }
}

/// What a booking gave, and what of it was taken back.
@ContractType
struct Accrual {
    var month: UInt32
    var passenger: Address
    var points: Amount
    var revoked: Amount
    var revokedBps: UInt32
}

extension LoyaltyContract {
    func account(of passenger: Address) -> Account {
        (accounts[passenger] ?? Account(debt: 0, lots: Vec())).current(in: month(of: Ledger.time))
    }

    /// The highest whose points were earned.
    func tier(at earned: Amount) -> UInt32 {
        var index = levels.count - 1
        while index > 0, earned < levels[index].minPoints { index -= 1 }
        return index
    }

    func set(_ tiers: Vec<Tier>) {
        let count = tiers.count
        guard count >= 1, count <= 8, tiers[0].minPoints == 0 else { fail(.tiersOutOfRange) }
        var index: UInt32 = 0
        while index < count {
            let tier = tiers[index]
            guard tier.multiplierBps >= 1, tier.multiplierBps <= 100_000,
                index == 0 || tier.minPoints > tiers[index - 1].minPoints
            else { fail(.tiersOutOfRange) }
            index += 1
        }
        levels = tiers
        TiersChanged(tiers: tiers).emit()
    }

    func set(_ rate: Amount) {
        guard rate >= 1, rate <= 10_000_000 else { fail(.rateOutOfRange) }
        redeemRate = rate
        RedemptionChanged(rate: rate).emit()
    }
}
