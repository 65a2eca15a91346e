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
        guard amount <= metadata.cap - supply else { throw .capExceeded }
        supply += amount
        give(amount, to: account)
        Mint(to: account, amount: amount).emit()
    }

    func destroy(_ amount: Int128, of account: Address) throws(TokenError) {
        guard amount > 0 else { throw .amountNotPositive }
        try take(amount, from: account)
        supply -= amount
        Burn(from: account, amount: amount).emit()
    }

    private func take(_ amount: Int128, from account: Address) throws(TokenError) {
        let entry = balances.load(account)
        guard let balance = entry.value, balance >= amount else { throw .insufficientBalance }
        entry.save(balance - amount)
    }

    private func give(_ amount: Int128, to account: Address) {
        let entry = balances.load(account)
        entry.save((entry.value ?? 0) + amount)
    }
}
