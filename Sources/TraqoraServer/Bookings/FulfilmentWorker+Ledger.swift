import Cryptography
import StellarXDR
import Travel

/// What is told to the ledger, each until the contract's event has been read: a server's word that
/// it took a transaction is not the contract's.
extension FulfilmentWorker {
    /// How long after telling the ledger its word is awaited, before it is told again.
    static let echoSeconds: Int64 = 30

    /// What cannot be done before somebody changes something.
    enum Fault: Error, Equatable {
        /// There may be an order at a supplier that is not asked any more.
        case noSupplier(String)
        /// The ledger is being read anew.
        case moneyUnknown
    }

    /// - Returns: when to come back, `nil` when it is done or not wanted any more.
    func tellLedger(_ action: Fulfilment.Action, of row: BookingRow) async throws -> Instant? {
        // While the ledger is read anew nothing is known of the money: that is no reason to forget
        // what is to be done.
        guard let escrow = row.escrow else { return now().adding(seconds: 5) }
        switch action {
        case .ticketOnChain:
            guard escrow.state == .paid,
                try await chain.ticket(escrow.escrowID, hash: Self.ticketHash(of: row))
            else { return nil }
        case .expireOnChain:
            guard escrow.state == .paid else { return nil }
            // The expirer comes first: two at once would pay the network twice.
            let due = escrow.ticketDeadline.adding(seconds: Self.echoSeconds)
            guard due <= now() else { return due }
            try await chain.expire(escrow.escrowID)
        case .returnOnChain:
            guard !escrow.state.isFinal else { return nil }
            try await chain.giveBack(escrow.escrowID)
        case .placeOrder, .findOrder, .cancelOrder, .acceptChange: return nil
        }
        indexer.ring()
        return now().adding(seconds: Self.echoSeconds)
    }

    /// What the ledger gets to see of the tickets.
    static func ticketHash(of row: BookingRow) -> Hash {
        let tickets = row.tickets.joined(separator: ",")
        return Hash(
            fitting: SHA256.hash(
                Array("traqora.tickets".utf8) + [0, 1] + row.salt + Array(tickets.utf8)))
    }
}

extension EscrowState {
    /// Whether the money has moved on since there was a ticket.
    var isAfterTicket: Bool {
        switch self {
        case .settled, .disputed, .resolved: true
        case .unpaid, .paid, .ticketed, .expired, .cancelled, .refunded: false
        }
    }
}
