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

    /// Whether nothing waits.
    var isEmpty: Bool { frames.isEmpty }

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
    mutating func add(_ frame: TransactionFrame) {
        if let place = places[frame.source] {
            hashes.remove(frames[place].hash)
            frames[place] = frame
        } else {
            places[frame.source] = frames.count
            frames.append(frame)
        }
        hashes.insert(frame.hash)
    }

    /// All that waits, in the order in which it is applied: Soroban's come last.
    mutating func takeAll() -> [TransactionFrame] {
        defer { self = TransactionQueue() }
        return frames.filter { !$0.isSoroban } + frames.filter(\.isSoroban)
    }
}
