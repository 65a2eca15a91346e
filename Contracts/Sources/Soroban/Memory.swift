// The host reads and writes lists through the contract's memory: 8 bytes a word, on the stack.

/// Where something lies in the contract's memory, as an argument of a host function.
@inline(__always) func position(_ pointer: UnsafeRawPointer?) -> UInt64 {
    #if arch(wasm32)
        UInt32(UInt(bitPattern: pointer)).value.word
    #else
        NativeHost.position(of: pointer).value.word
    #endif
}

@inline(__always) func length(_ count: Int) -> UInt64 { UInt32(UInt(bitPattern: count)).value.word }

/// A list object of this word.
@inline(never) public func makeVec(_ a: UInt64) -> Value { makeVec([a]) }

/// A list object of these words.
@inline(never) public func makeVec(_ a: UInt64, _ b: UInt64) -> Value { makeVec([a, b]) }

/// A list object of these words.
@inline(never) public func makeVec(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> Value {
    makeVec([a, b, c])
}

/// A list object of these words.
@inline(never)
public func makeVec(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> Value {
    makeVec([a, b, c, d])
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
/// where it begins and how long it is. Before each name in `names` are a byte for its length and
/// one for the kind of its value.
@inline(__always)
private func withSlices(
    of names: UnsafePointer<UInt8>, _ count: Int, _ body: (UnsafeRawPointer) -> UInt64
) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: fieldsMax) { slices in
        var name = names
        var index = 0
        while index < count {
            let length = Int(name.pointee)
            name += 2
            slices[index] =
                position(name) >> 32 | UInt64(UInt(bitPattern: length)) << 32
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

/// A map object from field names, which ascend and have their length before them, to words.
@inline(__always)
public func makeMap<let count: Int>(_ names: StaticString, _ words: [count of UInt64]) -> Value {
    withUnsafePointer(to: words) { Value(word: makeMap(names.utf8Start, $0, count)) }
}

/// A map object of this field.
@inline(__always) public func makeMap(_ names: StaticString, _ a: UInt64) -> Value {
    shortMap(names.utf8Start, 1, a, 0, 0, 0)
}

/// A map object of these fields.
@inline(__always) public func makeMap(_ names: StaticString, _ a: UInt64, _ b: UInt64) -> Value {
    shortMap(names.utf8Start, 2, a, b, 0, 0)
}

/// A map object of these fields.
@inline(__always)
public func makeMap(_ names: StaticString, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> Value {
    shortMap(names.utf8Start, 3, a, b, c, 0)
}

/// A map object of these fields.
@inline(__always)
public func makeMap(
    _ names: StaticString, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64
) -> Value {
    shortMap(names.utf8Start, 4, a, b, c, d)
}

@inline(never)
func shortMap(
    _ names: UnsafePointer<UInt8>, _ count: Int, _ a: UInt64, _ b: UInt64, _ c: UInt64,
    _ d: UInt64
) -> Value {
    let words: [4 of UInt64] = [a, b, c, d]
    return withUnsafePointer(to: words) { Value(word: makeMap(names, $0, count)) }
}

/// For generated code: ends the call unless it is a map of exactly these fields, each of its kind.
@inline(__always)
public func expectFields(_ value: Value, _ names: StaticString, _ count: Int) {
    expectFields(value.word, names.utf8Start, count)
}

/// A kind is the tag of the object, which also stands for the small form of the same type, or that
/// of the only form; 1 is either truth, 127 anything.
@inline(never)
private func expectFields(_ map: UInt64, _ names: UnsafePointer<UInt8>, _ count: Int) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: fieldsMax) { words in
        guard let first = words.baseAddress else { return }
        _ = withSlices(of: names, count) { slices in
            hostMapUnpackToLinearMemory(map, position(slices), position(first), length(count))
        }
        var name = names
        var index = 0
        while index < count {
            let kind = name[1]
            let tag = UInt8(truncatingIfNeeded: words[index])
            let small: UInt8 =
                kind == Tag.symbolObject.rawValue
                ? Tag.symbol.rawValue
                : kind == 1 ? 0 : kind <= Tag.i256Object.rawValue ? kind &- 58 : kind
            precondition(tag == kind || tag == small || kind == 127)
            name += Int(name.pointee) + 2
            index += 1
        }
    }
}

extension Value {
    /// For generated code: a field of a map of known fields, by its place among them.
    @inline(__always) public func field(_ index: UInt32) -> Value { field(at: index) }

    @inline(never) func field(at index: UInt32) -> Value {
        Value(word: hostMapValByPos(word, index.value.word))
    }

    /// For generated code: the same map with another value.
    @inline(__always) public func setting(field name: UInt64, _ value: Value) -> Value {
        Value(word: hostMapPut(word, name, value.word))
    }

    /// For generated code: an element of a list.
    @inline(__always) public func element(_ index: UInt32) -> Value { element(at: index) }

    @inline(never) func element(at index: UInt32) -> Value {
        Value(word: hostVecGet(word, index.value.word))
    }

    /// For generated code: the same list with another value.
    @inline(__always) public func setting(element index: UInt32, _ value: Value) -> Value {
        Value(word: hostVecPut(word, index.value.word, value.word))
    }
}
