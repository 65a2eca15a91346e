/// Types of parameters and locals, by groups: a group of 50,000 takes no more room than one.
struct LocalTypes {
    private var groups: [(end: Int, type: ValueType)] = []
    /// The first ones, for speed.
    private var first: [ValueType] = []
    private(set) var count = 0

    init() {}

    init(parameters: [WasmValueType]) {
        for type in parameters { _ = add(1, of: type.internalType) }
    }

    /// Adds a group; `false` if there are then too many.
    mutating func add(_ number: Int, of type: ValueType) -> Bool {
        guard number <= FormatLimit.locals - count else { return false }
        count += number
        if number > 0 { groups.append((count, type)) }
        while first.count < min(count, 64) { first.append(type) }
        return true
    }

    func type(of index: Int) -> ValueType? {
        if index < first.count { return first[index] }
        guard index < count else { return nil }
        var (low, high) = (0, groups.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].end > index { high = middle } else { low = middle + 1 }
        }
        return groups[low].type
    }
}
