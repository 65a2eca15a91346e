/// One thing that somebody does, with numbers that mean what each action makes of them.
///
/// Steps refer to bookings, flights, proposals and people by small numbers, so that a script stays
/// one when steps are taken out of it.
struct PlatformStep: Equatable, Sendable {
    enum Action: String, CaseIterable, Sendable {
        case book, bookQuoted, ticket, expire, cancel, carrierCancel, refundCancelled
        case settle, settleStale, dispute, respond, resolve, resolveExpired, withdraw
        case report, suspend, reinstate, pause, freeze, wait
        case deposit, announce, takeBond, claimDelay
        case redeem, fund, send, mint, burn, delegate, approve, sendFrom, burnFrom
        case offer, accept, redirect, setFare, close
        case propose, vote, queue, execute, cancelProposal, halt

        /// How seldom it can be done: what comes about with more before it goes first.
        fileprivate var rank: Int {
            switch self {
            case .pause, .suspend, .halt, .cancelProposal, .close: 0
            case .vote, .respond, .report, .ticket, .expire, .reinstate: 2
            case .execute, .queue, .resolveExpired, .settle, .settleStale, .claimDelay, .withdraw,
                .freeze, .redeem, .refundCancelled, .takeBond, .accept, .sendFrom, .burnFrom:
                3
            default: 1
            }
        }

        /// How often it comes, beside the others.
        fileprivate var weight: Int {
            switch self {
            case .wait: 20
            case .book, .propose: 6
            case .bookQuoted, .dispute, .resolve, .delegate: 3
            default: [1, 1, 5, 7][rank]
            }
        }
    }

    var action: Action
    /// Who, of Alice, Bob, the airline's owner, the treasury and the seller of quotes; for a
    /// report, the operator or the oracles.
    var person: Int
    /// Which booking, flight, quote, proposal or receiver, from 1.
    var subject: UInt64
    /// Seats, a share, an amount, a decision or seconds.
    var amount: UInt32

    private static let lot = Action.allCases.flatMap { action in
        Array(repeating: action, count: action.weight)
    }

    init(using random: inout Seed) {
        action = Self.lot[random.index(Self.lot.count)]
        person = random.index(Self.people(action))
        subject = UInt64(1 + random.index(Self.subjects(action)))
        amount = Self.amount(action, using: &random)
    }

    /// Most waits are short; now and then one lasts three months.
    private static func wait(_ number: Int) -> UInt32 {
        if number < 2 { return [2_592_000, 7_889_238][number] }
        return [1, 61, 3_600, 3_601, 7_200, 86_400, 86_400, 432_000, 864_000][number % 9]
    }

    /// Of a few steps the one that most has led to, of those that the model takes; now and then any.
    ///
    /// Without it hardly any script would come to where a proposal is executed.
    init(using random: inout Seed, likedBy model: PlatformModel) {
        self.init(using: &random)
        guard random.index(6) > 0 else { return }
        var rank = likes(model) ? action.rank : -1
        for _ in 0..<6 {
            let step = PlatformStep(using: &random)
            if step.action.rank > rank, step.likes(model) {
                (self, rank) = (step, step.action.rank)
            }
        }
    }

    private func likes(_ model: PlatformModel) -> Bool {
        if action == .report {
            let flight = model.flights[Int(subject) - 1]
            let isThere = model.now >= (amount == 2 ? flight.departs : flight.arrives)
            return !flight.isConfirmed && amount >= 2 && isThere
        }
        if action == .freeze {
            return model.frozen.contains(person) && model.credits[person] > 0
        }
        var next = model
        return next.take(self)
    }

    private static func people(_ action: Action) -> Int {
        switch action {
        case .freeze, .withdraw, .offer, .redirect: 5
        case .send, .delegate, .propose, .vote, .cancelProposal, .mint, .burn, .approve,
            .sendFrom, .burnFrom:
            3
        default: 2
        }
    }

    private static func subjects(_ action: Action) -> Int {
        switch action {
        case .book, .report, .setFare, .close: 2
        case .bookQuoted: 9
        case .send, .delegate, .sendFrom: 3
        case .approve: 4
        case .vote, .queue, .execute, .cancelProposal: 2
        default: 5
        }
    }

    private static func amount(_ action: Action, using random: inout Seed) -> UInt32 {
        switch action {
        case .book, .bookQuoted, .cancel: UInt32(random.index(5))
        case .resolve: UInt32(random.index(10_002))
        case .propose: UInt32(random.index(1_400))
        case .vote: UInt32([1, 1, 0, 2, 3][random.index(5)])
        case .report: [3, 3, 3, 0, 1, 2, 4, 5][random.index(8)]
        case .deposit, .announce, .setFare: UInt32(random.index(3_000))
        case .redeem: UInt32(random.index(20_000))
        case .fund, .send, .mint, .burn, .approve, .sendFrom, .burnFrom:
            UInt32(random.index(150_000))
        case .wait: wait(random.index(80))
        default: 0
        }
    }

    /// Reads what `description` wrote.
    init?(parsing line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 4, let action = Action(rawValue: String(words[0])),
            let person = Int(words[1]), (0..<Self.people(action)).contains(person),
            let subject = UInt64(words[2]), subject >= 1, let amount = UInt32(words[3])
        else { return nil }
        (self.action, self.person, self.subject, self.amount) = (action, person, subject, amount)
    }
}

extension PlatformStep: CustomStringConvertible {
    var description: String { "\(action.rawValue) \(person) \(subject) \(amount)" }
}
