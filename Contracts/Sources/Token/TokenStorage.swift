import Soroban

/// Who begins with how much.
@ContractType
struct Holder {
    let account: Address
    let amount: Int128
}

/// What never changes.
@ContractType
struct Metadata {
    let cap: Int128
    let decimals: UInt32
    let name: HostString
    let symbol: HostString
}

/// What somebody may take, until which ledger.
@ContractType
struct Allowance {
    var amount: Int128
    let liveUntilLedger: UInt32
}

/// What somebody holds, and who votes with it: the amount alone while nobody does.
struct Holding {
    var amount: Int128
    var delegatee: Address?
}

extension Holding: ContractValue {
    @inline(never) init(_ value: Value) {
        guard value.isVec else {
            self.init(amount: Int128(value), delegatee: nil)
            return
        }
        let words: [2 of UInt64] = unpackVec(value)
        self.init(
            amount: Int128(Value(word: words[0])), delegatee: Address(Value(word: words[1])))
    }

    @inline(never) var value: Value {
        guard let delegatee else { return amount.value }
        return makeVec([amount.value.word, delegatee.value.word])
    }

    #if !arch(wasm32)
        static var type: SpecificationType { .value }
    #endif
}

/// An amount since a moment, and how many there were before it.
struct Checkpoint {
    var amount: Int128
    var since: UInt64
    var earlier: UInt32
}

extension Checkpoint: ContractValue {
    @inline(never) init(_ value: Value) {
        let words: [3 of UInt64] = unpackVec(value)
        self.init(
            amount: Int128(Value(word: words[0])), since: UInt64(Value(word: words[1])),
            earlier: UInt32(Value(word: words[2])))
    }

    @inline(never) var value: Value {
        makeVec([amount.value.word, since.value.word, earlier.value.word])
    }

    #if !arch(wasm32)
        static var type: SpecificationType { .value }
    #endif
}

extension Entry<Allowance> {
    /// The allowance, unless it has ended.
    ///
    /// The entry may outlive it: a later, shorter approval does not shorten the entry's life.
    var current: Allowance? {
        guard let value, value.liveUntilLedger >= Ledger.sequence else { return nil }
        return value
    }
}

extension TokenContract {
    func move(_ amount: Int128, from: Address, to: Address) throws(TokenError) {
        guard amount > 0 else { throw .amountNotPositive }
        try take(amount, from: from)
        give(amount, to: to)
    }

    func spend(_ amount: Int128, of from: Address, by spender: Address) throws(TokenError) {
        guard amount > 0 else { throw .amountNotPositive }
        let entry = allowances.load(from, spender)
        guard var allowance = entry.current, allowance.amount >= amount else {
            throw .insufficientAllowance
        }
        allowance.amount -= amount
        entry.save(allowance)
    }

    func issue(_ amount: Int128, to account: Address) throws(TokenError) {
        guard amount > 0 else { throw .amountNotPositive }
        guard amount <= metadata.cap - totalSupply() else { throw .capExceeded }
        change(.void, by: amount)
        give(amount, to: account)
        Mint(to: account, amount: amount).emit()
    }

    func destroy(_ amount: Int128, of account: Address) throws(TokenError) {
        guard amount > 0 else { throw .amountNotPositive }
        try take(amount, from: account)
        change(.void, by: -amount)
        Burn(from: account, amount: amount).emit()
    }

    private func take(_ amount: Int128, from account: Address) throws(TokenError) {
        let entry = balances.load(account)
        guard var holding = entry.value, holding.amount >= amount else {
            throw .insufficientBalance
        }
        holding.amount -= amount
        entry.save(holding)
        vote(-amount, by: holding.delegatee)
    }

    private func give(_ amount: Int128, to account: Address) {
        let entry = balances.load(account)
        var holding = entry.value ?? Holding(amount: 0, delegatee: nil)
        holding.amount += amount
        entry.save(holding)
        vote(amount, by: holding.delegatee)
    }

    /// Whoever gives or takes tokens moves votes: there is no other way to change a balance.
    func vote(_ change: Int128, by delegatee: Address?) {
        guard let delegatee, change != 0 else { return }
        self.change(delegatee.value, by: change)
    }

    /// The first change of a second keeps what was before; the others of the same second replace
    /// one another, so that a moment has one amount.
    @inline(never) private func change(_ name: Value, by change: Int128) {
        let entry = power.load(name)
        let now = Ledger.time
        var latest = entry.value ?? Checkpoint(amount: 0, since: now, earlier: 0)
        if latest.since < now {
            past[name, latest.earlier] = latest
            latest.earlier += 1
            latest.since = now
        }
        latest.amount += change
        entry.save(latest)
    }

    @inline(never) func amount(of name: Value, at time: UInt64) throws(TokenError) -> Int128 {
        guard time < Ledger.time else { throw .timeNotPast }
        guard let latest = power[name] else { return 0 }
        if latest.since <= time { return latest.amount }
        var (low, high) = (UInt32(0), latest.earlier)
        var found: Int128 = 0
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
