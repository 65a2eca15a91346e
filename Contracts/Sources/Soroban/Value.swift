/// A value as host and contract pass it: one word, whose lowest byte says what the rest is
/// (`small` values are in the word itself, the others are a handle of an object of the host).
@frozen public struct Value {
    /// All 64 bits.
    public var word: UInt64

    /// A word as it is.
    @inline(__always) public init(word: UInt64) { self.word = word }

    /// No value: what a function without result returns, and what stands for `nil`.
    public static var void: Value { Value(word: 2) }

    /// Whether they are the same, in all their parts; one of them at least is an object.
    @inline(__always) public func isEqual(to other: Value) -> Bool {
        hostObjCmp(word, other.word) == 0
    }

    /// Whether it stands for `nil`.
    @inline(__always) public var isVoid: Bool { word == 2 }

    @inline(__always) var tag: UInt8 { UInt8(truncatingIfNeeded: word) }

    /// The upper 56 bits, which hold a small number.
    @inline(__always) var body: UInt64 { word >> 8 }

    @inline(__always) init(_ tag: Tag, body: UInt64) { word = body << 8 | UInt64(tag.rawValue) }
    @inline(__always) init(_ tag: Tag, major: UInt32) {
        word = joined(UInt32(tag.rawValue), major)
    }

    /// The same, after the check that it is of this kind: anything else ends the call.
    @inline(__always) func checked(_ tag: Tag) -> Value {
        expect(word, tag.rawValue)
        return self
    }
}

/// Ends the call unless the word is of this kind: one function, so that a check is a call.
@inline(never) private func expect(_ word: UInt64, _ tag: UInt8) {
    precondition(UInt8(truncatingIfNeeded: word) == tag)
}

/// One number of two halves.
///
/// Not by conversions of the standard library: with each use of those it becomes less likely that
/// the compiler puts them in place.
@inline(__always) func joined(_ low: UInt32, _ high: UInt32) -> UInt64 {
    // Safe: two words of 32 bits have the layout of one of 64, the lower one first.
    unsafeBitCast((low, high), to: UInt64.self)
}

/// The lowest byte of a value.
enum Tag: UInt8 {
    case no = 0, yes, void, error, u32, i32, u64, i64, timepoint, duration, u128, i128
    case u256, i256
    case symbol = 14
    case u64Object = 64, i64Object, timepointObject, durationObject, u128Object, i128Object
    case u256Object, i256Object
    case bytesObject = 72, stringObject, symbolObject, vecObject, mapObject, addressObject
    case muxedAddressObject = 78
}

/// What can be an argument, a result, a field, or be stored.
///
/// Most of them stay what the host passed, one word, and are looked into when a part is asked for.
public protocol ContractValue {
    /// Reads what somebody else gave. A value of another kind ends the call: a caller who passes
    /// nonsense gets no answer.
    init(_ value: Value)
    /// Reads what this contract itself has stored, and so checked before: costs nothing.
    init(stored value: Value)
    /// As the host sees it.
    var value: Value { get }

    #if !arch(wasm32)
        /// How the interface description names this type.
        static var type: SpecificationType { get }
        /// Adds what a reader must know to understand the type: nothing for the built-in ones.
        static func define(in specification: inout Specification)
    #endif
}

extension ContractValue {
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.init(value) }
}

#if !arch(wasm32)
    extension ContractValue {
        /// Describes the types it is made of.
        public static func define(in specification: inout Specification) {}
    }
#endif

extension Value: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) { self = value }
    /// As the host sees it.
    @inline(__always) public var value: Value { self }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .value }
    #endif
}

extension Optional: ContractValue where Wrapped: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self = value.isVoid ? nil : Wrapped(value)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) {
        self = value.isVoid ? nil : Wrapped(stored: value)
    }
    /// As the host sees it.
    @inline(__always) public var value: Value {
        switch self {
        case .some(let wrapped): wrapped.value
        case .none: .void
        }
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .option(Wrapped.type) }
        /// Describes the types it is made of.
        public static func define(in specification: inout Specification) {
            Wrapped.define(in: &specification)
        }
    #endif
}
