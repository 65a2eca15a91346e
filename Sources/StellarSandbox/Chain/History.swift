internal import StellarXDR

/// The closed ledgers that are kept, and ways to find what is in them.
struct History: Sendable {
    /// How many ledgers are kept.
    let ledgersMax: Int
    private var ledgers: [ClosedLedger] = []
    /// How many of ``ledgers`` have been forgotten already; they are cleared away in bulk.
    private var forgotten = 0
    private var places: [Hash: (ledger: UInt32, index: Int)] = [:]
    private(set) var events = EventLog()

    init(ledgersMax: Int) {
        self.ledgersMax = ledgersMax
    }

    /// The ledgers, oldest first.
    var all: ArraySlice<ClosedLedger> { ledgers[forgotten...] }

    /// The newest.
    var latest: ClosedLedger? { ledgers.last }

    /// The oldest that is kept.
    var oldest: ClosedLedger? { all.first }

    /// A ledger by its number.
    func ledger(_ sequence: UInt32) -> ClosedLedger? {
        guard let first = oldest?.sequence, sequence >= first else { return nil }
        let index = forgotten + Int(sequence - first)
        return index < ledgers.count ? ledgers[index] : nil
    }

    /// A transaction by its hash, or that of the transaction in its fee bump.
    func transaction(_ hash: Hash) -> TransactionRecord? {
        guard let place = places[hash] else { return nil }
        return ledger(place.ledger)?.transactions[place.index]
    }

    /// Adds a ledger and forgets the oldest if there are too many.
    mutating func add(_ ledger: ClosedLedger) {
        ledgers.append(ledger)
        for (index, record) in ledger.transactions.enumerated() {
            places[record.applied.frame.hash] = (ledger.sequence, index)
            places[record.applied.frame.innerHash] = (ledger.sequence, index)
        }
        events.add(ledger)
        guard ledgers.count - forgotten > ledgersMax else { return }
        for record in ledgers[forgotten].transactions {
            places[record.applied.frame.hash] = nil
            places[record.applied.frame.innerHash] = nil
        }
        forgotten += 1
        if let oldest { events.forget(before: oldest.sequence) }
        if forgotten > ledgersMax / 2 {
            ledgers.removeFirst(forgotten)
            forgotten = 0
        }
    }
}
