/// How many cases an enum may have.
private let casesMax = 64

/// For generated code: which case of an enum a list names, by the place of its name among `names`,
/// each of which has its length before it. A name that is not there ends the call.
@inline(__always)
public func caseIndex(of value: Value, _ names: StaticString, _ count: Int) -> UInt32 {
    caseIndex(value.word, names.utf8Start, count)
}

@inline(never)
private func caseIndex(_ list: UInt64, _ names: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
    let found = hostVecGet(list, UInt32(0).word)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: casesMax) { slices in
        let slices = slices.baseAddress.unsafelyUnwrapped
        var name = names
        for index in 0..<count {
            let size = Int(name.pointee)
            name += 1
            // 8 bytes a name: where it begins and how long it is.
            slices[index] = joined(place(name, byteCount: size), UInt32(UInt(bitPattern: size)))
            name += size
        }
        let index = hostSymbolIndexInLinearMemory(
            found, position(slices, byteCount: 8 * count), length(count))
        return UInt32(stored: Value(word: index))
    }
}

/// For generated code: ends the call unless it is a list of so many.
@inline(never) public func expectCount(_ value: Value, _ count: UInt32) {
    precondition(hostVecLen(value.word) == count.word)
}
