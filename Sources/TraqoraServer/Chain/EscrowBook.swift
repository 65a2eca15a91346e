import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Writes what the Booking contract's events say about money: `escrow` has no other writer.
struct EscrowBook: Sendable {
    let escrows: EscrowRepository

    /// Applies an event of the contract.
    /// - Returns: whether it was about money, and new.
    func apply(
        _ event: RPCEvent, of contract: String, in transaction: DatabaseTransaction
    ) async throws -> Bool {
        guard let change = try BookingContract.Change(topics: event.topics, value: event.value)
        else { return false }
        let isNew = try await escrows.record(
            event, contract: contract, name: change.name, escrowID: change.id, in: transaction)
        guard isNew else { return false }
        try await escrows.confirm(event.transactionHash, ledger: event.ledger, in: transaction)
        switch change {
        case .booked(let event):
            var row = try EscrowRow(event)
            // Bookings that were made before what is booked belonged to the name.
            let number = String(event.id)
            if row.seller == EscrowRow.published,
                try await escrows.isBooked(row.seller, number, in: transaction)
            {
                row.nonce = number
            }
            try await escrows.insert(row, in: transaction)
        case .credited(let event):
            try await credit(event.address, event.token, in: transaction) { $0 + event.amount }
        case .withdrawn(let event):
            try await credit(event.address, event.token, in: transaction) { $0 - event.amount }
        case .ticketed, .expired, .cancelled, .refunded, .settled, .disputed, .responded,
            .resolved:
            guard let id = change.id, var row = try await escrows.find(id, in: transaction) else {
                throw Indexer.Fault.unknownBooking(change.id ?? 0)
            }
            try row.apply(change)
            try await escrows.update(row, in: transaction)
        }
        return true
    }

    private func credit(
        _ address: SCAddress, _ token: SCAddress, in transaction: DatabaseTransaction,
        change: (Int128) -> Int128
    ) async throws {
        let (address, token) = (address.description, token.description)
        let before = try await escrows.credit(of: address, token: token, in: transaction)
        // Anybody may make a token and pile up more of it than we count; the money of others must
        // not stop for that.
        let after = max(0, change(Int128(before?.baseUnits ?? 0)))
        try await escrows.setCredit(
            TokenAmount(baseUnits: Int64(clamping: after)), of: address, token: token,
            in: transaction)
    }
}
