import Database
import Stellar
public import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The contracts by which the holders of the token decide.
public struct GovernanceContracts: Hashable, Sendable {
    /// What decides.
    public var governance: ContractID
    /// The token whose holders vote.
    public var token: ContractID

    /// The contracts of a network.
    public init(governance: ContractID, token: ContractID) {
        self.governance = governance
        self.token = token
    }
}

/// Writes what the events of Governance and of its token say: proposals, votes, and who has how
/// many.
struct GovernanceBook: EventBook {
    let governance: GovernanceRepository
    let holdings: HoldingRepository
    let ids: GovernanceContracts

    var name: String { "governance.1.\(SCAddress.contract(ids.governance))" }
    var subject: String { "governance" }
    var contracts: [ContractID] { [ids.governance, ids.token] }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await governance.clear(book: name, in: transaction)
        try await holdings.clear(in: transaction)
    }

    /// Reads `governance.terms`; of votes and proposals the ledger does not tell who was for what
    /// before, so an unknown one stops this book.
    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool {
        guard subject == "governance.terms" else { return false }
        let calls = GovernanceContract(ids.governance)
        let settings = try await calls.settings().read(from: rpc)
        let terms = try GovernanceRepository.Terms(settings)
        let guardian = try await calls.guardian().read(from: rpc)
        let governance = governance
        try await database.transaction { transaction in
            try await governance.set(terms, in: transaction)
            _ = try await governance.setGuardian(guardian?.description, in: transaction)
        }
        return true
    }

    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    { event.contract == ids.governance ? try LedgerNews.ofGovernance(event) : [] }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        if event.contract == ids.token {
            return try await TokenEvents(holdings: holdings).apply(event, in: transaction) {
                try await governance.events.record(event.id, in: name, transaction)
            }
        }
        guard let change = try Change(event) else { return false }
        guard try await governance.events.record(event.id, in: name, transaction) else {
            return false
        }
        try await apply(change, EventPlace(event), in: transaction)
        return true
    }

    private enum Change {
        case proposed(GovernanceContract.ProposedEvent)
        case voted(GovernanceContract.VotedEvent)
        case queued(GovernanceContract.QueuedEvent)
        case executed(GovernanceContract.ExecutedEvent)
        case cancelled(GovernanceContract.CancelledEvent)
        case settings(GovernanceContract.SettingsChangedEvent)
        case guardian(GovernanceContract.GuardianChangedEvent)
        case paused(GovernanceContract.PausedEvent)

        /// `nil` for what is about something else.
        init?(_ event: RPCEvent) throws {
            typealias Contract = GovernanceContract
            let (topics, value) = (event.topics, event.value)
            if let event = try Contract.ProposedEvent(topics: topics, value: value) {
                self = .proposed(event)
            } else if let event = try Contract.VotedEvent(topics: topics, value: value) {
                self = .voted(event)
            } else if let event = try Contract.QueuedEvent(topics: topics, value: value) {
                self = .queued(event)
            } else if let event = try Contract.ExecutedEvent(topics: topics, value: value) {
                self = .executed(event)
            } else if let event = try Contract.CancelledEvent(topics: topics, value: value) {
                self = .cancelled(event)
            } else if let event = try Contract.SettingsChangedEvent(topics: topics, value: value) {
                self = .settings(event)
            } else if let event = try Contract.GuardianChangedEvent(topics: topics, value: value) {
                self = .guardian(event)
            } else if let event = try Contract.PausedEvent(topics: topics, value: value) {
                self = .paused(event)
            } else {
                return nil
            }
        }
    }

    private func apply(
        _ change: Change, _ place: EventPlace, in transaction: DatabaseTransaction
    ) async throws {
        switch change {
        case .proposed(let event):
            let proposal = try ProposalRow(event, place)
            try await governance.insert(proposal, in: transaction)
            try await governance.setProposed(proposal.descriptionHash, in: transaction)
        case .voted(let event):
            try await vote(event, place, in: transaction)
        case .queued(let event):
            try await update(event.id, in: transaction) {
                $0.executableAt = Instant(clamping: event.executableAt)
            }
        case .executed(let event):
            try await update(event.id, in: transaction) { $0.isExecuted = true }
        case .cancelled(let event):
            try await update(event.id, in: transaction) { $0.isCancelled = true }
        case .settings(let event):
            try await governance.set(
                GovernanceRepository.Terms(event.settings), in: transaction)
        case .guardian(let event):
            guard
                try await governance.setGuardian(event.guardian?.description, in: transaction)
            else { throw Indexer.Fault.unknown("governance.terms") }
        case .paused(let event):
            var pauses = try await governance.pauses(in: transaction)
            let ends = Instant(clamping: event.until)
            if let last = pauses.last, last.ends > place.time {
                pauses[pauses.count - 1].ends = ends
            } else {
                pauses.append(ProposalRow.Pause(begins: place.time, ends: ends))
            }
            // The contract remembers two.
            guard try await governance.setPauses(pauses.suffix(2), in: transaction) else {
                throw Indexer.Fault.unknown("governance.terms")
            }
        }
    }

    private func vote(
        _ event: GovernanceContract.VotedEvent, _ place: EventPlace,
        in transaction: DatabaseTransaction
    ) async throws {
        let weight = try EscrowRow.amount(event.weight, nil)
        let support: VoteSupport =
            switch event.support {
            case 0: .against
            case 1: .for
            default: .abstain
            }
        try await update(event.id, in: transaction) { proposal in
            switch support {
            case .against: proposal.against = proposal.against.adding(weight)
            case .for: proposal.support = proposal.support.adding(weight)
            case .abstain: proposal.abstain = proposal.abstain.adding(weight)
            }
        }
        try await governance.add(
            VoteResponse(
                voter: event.voter.description, support: support, weight: weight, at: place.time),
            on: event.id, in: transaction)
    }

    private func update(
        _ id: UInt32, in transaction: DatabaseTransaction, _ change: (inout ProposalRow) -> Void
    ) async throws {
        guard var proposal = try await governance.find(id, in: transaction) else {
            throw Indexer.Fault.unknown("governance.proposal.\(id)")
        }
        change(&proposal)
        try await governance.update(proposal, in: transaction)
    }
}

extension TokenAmount {
    /// Together; a sum beyond all bounds stays at the bound.
    func adding(_ other: TokenAmount) -> TokenAmount {
        let (sum, overflows) = baseUnits.addingReportingOverflow(other.baseUnits)
        return TokenAmount(baseUnits: overflows ? (other.baseUnits > 0 ? .max : .min) : sum)
    }
}
