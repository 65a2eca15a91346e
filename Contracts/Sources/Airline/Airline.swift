import Common
import Soroban

/// Who may sell flights, who acts for whom, and the bonds from which passengers are compensated.
@Contract(
    Administered.self, errors: AirlineError.self, events: Registered.self, StandingChanged.self,
    OperatorChanged.self,
    PayoutChanged.self, OwnerProposed.self, OwnerChanged.self, BondDeposited.self,
    WithdrawalRequested.self, BondWithdrawn.self, BondSlashed.self)
struct AirlineContract {
    @Stored("refund") var refund: Address
    @Stored("cooling") var coolingOff: UInt64
    @Stored("airlines", .persistent) var airlines: Table<Symbol, Airline>
    @Stored("operators", .persistent) var operators: PairTable<Symbol, Address, Bool>
    @Stored("bonds", .persistent) var bonds: PairTable<Symbol, Address, Bond>

    /// Deploys. `refund` alone may slash; a withdrawal waits for 1 to 90 days.
    ///
    /// - Fails: `coolingOffOutOfRange`.
    init(admin: Address, guardian: Address?, refund: Address, coolingOff: UInt64) {
        guard coolingOff >= 86_400, coolingOff <= 90 * 86_400 else { fail(.coolingOffOutOfRange) }
        Administered.begin(admin: admin, guardian: guardian, version: version())
        self.refund = refund
        self.coolingOff = coolingOff
    }

    /// Registers an airline, which the admin then approves.
    ///
    /// - Signed by: `owner`.
    /// - Emits: ``Registered``.
    /// - Fails: `paused`, `codeOutOfRange`, `nameOutOfRange`, `codeTaken`.
    func register(
        owner: Address, code: Symbol, name: HostString, payout: Address,
        metadataHash: BytesN<32>
    ) {
        owner.requireAuthorization()
        Administered.requireOpen()
        guard code.isCode(2...3) else { fail(.codeOutOfRange) }
        guard name.count >= 1, name.count <= 64 else { fail(.nameOutOfRange) }
        let entry = airlines.load(code)
        guard entry.value == nil else { fail(.codeTaken) }
        let airline = Airline(
            metadataHash: metadataHash, name: name, owner: owner, payout: payout,
            proposedOwner: nil, standing: .pending)
        entry.save(airline)
        Registered(code: code, airline: airline).emit()
    }

    /// Lets a registered airline sell.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``StandingChanged``.
    /// - Fails: `notFound`, `wrongStanding`.
    func approve(code: Symbol) {
        change(code, from: .pending, to: .active, #symbol("approved"))
    }

    /// Stops new sales. What was sold is settled as ever.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``StandingChanged``.
    /// - Fails: `notFound`, `wrongStanding`.
    func suspend(code: Symbol, reason: Symbol) {
        change(code, from: .active, to: .suspended, reason)
    }

    /// Lets it sell again.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``StandingChanged``.
    /// - Fails: `notFound`, `wrongStanding`.
    func reinstate(code: Symbol) {
        change(code, from: .suspended, to: .active, #symbol("restored"))
    }

    /// Says who acts for the airline. The owner does only if he says so.
    ///
    /// - Signed by: the owner.
    /// - Emits: ``OperatorChanged``.
    /// - Fails: `notFound`.
    func setOperator(code: Symbol, operator: Address, enabled: Bool) {
        _ = owned(code)
        operators[code, `operator`] = enabled ? true : nil
        OperatorChanged(code: code, operator: `operator`, enabled: enabled).emit()
    }

    /// Says where the airline's money goes.
    ///
    /// - Signed by: the owner.
    /// - Emits: ``PayoutChanged``.
    /// - Fails: `notFound`.
    func setPayout(code: Symbol, payout: Address) {
        var airline = owned(code)
        airline.payout = payout
        airlines[code] = airline
        PayoutChanged(code: code, payout: payout).emit()
    }

    /// Offers the airline to somebody, who then accepts it.
    ///
    /// - Signed by: the owner.
    /// - Emits: ``OwnerProposed``.
    /// - Fails: `notFound`.
    func proposeOwner(code: Symbol, newOwner: Address) {
        var airline = owned(code)
        airline.proposedOwner = newOwner
        airlines[code] = airline
        OwnerProposed(code: code, newOwner: newOwner).emit()
    }

    /// Takes the airline. Operators and payout stay until the new owner changes them.
    ///
    /// - Signed by: the proposed owner.
    /// - Emits: ``OwnerChanged``.
    /// - Fails: `notFound`, `noProposedOwner`.
    func acceptOwner(code: Symbol) {
        var airline = airline(code: code)
        guard let newOwner = airline.proposedOwner else { fail(.noProposedOwner) }
        newOwner.requireAuthorization()
        airline.owner = newOwner
        airline.proposedOwner = nil
        airlines[code] = airline
        OwnerChanged(code: code, newOwner: newOwner).emit()
    }

    /// Adds to the bond, up to 10³⁰.
    ///
    /// - Signed by: `from`, with the token's transfer below.
    /// - Emits: ``BondDeposited``.
    /// - Fails: `paused`, `notFound`, `amountOutOfRange`.
    func depositBond(from: Address, code: Symbol, token: Address, amount: Amount) {
        from.requireAuthorization()
        Administered.requireOpen()
        _ = airline(code: code)
        let entry = bonds.load(code, token)
        var bond = entry.value ?? Bond(amount: 0, availableAt: 0, requested: 0)
        guard amount > 0, amount <= amountMax - bond.amount else { fail(.amountOutOfRange) }
        bond.amount += amount
        entry.save(bond)
        BondDeposited(code: code, token: token, amount: amount, from: from).emit()

        TokenClient(token).transfer(from: from, to: CurrentContract.address, amount: amount)
    }

    /// Announces a withdrawal, in place of any before. The bond stays liable until it is paid out.
    ///
    /// - Signed by: the owner.
    /// - Emits: ``WithdrawalRequested``.
    /// - Fails: `notFound`, `amountOutOfRange`.
    func requestBondWithdrawal(code: Symbol, token: Address, amount: Amount) {
        _ = owned(code)
        let entry = bonds.load(code, token)
        guard var bond = entry.value, amount > 0, amount <= bond.amount else {
            fail(.amountOutOfRange)
        }
        bond.requested = amount
        bond.availableAt = Ledger.time + coolingOff
        entry.save(bond)
        WithdrawalRequested(
            code: code, token: token, amount: amount, availableAt: bond.availableAt
        ).emit()
    }

    /// Pays out what was announced, or what is left of it, to the airline's payout address.
    ///
    /// Within a week of the day it is due: a withdrawal that could be announced long ahead and made
    /// at once on a bad day would be no security to any passenger.
    /// - Signed by: the owner.
    /// - Emits: ``BondWithdrawn``.
    /// - Fails: `notFound`, `nothingRequested`, `coolingOff`, `lapsed`.
    func withdrawBond(code: Symbol, token: Address) -> Amount {
        let airline = owned(code)
        let entry = bonds.load(code, token)
        guard var bond = entry.value, bond.requested > 0 else { fail(.nothingRequested) }
        let now = Ledger.time
        guard now >= bond.availableAt else { fail(.coolingOff) }
        guard now < bond.availableAt + 7 * 86_400 else { fail(.lapsed) }
        let amount = bond.requested
        bond.amount -= amount
        bond.requested = 0
        entry.save(bond)
        BondWithdrawn(code: code, token: token, amount: amount, to: airline.payout).emit()

        TokenClient(token)
            .transfer(from: CurrentContract.address, to: airline.payout, amount: amount)
        return amount
    }

    /// Pays from the bond, as far as it goes, and returns what was paid. An exit: works while
    /// paused and for a suspended airline.
    ///
    /// - Signed by: the Refund contract.
    /// - Emits: ``BondSlashed``, if anything was paid.
    /// - Fails: `amountOutOfRange`.
    func slash(code: Symbol, token: Address, amount: Amount, to: Address) -> Amount {
        refund.requireAuthorization()
        guard amount > 0 else { fail(.amountOutOfRange) }
        let entry = bonds.load(code, token)
        guard var bond = entry.value, bond.amount > 0 else { return 0 }
        let paid = amount < bond.amount ? amount : bond.amount
        bond.amount -= paid
        if bond.requested > bond.amount { bond.requested = bond.amount }
        entry.save(bond)
        BondSlashed(code: code, token: token, amount: paid, to: to).emit()

        TokenClient(token).transfer(from: CurrentContract.address, to: to, amount: paid)
        return paid
    }

    /// An airline as it is now.
    ///
    /// - Fails: `notFound`.
    func airline(code: Symbol) -> Airline {
        guard let airline = airlines[code] else { fail(.notFound) }
        return airline
    }

    /// Whether it may sell.
    func isActive(code: Symbol) -> Bool { airlines[code]?.standing == .active }

    /// Whether somebody acts for it.
    func isOperator(code: Symbol, address: Address) -> Bool { operators[code, address] ?? false }

    /// Where its money goes.
    ///
    /// - Fails: `notFound`.
    func payout(code: Symbol) -> Address { airline(code: code).payout }

    /// Its bond in a token, what is announced for withdrawal included.
    func bond(code: Symbol, token: Address) -> Bond {
        bonds[code, token] ?? Bond(amount: 0, availableAt: 0, requested: 0)
    }

    /// Keeps airlines alive, at most 50.
    ///
    /// - Fails: `tooMany`, `notFound`.
    func extend(ids: Vec<Symbol>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            _ = airline(code: ids[index])
            index += 1
        }
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Fails: `alreadyMigrated`.
    func migrate() { Administered.migrate(to: version()) }
}
