import Common
import FareRules
import Soroban

/// Fare rules, and what a passenger gets for a delay.
@Contract(
    Administered.self,
    errors: RefundError.self, events: PolicyPublished.self, ScheduleSet.self, DelayClaimed.self)
struct RefundContract {
    @Stored("parties") var parties: Parties
    @Stored("last_id") var lastPolicy: UInt32
    @Stored("policies", .persistent) var policies: Table<UInt32, PublishedPolicy>
    @Stored("versions", .persistent) var versions: Table<Address, UInt32>
    @Stored("schedules", .persistent) var schedules: PairTable<Address, UInt32, Schedule>
    @Stored("claims", .persistent) var claims: Table<UInt64, DelayClaim>

    /// Deploys.
    init(
        admin: Address, guardian: Address?, airline: Address, flights: Address, booking: Address
    ) {
        Administered.begin(admin: admin, guardian: guardian, version: version())
        parties = Parties(airline: airline, booking: booking, flights: flights)
        lastPolicy = 0
    }

    /// Publishes a fare rule of a carrier, which then never changes. Numbers begin at 1.
    ///
    /// - Signed by: `operator`, of the carrier.
    /// - Emits: ``PolicyPublished``.
    /// - Fails: `paused`, `notOperator`, `policyOutOfRange`.
    func publishPolicy(operator: Address, carrier: Symbol, policy: Policy) -> UInt32 {
        `operator`.requireAuthorization()
        guard !Administered.isPaused else { fail(.paused) }
        guard AirlinesClient(parties.airline).isOperator(carrier, `operator`) else {
            fail(.notOperator)
        }
        guard policy.rule.isValid, policy.graceSeconds <= yearSeconds,
            policy.graceMinLeadSeconds <= yearSeconds, policy.tiers[0].secondsBefore <= yearSeconds
        else { fail(.policyOutOfRange) }
        let id = lastPolicy + 1
        lastPolicy = id
        policies[id] = PublishedPolicy(carrier: carrier, policy: policy)
        PolicyPublished(id: id, carrier: carrier, policy: policy).emit()
        return id
    }

    /// A fare rule.
    ///
    /// - Fails: `unknownPolicy`.
    func policy(id: UInt32) -> PublishedPolicy {
        guard let policy = policies[id] else { fail(.unknownPolicy) }
        return policy
    }

    /// What cancelling at `now` returns of a price, rounded down, and what not.
    ///
    /// - Fails: `unknownPolicy`, `priceOutOfRange`.
    func quote(policy: UInt32, price: Amount, bookedAt: UInt64, departs: UInt64, now: UInt64)
        -> Quote
    {
        let rule = self.policy(id: policy).policy.rule
        guard price > 0, price <= amountMax else { fail(.priceOutOfRange) }
        let share = rule.refundBasisPoints(bookedAt: bookedAt, departs: departs, now: now)
        let refund = Amount(Share.roundedDown(share, of: Int128(price)))
        return Quote(penalty: price - refund, refund: refund)
    }

    /// Sets what a delay pays for bookings made in a token from `from` on, which is not past.
    ///
    /// - Signed by: `admin`.
    /// - Emits: ``ScheduleSet``.
    /// - Fails: `notAdmin`, `scheduleOutOfRange`.
    func setSchedule(admin: Address, token: Address, table: Schedule) {
        Administered.requireAdmin()
        guard admin == Administered(Deployed()).admin() else { fail(.notAdmin) }
        let count = versions.load(token)
        let last = count.value ?? 0
        guard table.isValid, table.from >= Ledger.time else { fail(.scheduleOutOfRange) }
        if last > 0, let previous = schedules[token, last] {
            guard table.from > previous.from else { fail(.scheduleOutOfRange) }
        }
        schedules[token, last + 1] = table
        count.save(last + 1)
        ScheduleSet(token: token, version: last + 1, table: table).emit()
    }

    /// What holds for a booking that is made in a token at that time, if anything.
    func schedule(token: Address, time: UInt64) -> Schedule? {
        var low: UInt32 = 1
        var high = (versions[token] ?? 0) + 1
        var found: Schedule?
        // At most 32 steps: the range halves.
        while low < high {
            let middle = low + (high - low) / 2
            guard let schedule = schedules[token, middle] else { return nil }
            if schedule.from <= time {
                found = schedule
                low = middle + 1
            } else {
                high = middle
            }
        }
        return found
    }

    /// Pays from the carrier's bond what a delay or a late cancellation of the flight is worth,
    /// once a booking. What the bond lacks can be claimed again. An exit: no pause stops it.
    ///
    /// - Signed by: `passenger`.
    /// - Emits: ``DelayClaimed``.
    /// - Fails: `notPassenger`, `notFlown`, `noFlight`, `noSchedule`, `notDelayed`, `alreadyPaid`.
    func claimDelay(passenger: Address, booking: UInt64) -> Amount {
        passenger.requireAuthorization()
        let parties = parties
        let record = BookingsClient(parties.booking).booking(booking)
        guard passenger == record.field(#symbol("passenger")) else { fail(.notPassenger) }
        let entry = claims.load(booking)
        var claim: DelayClaim
        if let earlier = entry.value {
            claim = earlier
        } else {
            claim = DelayClaim(owed: worth(of: record, flights: parties.flights), paid: 0)
        }
        let rest = claim.owed - claim.paid
        guard rest > 0 else { fail(.alreadyPaid) }
        let token: Address = record.field(#symbol("token"))
        let carrier: Symbol = record.field(#symbol("carrier"))
        // The bond pays before the claim is written, since only it knows how much: nobody can come
        // between, as the host lets no contract in twice.
        let paid = AirlinesClient(parties.airline).slash(carrier, token, rest, passenger)
        guard paid >= 0, paid <= rest else { fail(.alreadyPaid) }
        claim.paid += paid
        entry.save(claim)
        DelayClaimed(
            booking: booking, passenger: passenger, carrier: carrier, token: token,
            owed: claim.owed, paid: paid, rest: rest - paid
        ).emit()
        return paid
    }

    /// What was claimed for a booking, if anything.
    func claim(booking: UInt64) -> DelayClaim? { claims[booking] }

    /// Keeps fare rules alive, at most 50: anyone may.
    ///
    /// - Fails: `tooMany`, `unknownPolicy`.
    func extend(ids: Vec<UInt32>) {
        guard ids.count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < ids.count {
            guard policies[ids[index]] != nil else { fail(.unknownPolicy) }
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
