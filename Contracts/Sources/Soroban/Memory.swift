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

/// A name of a field in memory: where it begins and how long it is, as the host wants it.
@inline(__always) public func slice(_ name: StaticString) -> UInt64 {
    #if arch(wasm32)
        UInt64(UInt32(UInt(bitPattern: name.utf8Start))) | UInt64(name.utf8CodeUnitCount) << 32
    #else
        UInt64(NativeHost.position(of: name.utf8Start)) | UInt64(name.utf8CodeUnitCount) << 32
    #endif
}

/// A map object from field names, which ascend, to words.
@inline(__always)
public func makeMap<let count: Int>(
    _ names: [count of UInt64], _ words: [count of UInt64]
) -> Value {
    withUnsafePointer(to: names) { names in
        withUnsafePointer(to: words) { words in
            Value(
                word: hostMapNewFromLinearMemory(position(names), position(words), length(count)))
        }
    }
}

/// The words of a map that has exactly these field names: any other map ends the call.
@inline(__always)
public func unpackMap<let count: Int>(
    _ value: Value, _ names: [count of UInt64]
) -> [count of UInt64] {
    var words = [count of UInt64](repeating: 0)
    withUnsafePointer(to: names) { names in
        withUnsafeMutablePointer(to: &words) { words in
            _ = hostMapUnpackToLinearMemory(
                value.word(expecting: .mapObject), position(names), position(words), length(count))
        }
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
