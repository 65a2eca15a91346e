/// An ordered map from ledger keys, with the charges of the host's metered map.
///
/// It is a value: a frame's copy is a snapshot to go back to.
struct StorageMap<Value> {
    private var map: MeteredMap<StorageKey, Value>

    init(entrySize: Int) {
        map = MeteredMap(entrySize: entrySize)
    }

    var count: Int { map.count }
    var entries: [(key: StorageKey, value: Value)] { map.entries }

    func contains(_ key: StorageKey, budget: Budget) throws(HostError) -> Bool {
        try map.has(key, budget: budget) { (left, right) throws(HostError) in
            try left.compare(to: right, budget: budget)
        }
    }

    func get(_ key: StorageKey, budget: Budget) throws(HostError) -> Value? {
        try map.get(key, budget: budget) { (left, right) throws(HostError) in
            try left.compare(to: right, budget: budget)
        }
    }

    /// Puts `value` under `key`, in place of what was there.
    mutating func insert(_ value: Value, for key: StorageKey, budget: Budget) throws(HostError) {
        try map.insert(value, for: key, budget: budget) { (left, right) throws(HostError) in
            try left.compare(to: right, budget: budget)
        }
    }

    /// Charges a copy of the whole map.
    func chargeCopy(budget: Budget) throws(HostError) {
        try map.chargeCopy(budget: budget)
    }
}
