import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Who sells on the ledger and what they were paid: events of Airline, and those of Booking that
/// pay a carrier.
struct AirlineBook: EventBook {
    let airlines: AirlineRepository
    let contract: ContractID
    let booking: ContractID
    /// In which bonds count.
    let token: ContractID

    var name: String { "airlines.1.\(SCAddress.contract(contract))" }
    var subject: String { "airlines" }
    var contracts: [ContractID] { [contract, booking] }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        if event.contract == booking { return try await applyPayment(event, in: transaction) }
        guard event.contract == contract else { return false }
        return try await applyAirline(event, in: transaction)
    }

    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    { event.contract == contract ? try LedgerNews.ofAirlines(event) : [] }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await airlines.clear(in: transaction)
    }

    /// How many airlines are looked for at once that the book of the money knows.
    static let missingMax = 1_000

    func seed(from rpc: SorobanRPC, in database: Database) async throws -> Int {
        let codes = try await airlines.missing(limit: Self.missingMax)
        for code in codes {
            _ = try await fill("airline.\(code)", from: rpc, in: database)
            _ = try await fill(
                "bond.\(code).\(SCAddress.contract(token))", from: rpc, in: database)
        }
        return codes.count
    }

    /// Reads `airline.TQ` or `bond.TQ.C…`, and remembers in which ledger that was.
    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool {
        let parts = subject.split(separator: ".").map(String.init)
        let (airlines, calls) = (airlines, AirlineContract(contract))
        switch (parts.first, parts.count) {
        case ("airline", 2):
            let closed = try await rpc.latestLedger().closeTime ?? 0
            let (airline, ledger) = try await rpc.readNow(calls.airline(code: SCSymbol(parts[1])))
            try await database.transaction { transaction in
                try await airlines.fill(
                    parts[1], airline, in: ledger, at: Instant(clamping: closed), transaction)
            }
        case ("bond", 3):
            let token = try SCAddress(parsing: parts[2])
            let (bond, ledger) = try await rpc.readNow(
                calls.bond(code: SCSymbol(parts[1]), token: token))
            var row = AirlineBondRow(token: parts[2])
            (row.amount, row.requested) = (bond.amount, bond.requested)
            row.availableAt = bond.requested > 0 ? Instant(clamping: bond.availableAt) : nil
            row.knownLedger = ledger
            let filled = row
            try await database.transaction { transaction in
                try await airlines.setBond(filled, of: parts[1], in: transaction)
            }
        default: return false
        }
        return true
    }

    /// How many payments are assigned at once.
    static let assignedMax = 500

    func catchUp(in transaction: DatabaseTransaction) async throws -> Int {
        try await airlines.assignPayments(limit: Self.assignedMax, in: transaction)
    }

    private func applyAirline(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        typealias Contract = AirlineContract
        let (topics, value) = (event.topics, event.value)
        let time = try EventPlace(event).time
        var isKnown = true
        if let event = try Contract.RegisteredEvent(topics: topics, value: value) {
            let code = event.code.description
            // One that was filled in before, from a later ledger, is as it is.
            if try await airlines.knownLedger(of: code, in: transaction) == nil {
                try await airlines.add(code, event.airline, at: time, in: transaction)
            }
        } else if let event = try Contract.StandingChangedEvent(topics: topics, value: value) {
            isKnown = try await airlines.setStanding(
                "\(event.standing)", because: event.reason.description,
                of: event.code.description, in: transaction)
        } else if let event = try Contract.OperatorChangedEvent(topics: topics, value: value) {
            isKnown = try await airlines.setOperator(
                event.operator.description, isEnabled: event.enabled,
                of: event.code.description, at: time, in: transaction)
        } else if let event = try Contract.PayoutChangedEvent(topics: topics, value: value) {
            isKnown = try await airlines.setPayout(
                event.payout.description, of: event.code.description, in: transaction)
        } else if let event = try Contract.OwnerProposedEvent(topics: topics, value: value) {
            isKnown = try await airlines.proposeOwner(
                event.newOwner.description, of: event.code.description, in: transaction)
        } else if let event = try Contract.OwnerChangedEvent(topics: topics, value: value) {
            isKnown = try await airlines.setOwner(
                event.newOwner.description, of: event.code.description, in: transaction)
        } else {
            return try await applyBond(event, in: transaction)
        }
        if !isKnown, case .symbol(let code)? = topics.dropFirst().first {
            throw Indexer.Fault.unknown("airline.\(code)")
        }
        return true
    }

    private func applyBond(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        typealias Contract = AirlineContract
        let (topics, value, ledger) = (event.topics, event.value, event.ledger)
        if let event = try Contract.BondDepositedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: ledger, transaction) {
                $0.amount += event.amount
            }
        } else if let event = try Contract.WithdrawalRequestedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: ledger, transaction) {
                $0.requested = event.amount
                $0.availableAt = Instant(clamping: event.availableAt)
            }
        } else if let event = try Contract.BondWithdrawnEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: ledger, transaction) {
                $0.amount -= event.amount
                $0.requested = 0
            }
        } else if let event = try Contract.BondSlashedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: ledger, transaction) {
                $0.amount -= event.amount
                $0.requested = min($0.requested, $0.amount)
            }
        } else {
            return false
        }
        return true
    }

    private func change(
        _ code: SCSymbol, _ token: SCAddress, in ledger: UInt32,
        _ transaction: DatabaseTransaction, _ body: (inout AirlineBondRow) -> Void
    ) async throws {
        let (code, token) = (code.description, token.description)
        guard let known = try await airlines.knownLedger(of: code, in: transaction) else {
            throw Indexer.Fault.unknown("airline.\(code)")
        }
        let found = try await airlines.bond(of: code, token: token, in: transaction)
        // Of an airline that was met in the middle of its life there may have been one before.
        guard found != nil || known == 0 else {
            throw Indexer.Fault.unknown("bond.\(code).\(token)")
        }
        var bond = found ?? AirlineBondRow(token: token)
        guard ledger > bond.knownLedger else { return }
        body(&bond)
        try await airlines.setBond(bond, of: code, in: transaction)
    }

    private func applyPayment(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        guard let change = try BookingContract.Change(topics: event.topics, value: event.value),
            let id = change.id
        else { return false }
        let (amount, fee): (Int128, Int128)
        switch change {
        case .settled(let event): (amount, fee) = (event.seller, event.fee)
        case .cancelled(let event): (amount, fee) = (event.penalty - event.fee, event.fee)
        case .resolved(let event): (amount, fee) = (event.seller, event.fee)
        case .booked, .ticketed, .expired, .refunded, .disputed, .responded, .credited,
            .withdrawn:
            return false
        }
        guard amount > 0 || fee > 0 else { return false }
        try await airlines.addPayment(
            event.id, of: id, EscrowRow.amount(amount, id), fee: EscrowRow.amount(fee, id),
            at: EventPlace(event).time, in: transaction)
        return true
    }
}

/// An airline's bond in a token. Amounts are as large as the contract lets them be.
struct AirlineBondRow: Hashable, Sendable {
    var token: String
    var amount: Int128 = 0
    var requested: Int128 = 0
    var availableAt: Instant?
    /// Up to which ledger it was read from the ledger itself: what events said before is in it.
    var knownLedger: UInt32 = 0

    /// How long after it is due an announced withdrawal can be made, as the contract has it.
    static let lapseSeconds: Int64 = 7 * 86_400

    init(token: String) { self.token = token }

    /// What is announced and can still be withdrawn, and from when on.
    func pending(at now: Instant) -> (amount: Int128, availableAt: Instant)? {
        guard requested > 0, let availableAt,
            now < availableAt.adding(seconds: Self.lapseSeconds)
        else { return nil }
        return (requested, availableAt)
    }
}
