/// What the contracts should do, in plain Swift: who has how much, which seats are sold, where each
/// booking and proposal stands. It shares no code with them.
struct PlatformModel {
    struct Booking {
        var passenger: Int
        /// None for a quote.
        var flight: Int?
        var seats: Int128
        var feeBps: Int128
        var departs: UInt64
        var arrives: UInt64
        var deadline: UInt64
        var state = State.paid
        var answered = false
        var resolveBy: UInt64 = 0

        /// Of a seat.
        var price: Int128
        var amount: Int128 { seats * price }
        var isOpen: Bool { state == .paid || state == .ticketed }
        var staleAt: UInt64 { arrives + 10 * PlatformWorld.day }
    }

    enum State: UInt32 {
        case paid, ticketed, expired, cancelled, refunded, settled, disputed, resolved
    }

    struct Flight {
        var departs: UInt64
        var arrives: UInt64
        var price = PlatformWorld.price
        var seats: Int128 = 10
        var sold: Int128 = 0
        /// Whether it is sold.
        var isOpen = true
        var status: UInt32 = 0
        var time: UInt64 = 0
        var isConfirmed = false

        var isOver: Bool { status >= 3 }
    }

    /// Who has money, by place in the lists below.
    static let (owner, treasury, seller) = (2, 3, 4)
    static let (day, hour) = (PlatformWorld.day, PlatformWorld.hour)

    var now: UInt64
    /// The ledger's number, as the network counts it.
    var sequence: UInt32 = 0
    var flights: [Flight]
    var bookings: [Booking] = []
    /// Numbers of quotes that were booked.
    var usedQuotes: Set<UInt64> = []
    /// Of Alice, Bob, the airline's owner, the treasury and the seller of quotes.
    var purses: [Int128] = [
        PlatformWorld.balance, PlatformWorld.balance, PlatformWorld.balance, 0, 0,
    ]
    /// What each of them may withdraw, and who cannot receive now.
    var credits: [Int128] = [0, 0, 0, 0, 0]
    var frozen: Set<Int> = []
    /// Whether anybody can be kept from receiving: the settlement token decides.
    let canFreeze: Bool
    var feeBps: Int128 = 250
    var isPaused = false
    var isActive = true
    /// Whose the airline is, who was offered it, and where its money goes.
    var keeper = owner
    var heir: Int?
    var payout = owner
    var bond = BondModel()
    var points = [PointsModel(), PointsModel()]
    var token: TokenModel
    var governance = GovernanceModel()

    init(now: UInt64, flights: [Flight], canFreeze: Bool, deployedAt: UInt64) {
        self.now = now
        self.flights = flights
        self.canFreeze = canFreeze
        token = TokenModel(now: deployedAt)
    }

    /// What open bookings hold.
    var escrowed: Int128 {
        bookings.filter { $0.isOpen || $0.state == .disputed }.reduce(0) { $0 + $1.amount }
    }

    /// Whether the contracts should take the step; if so, it is done here. What somebody reports
    /// of a flight is not foretold.
    mutating func take(_ step: PlatformStep) -> Bool {
        switch step.action {
        case .wait: now += UInt64(step.amount)
        case .report: break
        case .book: return book(step)
        case .bookQuoted: return bookQuoted(step)
        case .withdraw: return withdraw(step.person)
        case .suspend: return change(&isActive, to: false)
        case .reinstate: return change(&isActive, to: true)
        case .pause: isPaused = true
        case .freeze: if canFreeze { frozen.formSymmetricDifference([step.person]) }
        case .deposit, .announce, .takeBond, .claimDelay: return takeBond(step)
        case .redeem, .fund, .send, .mint, .burn, .delegate: return takeToken(step)
        case .approve, .sendFrom, .burnFrom: return takeAllowance(step)
        case .offer, .accept, .redirect, .setFare, .close: return runAirline(step)
        case .propose, .vote, .queue, .execute, .cancelProposal, .halt: return decide(step)
        default: return takeBooking(step)
        }
        return true
    }

    private func change(_ flag: inout Bool, to value: Bool) -> Bool {
        guard flag != value else { return false }
        flag = value
        return true
    }

    private mutating func withdraw(_ person: Int) -> Bool {
        guard credits[person] > 0, !frozen.contains(person) else { return false }
        purses[person] += credits[person]
        credits[person] = 0
        return true
    }

    private mutating func takeBond(_ step: PlatformStep) -> Bool {
        switch step.action {
        case .deposit:
            let amount = Int128(step.amount)
            guard amount > 0, purses[Self.owner] >= amount, !frozen.contains(Self.owner) else {
                return false
            }
            purses[Self.owner] -= amount
            bond.deposit(amount)
        case .announce: return bond.announce(Int128(step.amount), at: now)
        case .takeBond:
            guard !frozen.contains(payout), let amount = bond.withdraw(at: now) else {
                return false
            }
            purses[payout] += amount
        default: return claim(Int(step.subject) - 1, by: step.person)
        }
        return true
    }

    private mutating func claim(_ index: Int, by person: Int) -> Bool {
        guard bookings.indices.contains(index), bookings[index].passenger == person else {
            return false
        }
        let booking = bookings[index]
        var worth: Int128 = 0
        if ![.paid, .expired, .cancelled].contains(booking.state), let flight = booking.flight {
            worth =
                booking.seats
                * BondModel.worth(
                    of: flights[flight], departs: booking.departs,
                    isRefunded: booking.state == .refunded)
        }
        let paid = bond.claim(index, worth: worth, canReceive: !frozen.contains(person))
        purses[person] += paid ?? 0
        return paid != nil
    }

    private mutating func takeToken(_ step: PlatformStep) -> Bool {
        let amount = Int128(step.amount)
        let other = Int(step.subject) - 1
        switch step.action {
        case .redeem:
            let owed = amount * PointsModel.redemption
            guard owed <= token.balances[TokenModel.pool],
                points[step.person].spend(amount, at: now)
            else { return false }
            return token.move(owed, from: TokenModel.pool, to: step.person, at: now)
        case .fund: return token.move(amount, from: step.person, to: TokenModel.pool, at: now)
        case .send: return token.move(amount, from: step.person, to: other, at: now)
        case .mint: return token.mint(amount, to: step.person, at: now)
        case .burn: return token.burn(amount, of: step.person, at: now)
        default: token.delegate(step.person, to: other, at: now)
        }
        return true
    }

    private mutating func takeAllowance(_ step: PlatformStep) -> Bool {
        let amount = Int128(step.amount)
        let giver = TokenModel.giver(to: step.person)
        switch step.action {
        case .approve:
            token.approve(step, in: sequence)
            return true
        case .sendFrom:
            return token.spend(amount, by: step.person, in: sequence)
                && token.move(amount, from: giver, to: Int(step.subject) - 1, at: now)
        default:
            return token.spend(amount, by: step.person, in: sequence)
                && token.burn(amount, of: giver, at: now)
        }
    }

    private mutating func decide(_ step: PlatformStep) -> Bool {
        let (index, person) = (Int(step.subject) - 1, step.person)
        switch step.action {
        case .propose:
            let decision = GovernanceModel.Decision(step.amount)
            return governance.propose(decision, by: person, at: now, token)
        case .vote: return governance.vote(step.amount, on: index, by: person, at: now, token)
        case .queue: return governance.queue(index, at: now, token)
        case .cancelProposal: return governance.cancel(index, by: person, at: now, token)
        case .halt: return governance.halt(at: now)
        default: break
        }
        switch governance.execute(index, at: now, token) {
        case .fee(let fee): feeBps = Int128(fee)
        case .pause: isPaused = true
        case .unpause: isPaused = false
        case nil: return false
        }
        return true
    }
}
