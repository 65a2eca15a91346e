/// A bounded table whose least recently used entry makes room for a new one: every step takes
/// constant time, over a list of slots linked in the order of their last use.
struct RecencyTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot {
        var key: Key
        var value: Value
        var expires: Double
        var newer: Int?
        var older: Int?
    }

    private let countMax: Int
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var places: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    init(countMax: Int) { self.countMax = countMax }

    var count: Int { places.count }

    /// The value of `key`, now the most recently used; an expired one is removed.
    mutating func find(_ key: Key, at time: Double) -> Value? {
        guard let place = places[key] else { return nil }
        guard time < slots[place].expires else {
            remove(key)
            return nil
        }
        if place != newest {
            unlink(place)
            linkAsNewest(place)
        }
        return slots[place].value
    }

    mutating func insert(_ value: Value, for key: Key, expires: Double) {
        remove(key)
        if places.count >= countMax, let oldest { remove(slots[oldest].key) }
        let slot = Slot(key: key, value: value, expires: expires)
        let place: Int
        if let known = free.popLast() {
            place = known
            slots[place] = slot
        } else {
            place = slots.count
            slots.append(slot)
        }
        places[key] = place
        linkAsNewest(place)
    }

    /// A removed slot keeps its value until it is used again; there are at most `countMax`.
    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        free.append(place)
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (slots[place].newer, slots[place].older)
        if let newer { slots[newer].older = older } else { newest = older }
        if let older { slots[older].newer = newer } else { oldest = newer }
        slots[place].newer = nil
        slots[place].older = nil
    }

    private mutating func linkAsNewest(_ place: Int) {
        slots[place].older = newest
        if let newest { slots[newest].newer = place } else { oldest = place }
        newest = place
    }
}
