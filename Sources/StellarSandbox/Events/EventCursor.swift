/// Where something stands in history: ledger, transaction, operation (a "TOID"), and for an event
/// its place there.
struct EventCursor: Hashable, Comparable, Sendable {
    /// Ledger in the upper 32 bits, transaction in 20, operation in 12.
    var toid: UInt64
    /// Among the events of that place.
    var index: UInt32

    init(ledger: UInt32, transaction: UInt32, operation: UInt32, index: UInt32) {
        toid =
            UInt64(ledger) << 32 | UInt64(transaction & 0xfffff) << 12 | UInt64(operation & 0xfff)
        self.index = index
    }

    init(toid: UInt64, index: UInt32) {
        self.toid = toid
        self.index = index
    }

    /// Reads what ``text`` writes, `nil` if it is not that.
    init?(parsing text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let toid = UInt64(parts[0]), let index = UInt32(parts[1]),
            toid <= UInt64(Int64.max)
        else { return nil }
        self.toid = toid
        self.index = index
    }

    /// The last place in `ledger`.
    static func end(of ledger: UInt32) -> EventCursor {
        EventCursor(ledger: ledger, transaction: 0xfffff, operation: 0xfff, index: .max)
    }

    /// Nineteen and ten digits.
    var text: String { "\(padded(String(toid), 19))-\(padded(String(index), 10))" }

    /// The ledger.
    var ledger: UInt32 { UInt32(truncatingIfNeeded: toid >> 32) }

    /// The transaction.
    var transaction: UInt32 { UInt32(truncatingIfNeeded: toid >> 12 & 0xfffff) }

    /// The operation.
    var operation: UInt32 { UInt32(truncatingIfNeeded: toid & 0xfff) }

    private func padded(_ digits: String, _ count: Int) -> String {
        String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }

    static func < (a: EventCursor, b: EventCursor) -> Bool {
        (a.toid, a.index) < (b.toid, b.index)
    }
}
