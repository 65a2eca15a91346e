/// The governance token: who holds how much, who votes with it, and how that was in the past.
struct TokenModel {
    /// Alice, Bob, the airline's owner, and the pool of points.
    static let pool = 3

    var balances: [Int128] = [500_000, 300_000, 200_000, 0]
    var delegates: [Int?] = [nil, nil, nil, nil]
    /// What each lets the next spend.
    var allowances = Array(repeating: Allowance(), count: 3)
    /// The votes that each of the first three had, by time.
    private var votes: [History] = [History(), History(), History()]
    private var supplies = History()

    static let cap: Int128 = 1_200_000

    /// Amounts, each since a moment.
    private struct History {
        var moments: [(since: UInt64, amount: Int128)] = []

        var latest: Int128 { moments.last?.amount ?? 0 }

        mutating func set(_ amount: Int128, at now: UInt64) {
            if moments.last?.since == now { moments.removeLast() }
            moments.append((now, amount))
        }

        func amount(at time: UInt64) -> Int128 {
            moments.last { $0.since <= time }?.amount ?? 0
        }
    }

    /// Alice and Bob vote with what they have.
    init(now: UInt64) {
        supplies.set(balances.reduce(0, +), at: now)
        for person in 0..<2 { delegate(person, to: person, at: now) }
    }

    var supply: Int128 { balances.reduce(0, +) }
    func votes(of person: Int) -> Int128 { votes[person].latest }
    func votes(of person: Int, at time: UInt64) -> Int128 { votes[person].amount(at: time) }
    func supply(at time: UInt64) -> Int128 { supplies.amount(at: time) }

    mutating func move(_ amount: Int128, from: Int, to: Int, at now: UInt64) -> Bool {
        guard amount > 0, balances[from] >= amount else { return false }
        change(from, by: -amount, at: now)
        change(to, by: amount, at: now)
        return true
    }

    mutating func mint(_ amount: Int128, to person: Int, at now: UInt64) -> Bool {
        guard amount > 0, supply + amount <= Self.cap else { return false }
        change(person, by: amount, at: now)
        supplies.set(supply, at: now)
        return true
    }

    mutating func burn(_ amount: Int128, of person: Int, at now: UInt64) -> Bool {
        guard amount > 0, balances[person] >= amount else { return false }
        change(person, by: -amount, at: now)
        supplies.set(supply, at: now)
        return true
    }

    mutating func delegate(_ person: Int, to other: Int, at now: UInt64) {
        let before = delegates[person]
        delegates[person] = other
        for person in Set([before, other].compactMap { $0 }) { count(person, at: now) }
    }

    private mutating func change(_ person: Int, by amount: Int128, at now: UInt64) {
        balances[person] += amount
        if let delegate = delegates[person] { count(delegate, at: now) }
    }

    /// Votes are what those hold who delegate.
    private mutating func count(_ person: Int, at now: UInt64) {
        let amount = balances.indices.filter { delegates[$0] == person }
            .reduce(Int128(0)) { $0 + balances[$1] }
        if amount != votes[person].latest { votes[person].set(amount, at: now) }
    }
}
