import Stellar
import StellarXDR
import TraqoraContracts

extension ScriptedLedger {
    /// What a server says that is not so.
    enum Lie: CaseIterable {
        /// It takes a transaction and says that it took effect; no ledger has it.
        case swallows
        /// Asked for one transaction, it tells of another.
        case mixesUp
        /// It says that a transaction took effect, and gives the result of one that did not.
        case contradicts
        /// It knows no transaction, and that the number of one in a ledger is used up.
        case forgets
        /// It tells no events.
        case hidesEvents
        /// It tells the newest event first.
        case reversesEvents
        /// It tells of a payment that nobody made.
        case invents
        /// The same, as the event of a call that failed.
        case failedCall
        /// It is of another network, on which no signature fits.
        case otherNetwork
    }

    /// The lie in place of an answer to who sends a transaction.
    func lie(about envelope: TransactionEnvelope, _ hash: Hash) throws -> String? {
        switch lie {
        case .swallows:
            swallowed[hash] = envelope
            return submission("PENDING", hash)
        case .otherNetwork: return try submission("ERROR", hash, .badAuth)
        case .forgets where applied[hash] != nil: return try submission("ERROR", hash, .badSeq)
        default: return nil
        }
    }

    /// The transactions that it tells of.
    var known: [Hash: Applied] {
        guard lie == .swallows else {
            return applied.filter { $0.value.ledger <= told.sequence }
        }
        return applied.merging(
            swallowed.mapValues { Applied(ledger: sequence, envelope: $0, isSuccessful: true) }
        ) { truth, _ in truth }
    }

    /// The events that it tells.
    var toldEvents: [Event] {
        switch lie {
        case .hidesEvents: []
        case .reversesEvents: events.reversed()
        case .invents, .failedCall: events + invented
        default: Array(events.prefix(told.eventCount))
        }
    }

    func isInvented(_ index: Int) -> Bool { index >= events.count }

    /// A transaction with another hash.
    func other(than envelope: TransactionEnvelope) throws -> TransactionEnvelope {
        var transaction = envelope.transaction
        transaction.fee += 1
        return transaction.envelope
    }

    /// Notes what was prepared.
    func remember(_ transaction: StellarXDR.Transaction) {
        guard let (name, arguments) = call(in: transaction), name == "book_quoted" else { return }
        quoted = (arguments[1], .account(transaction.sourceAccount.accountID))
    }

    /// The event that there would be if the last booking that was prepared had been paid.
    private var invented: [Event] {
        guard let quoted, let booking = escrowed(quoted.quote, by: quoted.by) else { return [] }
        return [
            Event(
                ledger: sequence, hash: Hash(fitting: [0xee]),
                topics: [
                    .symbol("booked"), .u64(777), .address(booking.passenger),
                    .address(booking.seller),
                ], value: booking.scVal)
        ]
    }
}
