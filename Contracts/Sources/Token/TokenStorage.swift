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

extension PairTable<Address, Address, Allowance> {
    /// The allowance, unless it has ended.
    ///
    /// The entry may outlive it: a later, shorter approval does not shorten the entry's life.
    func current(_ from: Address, _ spender: Address) -> Allowance? {
        guard let allowance = self[from, spender], allowance.liveUntilLedger >= Ledger.sequence
        else { return nil }
        return allowance
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
        guard var allowance = allowances.current(from, spender), allowance.amount >= amount else {
            throw .insufficientAllowance
        }
        allowance.amount -= amount
        allowances[from, spender] = allowance.amount == 0 ? nil : allowance
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
        let balance = balances[account] ?? 0
        guard balance >= amount else { throw .insufficientBalance }
        balances[account] = balance - amount
    }

    private func give(_ amount: Int128, to account: Address) {
        balances[account] = (balances[account] ?? 0) + amount
    }
}
