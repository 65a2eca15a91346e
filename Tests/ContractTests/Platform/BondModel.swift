/// What the airline put down, and what delays took of it.
struct BondModel {
    private(set) var amount: Int128 = 0
    private(set) var requested: Int128 = 0
    private var availableAt: UInt64 = 0
    /// What was claimed for each booking, and what of it was paid.
    private(set) var claims: [Int: (owed: Int128, paid: Int128)] = [:]

    static let (coolingOff, toTake): (UInt64, UInt64) = (7 * 86_400, 7 * 86_400)
    static let notice: UInt64 = 86_400
    static let bands: [(UInt64, Int128)] = [(3 * 3_600, 250), (6 * 3_600, 600)]

    mutating func deposit(_ more: Int128) { amount += more }

    mutating func announce(_ amount: Int128, at now: UInt64) -> Bool {
        guard amount > 0, amount <= self.amount else { return false }
        (requested, availableAt) = (amount, now + Self.coolingOff)
        return true
    }

    /// What is now paid out, if anything is due.
    mutating func withdraw(at now: UInt64) -> Int128? {
        guard requested > 0, now >= availableAt, now < availableAt + Self.toTake else {
            return nil
        }
        defer {
            amount -= requested
            requested = 0
        }
        return requested
    }

    /// What a seat of a flight gets for its delay or late cancellation.
    static func worth(
        of flight: PlatformModel.Flight, departs: UInt64, isRefunded: Bool
    ) -> Int128 {
        switch flight.status {
        case 3 where flight.isConfirmed && !isRefunded && flight.time > flight.arrives:
            let delay = flight.time - flight.arrives
            return bands.last { delay >= $0.0 }?.1 ?? 0
        case 4 where flight.time + notice > departs: return bands[bands.count - 1].1
        default: return 0
        }
    }

    /// What a claim for a booking pays, if there is one.
    mutating func claim(_ booking: Int, worth: Int128, canReceive: Bool) -> Int128? {
        let claim = claims[booking] ?? (owed: worth, paid: 0)
        guard claim.owed > claim.paid else { return nil }
        let paid = min(claim.owed - claim.paid, amount)
        guard paid == 0 || canReceive else { return nil }
        amount -= paid
        requested = min(requested, amount)
        claims[booking] = (claim.owed, claim.paid + paid)
        return paid
    }
}
