internal import StellarXDR

/// What waits for the next ledger: at most one transaction of each account.
struct TransactionQueue: Sendable {
    /// So many may wait.
    static let countMax = 20_000
    /// A fee bump takes the place of what waits if it bids so many times as much an operation.
    static let replacementFactor: Int64 = 10

    private var frames: [TransactionFrame] = []
    private var places: [AccountID: Int] = [:]
    private var hashes: Set<Hash> = []
    /// For which ledgers what waits was found valid.
    private var stamps: Set<Moment.Stamp> = []

    /// What a transaction finds.
    enum Room: Hashable {
        /// There is room for it.
        case free
        /// It takes another one's place.
        case replacing
        /// It must come again.
        case none
        /// It would take another one's place, but bids less than this many stroops.
        case tooLittle(needed: Int64)
    }

    /// How many wait.
    var count: Int { frames.count }

    /// Whether a transaction waits, by its hash.
    func contains(_ hash: Hash) -> Bool { hashes.contains(hash) }

    /// Whether a transaction may wait.
    func room(for frame: TransactionFrame) -> Room {
        guard let place = places[frame.source] else {
            return frames.count < Self.countMax ? .free : .none
        }
        let waiting = frames[place]
        guard frame.feeBump != nil,
            frame.transaction.seqNum == waiting.transaction.seqNum
        else { return .none }
        let needed = Self.replacementBid(of: frame, for: waiting)
        return frame.inclusionFeeBid >= needed
            ? .replacing
            : .tooLittle(needed: needed.addingReportingOverflow(frame.resourceFee).partialValue)
    }

    private static func replacementBid(
        of frame: TransactionFrame, for waiting: TransactionFrame
    ) -> Int64 {
        let operations = waiting.paidOperationCount
        let (product, overflow) = max(0, waiting.inclusionFeeBid).multipliedReportingOverflow(
            by: replacementFactor * frame.paidOperationCount)
        return overflow ? .max / 2 : (product + operations - 1) / operations
    }

    /// Lets a transaction wait, in another one's place if that is of the same account.
    /// - Parameter stamp: the ledger for which it was found valid.
    mutating func add(_ frame: TransactionFrame, validIn stamp: Moment.Stamp? = nil) {
        if let stamp { stamps.insert(stamp) }
        if let place = places[frame.source] {
            hashes.remove(frames[place].hash)
            frames[place] = frame
        } else {
            places[frame.source] = frames.count
            frames.append(frame)
        }
        hashes.insert(frame.hash)
    }

    /// Forgets what is not valid any more in the ledger of `stamp`: it came for an earlier one, and
    /// validators put nothing into a ledger that cannot be in it.
    mutating func forgetInvalid(in stamp: Moment.Stamp, _ isValid: (TransactionFrame) -> Bool) {
        guard stamps != [stamp], !frames.isEmpty else { return }
        let valid = frames.filter(isValid)
        self = TransactionQueue()
        for frame in valid { add(frame, validIn: stamp) }
    }

    /// Takes what finds room in a ledger; the rest goes on waiting. If not all do, those that bid
    /// most an operation go first, and of equals those that came first.
    mutating func take(into room: LedgerRoom, baseFee: Int64) -> LedgerSelection {
        var (all, left) = (room, room)
        let waiting = frames
        guard !waiting.allSatisfy({ all.take($0) }) else {
            self = TransactionQueue()
            return LedgerSelection(waiting, all.clusters, leaving: [], baseFee: baseFee)
        }
        let order = waiting.indices.sorted { first, second in
            waiting[first].bidsMore(than: waiting[second])
                || first < second && !waiting[second].bidsMore(than: waiting[first])
        }
        let chosen = Set(order.filter { left.take(waiting[$0]) })
        let rest = waiting.indices.filter { !chosen.contains($0) }.map { waiting[$0] }
        self = TransactionQueue()
        for frame in rest { add(frame) }
        return LedgerSelection(
            waiting.indices.filter(chosen.contains).map { waiting[$0] }, left.clusters,
            leaving: rest, baseFee: baseFee)
    }
}

/// The transactions of a ledger.
struct LedgerSelection {
    /// In the order in which they are applied: Soroban's come last.
    let frames: [TransactionFrame]
    let fees: InclusionFees
    /// How many of Soroban's each cluster has, in their order; nothing if there is one.
    let clusterSizes: [Int]

    /// Those that were `taken` while others were left.
    fileprivate init(
        _ taken: [TransactionFrame], _ clusters: [ObjectIdentifier: Int],
        leaving left: [TransactionFrame], baseFee: Int64
    ) {
        let classic = taken.filter { !$0.isSoroban }
        var soroban = taken.filter(\.isSoroban)
        let count = clusters.values.max().map { $0 + 1 } ?? 0
        let parts = (0..<count).map { number in
            soroban.filter { clusters[ObjectIdentifier($0)] == number }
        }
        if count > 1 { soroban = Array(parts.joined()) }
        clusterSizes = count > 1 ? parts.map(\.count) : []
        frames = classic + soroban
        fees = InclusionFees(
            classic: left.contains { !$0.isSoroban } ? classic.leastBid(baseFee) : baseFee,
            soroban: left.contains(where: \.isSoroban) ? soroban.leastBid(baseFee) : baseFee)
    }
}

extension TransactionFrame {
    /// Whether it bids more for the inclusion of an operation.
    fileprivate func bidsMore(than other: TransactionFrame) -> Bool {
        let mine = inclusionFeeBid.multipliedFullWidth(by: other.paidOperationCount)
        let others = other.inclusionFeeBid.multipliedFullWidth(by: paidOperationCount)
        return (mine.high, mine.low) > (others.high, others.low)
    }
}

extension [TransactionFrame] {
    /// The least that any of them bids for an operation.
    fileprivate func leastBid(_ baseFee: Int64) -> Int64 {
        Swift.max(baseFee, map { $0.inclusionFeeBid / $0.paidOperationCount }.min() ?? baseFee)
    }
}
