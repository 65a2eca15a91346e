import Common
import Soroban

/// A token with a cap, as SEP-41 describes it: any wallet can hold and send it.
@Contract(
    Administered.self, errors: TokenError.self,
    events: Transfer.self, MuxedTransfer.self, Approve.self, Mint.self, Burn.self, Delegate.self)
struct TokenContract {
    @Stored("name") var title: HostString
    @Stored("symbol") var ticker: HostString
    @Stored("decimals") var digits: UInt32
    @Stored("cap") var supplyMax: Amount
    @Stored(.persistent) var balances: Table<Address, Holding>
    /// The votes of each delegate; under nobody's name, the supply.
    @Stored(.persistent) var power: Table<Value, Checkpoint>
    @Stored(.persistent) var past: PairTable<Value, UInt32, Checkpoint>
    @Stored("allowed", .temporary) var allowances: PairTable<Address, Address, Allowance>

    /// Deploys the token and gives the initial holders, at most 20, what is theirs.
    ///
    /// - Fails: `parametersOutOfRange`, `amountNotPositive`, `capExceeded`.
    init(
        admin: Address, name: HostString, symbol: HostString, decimals: UInt32, cap: Amount,
        holders: Vec<Holder>
    ) {
        guard cap > 0, decimals <= 18, holders.count <= 20 else { fail(.parametersOutOfRange) }
        Administered.begin(admin: admin, guardian: nil, version: version())
        title = name
        ticker = symbol
        digits = decimals
        supplyMax = cap
        var index: UInt32 = 0
        while index < holders.count {
            let holder = holders[index]
            issue(holder.amount, to: holder.account)
            index += 1
        }
    }

    /// How much `spender` may still take from `from`.
    func allowance(from: Address, spender: Address) -> Amount {
        Allowance.remaining(of: allowances.load(from, spender).found)
    }

    /// Lets `spender` take up to `amount`, until that ledger inclusive. Replaces what was allowed.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Approve``.
    /// - Fails: `amountNotPositive`, `expiryOutOfRange`.
    func approve(from: Address, spender: Address, amount: Amount, liveUntilLedger: UInt32) {
        from.requireAuthorization()
        guard amount >= 0 else { fail(.amountNotPositive) }
        guard liveUntilLedger <= Ledger.lastPossible else { fail(.expiryOutOfRange) }
        let allowance = allowances.load(from, spender)
        let isEnd = amount == 0
        if !isEnd || allowance.exists {
            allowance.save(Allowance(amount: amount, liveUntilLedger: liveUntilLedger))
        }
        if !isEnd {
            guard liveUntilLedger >= Ledger.sequence else { fail(.expiryOutOfRange) }
            allowance.extend(until: liveUntilLedger)
        }
        Approve(from: from, spender: spender, amount: amount, liveUntilLedger: liveUntilLedger)
            .emit()
    }

    /// What an address holds.
    func balance(id: Address) -> Amount { holding(of: id).amount }

    /// Pays.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Transfer``, or ``MuxedTransfer`` if the receiver has a number.
    /// - Fails: `amountNotPositive`, `insufficientBalance`.
    func transfer(from: Address, to: MuxedAddress, amount: Amount) {
        from.requireAuthorization()
        let receiver = to.address
        move(amount, from: from, to: receiver)
        if let id = to.id {
            MuxedTransfer(from: from, to: receiver, amount: amount, toMuxedId: id).emit()
        } else {
            Transfer(from: from, to: receiver, amount: amount).emit()
        }
    }

    /// Pays from somebody who allowed it.
    ///
    /// - Signed by: `spender`.
    /// - Emits: ``Approve`` with what is left, ``Transfer``.
    /// - Fails: `amountNotPositive`, `insufficientAllowance`, `insufficientBalance`.
    func transferFrom(spender: Address, from: Address, to: Address, amount: Amount) {
        spender.requireAuthorization()
        spend(amount, of: from, by: spender)
        move(amount, from: from, to: to)
        Transfer(from: from, to: to, amount: amount).emit()
    }

    /// Ends tokens.
    ///
    /// - Signed by: `from`.
    /// - Emits: ``Burn``.
    /// - Fails: `amountNotPositive`, `insufficientBalance`.
    func burn(from: Address, amount: Amount) {
        from.requireAuthorization()
        destroy(amount, of: from)
    }

    /// Ends tokens of somebody who allowed it.
    ///
    /// - Signed by: `spender`.
    /// - Emits: ``Approve`` with what is left, ``Burn``.
    /// - Fails: `amountNotPositive`, `insufficientAllowance`, `insufficientBalance`.
    func burnFrom(spender: Address, from: Address, amount: Amount) {
        spender.requireAuthorization()
        spend(amount, of: from, by: spender)
        destroy(amount, of: from)
    }

    /// How many digits of an amount are after the point.
    func decimals() -> UInt32 { digits }

    /// What the token is called.
    func name() -> HostString { title }

    /// Its short name.
    func symbol() -> HostString { ticker }

    /// Σ of all balances.
    func totalSupply() -> Amount { votes(.void) }

    /// What the supply never exceeds.
    func cap() -> Amount { supplyMax }

    /// Makes tokens, up to the cap.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Mint``.
    /// - Fails: `paused`, `amountNotPositive`, `capExceeded`.
    func mint(to: Address, amount: Amount) {
        Administered.requireAdmin()
        Administered.requireOpen()
        issue(amount, to: to)
    }

    /// Lets somebody vote with what `account` holds from now on; oneself too votes only so.
    ///
    /// - Signed by: `account`.
    /// - Emits: ``Delegate``.
    func delegate(account: Address, delegatee: Address) {
        account.requireAuthorization()
        let entry = balances.load(account)
        let holding = entry.value(default: Holding(amount: 0, delegatee: nil))
        vote(-holding.amount, by: holding.delegatee)
        vote(holding.amount, by: delegatee)
        entry.save(Holding(amount: holding.amount, delegatee: delegatee))
        Delegate(account: account, delegatee: delegatee).emit()
    }

    /// Who votes with what an account holds.
    func delegateOf(account: Address) -> Address? { holding(of: account).delegatee }

    /// The votes that an account has.
    func votes(account: Address) -> Amount { votes(account.value) }

    /// The votes that an account had at the end of a second that is past.
    ///
    /// - Fails: `timeNotPast`.
    func pastVotes(account: Address, time: OpaqueUInt64) -> Amount {
        amount(of: account.value, at: time)
    }

    /// The supply at the end of a second that is past.
    ///
    /// - Fails: `timeNotPast`.
    func pastTotalSupply(time: OpaqueUInt64) -> Amount {
        amount(of: .void, at: time)
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Fails: `alreadyMigrated`.
    func migrate() { Administered.migrate(to: version()) }
}

/// What can go wrong. If two apply, the first that the function's documentation lists.
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
    let amount: Amount
}

/// Tokens went to a customer of the receiver.
@ContractEvent(name: "transfer")
struct MuxedTransfer {
    @Topic let from: Address
    @Topic let to: Address
    let amount: Amount
    let toMuxedId: OpaqueUInt64
}

/// An allowance was set, or shrank.
@ContractEvent(data: .list)
struct Approve {
    @Topic let from: Address
    @Topic let spender: Address
    let amount: Amount
    let liveUntilLedger: UInt32
}

/// Tokens were made.
@ContractEvent(data: .singleValue)
struct Mint {
    @Topic let to: Address
    let amount: Amount
}

/// Tokens were ended.
@ContractEvent(data: .singleValue)
struct Burn {
    @Topic let from: Address
    let amount: Amount
}

/// Somebody votes for somebody.
@ContractEvent
struct Delegate {
    @Topic let account: Address
    @Topic let delegatee: Address
}
