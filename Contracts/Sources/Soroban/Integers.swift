// The host itself refuses to look into an object of another kind: no check is needed before.

extension Bool: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.word <= 1)
        self = value.word == 1
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self = value.word == 1 }
    /// As the host sees it.
    @inline(__always) public var value: Value { Value(word: self ? 1 : 0) }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .bool }
    #endif
}

extension UInt32: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        self = UInt32(truncatingIfNeeded: value.checked(.u32).word >> 32)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) {
        self = UInt32(truncatingIfNeeded: value.word >> 32)
    }
    /// As the host sees it.
    @inline(never) public var value: Value { Value(.u32, major: self) }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .u32 }
    #endif
}

extension Int32: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self = Int32(truncatingIfNeeded: value.checked(.i32).word >> 32)
    }
    /// As the host sees it.
    @inline(__always) public var value: Value { Value(.i32, major: UInt32(bitPattern: self)) }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .i32 }
    #endif
}

extension UInt64: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        self =
            value.tag == Tag.u64.rawValue
            ? value.body : hostObjToU64(value.word)
    }
    /// As the host sees it.
    @inline(never) public var value: Value {
        self >> 56 == 0 ? Value(.u64, body: self) : Value(word: hostObjFromU64(self))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .u64 }
    #endif
}

extension Int64: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        self =
            value.tag == Tag.i64.rawValue
            ? Int64(bitPattern: value.word) >> 8
            : Int64(bitPattern: hostObjToI64(value.word))
    }
    /// As the host sees it.
    @inline(never) public var value: Value {
        (self << 8) >> 8 == self
            ? Value(.i64, body: UInt64(bitPattern: self))
            : Value(word: hostObjFromI64(UInt64(bitPattern: self)))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .i64 }
    #endif
}

extension UInt128: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        guard value.tag != Tag.u128.rawValue else {
            self = UInt128(value.body)
            return
        }
        let object = value.word
        self = UInt128(hostObjToU128Hi64(object)) << 64 | UInt128(hostObjToU128Lo64(object))
    }
    /// As the host sees it.
    @inline(never) public var value: Value {
        if self >> 56 == 0 { return Value(.u128, body: UInt64(truncatingIfNeeded: self)) }
        return Value(
            word: hostObjFromU128Pieces(
                UInt64(truncatingIfNeeded: self >> 64), UInt64(truncatingIfNeeded: self)))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .u128 }
    #endif
}
