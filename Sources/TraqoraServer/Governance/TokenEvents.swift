import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Writes what the token's events say: who holds how much, who votes with it, and how much there
/// was when.
struct TokenEvents: Sendable {
    let holdings: HoldingRepository

    /// - Parameter isNew: keeps that the event was written.
    func apply(
        _ event: RPCEvent, in transaction: DatabaseTransaction,
        unless isNew: () async throws -> Bool
    ) async throws -> Bool {
        typealias Contract = TokenContract
        let (topics, value) = (event.topics, event.value)
        if let moved = try Self.transfer(topics, value) {
            guard try await isNew() else { return false }
            try await change(moved.from, by: -moved.amount, in: transaction)
            try await change(moved.to, by: moved.amount, in: transaction)
        } else if let made = try Contract.MintEvent(topics: topics, value: value) {
            guard try await isNew() else { return false }
            try await change(made.to, by: made.amount, in: transaction)
            try await changeSupply(by: made.amount, event, in: transaction)
        } else if let burnt = try Contract.BurnEvent(topics: topics, value: value) {
            guard try await isNew() else { return false }
            try await change(burnt.from, by: -burnt.amount, in: transaction)
            try await changeSupply(by: -burnt.amount, event, in: transaction)
        } else if let delegated = try Contract.DelegateEvent(topics: topics, value: value) {
            guard try await isNew() else { return false }
            try await delegate(
                delegated.account.description, to: delegated.delegatee.description,
                in: transaction)
        } else {
            return false
        }
        return true
    }

    /// With or without the number of a customer.
    private static func transfer(_ topics: [SCVal], _ value: SCVal) throws -> (
        from: SCAddress, to: SCAddress, amount: Int128
    )? {
        if case .map = value {
            return try TokenContract.MuxedTransferEvent(topics: topics, value: value).map {
                ($0.from, $0.to, $0.amount)
            }
        }
        return try TokenContract.TransferEvent(topics: topics, value: value).map {
            ($0.from, $0.to, $0.amount)
        }
    }

    private func change(
        _ address: SCAddress, by amount: Int128, in transaction: DatabaseTransaction
    ) async throws {
        var holding = try await holdings.holding(of: address.description, in: transaction)
        holding.balance = try EscrowRow.amount(Int128(holding.balance.baseUnits) + amount, nil)
        try await holdings.set(holding, in: transaction)
        guard let delegatee = holding.delegatee else { return }
        try await changeVotes(of: delegatee, by: amount, in: transaction)
    }

    private func changeVotes(
        of address: String, by amount: Int128, in transaction: DatabaseTransaction
    ) async throws {
        var voter = try await holdings.holding(of: address, in: transaction)
        voter.votes = try EscrowRow.amount(Int128(voter.votes.baseUnits) + amount, nil)
        try await holdings.set(voter, in: transaction)
    }

    private func delegate(
        _ address: String, to delegatee: String, in transaction: DatabaseTransaction
    ) async throws {
        var holding = try await holdings.holding(of: address, in: transaction)
        let (before, amount) = (holding.delegatee, Int128(holding.balance.baseUnits))
        holding.delegatee = delegatee
        try await holdings.set(holding, in: transaction)
        if let before { try await changeVotes(of: before, by: -amount, in: transaction) }
        try await changeVotes(of: delegatee, by: amount, in: transaction)
    }

    private func changeSupply(
        by amount: Int128, _ event: RPCEvent, in transaction: DatabaseTransaction
    ) async throws {
        let before = try await holdings.supply(in: transaction)
        try await holdings.setSupply(
            EscrowRow.amount(Int128(before.baseUnits) + amount, nil),
            at: EventPlace(event).time, in: transaction)
    }
}
