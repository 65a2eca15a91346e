// The host reads and writes lists through the contract's memory: 8 bytes a word, on the stack.

extension UInt32 {
    /// As the host sees it: a constant if the number is one.
    @inline(__always) var word: UInt64 { Value(.u32, major: self).word }
}

/// Where something lies in the contract's memory, as an argument of a host function that looks at
/// so many bytes there.
@inline(__always) func position(_ pointer: UnsafeRawPointer?, byteCount: Int) -> UInt64 {
    place(pointer, byteCount: byteCount).word
}

/// The same as a number.
@inline(__always) func place(_ pointer: UnsafeRawPointer?, byteCount: Int) -> UInt32 {
    #if arch(wasm32)
        UInt32(UInt(bitPattern: pointer))
    #else
        NativeCall.position(of: pointer, byteCount)
    #endif
}

@inline(__always) func length(_ count: Int) -> UInt64 { UInt32(UInt(bitPattern: count)).word }

/// A list object of this word.
@inline(never) public func makeVec(_ a: UInt64) -> Value { shortVec(1, a, 0, 0, 0) }

/// A list object of these words.
@inline(never) public func makeVec(_ a: UInt64, _ b: UInt64) -> Value { shortVec(2, a, b, 0, 0) }

/// A list object of these words.
@inline(never) public func makeVec(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> Value {
    shortVec(3, a, b, c, 0)
}

/// A list object of these words.
@inline(never)
public func makeVec(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> Value {
    shortVec(4, a, b, c, d)
}

/// Only this one needs a place on the stack.
@inline(never)
private func shortVec(
    _ count: Int, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64
) -> Value {
    let words: [4 of UInt64] = [a, b, c, d]
    return withUnsafePointer(to: words) { pointer in
        Value(
            word: hostVecNewFromLinearMemory(
                position(pointer, byteCount: 8 &* count), length(count)))
    }
}

/// A list object of these words.
@inline(__always)
public func makeVec<let count: Int>(_ words: [count of UInt64]) -> Value {
    withUnsafePointer(to: words) { pointer in
        Value(
            word: hostVecNewFromLinearMemory(
                position(pointer, byteCount: 8 &* count), length(count)))
    }
}

/// How many fields a struct may have.
private let fieldsMax = 32

/// Where the field names lie in memory, as the host wants it: 8 bytes a name, where it begins and
/// how long it is. Before each name in `names` are a byte for its length, and `others` bytes.
@inline(never)
private func locate(
    _ names: UnsafePointer<UInt8>, _ count: Int, others: Int,
    in slices: UnsafeMutablePointer<UInt64>
) {
    var name = names
    var slice = slices
    let end = slices + count
    while slice != end {
        let length = Int(name.pointee)
        name += 1 + others
        slice.pointee = joined(
            place(name, byteCount: length), UInt32(UInt(bitPattern: length)))
        name += length
        slice += 1
    }
}

@inline(never)
private func makeMap(
    _ names: UnsafePointer<UInt8>, _ words: UnsafeRawPointer, _ count: Int
) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: fieldsMax) { slices in
        let slices = slices.baseAddress.unsafelyUnwrapped
        locate(names, count, others: 0, in: slices)
        return hostMapNewFromLinearMemory(
            position(slices, byteCount: 8 &* count), position(words, byteCount: 8 &* count),
            length(count))
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

/// After the length of a name are the two tags that its value may have: of an object, and of the
/// small form of the same type or the same again. A second one of 127 lets anything pass.
@inline(never)
private func expectFields(_ map: UInt64, _ names: UnsafePointer<UInt8>, _ count: Int) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * fieldsMax) { words in
        let words = words.baseAddress.unsafelyUnwrapped
        let slices = words + fieldsMax
        locate(names, count, others: 2, in: slices)
        _ = hostMapUnpackToLinearMemory(
            map, position(slices, byteCount: 8 &* count), position(words, byteCount: 8 &* count),
            length(count))
        var name = names
        var word = words
        let end = words + count
        while word != end {
            let tag = UInt8(truncatingIfNeeded: word.pointee)
            precondition(tag == name[1] || tag == name[2] || name[2] == 127)
            name += Int(name.pointee) + 3
            word += 1
        }
    }
}

extension Value {
    /// For generated code: a field of a map of known fields, by its place among them.
    @inline(__always) public func field(_ index: UInt32) -> Value { field(at: index) }

    @inline(never) func field(at index: UInt32) -> Value {
        Value(word: hostMapValByPos(word, index.word))
    }

    /// For generated code: a field of a map, by its name.
    @inline(__always) public func field(named name: UInt64) -> Value {
        Value(word: hostMapGet(word, name))
    }

    /// For generated code: the same map with another value.
    @inline(__always) public func setting(field name: UInt64, _ value: Value) -> Value {
        Value(word: hostMapPut(word, name, value.word))
    }

    /// For generated code: an element of a list.
    @inline(__always) public func element(_ index: UInt32) -> Value { element(at: index) }

    @inline(never) func element(at index: UInt32) -> Value {
        Value(word: hostVecGet(word, index.word))
    }

    /// For generated code: the same list with another value.
    @inline(__always) public func setting(element index: UInt32, _ value: Value) -> Value {
        Value(word: hostVecPut(word, index.word, value.word))
    }
}
