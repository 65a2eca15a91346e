import Soroban

/// Lets the holders of the token decide: what they agree on, this contract does.
@Contract(
    errors: GovernanceError.self, events: Proposed.self, Voted.self, Queued.self, Executed.self,
    Cancelled.self,
    SettingsChanged.self, GuardianChanged.self, Paused.self, Upgraded.self, Migrated.self)
struct GovernanceContract {
    @Stored("token") var token: Address
    @Stored("terms") var terms: Settings
    @Stored("safety") var safety: Safety
    /// The pause before the last.
    @Stored("earlier") var earlier: Pause?
    @Stored("last_id") var lastID: UInt32
    @Stored("proposals", .persistent) var proposals: Table<UInt32, Proposal>
    @Stored("actions", .persistent) var actions: Table<UInt32, Vec<Action>>
    @Stored("votes", .persistent) var ballots: PairTable<UInt32, Address, Ballot>

    /// Deploys. Votes are those of `token`.
    ///
    /// - Fails: `settingsOutOfRange`.
    init(token: Address, guardian: Address?, settings: Settings) {
        guard settings.isValid else { fail(.settingsOutOfRange) }
        self.token = token
        terms = settings
        safety = Safety(
            guardian: guardian, isSpent: false, pausedAt: 0, pausedUntil: 0, version: version())
        lastID = 0
        SettingsChanged(settings: settings).emit()
        GuardianChanged(guardian: guardian).emit()
    }

    /// Proposes 1 to 10 actions. Numbers begin at 1.
    ///
    /// - Signed by: `proposer`, who had the votes a second ago.
    /// - Emits: ``Proposed``.
    /// - Fails: `paused`, `actionsOutOfRange`, `unknownAction`, `belowThreshold`.
    func propose(proposer: Address, actions: Vec<Action>, descriptionHash: BytesN<32>) -> UInt32 {
        proposer.requireAuthorization()
        let now = Ledger.time
        guard now >= safety.pausedUntil else { fail(.paused) }
        check(actions)
        let terms = terms
        guard votes(of: proposer, at: now - 1) >= terms.threshold else { fail(.belowThreshold) }
        let id = lastID + 1
        lastID = id
        let start = now + terms.delay
        let proposal = Proposal(
            abstain: 0, against: 0, descriptionHash: descriptionHash, end: start + terms.period,
            executableAt: 0, grace: terms.grace, isCancelled: false, isExecuted: false,
            proposer: proposer, quorumBps: terms.quorumBps, start: start, support: 0,
            threshold: terms.threshold, timelock: terms.timelock)
        proposals[id] = proposal
        self.actions[id] = actions
        Proposed(id: id, proposer: proposer, actions: actions, proposal: proposal).emit()
        return id
    }

    /// Votes against (0), for (1), or abstains (2), once, with the votes had when voting began.
    ///
    /// - Signed by: `voter`.
    /// - Emits: ``Voted``.
    /// - Fails: `notFound`, `notActive`, `supportOutOfRange`, `alreadyVoted`, `noVotes`.
    func vote(voter: Address, id: UInt32, support: UInt32) -> Amount {
        voter.requireAuthorization()
        let entry = proposals.load(id)
        guard var proposal = entry.value else { fail(.notFound) }
        guard state(of: proposal) == .active else { fail(.notActive) }
        guard support <= 2 else { fail(.supportOutOfRange) }
        let ballot = ballots.load(id, voter)
        guard ballot.value == nil else { fail(.alreadyVoted) }
        let weight = votes(of: voter, at: proposal.start)
        guard weight > 0 else { fail(.noVotes) }
        switch support {
        case 0: proposal.against += weight
        case 1: proposal.support += weight
        default: proposal.abstain += weight
        }
        entry.save(proposal)
        ballot.save(Ballot(support: support, weight: weight))
        Voted(id: id, voter: voter, support: support, weight: weight).emit()
        return weight
    }

    /// Where a proposal stands.
    ///
    /// - Fails: `notFound`.
    func state(id: UInt32) -> ProposalState {
        state(of: proposal(id: id))
    }

    /// Starts the timelock of a proposal that succeeded: anyone may, within its grace period.
    ///
    /// - Emits: ``Queued``.
    /// - Fails: `notFound`, `notSucceeded`.
    func queue(id: UInt32) {
        let entry = proposals.load(id)
        guard var proposal = entry.value else { fail(.notFound) }
        guard state(of: proposal) == .succeeded else { fail(.notSucceeded) }
        proposal.executableAt = Ledger.time + proposal.timelock
        entry.save(proposal)
        Queued(id: id, executableAt: proposal.executableAt).emit()
    }

    /// Does what was decided: anyone may, after the timelock and within the grace period. If one
    /// action fails nothing is done.
    ///
    /// - Emits: ``Executed``.
    /// - Fails: `notFound`, `notQueued`, `timelocked`, `paused`, `settingsOutOfRange`.
    func execute(id: UInt32) {
        let entry = proposals.load(id)
        guard var proposal = entry.value else { fail(.notFound) }
        let now = Ledger.time
        guard state(of: proposal) == .queued else { fail(.notQueued) }
        guard now >= proposal.executableAt else { fail(.timelocked) }
        guard now >= safety.pausedUntil else { fail(.paused) }
        guard let actions = actions[id] else { fail(.notFound) }
        proposal.isExecuted = true
        entry.save(proposal)
        Executed(id: id).emit()
        var index: UInt32 = 0
        // At most 10, as proposed.
        while index < actions.count {
            let action = actions[index]
            if action.contract == CurrentContract.address {
                apply(action)
            } else {
                Call.function(action.function, of: action.contract, action.args)
            }
            index += 1
        }
    }

    /// Withdraws a proposal: its proposer, or anyone once that had too few votes a second ago.
    ///
    /// - Signed by: `caller`.
    /// - Emits: ``Cancelled``.
    /// - Fails: `notFound`, `notOpen`, `notAllowed`.
    func cancel(caller: Address, id: UInt32) {
        caller.requireAuthorization()
        let entry = proposals.load(id)
        guard var proposal = entry.value else { fail(.notFound) }
        guard state(of: proposal).isOpen else { fail(.notOpen) }
        guard
            caller == proposal.proposer
                || votes(of: proposal.proposer, at: Ledger.time - 1) < proposal.threshold
        else { fail(.notAllowed) }
        proposal.isCancelled = true
        entry.save(proposal)
        Cancelled(id: id, caller: caller).emit()
    }

    /// A proposal.
    ///
    /// - Fails: `notFound`.
    func proposal(id: UInt32) -> Proposal {
        guard let proposal = proposals[id] else { fail(.notFound) }
        return proposal
    }

    /// What a proposal does.
    ///
    /// - Fails: `notFound`.
    func proposalActions(id: UInt32) -> Vec<Action> {
        guard let actions = actions[id] else { fail(.notFound) }
        return actions
    }

    /// How somebody voted, if he did.
    func ballot(id: UInt32, voter: Address) -> Ballot? { ballots[id, voter] }

    /// What holds for proposals made from now on.
    func settings() -> Settings { terms }

    /// Keeps proposals alive, at most 50: anyone may.
    ///
    /// - Fails: `tooMany`, `notFound`.
    func extend(ids: Vec<UInt32>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            let id = ids[index]
            _ = proposal(id: id)
            _ = actions[id]
            index += 1
        }
    }

    /// Itself.
    func admin() -> Address { CurrentContract.address }

    /// Takes the administration of a contract that offers it: anyone may ask for it.
    func acceptAdminOf(contract: Address) {
        Call.function(Symbol(long: "accept_admin"), of: contract, Vec<Value>())
    }

    /// Who may pause, once.
    func guardian() -> Address? { safety.guardian }

    /// Whether nothing is proposed and executed.
    func paused() -> Bool { Ledger.time < safety.pausedUntil }

    /// When the last pause ends or ended; 0 if there was none.
    func pausedUntil() -> UInt64 { safety.pausedUntil }

    /// Stops proposing and executing for the set time. A guardian may do so once, until governance
    /// names a guardian again.
    ///
    /// - Signed by: `caller`, the guardian.
    /// - Emits: ``Paused``.
    /// - Fails: `notAllowed`, `pauseSpent`.
    func pause(caller: Address) {
        caller.requireAuthorization()
        var safety = safety
        guard let guardian = safety.guardian, guardian == caller else { fail(.notAllowed) }
        guard !safety.isSpent else { fail(.pauseSpent) }
        safety.isSpent = true
        self.safety = safety
        pause(for: terms.pause, by: caller)
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Says that what is stored is now as new code wants it, once: anyone may.
    ///
    /// - Emits: ``Migrated``.
    /// - Fails: `alreadyMigrated`.
    func migrate() {
        var safety = safety
        guard safety.version < version() else { fail(.alreadyMigrated) }
        safety.version = version()
        self.safety = safety
        Migrated(version: safety.version).emit()
    }
}
