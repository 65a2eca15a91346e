extension Bytes {
    /// No bytes.
    @inline(__always) public init() { self.init(stored: Value(word: hostBytesNew())) }

    /// The bytes of a text that is part of the contract.
    @inline(__always) public init(_ text: StaticString) {
        self.init(
            stored: Value(
                word: hostBytesNewFromLinearMemory(
                    position(text.utf8Start, byteCount: text.utf8CodeUnitCount),
                    length(text.utf8CodeUnitCount))))
    }

    /// The bytes of a text.
    @inline(__always) public init(_ text: HostString) {
        self.init(stored: Value(word: hostStringToBytes(text.value.word)))
    }

    /// The byte at an index that is below ``count``: any other ends the call, as a number above 255
    /// does.
    @inline(__always) public subscript(index: UInt32) -> UInt32 {
        get { UInt32(stored: Value(word: hostBytesGet(value.word, index.word))) }
        set {
            self = Bytes(stored: Value(word: hostBytesPut(value.word, index.word, newValue.word)))
        }
    }

    /// The bytes whose indices are in the range: one that goes beyond ``count`` ends the call.
    @inline(__always) public subscript(range: Range<UInt32>) -> Bytes {
        Bytes(
            stored: Value(
                word: hostBytesSlice(value.word, range.lowerBound.word, range.upperBound.word)))
    }

    /// Adds a byte; a number above 255 ends the call.
    @inline(__always) public mutating func append(_ byte: UInt32) {
        self = Bytes(stored: Value(word: hostBytesPush(value.word, byte.word)))
    }

    /// Adds other bytes.
    @inline(__always) public mutating func append(contentsOf other: Bytes) {
        self = Bytes(stored: Value(word: hostBytesAppend(value.word, other.value.word)))
    }

    /// What the bytes are the XDR of (``ContractValue/serialized``); of anything else, or of
    /// another kind, the call ends.
    @inline(__always) public func deserialized<Element: ContractValue>() -> Element {
        Element(Value(word: hostDeserializeFromBytes(value.word)))
    }
}

extension Bytes: Comparable {
    /// Whether they are the same.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        hostObjCmp(a.value.word, b.value.word) == 0
    }
    /// Whether the first comes before the second, byte by byte.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool {
        Int64(bitPattern: hostObjCmp(a.value.word, b.value.word)) < 0
    }
}

extension BytesN {
    /// Bytes of this number; of another the call ends.
    @inline(__always) public init(_ bytes: Bytes) { self.init(bytes.value) }

    /// The same, of any number.
    @inline(__always) public var bytes: Bytes { Bytes(stored: value) }
}

extension HostString {
    /// A text that is part of the contract.
    @inline(__always) public init(_ text: StaticString) {
        self.init(
            stored: Value(
                word: hostStringNewFromLinearMemory(
                    position(text.utf8Start, byteCount: text.utf8CodeUnitCount),
                    length(text.utf8CodeUnitCount))))
    }

    /// The text that bytes spell; they are not looked at.
    @inline(__always) public init(_ bytes: Bytes) {
        self.init(stored: Value(word: hostBytesToString(bytes.value.word)))
    }
}

extension HostString: Equatable {
    /// Whether they are the same.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        hostObjCmp(a.value.word, b.value.word) == 0
    }
}
