import Common
import Soroban

/// Points for what was flown, to be exchanged for tokens. They cannot be transferred.
@Contract(
    Administered.self,
    errors: LoyaltyError.self, events: Accrued.self, Revoked.self, Redeemed.self, Funded.self,
    RateChanged.self,
    TiersChanged.self, RedemptionChanged.self)
struct LoyaltyContract {
    @Stored("booking") var booking: Address
    @Stored("token") var token: Address
    @Stored("tiers") var levels: Vec<Tier>
    @Stored("redeem") var redeemRate: Amount
    @Stored("rates", .persistent) var rates: Table<Address, UInt64>
    @Stored("accounts", .persistent) var accounts: Table<Address, Account>
    @Stored("accruals", .persistent) var accruals: Table<UInt64, Accrual>

    /// Deploys. `booking` alone gives points; `token` is what they are exchanged for, at
    /// `redemption` units each.
    ///
    /// - Fails: `tiersOutOfRange`, `rateOutOfRange`.
    init(
        admin: Address, guardian: Address?, booking: Address, token: Address, tiers: Vec<Tier>,
        redemption: Amount
    ) {
        Administered.begin(admin: admin, guardian: guardian, version: version())
        self.booking = booking
        self.token = token
        set(tiers)
        set(redemption)
    }

    /// Gives the points of a settled booking: spend × rate ÷ 10⁷ × the tier's multiplier, rounded
    /// down. A settlement is an exit: no pause stops it.
    ///
    /// - Signed by: Booking.
    /// - Emits: ``Accrued``.
    /// - Fails: `spendOutOfRange`, `alreadyAccrued`.
    func accrue(
        booking id: UInt64, passenger: Address, carrier: Symbol, spend: Amount, token: Address
    ) -> Amount {
        booking.requireAuthorization()
        guard spend > 0, spend <= spendMax else { fail(.spendOutOfRange) }
        let record = accruals.load(id)
        guard record.value == nil else { fail(.alreadyAccrued) }
        let month = month(of: Ledger.time)
        let entry = accounts.load(passenger)
        var account = (entry.value ?? Account(debt: 0, lots: Vec())).current(in: month)
        let tier = tier(at: account.earned)
        // Safe: 10²⁰ × 10⁹ × 10⁵ is below 2¹²⁷.
        let earned =
            UInt128(spend) &* UInt128(rates[token, default: 0])
            &* UInt128(levels[tier].multiplierBps)
            / 100_000_000_000
        let points = Amount(earned)
        record.save(
            Accrual(month: month, passenger: passenger, points: points, revoked: 0, revokedBps: 0))
        if points > 0 {
            account.earn(points, in: month)
            entry.save(account)
        }
        Accrued(
            booking: id, passenger: passenger, carrier: carrier, month: month, points: points,
            tier: tier
        ).emit()
        return points
    }

    /// Takes back a share of what a booking gave, rounded up. What was spent already becomes a
    /// debt: only so can a balance be negative.
    ///
    /// - Signed by: Booking.
    /// - Emits: ``Revoked``.
    /// - Fails: `notAccrued`, `shareOutOfRange`.
    func revoke(booking id: UInt64, shareBps: UInt32) -> Amount {
        booking.requireAuthorization()
        let record = accruals.load(id)
        guard var accrual = record.value else { fail(.notAccrued) }
        guard shareBps >= 1, shareBps <= 10_000 - accrual.revokedBps else {
            fail(.shareOutOfRange)
        }
        accrual.revokedBps += shareBps
        // Safe: points are below 10²⁸.
        let total = Amount(
            (UInt128(accrual.points) &* UInt128(accrual.revokedBps) &+ 9_999) / 10_000)
        let points = total - accrual.revoked
        accrual.revoked = total
        record.save(accrual)
        let entry = accounts.load(accrual.passenger)
        if points > 0, var account = entry.value?.current(in: month(of: Ledger.time)) {
            account.spend(points, earnedIn: accrual.month)
            entry.save(account)
        }
        Revoked(
            booking: id, passenger: accrual.passenger, points: points, shareBps: shareBps
        ).emit()
        return points
    }

    /// Exchanges points for tokens, oldest first. An exit: no pause stops it.
    ///
    /// - Signed by: `passenger`.
    /// - Emits: ``Redeemed``.
    /// - Fails: `pointsOutOfRange`, `insufficientPoints`, `poolShort`.
    func redeem(passenger: Address, points: Amount) -> Amount {
        passenger.requireAuthorization()
        guard points > 0, points <= pointsMax else { fail(.pointsOutOfRange) }
        let entry = accounts.load(passenger)
        guard var account = entry.value?.current(in: month(of: Ledger.time)),
            account.balance >= points
        else { fail(.insufficientPoints) }
        // Safe: 10³⁰ × 10⁷ is below 2¹²⁷.
        let amount = Amount(UInt128(points) &* UInt128(redeemRate))
        guard amount <= pool() else { fail(.poolShort) }
        account.spend(points, earnedIn: noMonth)
        entry.save(account)
        Redeemed(passenger: passenger, amount: amount, points: points).emit()
        TokenClient(token).transfer(from: CurrentContract.address, to: passenger, amount: amount)
        return amount
    }

    /// Adds tokens to the pool.
    ///
    /// - Signed by: `from`, with the token's transfer below.
    /// - Emits: ``Funded``.
    /// - Fails: `paused`, `amountNotPositive`.
    func fund(from: Address, amount: Amount) {
        from.requireAuthorization()
        Administered.requireOpen()
        guard amount > 0 else { fail(.amountNotPositive) }
        Funded(from: from, amount: amount).emit()
        TokenClient(token).transfer(from: from, to: CurrentContract.address, amount: amount)
    }

    /// What somebody can spend; below zero if more was revoked than was left.
    func balance(passenger: Address) -> Amount { account(of: passenger).balance }

    /// Somebody's tier, by what he earned in this and the 12 months before: 0 is the lowest.
    func tier(passenger: Address) -> UInt32 { tier(at: account(of: passenger).earned) }

    /// What is left of what was earned, by month, oldest first: at most 13.
    func lots(passenger: Address) -> Vec<Lot> { account(of: passenger).lots }

    /// What a booking gave, if it did.
    func accrual(booking id: UInt64) -> Accrual? { accruals[id] }

    /// What can be paid out.
    func pool() -> Amount { TokenClient(token).balance(of: CurrentContract.address) }

    /// The points for 10⁷ units of a token.
    func rate(token: Address) -> UInt64 { rates[token] ?? 0 }

    /// Sets the points for 10⁷ units of a token: at most 10⁹.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``RateChanged``.
    /// - Fails: `rateOutOfRange`.
    func setRate(token: Address, rate: UInt64) {
        Administered.requireAdmin()
        guard rate <= 1_000_000_000 else { fail(.rateOutOfRange) }
        rates[token] = rate
        RateChanged(token: token, rate: rate).emit()
    }

    /// The tiers, lowest first.
    func tiers() -> Vec<Tier> { levels }

    /// Sets the tiers: 1 to 8, the first from 0 points on.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``TiersChanged``.
    /// - Fails: `tiersOutOfRange`.
    func setTiers(tiers: Vec<Tier>) {
        Administered.requireAdmin()
        set(tiers)
    }

    /// The units of the token for a point.
    func redemption() -> Amount { redeemRate }

    /// Sets the units of the token for a point: 1 to 10⁷.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``RedemptionChanged``.
    /// - Fails: `rateOutOfRange`.
    func setRedemption(rate: Amount) {
        Administered.requireAdmin()
        set(rate)
    }

    /// Keeps accounts alive, at most 50: anyone may.
    ///
    /// - Fails: `tooMany`.
    func extend(ids: Vec<Address>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            _ = accounts[ids[index]]
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
