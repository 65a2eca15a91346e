internal import StellarXDR

/// What the file has to learn of one step of the network.
struct LedgerCommit: Sendable {
    /// The newest ledger to return to, if what came after it was taken back.
    var rewind: UInt32?
    /// The ledgers that closed.
    let ledgers: [ClosedLedger]
    /// What became of the entries.
    let changes: [LedgerState.Change]
    /// How far the clock has been advanced, in seconds.
    let clockAdvance: UInt64
    /// The oldest ledger that is kept.
    let oldest: UInt32
}

/// A commit in bytes, or several in one.
struct EncodedCommit: Sendable {
    /// A closed ledger.
    struct Ledger: Sendable {
        let sequence: UInt32
        let closeMeta: [UInt8]
        /// The hashes of its transactions, also of those in fee bumps.
        let hashes: Set<Hash>
        /// Its events, if there are any.
        let events: (columns: [UInt8], events: [UInt8])?
    }

    /// What an entry is now; `nil` if it is gone.
    struct Entry: Sendable {
        let data: [UInt8]
        let liveUntil: UInt32?
        let liveUntilModified: UInt32
    }

    private(set) var rewind: UInt32?
    private(set) var ledgers: [Ledger] = []
    private(set) var entries: [LedgerKey: Entry?] = [:]
    private(set) var clockAdvance: UInt64 = 0
    private(set) var oldest: UInt32 = 0

    init(_ commits: [LedgerCommit]) throws(XDRError) {
        for commit in commits {
            if let goal = commit.rewind {
                rewind = min(rewind ?? goal, goal)
                ledgers.removeAll { $0.sequence > goal }
            }
            for ledger in commit.ledgers {
                ledgers.append(try Ledger(ledger))
            }
            clockAdvance = commit.clockAdvance
            oldest = commit.oldest
        }
        // What was written last counts; the rest need not be encoded.
        for change in commits.reversed().flatMap(\.changes) where entries[change.key] == nil {
            entries[change.key] = .some(try change.after.map(Entry.init))
        }
    }
}

extension EncodedCommit.Ledger {
    init(_ ledger: ClosedLedger) throws(XDRError) {
        try self.init(ledger, closeMeta: ledger.closeMeta.xdr())
    }

    /// One whose bytes are known.
    init(_ ledger: ClosedLedger, closeMeta: [UInt8]) throws(XDRError) {
        let frames = ledger.transactions.map(\.applied.frame)
        let events = try LedgerEvents(ledger)
        self.init(
            sequence: ledger.sequence, closeMeta: closeMeta,
            hashes: Set(frames.map(\.hash)).union(frames.map(\.innerHash)),
            events: events.count == 0 ? nil : try events.encoded())
    }
}

extension EncodedCommit.Entry {
    init(_ stored: StoredEntry) throws(XDRError) {
        self.init(
            data: try stored.entry.xdr(), liveUntil: stored.liveUntil,
            liveUntilModified: stored.liveUntilModified)
    }
}
