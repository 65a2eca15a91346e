/// Each of the three lets the next one spend.
extension TokenModel {
    struct Allowance {
        var amount: Int128 = 0
        /// The last ledger.
        var until: UInt32 = 0

        func remaining(in ledger: UInt32) -> Int128 { ledger <= until ? amount : 0 }
    }

    static func spender(of person: Int) -> Int { (person + 1) % 3 }
    static func giver(to person: Int) -> Int { (person + 2) % 3 }
    /// For how many ledgers an allowance holds: this one alone, an hour, two months, half a year.
    static func life(_ number: UInt64) -> UInt32 {
        [0, 720, 1_000_000, 3_000_000][Int(number - 1) % 4]
    }

    mutating func approve(_ step: PlatformStep, in ledger: UInt32) {
        allowances[step.person] = Allowance(
            amount: Int128(step.amount), until: ledger + Self.life(step.subject))
    }

    /// Takes it out of what is allowed, if that and what there is suffice.
    mutating func spend(_ amount: Int128, by spender: Int, in ledger: UInt32) -> Bool {
        let giver = Self.giver(to: spender)
        guard amount > 0, allowances[giver].remaining(in: ledger) >= amount,
            balances[giver] >= amount
        else { return false }
        allowances[giver].amount -= amount
        return true
    }
}
