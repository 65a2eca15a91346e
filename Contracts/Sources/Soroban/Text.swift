/// A name of up to 32 letters, digits and underscores. Up to nine of them fit into the word itself.
@frozen public struct Symbol: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// For generated code: `word` is the encoding of a name of at most nine characters.
    @inline(__always) public init(word: UInt64) { value = Value(word: word) }

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.tag == Tag.symbol.rawValue || value.tag == Tag.symbolObject.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// A name that is too long for a word: an object of the host.
    @inline(never) public init(long name: StaticString) {
        value = Value(
            word: hostSymbolNewFromLinearMemory(
                position(name.utf8Start, byteCount: name.utf8CodeUnitCount),
                length(name.utf8CodeUnitCount)))
    }

    /// Whether it has no more than nine characters, and so is the same word wherever it comes from.
    @inline(__always) public var isShort: Bool { value.tag == Tag.symbol.rawValue }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .symbol }
    #endif
}

extension Symbol: Equatable {
    /// Whether they are the same.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        order(a.value.word, b.value.word) == 0
    }
}

/// Text, kept by the host. A contract passes it on and does not look into it.
@frozen public struct HostString: ContractValue {
    /// As the host sees it.
    public let value: Value
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self.value = value.checked(.stringObject)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }
    /// The length in bytes.
    public var count: UInt32 { UInt32(stored: Value(word: hostStringLen(value.word))) }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .string }
    #endif
}

/// Bytes of any number, kept by the host.
@frozen public struct Bytes: ContractValue {
    /// As the host sees it.
    public let value: Value
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self.value = value.checked(.bytesObject)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }
    /// How many there are.
    public var count: UInt32 { UInt32(stored: Value(word: hostBytesLen(value.word))) }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .bytes }
    #endif
}

/// The host says no to the length of what are no bytes.
@inline(never) private func expectBytes(_ word: UInt64, count: UInt32) {
    precondition(hostBytesLen(word) == count.word)
}

/// Exactly `count` bytes: a hash, a key, a signature.
@frozen public struct BytesN<let count: Int>: ContractValue {
    /// As the host sees it.
    public let value: Value
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        expectBytes(value.word, count: UInt32(truncatingIfNeeded: count))
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .bytesN(UInt32(count)) }
    #endif
}

extension BytesN: Equatable {
    /// Whether they are the same.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        hostObjCmp(a.value.word, b.value.word) == 0
    }
}
