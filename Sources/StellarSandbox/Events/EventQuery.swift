internal import StellarXDR

/// Which events are wanted, from where to where.
struct EventQuery: Sendable {
    /// The place behind which they stand; `nil` for all of the first ledger's.
    var after: EventCursor?
    /// The first ledger.
    var start: UInt32
    /// The ledger before which they end.
    var end: UInt32
    /// One of them must match, if there are any.
    let filters: [EventFilter]
    /// How many.
    var countMax: Int
    private let sieves: [EventSieve]

    init(
        after: EventCursor? = nil, start: UInt32, end: UInt32, filters: [EventFilter],
        countMax: Int
    ) {
        self.after = after
        self.start = start
        self.end = end
        self.filters = filters
        self.countMax = countMax
        sieves = filters.map(EventSieve.init)
    }

    /// Whether an event may be wanted.
    func mayWant(_ marks: EventMarks) -> Bool {
        for sieve in sieves where sieve.passes(marks) { return true }
        return sieves.isEmpty
    }

    /// Whether any event of a ledger may be wanted.
    func mayWant(_ digest: EventDigest) -> Bool {
        for sieve in sieves where sieve.passes(digest) { return true }
        return sieves.isEmpty
    }
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
