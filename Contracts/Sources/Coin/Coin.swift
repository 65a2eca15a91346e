import Soroban

/// A token as the Rust reference token is one, function by function: what both weigh and cost can
/// be compared.
@Contract(
    errors: CoinError.self,
    events: Transfer.self, MuxedTransfer.self, Approve.self, Mint.self, Burn.self, AdminSet.self)
struct CoinContract {
    @Stored("name") var title: HostString
    @Stored("symbol") var ticker: HostString
    @Stored("decimals") var digits: UInt32
    @Stored("admin") var administrator: Address
    @Stored(.persistent) var balances: Table<Address, Amount>
    @Stored("allowed", .temporary) var allowances: PairTable<Address, Address, Allowance>

    init(admin: Address, decimal: UInt32, name: HostString, symbol: HostString) {
        guard decimal <= 18 else { fail(.tooManyDecimals) }
        administrator = admin
        digits = decimal
        title = name
        ticker = symbol
    }

    /// Makes coins: signed by the admin.
    func mint(to: Address, amount: Amount) {
        check(amount)
        administrator.requireAuthorization()
        change(to, by: amount)
        Mint(to: to, amount: amount).emit()
    }

    /// Hands the administration over: signed by the admin.
    func setAdmin(newAdmin: Address) {
        administrator.requireAuthorization()
        administrator = newAdmin
        AdminSet(newAdmin: newAdmin).emit()
    }

    func allowance(from: Address, spender: Address) -> Amount {
        Allowance.remaining(of: allowances.load(from, spender).found)
    }

    func approve(from: Address, spender: Address, amount: Amount, expirationLedger: UInt32) {
        from.requireAuthorization()
        check(amount)
        let isEnd = amount == 0
        guard isEnd || expirationLedger >= Ledger.sequence else { fail(.expired) }
        let entry = allowances.load(from, spender)
        entry.save(Allowance(amount: amount, expirationLedger: expirationLedger))
        if !isEnd { entry.extend(until: expirationLedger) }
        Approve(
            from: from, spender: spender, amount: amount, expirationLedger: expirationLedger
        ).emit()
    }

    func balance(id: Address) -> Amount { balances[id] ?? 0 }

    func transfer(from: Address, to: MuxedAddress, amount: Amount) {
        from.requireAuthorization()
        check(amount)
        let receiver = to.address
        change(from, by: -amount)
        change(receiver, by: amount)
        if let id = to.id {
            MuxedTransfer(from: from, to: receiver, amount: amount, toMuxedId: id).emit()
        } else {
            Transfer(from: from, to: receiver, amount: amount).emit()
        }
    }

    func transferFrom(spender: Address, from: Address, to: Address, amount: Amount) {
        spender.requireAuthorization()
        check(amount)
        spend(amount, of: from, by: spender)
        change(from, by: -amount)
        change(to, by: amount)
        Transfer(from: from, to: to, amount: amount).emit()
    }

    func burn(from: Address, amount: Amount) {
        from.requireAuthorization()
        check(amount)
        change(from, by: -amount)
        Burn(from: from, amount: amount).emit()
    }

    func burnFrom(spender: Address, from: Address, amount: Amount) {
        spender.requireAuthorization()
        check(amount)
        spend(amount, of: from, by: spender)
        change(from, by: -amount)
        Burn(from: from, amount: amount).emit()
    }

    func decimals() -> UInt32 { digits }

    func name() -> HostString { title }

    func symbol() -> HostString { ticker }
}

extension CoinContract {
    private func check(_ amount: Amount) {
        guard amount >= 0 else { fail(.negative) }
    }

    private func spend(_ amount: Amount, of from: Address, by spender: Address) {
        let entry = allowances.load(from, spender)
        let rest = Allowance.remaining(of: entry.found) - amount
        guard rest >= 0 else { fail(.insufficientAllowance) }
        guard amount > 0 else { return }
        let until = Allowance(stored: entry.found).expirationLedger
        entry.save(Allowance(amount: rest, expirationLedger: until))
    }

    @inline(never) private func change(_ account: Address, by change: Amount) {
        let entry = balances.load(account)
        let amount = (entry.value ?? 0) + change
        guard amount >= 0 else { fail(.insufficientBalance) }
        entry.save(amount)
    }
}

/// What somebody may take, until which ledger.
@ContractList
struct Allowance {
    var amount: Amount
    var expirationLedger: UInt32
}

extension Allowance {
    @inline(never) static func remaining(of found: Value) -> Amount {
        guard let allowance = Optional<Allowance>(stored: found),
            allowance.expirationLedger >= Ledger.sequence
        else { return 0 }
        return allowance.amount
    }
}

@ContractError
enum CoinError: UInt32 {
    /// More than 18.
    case tooManyDecimals = 1
    /// The amount is below zero.
    case negative = 2
    /// The allowance would end before this ledger.
    case expired = 3
    /// More than is allowed.
    case insufficientAllowance = 4
    /// More than there is.
    case insufficientBalance = 5
}

@ContractEvent(data: .singleValue)
struct Transfer {
    @Topic let from: Address
    @Topic let to: Address
    let amount: Amount
}

@ContractEvent(name: "transfer")
struct MuxedTransfer {
    @Topic let from: Address
    @Topic let to: Address
    let amount: Amount
    let toMuxedId: OpaqueUInt64
}

@ContractEvent(data: .list)
struct Approve {
    @Topic let from: Address
    @Topic let spender: Address
    let amount: Amount
    let expirationLedger: UInt32
}

@ContractEvent(data: .singleValue)
struct Mint {
    @Topic let to: Address
    let amount: Amount
}

@ContractEvent(data: .singleValue)
struct Burn {
    @Topic let from: Address
    let amount: Amount
}

@ContractEvent(name: "set_admin", data: .singleValue)
struct AdminSet {
    let newAdmin: Address
}
