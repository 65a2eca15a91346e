// Module v: vectors.
extension Host {
    /// A new vector object of these elements.
    func newVec(_ elements: [Val]) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        return try make(.vec(elements))
    }

    /// A vector and a position inside it, or at its end if that is allowed.
    private func vec(
        _ vector: Val, _ position: UInt32, includingEnd: Bool = false
    ) throws(HostError) -> ([Val], Int) {
        let elements = try vec(vector)
        let limit = elements.count + (includingEnd ? 1 : 0)
        guard Int(position) < limit else { throw HostError(.object, .indexBounds) }
        return (elements, Int(position))
    }

    private func nonEmptyVec(_ vector: Val) throws(HostError) -> [Val] {
        try vec(vector, 0).0
    }

    func vecNew() throws(HostError) -> Val { try make(.vec([])) }

    func vecPut(_ vector: Val, _ position: UInt32, _ value: Val) throws(HostError) -> Val {
        var (elements, index) = try vec(vector, position)
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        try budget.copy(DeclaredSize.val)
        elements[index] = value
        return try make(.vec(elements))
    }

    func vecGet(_ vector: Val, _ position: UInt32) throws(HostError) -> Val {
        let (elements, index) = try vec(vector, position)
        try budget.copy(DeclaredSize.val)
        return elements[index]
    }

    func vecDel(_ vector: Val, _ position: UInt32) throws(HostError) -> Val {
        var (elements, index) = try vec(vector, position)
        elements.remove(at: index)
        return try newVec(elements)
    }

    func vecLen(_ vector: Val) throws(HostError) -> UInt32 {
        UInt32(truncatingIfNeeded: try vec(vector).count)
    }

    func vecPushFront(_ vector: Val, _ value: Val) throws(HostError) -> Val {
        try newVec([value] + vec(vector))
    }

    func vecPopFront(_ vector: Val) throws(HostError) -> Val {
        try newVec(Array(nonEmptyVec(vector).dropFirst()))
    }

    func vecPushBack(_ vector: Val, _ value: Val) throws(HostError) -> Val {
        try newVec(vec(vector) + [value])
    }

    func vecPopBack(_ vector: Val) throws(HostError) -> Val {
        try newVec(Array(nonEmptyVec(vector).dropLast()))
    }

    func vecFront(_ vector: Val) throws(HostError) -> Val { try end(of: vector, \.first) }

    func vecBack(_ vector: Val) throws(HostError) -> Val { try end(of: vector, \.last) }

    private func end(of vector: Val, _ end: ([Val]) -> Val?) throws(HostError) -> Val {
        let elements = try vec(vector)
        try budget.copy(DeclaredSize.val)
        guard let element = end(elements) else { throw HostError(.object, .indexBounds) }
        return element
    }

    func vecInsert(_ vector: Val, _ position: UInt32, _ value: Val) throws(HostError) -> Val {
        var (elements, index) = try vec(vector, position, includingEnd: true)
        elements.insert(value, at: index)
        return try newVec(elements)
    }

    func vecAppend(_ a: Val, _ b: Val) throws(HostError) -> Val {
        let first = try vec(a)
        return try newVec(first + vec(b))
    }

    func vecSlice(_ vector: Val, _ start: UInt32, _ end: UInt32) throws(HostError) -> Val {
        let elements = try vec(vector)
        return try newVec(Array(elements[slice(start, end, of: elements.count)]))
    }

    /// The range from `start` to before `end`, inside `count`.
    func slice(_ start: UInt32, _ end: UInt32, of count: Int) throws(HostError) -> Range<Int> {
        guard Int(start) <= count, Int(end) <= count else {
            throw HostError(.object, .indexBounds)
        }
        guard start <= end else { throw HostError(.object, .invalidInput) }
        return Int(start)..<Int(end)
    }

    func vecFirstIndexOf(_ vector: Val, _ value: Val) throws(HostError) -> Val {
        let elements = try vec(vector)
        return try index(of: value, in: elements, elements.indices)
    }

    func vecLastIndexOf(_ vector: Val, _ value: Val) throws(HostError) -> Val {
        let elements = try vec(vector)
        return try index(of: value, in: elements, elements.indices.reversed())
    }

    private func index(
        of value: Val, in elements: [Val], _ positions: some Sequence<Int>
    ) throws(HostError) -> Val {
        try budget.copy(elements.count * DeclaredSize.val)
        for position in positions where try order(value, elements[position]) == 0 {
            return .u32(UInt32(truncatingIfNeeded: position))
        }
        return .void
    }

    /// Where the value is in a sorted vector: the upper word says whether it is there, the lower
    /// one where it is or would be.
    func vecBinarySearch(_ vector: Val, _ value: Val) throws(HostError) -> UInt64 {
        let elements = try vec(vector)
        try budget.copy(DeclaredSize.val * (1 + magnitude(elements.count)))
        var (size, left, right) = (elements.count, 0, elements.count)
        while left < right {
            let middle = left + size / 2
            let result = try order(elements[middle], value)
            if result == 0 { return 1 << 32 | UInt64(middle) }
            if result < 0 { left = middle + 1 } else { right = middle }
            size = right - left
        }
        return UInt64(left)
    }

    func vecNewFromLinearMemory(
        _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.val, count: Int(count))
        try budget.copy(Int(count) * 16)
        let values = try readValues(count, at: position, memory)
        for value in values { try check(value) }
        return try make(.vec(values))
    }

    func vecUnpackToLinearMemory(
        _ vector: Val, _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) {
        let elements = try vec(vector)
        guard elements.count == Int(count) else { throw HostError(.object, .unexpectedSize) }
        try budget.copy(elements.count * DeclaredSize.val)
        try writeValues(elements, at: position, &memory)
    }
}
