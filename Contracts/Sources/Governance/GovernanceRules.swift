import Soroban

/// Of the contract Token.
@ContractClient
protocol Votes {
    func pastVotes(_ account: Address, _ time: UInt64) -> Amount
    func pastTotalSupply(_ time: UInt64) -> Amount
}

extension GovernanceContract {
    func votes(of account: Address, at time: UInt64) -> Amount {
        VotesClient(token).pastVotes(account, time)
    }

    func state(of proposal: Proposal) -> ProposalState {
        let now = Ledger.time
        if proposal.isExecuted { return .executed }
        if proposal.isCancelled { return .cancelled }
        if now <= proposal.start { return .pending }
        if now <= proposal.end { return .active }
        if proposal.executableAt > 0 {
            return now < deadline(proposal.executableAt, proposal.grace) ? .queued : .expired
        }
        guard proposal.support > proposal.against, hasQuorum(proposal) else { return .defeated }
        return now <= deadline(proposal.end, proposal.grace) ? .succeeded : .expired
    }

    /// For and abstentions are the quorum's share of all tokens there were when voting began,
    /// rounded up.
    private func hasQuorum(_ proposal: Proposal) -> Bool {
        let supply = UInt128(VotesClient(token).pastTotalSupply(proposal.start))
        // Safe: a supply is below 2¹²⁷, and the halves keep the product below it.
        let whole = UInt128(10_000)
        let (parts, rest) = (supply / whole, supply % whole)
        let share = UInt128(proposal.quorumBps)
        let quorum = parts * share + (rest * share + whole - 1) / whole
        return proposal.support + proposal.abstain >= Amount(quorum)
    }

    /// When the grace period ends that begins then. Each of the last two pauses that fell into it
    /// begins it anew, so that nobody loses a decision to a pause.
    private func deadline(_ time: UInt64, _ grace: UInt64) -> UInt64 {
        var end = time + grace
        if let earlier, earlier.at < end, earlier.until > time { end = earlier.until + grace }
        let safety = safety
        if safety.pausedAt < end, safety.pausedUntil > time { end = safety.pausedUntil + grace }
        return end
    }

    /// What an action on this contract itself does is known here, and nothing else can do it.
    func check(_ actions: Vec<Action>) {
        let count = actions.count
        guard count >= 1, count <= 10 else { fail(.actionsOutOfRange) }
        var index: UInt32 = 0
        while index < count {
            let action = actions[index]
            if action.contract == CurrentContract.address {
                guard OwnAction(action.function) != nil, action.args.count == 1 else {
                    fail(.unknownAction)
                }
            }
            index += 1
        }
    }

    func apply(_ action: Action) {
        guard let own = OwnAction(action.function) else { fail(.unknownAction) }
        switch own {
        case .setSettings:
            let settings = Settings(action.args[0])
            guard settings.isValid else { fail(.settingsOutOfRange) }
            terms = settings
            SettingsChanged(settings: settings).emit()
        case .setGuardian:
            var safety = safety
            safety.guardian = Optional<Address>(action.args[0])
            safety.isSpent = false
            self.safety = safety
            GuardianChanged(guardian: safety.guardian).emit()
        case .pause:
            let seconds = UInt64(action.args[0])
            guard Settings.pauses ~= seconds else { fail(.settingsOutOfRange) }
            pause(for: seconds, by: CurrentContract.address)
        case .upgrade:
            let hash = BytesN<32>(action.args[0])
            Upgraded(wasmHash: hash).emit()
            CurrentContract.replaceCode(with: hash)
        case .authorize:
            CurrentContract.authorize(Vec<Value>(action.args[0]))
        }
    }

    func pause(for seconds: UInt64, by caller: Address) {
        let now = Ledger.time
        var safety = safety
        if now >= safety.pausedUntil {
            earlier = Pause(at: safety.pausedAt, until: safety.pausedUntil)
            safety.pausedAt = now
        }
        safety.pausedUntil = now + seconds
        self.safety = safety
        Paused(caller: caller, until: safety.pausedUntil).emit()
    }
}

/// What a proposal can do with this contract itself; each takes one argument.
enum OwnAction {
    case setSettings, setGuardian, pause, upgrade
    /// Agrees to what the next action calls in turn in this contract's name: a payment, say.
    case authorize

    init?(_ function: Symbol) {
        if function == Symbol(long: "set_settings") {
            self = .setSettings
        } else if function == Symbol(long: "set_guardian") {
            self = .setGuardian
        } else if function == #symbol("pause") {
            self = .pause
        } else if function == #symbol("upgrade") {
            self = .upgrade
        } else if function == #symbol("authorize") {
            self = .authorize
        } else {
            return nil
        }
    }
}
