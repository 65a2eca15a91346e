extension Vec {
    /// Of these elements, in their order.
    @inline(__always) public init<let count: Int>(_ elements: [count of Element]) {
        var words = [count of UInt64](repeating: 0)
        for index in 0..<count { words[index] = elements[index].value.word }
        self.init(stored: makeVec(words))
    }

    /// Whether there are none.
    @inline(__always) public var isEmpty: Bool { count == 0 }

    /// The first element, or `nil`.
    @inline(__always) public var first: Element? { isEmpty ? nil : self[0] }

    /// The last element, or `nil`.
    @inline(__always) public var last: Element? {
        isEmpty ? nil : Element(Value(word: hostVecBack(value.word)))
    }

    /// The elements whose indices are in the range: one that goes beyond ``count`` ends the call.
    @inline(__always) public subscript(range: Range<UInt32>) -> Vec {
        Vec(
            stored: Value(
                word: hostVecSlice(value.word, range.lowerBound.word, range.upperBound.word)))
    }

    /// Puts an element where another then follows: at ``count`` at most, else the call ends.
    @inline(__always) public mutating func insert(_ element: Element, at index: UInt32) {
        self = Vec(stored: Value(word: hostVecInsert(value.word, index.word, element.value.word)))
    }

    /// Takes out what is at an index that is below ``count``: any other ends the call.
    @inline(__always) public mutating func remove(at index: UInt32) {
        self = Vec(stored: Value(word: hostVecDel(value.word, index.word)))
    }

    /// Takes out the first element: if there is none the call ends.
    @inline(__always) public mutating func removeFirst() {
        self = Vec(stored: Value(word: hostVecPopFront(value.word)))
    }

    /// Takes out the last element: if there is none the call ends.
    @inline(__always) public mutating func removeLast() {
        self = Vec(stored: Value(word: hostVecPopBack(value.word)))
    }

    /// Adds the elements of another list.
    @inline(__always) public mutating func append(contentsOf other: Vec) {
        self = Vec(stored: Value(word: hostVecAppend(value.word, other.value.word)))
    }

    /// Where an element is last; `nil` if it is not in it.
    @inline(__always) public func lastIndex(of element: Element) -> UInt32? {
        Optional(stored: Value(word: hostVecLastIndexOf(value.word, element.value.word)))
    }

    /// Where an element of a list that ascends is, or where it would be.
    @inline(__always)
    public func search(for element: Element) -> (index: UInt32, isThere: Bool) {
        let found = hostVecBinarySearch(value.word, element.value.word)
        return (UInt32(truncatingIfNeeded: found), found >> 32 == 1)
    }
}

extension Vec: Equatable {
    /// Whether they have the same elements in the same order.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        a.value.isEqual(to: b.value)
    }
}

/// Element by element: `for element in list`.
extension Vec: Sequence {
    /// Where one is in a list.
    @frozen public struct Iterator: IteratorProtocol {
        private let list: Vec
        private let count: UInt32
        private var index: UInt32 = 0

        @inline(__always) init(_ list: Vec) {
            self.list = list
            count = list.count
        }

        /// The next element, or `nil` at the end.
        @inline(__always) public mutating func next() -> Element? {
            guard index < count else { return nil }
            defer { index += 1 }
            return list[index]
        }
    }

    /// Begins with the first.
    @inline(__always) public func makeIterator() -> Iterator { Iterator(self) }
}

extension Map {
    /// Whether there are none.
    @inline(__always) public var isEmpty: Bool { count == 0 }

    /// Whether something is kept under the key.
    @inline(__always) public func contains(_ key: Key) -> Bool {
        hostMapHas(value.word, key.value.word) == true.value.word
    }

    /// The keys; they ascend.
    @inline(__always) public var keys: Vec<Key> {
        Vec(stored: Value(word: hostMapKeys(value.word)))
    }

    /// What is kept, in the order of the keys.
    @inline(__always) public var values: Vec<Element> {
        Vec(stored: Value(word: hostMapValues(value.word)))
    }

    /// The key at a place that is below ``count``: any other ends the call.
    @inline(__always) public func key(at index: UInt32) -> Key {
        Key(Value(word: hostMapKeyByPos(value.word, index.word)))
    }

    /// What is kept at a place that is below ``count``: any other ends the call.
    @inline(__always) public func element(at index: UInt32) -> Element {
        Element(Value(word: hostMapValByPos(value.word, index.word)))
    }
}

extension Map: Equatable {
    /// Whether they keep the same under the same keys.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        a.value.isEqual(to: b.value)
    }
}
