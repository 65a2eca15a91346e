/// An ordered map that charges for what it does, in the way that is part of the protocol: by the
/// declared size of an entry and the number of entries.
struct MeteredMap<Key, Value> {
    typealias Entry = (key: Key, value: Value)
    /// Compares two keys: negative, zero, positive.
    typealias Order = (Key, Key) throws(HostError) -> Int

    /// The declared size of an entry, in bytes.
    let entrySize: Int
    private(set) var entries: [Entry] = []

    init(entrySize: Int) {
        self.entrySize = entrySize
    }

    /// A map of entries that must be in order, without duplicates.
    /// - Throws: (Object, InvalidInput) if they are not.
    init(
        entrySize: Int, sorted entries: [Entry], budget: Budget, order: Order
    ) throws(HostError) {
        self.entrySize = entrySize
        self.entries = entries
        try check(budget: budget, order: order)
    }

    var count: Int { entries.count }

    private func check(budget: Budget, order: Order) throws(HostError) {
        try budget.copy(count * entrySize)
        guard count > 1 else { return }
        for index in 1..<count where try order(entries[index - 1].key, entries[index].key) >= 0 {
            throw HostError(.object, .invalidInput)
        }
    }

    /// Charges for a new map of the entries that it has now.
    private func chargeRebuild(budget: Budget, order: Order) throws(HostError) {
        try budget.makeVector(of: entrySize, count: count)
        try check(budget: budget, order: order)
    }

    /// Where `key` is, or where it would be.
    func find(
        _ key: Key, budget: Budget, order: Order
    ) throws(HostError) -> (index: Int, isFound: Bool) {
        try budget.copy(entrySize * (magnitude(count) + 1))
        var (size, left, right) = (count, 0, count)
        while left < right {
            let middle = left + size / 2
            let result = try order(entries[middle].key, key)
            if result == 0 { return (middle, true) }
            if result < 0 { left = middle + 1 } else { right = middle }
            size = right - left
        }
        return (left, false)
    }

    func get(_ key: Key, budget: Budget, order: Order) throws(HostError) -> Value? {
        let place = try find(key, budget: budget, order: order)
        guard place.isFound else { return nil }
        try budget.copy(entrySize)
        return entries[place.index].value
    }

    func has(_ key: Key, budget: Budget, order: Order) throws(HostError) -> Bool {
        try find(key, budget: budget, order: order).isFound
    }

    /// The entry at a position, if there is one.
    func entry(at position: Int, budget: Budget) throws(HostError) -> Entry? {
        try budget.copy(entrySize)
        return entries.indices.contains(position) ? entries[position] : nil
    }

    /// Puts a value in the place of another, or between its neighbours.
    mutating func insert(
        _ value: Value, for key: Key, budget: Budget, order: Order
    ) throws(HostError) {
        try budget.copy(entrySize)
        let place = try find(key, budget: budget, order: order)
        if place.isFound {
            entries[place.index] = (key, value)
        } else {
            entries.insert((key, value), at: place.index)
        }
        try chargeRebuild(budget: budget, order: order)
    }

    /// Takes a value out.
    mutating func remove(_ key: Key, budget: Budget, order: Order) throws(HostError) -> Value? {
        let place = try find(key, budget: budget, order: order)
        guard place.isFound else { return nil }
        let removed = entries.remove(at: place.index)
        try chargeRebuild(budget: budget, order: order)
        try budget.copy(DeclaredSize.val)
        return removed.value
    }

    /// Charges for walking over all entries.
    func chargeIteration(budget: Budget) throws(HostError) {
        try budget.copy(count * entrySize)
    }

    /// Charges for a copy of the map.
    func chargeCopy(budget: Budget) throws(HostError) {
        try budget.makeVector(of: entrySize, count: count)
    }
}

/// The number of binary digits: what a binary search among `count` may take.
func magnitude(_ count: Int) -> Int {
    Int.bitWidth - count.leadingZeroBitCount
}

/// A map of values, as contracts have them.
typealias HostMap = MeteredMap<Val, Val>
