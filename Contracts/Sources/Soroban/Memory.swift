// The host reads and writes lists through the contract's memory: 8 bytes a word, on the stack.

/// Where something lies in the contract's memory, as an argument of a host function.
@inline(__always) func position(_ pointer: UnsafeRawPointer?) -> UInt64 {
    #if arch(wasm32)
        UInt32(UInt(bitPattern: pointer)).value.word
    #else
        NativeHost.position(of: pointer).value.word
    #endif
}

@inline(__always) func length(_ count: Int) -> UInt64 {
    UInt32(truncatingIfNeeded: count).value.word
}

/// A list object of these words.
@inline(__always)
public func makeVec<let count: Int>(_ words: [count of UInt64]) -> Value {
    withUnsafePointer(to: words) { pointer in
        Value(word: hostVecNewFromLinearMemory(position(pointer), length(count)))
    }
}

/// How many fields a struct may have.
private let fieldsMax = 32

/// Calls `body` with where the field names lie in memory, as the host wants it: 8 bytes a name,
/// where it begins and how long it is. `names` is a byte for the length before each name.
@inline(__always)
private func withSlices(
    of names: UnsafePointer<UInt8>, _ count: Int, _ body: (UnsafeRawPointer) -> UInt64
) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: fieldsMax) { slices in
        var name = names
        var index = 0
        while index < count {
            let length = Int(name.pointee)
            name += 1
            slices[index] =
                position(name) >> 32 | UInt64(truncatingIfNeeded: length) << 32
            name += length
            index += 1
        }
        return body(UnsafeRawPointer(slices.baseAddress.unsafelyUnwrapped))
    }
}

@inline(never)
private func makeMap(
    _ names: UnsafePointer<UInt8>, _ words: UnsafeRawPointer, _ count: Int
) -> UInt64 {
    withSlices(of: names, count) { slices in
        hostMapNewFromLinearMemory(position(slices), position(words), length(count))
    }
}

@inline(never)
private func unpackMap(
    _ map: UInt64, _ names: UnsafePointer<UInt8>, _ words: UnsafeRawPointer, _ count: Int
) {
    _ = withSlices(of: names, count) { slices in
        hostMapUnpackToLinearMemory(map, position(slices), position(words), length(count))
    }
}

/// A map object from field names, which ascend and have their length before them, to words.
@inline(__always)
public func makeMap<let count: Int>(_ names: StaticString, _ words: [count of UInt64]) -> Value {
    withUnsafePointer(to: words) { Value(word: makeMap(names.utf8Start, $0, count)) }
}

/// The words of a map that has exactly these field names: any other map ends the call.
@inline(__always)
public func unpackMap<let count: Int>(
    _ value: Value, _ names: StaticString
) -> [count of UInt64] {
    var words = [count of UInt64](repeating: 0)
    withUnsafeMutablePointer(to: &words) {
        unpackMap(value.word(expecting: .mapObject), names.utf8Start, $0, count)
    }
    return words
}

/// The words of a list of exactly this length: any other list ends the call.
@inline(__always)
public func unpackVec<let count: Int>(_ value: Value) -> [count of UInt64] {
    var words = [count of UInt64](repeating: 0)
    withUnsafeMutablePointer(to: &words) { words in
        _ = hostVecUnpackToLinearMemory(
            value.word(expecting: .vecObject), position(words), length(count))
    }
    return words
}
