internal import StellarXDR

/// A number that stands for a value when many are searched: what differs in it differs, what agrees
/// is looked at. It is kept in files, so it must not depend on the process (FNV-1a).
struct EventMark: Hashable, Sendable {
    let number: UInt32

    init(number: UInt32) { self.number = number }

    /// Of bytes.
    init(_ bytes: some Sequence<UInt8>) {
        var hash: UInt32 = 0x811c_9dc5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        number = hash
    }

    /// Of a value.
    init(_ value: SCVal) throws(XDRError) {
        self.init(try value.xdr())
    }

    /// Of a contract; of none, 0.
    init(contract: Hash?) {
        self = contract.map { EventMark($0.bytes) } ?? EventMark(number: 0)
    }
}

/// Which events are wanted, from where to where.
struct EventQuery: Sendable {
    /// The place behind which they stand; `nil` for all of the first ledger's.
    var after: EventCursor?
    /// The first ledger.
    var start: UInt32
    /// The ledger before which they end.
    var end: UInt32
    /// One of them must match, if there are any.
    var filters: [EventFilter]
    /// How many.
    var countMax: Int
}

/// What a search found: places in ledgers' events, not looked at yet.
struct EventFindings: Sendable {
    private(set) var parts: [(events: LedgerEvents, places: [Int])] = []
    private(set) var count = 0
    /// Where the last stands.
    private(set) var last: EventCursor?

    /// Searches a ledger, as long as more are wanted.
    /// - Returns: whether still more are.
    mutating func search(_ events: LedgerEvents, _ query: EventQuery) -> Bool {
        let places = events.places(query, countMax: query.countMax - count)
        guard let place = places.last else { return true }
        parts.append((events, places))
        count += places.count
        last = events.cursor(at: place)
        return count < query.countMax
    }

    /// The events themselves.
    func records(_ filters: [EventFilter]) throws(XDRError) -> [EventRecord] {
        var records: [EventRecord] = []
        for (events, places) in parts {
            for place in places {
                let record = try events.record(at: place)
                if filters.isEmpty || filters.contains(where: { $0.matches(record.event) }) {
                    records.append(record)
                }
            }
        }
        return records
    }
}
