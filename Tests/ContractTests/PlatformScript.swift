/// One thing that somebody does, with numbers that mean what each action makes of them.
///
/// Steps refer to bookings, flights and people by small numbers, so that a script stays one when
/// steps are taken out of it.
struct PlatformStep: Equatable, Sendable {
    enum Action: String, CaseIterable, Sendable {
        case book, ticket, expire, cancel, carrierCancel, refundCancelled, settle, settleStale
        case dispute, respond, resolve, resolveExpired
        case report, suspend, reinstate, pause, unpause, fee, wait
    }

    var action: Action
    /// Who, of Alice and Bob; for a report, of the operator and the oracles.
    var person: Int
    /// Which booking or flight, from 1.
    var subject: UInt64
    /// Seats, a share, a fee or seconds.
    var amount: UInt32

    /// Bookings and waiting come more often than the rest.
    init(using random: inout Seed) {
        let all = Action.allCases
        let index = random.index(all.count + 9)
        action = index < all.count ? all[index] : index < all.count + 4 ? .book : .wait
        person = random.index(2)
        subject = UInt64(1 + random.index(action == .book || action == .report ? 2 : 6))
        amount =
            switch action {
            case .book, .cancel: UInt32(random.index(5))
            case .resolve: UInt32(random.index(10_002))
            case .fee: UInt32(random.index(1_002))
            case .report: UInt32(random.index(6))
            case .wait: UInt32([1, 3_600, 7_200, 86_400, 432_000, 864_000][random.index(6)])
            default: 0
            }
    }

    /// Reads what `description` wrote.
    init?(parsing line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 4, let action = Action(rawValue: String(words[0])),
            let person = Int(words[1]), (0...1).contains(person),
            let subject = UInt64(words[2]), let amount = UInt32(words[3])
        else { return nil }
        (self.action, self.person, self.subject, self.amount) = (action, person, subject, amount)
    }
}

extension PlatformStep: CustomStringConvertible {
    var description: String { "\(action.rawValue) \(person) \(subject) \(amount)" }
}
