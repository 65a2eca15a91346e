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

    var name: String { "airlines.1.\(SCAddress.contract(contract))" }
    var subject: String { "airlines" }
    var contracts: [ContractID] { [contract, booking] }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        if event.contract == booking { return try await applyPayment(event, in: transaction) }
        guard event.contract == contract else { return false }
        return try await applyAirline(event, in: transaction)
    }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await airlines.clear(in: transaction)
    }

    private func applyAirline(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        typealias Contract = AirlineContract
        let (topics, value) = (event.topics, event.value)
        let time = try EventPlace(event).time
        if let event = try Contract.RegisteredEvent(topics: topics, value: value) {
            try await airlines.add(
                event.code.description, event.airline, at: time, in: transaction)
        } else if let event = try Contract.StandingChangedEvent(topics: topics, value: value) {
            try await airlines.setStanding(
                "\(event.standing)", because: event.reason.description,
                of: event.code.description, in: transaction)
        } else if let event = try Contract.OperatorChangedEvent(topics: topics, value: value) {
            try await airlines.setOperator(
                event.operator.description, isEnabled: event.enabled,
                of: event.code.description, at: time, in: transaction)
        } else if let event = try Contract.PayoutChangedEvent(topics: topics, value: value) {
            try await airlines.setPayout(
                event.payout.description, of: event.code.description, in: transaction)
        } else if let event = try Contract.OwnerProposedEvent(topics: topics, value: value) {
            try await airlines.proposeOwner(
                event.newOwner.description, of: event.code.description, in: transaction)
        } else if let event = try Contract.OwnerChangedEvent(topics: topics, value: value) {
            try await airlines.setOwner(
                event.newOwner.description, of: event.code.description, in: transaction)
        } else {
            return try await applyBond(event, in: transaction)
        }
        return true
    }

    private func applyBond(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        typealias Contract = AirlineContract
        let (topics, value) = (event.topics, event.value)
        if let event = try Contract.BondDepositedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: transaction) {
                $0.amount += event.amount
            }
        } else if let event = try Contract.WithdrawalRequestedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: transaction) {
                $0.requested = event.amount
                $0.availableAt = Instant(clamping: event.availableAt)
            }
        } else if let event = try Contract.BondWithdrawnEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: transaction) {
                $0.amount -= event.amount
                $0.requested = 0
            }
        } else if let event = try Contract.BondSlashedEvent(topics: topics, value: value) {
            try await change(event.code, event.token, in: transaction) {
                $0.amount -= event.amount
                $0.requested = min($0.requested, $0.amount)
            }
        } else {
            return false
        }
        return true
    }

    private func change(
        _ code: SCSymbol, _ token: SCAddress, in transaction: DatabaseTransaction,
        _ body: (inout AirlineBondRow) -> Void
    ) async throws {
        let (code, token) = (code.description, token.description)
        var bond =
            try await airlines.bond(of: code, token: token, in: transaction)
            ?? AirlineBondRow(token: token)
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

    init(token: String) { self.token = token }
}
