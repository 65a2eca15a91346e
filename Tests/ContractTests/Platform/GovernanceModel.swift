/// Proposals, and what becomes of them.
struct GovernanceModel {
    struct Proposal {
        var proposer: Int
        var decision: Decision
        var start: UInt64
        var end: UInt64
        var tallies: [Int128] = [0, 0, 0]
        var voters: Set<Int> = []
        var executableAt: UInt64?
        var isExecuted = false
        var isCancelled = false
    }

    /// What is proposed, as the numbers of a script say it: a fee, or that bookings pause or go on.
    enum Decision: Equatable {
        case fee(UInt32)
        case pause, unpause

        init(_ number: UInt32) {
            self = number <= 1_001 ? .fee(number) : number <= 1_100 ? .pause : .unpause
        }
    }

    enum State: UInt32 {
        case pending, active, defeated, succeeded, queued, expired, executed, cancelled

        var isOpen: Bool { [.pending, .active, .succeeded, .queued].contains(self) }
    }

    private(set) var proposals: [Proposal] = []
    private(set) var pausedUntil: UInt64 = 0
    private var pausedAt: UInt64 = 0
    private var isPauseSpent = false

    static let (delay, period, timelock): (UInt64, UInt64, UInt64) = (60, 2 * 86_400, 3_600)
    static let (grace, pause): (UInt64, UInt64) = (20 * 86_400, 86_400)
    static let threshold: Int128 = 200_000
    static let quorumBps: Int128 = 4_000

    mutating func propose(
        _ decision: Decision, by proposer: Int, at now: UInt64, _ token: TokenModel
    ) -> Bool {
        guard now >= pausedUntil, token.votes(of: proposer, at: now - 1) >= Self.threshold else {
            return false
        }
        let start = now + Self.delay
        proposals.append(
            Proposal(
                proposer: proposer, decision: decision, start: start, end: start + Self.period))
        return true
    }

    mutating func vote(
        _ support: UInt32, on index: Int, by voter: Int, at now: UInt64, _ token: TokenModel
    ) -> Bool {
        guard proposals.indices.contains(index), state(index, at: now, token) == .active,
            support <= 2, !proposals[index].voters.contains(voter)
        else { return false }
        let weight = token.votes(of: voter, at: proposals[index].start)
        guard weight > 0 else { return false }
        proposals[index].tallies[Int(support)] += weight
        proposals[index].voters.insert(voter)
        return true
    }

    mutating func queue(_ index: Int, at now: UInt64, _ token: TokenModel) -> Bool {
        guard proposals.indices.contains(index), state(index, at: now, token) == .succeeded else {
            return false
        }
        proposals[index].executableAt = now + Self.timelock
        return true
    }

    /// What is now to be done, if the proposal may be executed and can be.
    mutating func execute(_ index: Int, at now: UInt64, _ token: TokenModel) -> Decision? {
        guard proposals.indices.contains(index), state(index, at: now, token) == .queued,
            let time = proposals[index].executableAt, now >= time, now >= pausedUntil
        else { return nil }
        if case .fee(1_001...) = proposals[index].decision { return nil }
        proposals[index].isExecuted = true
        return proposals[index].decision
    }

    mutating func cancel(_ index: Int, by caller: Int, at now: UInt64, _ token: TokenModel) -> Bool
    {
        guard proposals.indices.contains(index), state(index, at: now, token).isOpen else {
            return false
        }
        let proposer = proposals[index].proposer
        guard caller == proposer || token.votes(of: proposer, at: now - 1) < Self.threshold else {
            return false
        }
        proposals[index].isCancelled = true
        return true
    }

    /// The guardian's one pause.
    mutating func halt(at now: UInt64) -> Bool {
        guard !isPauseSpent else { return false }
        isPauseSpent = true
        (pausedAt, pausedUntil) = (now, now + Self.pause)
        return true
    }

    func state(_ index: Int, at now: UInt64, _ token: TokenModel) -> State {
        let proposal = proposals[index]
        if proposal.isExecuted { return .executed }
        if proposal.isCancelled { return .cancelled }
        if now <= proposal.start { return .pending }
        if now <= proposal.end { return .active }
        if let time = proposal.executableAt { return now < last(from: time) ? .queued : .expired }
        let (against, support) = (proposal.tallies[0], proposal.tallies[1])
        let quorum = (token.supply(at: proposal.start) * Self.quorumBps + 9_999) / 10_000
        guard support > against, support + proposal.tallies[2] >= quorum else { return .defeated }
        return now <= last(from: proposal.end) ? .succeeded : .expired
    }

    /// The end of a grace period: one that a pause touched begins anew after it.
    private func last(from time: UInt64) -> UInt64 {
        let isTouched = pausedAt < time + Self.grace && pausedUntil > time
        return (isTouched ? pausedUntil : time) + Self.grace
    }
}
