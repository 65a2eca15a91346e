import Common
import FareRules
import Soroban

/// Fare rules, and what a passenger gets for a delay.
@Contract(
    Administered.self,
    errors: RefundError.self, events: PolicyPublished.self, ScheduleSet.self, DelayClaimed.self)
struct RefundContract {
    @Stored var airline: Address
    @Stored("booking") var bookings: Address
    @Stored var flights: Address
    @Stored("last_id") var lastPolicy: UInt32
    @Stored("policies", .persistent) var policies: Table<UInt32, PublishedPolicy>
    @Stored("versions", .persistent) var versions: Table<Address, UInt32>
    @Stored("schedules", .persistent) var schedules: PairTable<Address, UInt32, Schedule>
    @Stored("claims", .persistent) var claims: Table<OpaqueUInt64, DelayClaim>

    /// Deploys.
    init(
        admin: Address, guardian: Address?, airline: Address, flights: Address, booking: Address
    ) {
        Administered.begin(admin: admin, guardian: guardian, version: version())
        self.airline = airline
        bookings = booking
        self.flights = flights
        lastPolicy = 0
    }

    /// Publishes a fare rule of a carrier, which then never changes. Numbers begin at 1.
    ///
    /// - Signed by: `operator`, of the carrier.
    /// - Emits: ``PolicyPublished``.
    /// - Fails: `paused`, `notOperator`, `policyOutOfRange`.
    func publishPolicy(operator: Address, carrier: Symbol, policy: Policy) -> UInt32 {
        `operator`.requireAuthorization()
        Administered.requireOpen()
        guard AirlinesClient(airline).isOperator(carrier, `operator`) else {
            fail(.notOperator)
        }
        let rule = policy.rule
        guard rule.isValid, rule.graceSeconds <= yearSeconds,
            rule.graceMinLeadSeconds <= yearSeconds,
            rule.tiers.tier(at: 0).secondsBefore <= yearSeconds
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
    @inline(never) func policy(id: UInt32) -> PublishedPolicy {
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
        let number = Int128(price)
        guard number > 0, number <= Share.amountMax else { fail(.priceOutOfRange) }
        let share = rule.refundBasisPoints(bookedAt: bookedAt, departs: departs, now: now)
        let refund = Amount(Share.roundedDown(share, of: number))
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
        let from = table.from
        guard table.isValid, from >= Ledger.time else { fail(.scheduleOutOfRange) }
        if last > 0, let previous = schedules[token, last], from <= previous.from {
            fail(.scheduleOutOfRange)
        }
        schedules[token, last + 1] = table
        count.save(last + 1)
        ScheduleSet(token: token, version: last + 1, table: table).emit()
    }

    /// What holds for a booking that is made in a token at that time, if anything.
    func schedule(token: Address, time: UInt64) -> Schedule? {
        Optional(stored: find(token, time))
    }

    /// Pays from the carrier's bond what a delay or a late cancellation of the flight is worth,
    /// once a booking. What the bond lacks can be claimed again. An exit: no pause stops it.
    ///
    /// - Signed by: `passenger`.
    /// - Emits: ``DelayClaimed``.
    /// - Fails: `notPassenger`, `notFlown`, `noFlight`, `noSchedule`, `notDelayed`, `alreadyPaid`.
    func claimDelay(passenger: Address, booking: OpaqueUInt64) -> Amount {
        passenger.requireAuthorization()
        let record = BookingsClient(bookings).booking(booking)
        guard passenger == record.field(#symbol("passenger")) else { fail(.notPassenger) }
        let entry = claims.load(booking)
        let owed: Amount
        var paidBefore: Amount = 0
        if let earlier = entry.value {
            owed = earlier.owed
            paidBefore = earlier.paid
        } else {
            owed = worth(of: record)
        }
        let rest = owed - paidBefore
        guard rest > 0 else { fail(.alreadyPaid) }
        let token: Address = record.field(#symbol("token"))
        let carrier: Symbol = record.field(#symbol("carrier"))
        // The bond pays before the claim is written, since only it knows how much: nobody can come
        // between, as the host lets no contract in twice.
        let paid = AirlinesClient(airline).slash(carrier, token, rest, passenger)
        guard paid >= 0, paid <= rest else { fail(.alreadyPaid) }
        entry.save(DelayClaim(owed: owed, paid: paidBefore + paid))
        DelayClaimed(
            booking: booking, passenger: passenger, carrier: carrier, token: token,
            owed: owed, paid: paid, rest: rest - paid
        ).emit()
        return paid
    }

    /// What was claimed for a booking, if anything.
    func claim(booking: OpaqueUInt64) -> DelayClaim? { claims[booking] }

    /// Keeps fare rules alive, at most 50: anyone may.
    ///
    /// - Fails: `tooMany`, `unknownPolicy`.
    func extend(ids: Vec<UInt32>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            _ = policy(id: ids[index])
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
