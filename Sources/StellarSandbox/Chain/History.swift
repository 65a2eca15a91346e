internal import StellarXDR

/// The closed ledgers that are kept, and ways to find what is in them. The newest are whole; older
/// ones are bytes, here or, of a network in a file, there alone.
struct History: Sendable {
    /// How many ledgers are kept.
    let ledgersMax: Int
    /// Whether old ledgers are here, or in a file alone.
    let keepsAll: Bool
    /// The number of the oldest ledger that is kept, wherever.
    private(set) var oldest: UInt32
    /// The newest, in their order; never empty.
    private(set) var recent: [ClosedLedger]
    /// How many operations ``recent`` has.
    private var recentOperations = 0
    private(set) var events = EventLog()
    /// What was paid for inclusion of late.
    private(set) var fees: [LedgerFees] = []
    private var sealed: [SealedLedger] = []
    private var forgotten = 0
    private var places: [Hash: Place] = [:]

    /// Where a transaction is.
    private struct Place {
        let ledger: UInt32
        let index: Int
    }

    /// So many ledgers, with so many operations in all, stay whole; the newest does always.
    static let (recentMax, recentOperationsMax) = (64, 2_000)
    /// Of so many ledgers fees are told.
    static let feesMax = 50

    /// A history whose newest ledgers are `recent`, of which there is at least one.
    init(
        ledgersMax: Int, keepsAll: Bool, oldest: UInt32, recent: [ClosedLedger]
    ) throws(XDRError) {
        self.ledgersMax = ledgersMax
        self.keepsAll = keepsAll
        self.oldest = oldest
        self.recent = []
        for ledger in recent { try add(ledger) }
    }

    /// The newest.
    var latest: ClosedLedger? { recent.last }

    /// A ledger by its number, if it is here.
    func ledger(_ sequence: UInt32) -> KeptLedger? {
        guard sequence >= oldest else { return nil }
        if let first = recent.first?.sequence, sequence >= first {
            let index = Int(sequence - first)
            return index < recent.count ? .whole(recent[index]) : nil
        }
        guard let first = sealed.first?.sequence, sequence >= first else { return nil }
        let index = Int(sequence - first)
        return index < sealed.count ? .sealed(sealed[index]) : nil
    }

    /// Where a transaction is, by its hash or that of the transaction in its fee bump, as far as it
    /// is known here.
    func place(of hash: Hash) -> (ledger: UInt32, index: Int)? {
        guard let place = places[hash], place.ledger >= oldest else { return nil }
        return (place.ledger, place.index)
    }

    /// A transaction of the newest ledgers.
    func recentTransaction(_ hash: Hash) -> TransactionRecord? {
        guard let place = place(of: hash), case .whole(let ledger) = ledger(place.ledger) else {
            return nil
        }
        return ledger.transactions[place.index]
    }

    /// Adds a ledger and forgets the oldest if there are too many.
    mutating func add(_ ledger: ClosedLedger) throws(XDRError) {
        recent.append(ledger)
        recentOperations += ledger.operationCount
        for (index, record) in ledger.transactions.enumerated() {
            let place = Place(ledger: ledger.sequence, index: index)
            places[record.applied.frame.hash] = place
            places[record.applied.frame.innerHash] = place
        }
        if keepsAll { events.add(try LedgerEvents(ledger)) }
        fees.append(LedgerFees(ledger))
        if fees.count > Self.feesMax { fees.removeFirst() }
        try sealOld()
        if Int(ledger.sequence - oldest) >= ledgersMax { forgetOld(newest: ledger.sequence) }
    }

    private mutating func sealOld() throws(XDRError) {
        while let first = recent.first, recent.count > 1,
            recent.count > Self.recentMax || recentOperations > Self.recentOperationsMax
        {
            recent.removeFirst()
            recentOperations -= first.operationCount
            if keepsAll {
                sealed.append(try SealedLedger(first))
            } else {
                for record in first.transactions {
                    places[record.applied.frame.hash] = nil
                    places[record.applied.frame.innerHash] = nil
                }
            }
        }
    }

    private mutating func forgetOld(newest: UInt32) {
        oldest = newest - UInt32(ledgersMax) + 1
        events.forget(before: oldest)
        guard let first = sealed.first?.sequence else { return }
        // They are cleared away in bulk.
        let old = min(Int(oldest - min(first, oldest)), sealed.count)
        guard old > ledgersMax / 2 else { return }
        sealed.removeFirst(old)
        places = places.filter { $0.value.ledger >= oldest }
    }

    /// Takes back what came after `ledger`.
    mutating func takeBack(after ledger: ClosedLedger) {
        let sequence = ledger.sequence
        recent.removeAll { $0.sequence > sequence }
        while let last = sealed.last, last.sequence >= sequence { sealed.removeLast() }
        if recent.isEmpty { recent = [ledger] }
        recentOperations = recent.reduce(0) { $0 + $1.operationCount }
        places = places.filter { $0.value.ledger <= sequence }
        events.takeBack(after: sequence)
        fees.removeAll { $0.sequence > sequence }
        oldest = min(oldest, sequence)
    }
}

/// A ledger that is kept: as it is, or in bytes.
enum KeptLedger: Sendable {
    case whole(ClosedLedger)
    case sealed(SealedLedger)

    /// When it closed, in seconds since 1970.
    var closeTime: UInt64 {
        switch self {
        case .whole(let ledger): ledger.closeTime
        case .sealed(let ledger): ledger.closeTime
        }
    }

    /// As it is.
    func opened(networkID: Hash) throws -> ClosedLedger {
        switch self {
        case .whole(let ledger): ledger
        case .sealed(let ledger):
            try ClosedLedger(LedgerCloseMeta(xdr: ledger.closeMeta), networkID: networkID)
        }
    }
}

/// A ledger in bytes.
struct SealedLedger: Sendable {
    let sequence: UInt32
    let closeTime: UInt64
    let closeMeta: [UInt8]

    init(_ ledger: ClosedLedger) throws(XDRError) {
        sequence = ledger.sequence
        closeTime = ledger.closeTime
        closeMeta = try ledger.closeMeta.xdr().withoutSpareRoom
    }
}

/// What was paid and bid for inclusion in a ledger, in stroops an operation.
struct LedgerFees: Sendable {
    let sequence: UInt32
    let classic: [Int64]
    let soroban: [Int64]
    let bids: [Int64]

    init(_ ledger: ClosedLedger) {
        sequence = ledger.sequence
        let frames = ledger.transactions.map(\.applied.frame)
        let fees = ledger.fees
        classic = frames.filter { !$0.isSoroban }.map {
            $0.inclusionFeeRate(baseFee: fees.fee(of: $0))
        }
        soroban = frames.filter(\.isSoroban).map { $0.inclusionFeeRate(baseFee: fees.fee(of: $0)) }
        bids = frames.map { $0.inclusionFeeBid / $0.paidOperationCount }
    }
}

extension ClosedLedger {
    /// How many operations its transactions have.
    fileprivate var operationCount: Int {
        transactions.reduce(0) { $0 + $1.applied.frame.transaction.operations.count }
    }
}
