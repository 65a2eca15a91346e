/// The memory of the contract that calls a host function.
public protocol LinearMemory {
    /// Whether there is one that others may use.
    var isExported: Bool { get }
    /// Its size now, in bytes.
    var byteCount: Int { get }
    /// The range of `count` bytes from `position`.
    /// - Throws: (WasmVm, MissingValue) without a memory, (WasmVm, IndexBounds) beyond the end.
    func range(_ position: UInt32, count: Int) throws(HostError) -> Range<Int>
    /// Bytes inside it; the range was checked.
    func bytes(_ range: Range<Int>) -> [UInt8]
    /// Eight bytes inside it as a number, the least significant first; the range was checked.
    func word(at position: Int) -> UInt64
    /// Puts bytes into it; the range was checked.
    mutating func write(_ bytes: [UInt8], at position: Int)
    /// Puts a number into it, in eight bytes, the least significant first; the range was checked.
    mutating func write(_ word: UInt64, at position: Int)
}

extension LinearMemory {
    var isExported: Bool { true }

    /// Taken from ``bytes(_:)``.
    public func word(at position: Int) -> UInt64 {
        bytes(position..<position + 8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Given to ``write(_:at:)-([UInt8],_)``.
    public mutating func write(_ word: UInt64, at position: Int) {
        write((0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }, at: position)
    }

    /// The range of a text that a slice in memory states.
    /// - Throws: (Value, ArithDomain) beyond 32 bits, (WasmVm, IndexBounds) beyond the end.
    func sliceRange(_ position: UInt32, count: Int) throws(HostError) -> Range<Int> {
        guard Int(position) + count <= UInt32.max else { throw HostError(.value, .arithDomain) }
        return try range(position, count: count)
    }

    /// The range of `count` bytes from `position`.
    /// - Throws: (WasmVm, MissingValue) without a memory, (WasmVm, IndexBounds) beyond the end.
    func range(_ position: UInt32, count: Int) throws(HostError) -> Range<Int> {
        let start = Int(position)
        guard isExported else { throw HostError(.wasmVm, .missingValue) }
        guard count <= byteCount, start <= byteCount - count else {
            throw HostError(.wasmVm, .indexBounds)
        }
        return start..<start + count
    }
}

/// The memory of a caller that has none: whoever needs it fails.
struct NoMemory: LinearMemory {
    var isExported: Bool { false }
    var byteCount: Int { 0 }

    func bytes(_ range: Range<Int>) -> [UInt8] { [] }

    mutating func write(_ bytes: [UInt8], at position: Int) {}
}

// Between linear memory and values; each charges before it looks at the bounds or after, as the
// protocol has it.
extension Host {
    /// `count` bytes from memory.
    func read(
        _ count: Int, at position: UInt32, _ memory: some LinearMemory
    ) throws(HostError) -> [UInt8] {
        try budget.copy(count)
        return try memory.bytes(memory.range(position, count: count))
    }

    /// Words that stand in memory one after another, their handles translated; whether the others
    /// are values is for the caller to check.
    func readValues(
        _ count: UInt32, at position: UInt32, _ memory: some LinearMemory
    ) throws(HostError) -> [Val] {
        let range = try memory.range(position, count: Int(count) * 8)
        try budget.copy(range.count)
        var values: [Val] = []
        values.reserveCapacity(Int(count))
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            values.append(try translated(Val(word: memory.word(at: place))))
        }
        return values
    }

    /// Values into memory, one after another, under the handles that the contract gets for them.
    func writeValues(
        _ values: [Val], at position: UInt32, _ memory: inout some LinearMemory
    ) throws(HostError) {
        let range = try memory.range(position, count: values.count * 8)
        try budget.copy(range.count)
        for (index, value) in values.enumerated() {
            memory.write(try relative(value).word, at: range.lowerBound + 8 * index)
        }
    }

    /// Where texts are: records of position and length, four bytes each, one after another.
    /// - Throws: (Value, ArithDomain) if the records are longer than 32 bits can say.
    func readSlices(
        _ count: UInt32, at position: UInt32, _ memory: some LinearMemory
    ) throws(HostError) -> [(position: UInt32, count: Int)] {
        guard UInt32(exactly: Int(count) * 8) != nil else { throw HostError(.value, .arithDomain) }
        try budget.copy(Int(count) * 8)
        let range = try memory.range(position, count: Int(count) * 8)
        return stride(from: range.lowerBound, to: range.upperBound, by: 8).map { place in
            let record = memory.word(at: place)
            return (UInt32(truncatingIfNeeded: record), Int(record >> 32))
        }
    }
}
