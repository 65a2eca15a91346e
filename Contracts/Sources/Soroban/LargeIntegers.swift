// 256 bits: the host computes with them, and ends the call on an overflow.

/// A number of 256 bits without a sign.
@frozen public struct U256: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.tag == Tag.u256.rawValue || value.tag == Tag.u256Object.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// A number.
    @inline(never) public init(_ number: UInt128) {
        value =
            number >> 56 == 0
            ? Value(.u256, body: UInt64(truncatingIfNeeded: number))
            : Value(
                word: hostObjFromU256Pieces(
                    0, 0, UInt64(truncatingIfNeeded: number >> 64),
                    UInt64(truncatingIfNeeded: number)))
    }

    /// The number that 32 bytes spell, the first of them counting most.
    @inline(__always) public init(bigEndian bytes: BytesN<32>) {
        value = Value(word: hostU256ValFromBeBytes(bytes.value.word))
    }

    /// As 32 bytes, the first of them counting most.
    @inline(__always) public var bigEndian: BytesN<32> {
        BytesN(stored: Value(word: hostU256ValToBeBytes(value.word)))
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .u256 }
    #endif
}

extension UInt128 {
    /// A number of 128 bits; a greater one ends the call.
    @inline(never) public init(_ number: U256) {
        let word = number.value.word
        guard number.value.tag != Tag.u256.rawValue else {
            self = UInt128(number.value.body)
            return
        }
        precondition(hostObjToU256HiHi(word) | hostObjToU256HiLo(word) == 0)
        self = UInt128(hostObjToU256LoHi(word)) << 64 | UInt128(hostObjToU256LoLo(word))
    }
}

extension U256: ExpressibleByIntegerLiteral, AdditiveArithmetic, Comparable {
    /// A number that is written down.
    @inline(__always) public init(integerLiteral number: UInt128) { self.init(number) }

    /// The sum.
    @inline(__always) public static func + (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostU256Add(a.value.word, b.value.word)))
    }
    /// The difference; below zero the call ends.
    @inline(__always) public static func - (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostU256Sub(a.value.word, b.value.word)))
    }
    /// The product.
    @inline(__always) public static func * (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostU256Mul(a.value.word, b.value.word)))
    }
    /// The quotient; by zero the call ends.
    @inline(__always) public static func / (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostU256Div(a.value.word, b.value.word)))
    }
    /// The remainder; by zero the call ends.
    @inline(__always) public static func % (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostU256RemEuclid(a.value.word, b.value.word)))
    }
    /// Bits moved up, the uppermost lost; 256 or more ends the call.
    @inline(__always) public static func << (a: Self, bits: UInt32) -> Self {
        Self(stored: Value(word: hostU256Shl(a.value.word, bits.word)))
    }
    /// Bits moved down; 256 or more ends the call.
    @inline(__always) public static func >> (a: Self, bits: UInt32) -> Self {
        Self(stored: Value(word: hostU256Shr(a.value.word, bits.word)))
    }
    /// Multiplied by itself so often.
    @inline(__always) public func power(_ exponent: UInt32) -> Self {
        Self(stored: Value(word: hostU256Pow(value.word, exponent.word)))
    }

    /// Whether they are the same number.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        unsignedOrder(a.value.word, b.value.word) == 0
    }
    /// Whether the first is the lesser.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool {
        unsignedOrder(a.value.word, b.value.word) < 0
    }
}

/// A number of 256 bits with a sign.
@frozen public struct I256: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.tag == Tag.i256.rawValue || value.tag == Tag.i256Object.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// A number.
    @inline(never) public init(_ number: Int128) {
        let (low, high) = halves(of: number)
        let sign = UInt64(bitPattern: Int64(bitPattern: high) >> 63)
        value =
            isSmall(low, high)
            ? Value(.i256, body: low)
            : Value(word: hostObjFromI256Pieces(sign, sign, high, low))
    }

    /// The number that 32 bytes spell in two's complement, the first of them counting most.
    @inline(__always) public init(bigEndian bytes: BytesN<32>) {
        value = Value(word: hostI256ValFromBeBytes(bytes.value.word))
    }

    /// As 32 bytes in two's complement, the first of them counting most.
    @inline(__always) public var bigEndian: BytesN<32> {
        BytesN(stored: Value(word: hostI256ValToBeBytes(value.word)))
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .i256 }
    #endif
}

extension Int128 {
    /// A number of 128 bits; one that has more ends the call.
    @inline(never) public init(_ number: I256) {
        let word = number.value.word
        guard number.value.tag != Tag.i256.rawValue else {
            self = Int128(Int64(bitPattern: word) >> 8)
            return
        }
        let high = Int64(bitPattern: hostObjToI256LoHi(word))
        let sign = UInt64(bitPattern: high >> 63)
        precondition(hostObjToI256HiHi(word) == sign && hostObjToI256HiLo(word) == sign)
        self = Int128(high) << 64 | Int128(hostObjToI256LoLo(word))
    }
}

extension I256: ExpressibleByIntegerLiteral, AdditiveArithmetic, Comparable {
    /// A number that is written down.
    @inline(__always) public init(integerLiteral number: Int128) { self.init(number) }

    /// The sum.
    @inline(__always) public static func + (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostI256Add(a.value.word, b.value.word)))
    }
    /// The difference.
    @inline(__always) public static func - (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostI256Sub(a.value.word, b.value.word)))
    }
    /// The same away from the other side of zero.
    @inline(__always) public static prefix func - (a: Self) -> Self { 0 - a }
    /// The product.
    @inline(__always) public static func * (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostI256Mul(a.value.word, b.value.word)))
    }
    /// The quotient towards zero; by zero the call ends.
    @inline(__always) public static func / (a: Self, b: Self) -> Self {
        Self(stored: Value(word: hostI256Div(a.value.word, b.value.word)))
    }
    /// What is left over, which is never below zero: unlike `%` of other numbers.
    @inline(__always) public func modulo(_ other: Self) -> Self {
        Self(stored: Value(word: hostI256RemEuclid(value.word, other.value.word)))
    }
    /// Bits moved up, the uppermost lost; 256 or more ends the call.
    @inline(__always) public static func << (a: Self, bits: UInt32) -> Self {
        Self(stored: Value(word: hostI256Shl(a.value.word, bits.word)))
    }
    /// Bits moved down, the sign kept; 256 or more ends the call.
    @inline(__always) public static func >> (a: Self, bits: UInt32) -> Self {
        Self(stored: Value(word: hostI256Shr(a.value.word, bits.word)))
    }
    /// Multiplied by itself so often.
    @inline(__always) public func power(_ exponent: UInt32) -> Self {
        Self(stored: Value(word: hostI256Pow(value.word, exponent.word)))
    }

    /// Whether they are the same number.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        order(a.value.word, b.value.word) == 0
    }
    /// Whether the first is the lesser.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool {
        order(a.value.word, b.value.word) < 0
    }
}
