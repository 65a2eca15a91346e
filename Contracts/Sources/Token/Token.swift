import Common
import Soroban

/// A token with a cap, as SEP-41 describes it: any wallet can hold and send it.
@Contract(
    Administered.self,
    events: Transfer.self, MuxedTransfer.self, Approve.self, Mint.self, Burn.self, Delegate.self)
struct TokenContract {
    @Stored var metadata: Metadata
    @Stored(.persistent) var balances: Table<Address, Holding>
    /// The votes of each delegate; under nobody's name, the supply.
    @Stored(.persistent) var power: Table<Value, Checkpoint>
    @Stored(.persistent) var past: PairTable<Value, UInt32, Checkpoint>
    @Stored("allowed", .temporary) var allowances: PairTable<Address, Address, Allowance>

    /// Deploys the token and gives the initial holders, at most 20, what is theirs.
    ///
    /// - Throws: `parametersOutOfRange`, `amountNotPositive`, `capExceeded`.
    init(
        admin: Address, name: HostString, symbol: HostString, decimals: UInt32, cap: Int128,
        holders: Vec<Holder>
    ) throws(TokenError) {
        guard cap > 0, decimals <= 18, holders.count <= 20 else { throw .parametersOutOfRange }
        Administered.begin(admin: admin, guardian: nil, version: version())
        metadata = Metadata(cap: cap, decimals: decimals, name: name, symbol: symbol)
        var index: UInt32 = 0
        while index < holders.count {
            let holder = holders[index]
            try issue(holder.amount, to: holder.account)
            index += 1
        }
    }

    /// How much `spender` may still take from `from`.
    func allowance(from: Address, spender: Address) -> Int128 {
        allowances.load(from, spender).current?.amount ?? 0
    }

    /// Lets `spender` take up to `amount`, until that ledger inclusive. Replaces what was allowed.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Approve``.
    /// - Throws: `amountNotPositive`, `expiryOutOfRange`.
    func approve(from: Address, spender: Address, amount: Int128, liveUntilLedger: UInt32)
        throws(TokenError)
    {
        from.requireAuthorization()
        guard amount >= 0 else { throw .amountNotPositive }
        let isPast = liveUntilLedger < Ledger.sequence
        guard amount == 0 || !isPast, liveUntilLedger <= Ledger.lastPossible else {
            throw .expiryOutOfRange
        }
        let allowance = allowances.load(from, spender)
        if amount > 0 || allowance.value != nil {
            allowance.save(Allowance(amount: amount, liveUntilLedger: liveUntilLedger))
        }
        if amount > 0 { allowance.extend(until: liveUntilLedger) }
        Approve(from: from, spender: spender, amount: amount, liveUntilLedger: liveUntilLedger)
            .emit()
    }

    /// What an address holds.
    func balance(id: Address) -> Int128 { balances[id]?.amount ?? 0 }

    /// Pays.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Transfer``, or ``MuxedTransfer`` if the receiver has a number.
    /// - Throws: `amountNotPositive`, `insufficientBalance`.
    func transfer(from: Address, to: MuxedAddress, amount: Int128) throws(TokenError) {
        from.requireAuthorization()
        let receiver = to.address
        try move(amount, from: from, to: receiver)
        if let id = to.id {
            MuxedTransfer(from: from, to: receiver, amount: amount, toMuxedId: id).emit()
        } else {
            Transfer(from: from, to: receiver, amount: amount).emit()
        }
    }

    /// Pays from somebody who allowed it.
    ///
    /// - Signed by: `spender`.
    /// - Emits: ``Transfer``.
    /// - Throws: `amountNotPositive`, `insufficientAllowance`, `insufficientBalance`.
    func transferFrom(spender: Address, from: Address, to: Address, amount: Int128)
        throws(TokenError)
    {
        spender.requireAuthorization()
        try spend(amount, of: from, by: spender)
        try move(amount, from: from, to: to)
        Transfer(from: from, to: to, amount: amount).emit()
    }

    /// Ends tokens.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Burn``.
    /// - Throws: `amountNotPositive`, `insufficientBalance`.
    func burn(from: Address, amount: Int128) throws(TokenError) {
        from.requireAuthorization()
        try destroy(amount, of: from)
    }

    /// Ends tokens of somebody who allowed it.
    ///
    /// - Signed by: `spender`.
    /// - Emits: ``Burn``.
    /// - Throws: `amountNotPositive`, `insufficientAllowance`, `insufficientBalance`.
    func burnFrom(spender: Address, from: Address, amount: Int128) throws(TokenError) {
        spender.requireAuthorization()
        try spend(amount, of: from, by: spender)
        try destroy(amount, of: from)
    }

    /// How many digits of an amount are after the point.
    func decimals() -> UInt32 { metadata.decimals }

    /// What the token is called.
    func name() -> HostString { metadata.name }

    /// Its short name.
    func symbol() -> HostString { metadata.symbol }

    /// Σ of all balances.
    func totalSupply() -> Int128 { power[.void]?.amount ?? 0 }

    /// What the supply never exceeds.
    func cap() -> Int128 { metadata.cap }

    /// Makes tokens, up to the cap.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Mint``.
    /// - Throws: `paused`, `amountNotPositive`, `capExceeded`.
    func mint(to: Address, amount: Int128) throws(TokenError) {
        Administered.requireAdmin()
        guard !Administered.isPaused else { throw .paused }
        try issue(amount, to: to)
    }

    /// Lets somebody vote with what `account` holds from now on; oneself too votes only so.
    ///
    /// - Signed by: `account`.
    /// - Emits: ``Delegate``.
    func delegate(account: Address, delegatee: Address) {
        account.requireAuthorization()
        let entry = balances.load(account)
        var holding = entry.value ?? Holding(amount: 0, delegatee: nil)
        vote(-holding.amount, by: holding.delegatee)
        holding.delegatee = delegatee
        vote(holding.amount, by: delegatee)
        entry.save(holding)
        Delegate(account: account, delegatee: delegatee).emit()
    }

    /// Who votes with what an account holds.
    func delegateOf(account: Address) -> Address? { balances[account]?.delegatee }

    /// The votes that an account has.
    func votes(account: Address) -> Int128 { power[account.value]?.amount ?? 0 }

    /// The votes that an account had at the end of a second that is past.
    ///
    /// - Throws: `timeNotPast`.
    func pastVotes(account: Address, time: UInt64) throws(TokenError) -> Int128 {
        try amount(of: account.value, at: time)
    }

    /// The supply at the end of a second that is past.
    ///
    /// - Throws: `timeNotPast`.
    func pastTotalSupply(time: UInt64) throws(TokenError) -> Int128 {
        try amount(of: .void, at: time)
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Throws: `alreadyMigrated`.
    func migrate() throws(CommonError) { try Administered.migrate(to: version()) }
}

/// What can go wrong. If two apply, the first.
@ContractError
enum TokenError: UInt32 {
    /// No tokens are made now.
    case paused = 2
    /// The amount is not above zero.
    case amountNotPositive = 100
    /// The allowance would end before this ledger, or later than the network keeps it.
    case expiryOutOfRange = 101
    /// More than is allowed.
    case insufficientAllowance = 102
    /// More than there is.
    case insufficientBalance = 103
    /// More than the cap.
    case capExceeded = 104
    /// Cap, decimals or number of holders.
    case parametersOutOfRange = 105
    /// The time is not past.
    case timeNotPast = 106
}

/// Tokens changed hands.
@ContractEvent(data: .singleValue)
struct Transfer {
    @Topic let from: Address
    @Topic let to: Address
    let amount: Int128
}

/// Tokens went to a customer of the receiver.
@ContractEvent(name: "transfer")
struct MuxedTransfer {
    @Topic let from: Address
    @Topic let to: Address
    let amount: Int128
    let toMuxedId: OpaqueUInt64
}

/// An allowance was set.
@ContractEvent(data: .list)
struct Approve {
    @Topic let from: Address
    @Topic let spender: Address
    let amount: Int128
    let liveUntilLedger: UInt32
}

/// Tokens were made.
@ContractEvent(data: .singleValue)
struct Mint {
    @Topic let to: Address
    let amount: Int128
}

/// Tokens were ended.
@ContractEvent(data: .singleValue)
struct Burn {
    @Topic let from: Address
    let amount: Int128
}

/// Somebody votes for somebody.
@ContractEvent
struct Delegate {
    @Topic let account: Address
    @Topic let delegatee: Address
}
