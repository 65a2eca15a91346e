import Soroban

/// A booking costs at most so much: 10²⁰.
var spendMax: Amount { 100_000_000_000_000_000_000 }

/// Nobody redeems more at once: 10³⁰.
var pointsMax: Amount { 1_000_000_000_000_000_000_000_000_000_000 }

/// No points were earned in it.
var noMonth: UInt32 { .max }

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
@ContractType(.kept)
struct Lot {
    var earned: Amount
    var left: Amount
    var month: UInt32
}

/// What somebody has and owes.
@ContractType(.kept)
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

    var earned: Amount { sum(isEarned: true) }

    var balance: Amount { sum(isEarned: false) - debt }

    @inline(never) private func sum(isEarned: Bool) -> Amount {
        var sum: Amount = 0
        forEach { sum += isEarned ? $0.earned : $0.left }
        return sum
    }

    /// Pays a debt first.
    mutating func earn(_ points: Amount, in month: UInt32) {
        let repaid = lesser(debt, points)
        debt -= repaid
        var lot = Lot(earned: points, left: points - repaid, month: month)
        var lots = lots
        let count = lots.count
        // The newest is the last.
        if count > 0, lots[count - 1].month == month {
            let last = lots[count - 1]
            lot.earned += last.earned
            lot.left += last.left
            lots[count - 1] = lot
        } else {
            lots.append(lot)
        }
        self.lots = lots
    }

    /// Takes from the oldest first. With the month in which they were earned they are revoked: then
    /// they do not count for the tier either, and what is gone already becomes a debt.
    mutating func spend(_ points: Amount, earnedIn month: UInt32) {
        var rest = points
        var kept = Vec<Lot>()
        forEach { lot in
            let (earned, left) = (lot.earned, lot.left)
            let taken = lesser(left, rest)
            kept.append(
                Lot(
                    earned: lot.month == month ? earned - lesser(earned, points) : earned,
                    left: left - taken, month: lot.month))
            rest -= taken
        }
        lots = kept
        debt += rest
    }

    /// At most 13 times.
    private func forEach(_ body: (Lot) -> Void) {
        let lots = lots
        let count = lots.count
        var index: UInt32 = 0
        while index < count {
            body(lots[index])
            index += 1
        }
    }
}

@inline(never) private func lesser(_ a: Amount, _ b: Amount) -> Amount { a < b ? a : b }

/// What a booking gave, and what of it was taken back.
@ContractType(.kept)
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
