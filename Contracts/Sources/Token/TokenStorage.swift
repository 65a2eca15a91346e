import Soroban

/// Who begins with how much.
@ContractType(.foreign)
struct Holder {
    var account: Address
    var amount: Amount
}

/// What somebody may take, until which ledger.
@ContractList
struct Allowance {
    var amount: Amount
    var liveUntilLedger: UInt32
}

/// What somebody holds, and who votes with it: the amount alone while nobody does.
struct Holding: ContractValue {
    let value: Value
    init(_ value: Value) { self.value = value }

    init(amount: Amount, delegatee: Address?) {
        guard let delegatee else {
            value = amount.value
            return
        }
        value = makeVec(amount.value.word, delegatee.value.word)
    }

    var amount: Amount { Amount(stored: value.isVec ? value.element(0) : value) }
    var delegatee: Address? { value.isVec ? Address(stored: value.element(1)) : nil }

    #if !arch(wasm32)
        static var type: SpecificationType { .value }
    #endif
}

/// An amount since a moment, and how many there were before it.
@ContractList
struct Checkpoint {
    var amount: Amount
    var since: OpaqueUInt64
    var earlier: UInt32
}

extension Allowance {
    /// What may still be taken.
    ///
    /// The entry may outlive the allowance: a later, shorter approval does not shorten its life.
    @inline(never) static func remaining(of found: Value) -> Amount {
        guard let allowance = Optional<Allowance>(stored: found),
            allowance.liveUntilLedger >= Ledger.sequence
        else { return 0 }
        return allowance.amount
    }
}

extension TokenContract {
    func move(_ amount: Amount, from: Address, to: Address) {
        check(amount)
        change(balanceOf: from, by: -amount)
        change(balanceOf: to, by: amount)
    }

    func spend(_ amount: Amount, of from: Address, by spender: Address) {
        check(amount)
        let entry = allowances.load(from, spender)
        let rest = Allowance.remaining(of: entry.found) - amount
        guard rest >= 0 else { fail(.insufficientAllowance) }
        let until = Allowance(stored: entry.found).liveUntilLedger
        entry.save(Allowance(amount: rest, liveUntilLedger: until))
        Approve(from: from, spender: spender, amount: rest, liveUntilLedger: until).emit()
    }

    func issue(_ amount: Amount, to account: Address) {
        check(amount)
        guard amount <= supplyMax - totalSupply() else { fail(.capExceeded) }
        change(.void, by: amount)
        change(balanceOf: account, by: amount)
        Mint(to: account, amount: amount).emit()
    }

    func destroy(_ amount: Amount, of account: Address) {
        check(amount)
        change(balanceOf: account, by: -amount)
        change(.void, by: -amount)
        Burn(from: account, amount: amount).emit()
    }

    private func check(_ amount: Amount) {
        guard amount > 0 else { fail(.amountNotPositive) }
    }

    func holding(of account: Address) -> Holding {
        balances[account, default: Holding(amount: 0, delegatee: nil)]
    }

    /// There is no other way to change a balance: whoever gives or takes tokens moves votes.
    @inline(never) private func change(balanceOf account: Address, by change: Amount) {
        let entry = balances.load(account)
        let holding = entry.value(default: Holding(amount: 0, delegatee: nil))
        let amount = holding.amount + change
        guard amount >= 0 else { fail(.insufficientBalance) }
        entry.save(Holding(amount: amount, delegatee: holding.delegatee))
        vote(change, by: holding.delegatee)
    }

    @inline(__always) func vote(_ change: Amount, by delegatee: Address?) {
        guard let delegatee else { return }
        self.change(delegatee.value, by: change)
    }

    /// The votes of a delegate now; under nobody's name, the supply.
    func votes(_ name: Value) -> Amount { power[name]?.amount ?? 0 }

    /// The first change of a second keeps what was before; the others of the same second replace
    /// one another, so that a moment has one amount.
    @inline(never) private func change(_ name: Value, by change: Amount) {
        guard change != 0 else { return }
        let entry = power.load(name)
        let now = Ledger.moment
        let latest = entry.value ?? Checkpoint(amount: 0, since: now, earlier: 0)
        var earlier = latest.earlier
        if latest.since < now {
            past[name, earlier] = latest
            earlier += 1
        }
        entry.save(Checkpoint(amount: latest.amount + change, since: now, earlier: earlier))
    }

    @inline(never) func amount(of name: Value, at time: OpaqueUInt64) -> Amount {
        guard time < Ledger.moment else { fail(.timeNotPast) }
        guard let latest = power[name] else { return 0 }
        if latest.since <= time { return latest.amount }
        var (low, high) = (UInt32(0), latest.earlier)
        var found: Amount = 0
        // At most 32 steps: the range halves.
        while low < high {
            let middle = low + (high - low) / 2
            guard let checkpoint = past[name, middle] else { preconditionFailure() }
            if checkpoint.since <= time {
                found = checkpoint.amount
                low = middle + 1
            } else {
                high = middle
            }
        }
        return found
    }
}
