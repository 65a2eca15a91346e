/// A signed 128-bit number as the host passes it: one word, which is computed with where it is
/// needed and else passed on. An overflow ends the call.
@frozen public struct Amount: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.tag == Tag.i128.rawValue || value.tag == Tag.i128Object.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// A number as a value of the host.
    @inline(__always) public init(_ number: Int128) { value = number.value }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .i128 }
    #endif
}

extension Amount: ExpressibleByIntegerLiteral {
    /// A number that is written down.
    @inline(__always) public init(integerLiteral number: Int128) {
        let (low, high) = halves(of: number)
        value =
            isSmall(low, high)
            ? Value(.i128, body: low) : Value(word: hostObjFromI128Pieces(high, low))
    }
}

extension Amount: AdditiveArithmetic, Comparable {
    /// The sum.
    @inline(__always) public static func + (a: Self, b: Self) -> Self {
        Amount(stored: Value(word: sum(a.value.word, b.value.word, 0)))
    }
    /// The difference.
    @inline(__always) public static func - (a: Self, b: Self) -> Self {
        Amount(stored: Value(word: sum(a.value.word, b.value.word, .max)))
    }
    /// The same away from the other side of zero.
    @inline(__always) public static prefix func - (a: Self) -> Self { 0 - a }

    /// Whether they are the same number.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        order(a.value.word, b.value.word) == 0
    }
    /// Whether the first is the lesser.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool {
        order(a.value.word, b.value.word) < 0
    }
    /// Whether the first is the greater.
    @inline(__always) public static func > (a: Self, b: Self) -> Bool { b < a }
    /// Whether the first is not the greater.
    @inline(__always) public static func <= (a: Self, b: Self) -> Bool { !(b < a) }
    /// Whether the first is not the lesser.
    @inline(__always) public static func >= (a: Self, b: Self) -> Bool { !(a < b) }
}

extension UInt128 {
    /// An amount that is not below zero: any other ends the call.
    @inline(__always) public init(_ amount: Amount) {
        let high = upperHalf(amount.value.word)
        precondition(Int64(bitPattern: high) >= 0)
        // Safe: two words have the layout of a number of two words, the lower one first.
        self = unsafeBitCast((lowerHalf(amount.value.word), high), to: UInt128.self)
    }
}

extension Amount {
    /// A number of 127 bits: a greater one ends the call.
    @inline(__always) public init(_ number: UInt128) {
        // Safe: as above.
        let (low, high) = unsafeBitCast(number, to: (UInt64, UInt64).self)
        precondition(Int64(bitPattern: high) >= 0)
        self.init(stored: Value(word: amountWord(low, high)))
    }
}

extension Int128: ContractValue {
    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        // Safe: two words have the layout of a number of two words, the lower one first.
        self = unsafeBitCast((lowerHalf(value.word), upperHalf(value.word)), to: Int128.self)
    }
    /// An amount, to be computed with.
    @inline(__always) public init(_ amount: Amount) { self.init(amount.value) }
    /// As the host sees it.
    @inline(__always) public var value: Value {
        let (low, high) = halves(of: self)
        return Value(word: amountWord(low, high))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .i128 }
    #endif
}

@inline(__always) func halves(of number: Int128) -> (low: UInt64, high: UInt64) {
    // Safe: a number of two words has the layout of two words, the lower one first.
    unsafeBitCast(number, to: (UInt64, UInt64).self)
}

/// Whether 56 bits will do.
@inline(__always) func isSmall(_ low: UInt64, _ high: UInt64) -> Bool {
    let number = Int64(bitPattern: low)
    return Int64(bitPattern: high) == number >> 63 && (number << 8) >> 8 == number
}

@inline(never) private func lowerHalf(_ word: UInt64) -> UInt64 {
    UInt8(truncatingIfNeeded: word) == Tag.i128.rawValue
        ? UInt64(bitPattern: Int64(bitPattern: word) >> 8) : hostObjToI128Lo64(word)
}

@inline(never) private func upperHalf(_ word: UInt64) -> UInt64 {
    UInt8(truncatingIfNeeded: word) == Tag.i128.rawValue
        ? UInt64(bitPattern: Int64(bitPattern: word) >> 63) : hostObjToI128Hi64(word)
}

@inline(never) private func amountWord(_ low: UInt64, _ high: UInt64) -> UInt64 {
    isSmall(low, high)
        ? Value(.i128, body: low).word : hostObjFromI128Pieces(high, low)
}

/// `a + b` for a mask of zeros; `a - b`, which is `a + ~b + 1`, for one of ones.
@inline(never) private func sum(_ a: UInt64, _ b: UInt64, _ mask: UInt64) -> UInt64 {
    let (low, carries) = lowerHalf(a).addingReportingOverflow(lowerHalf(b) ^ mask)
    let (rest, carriesToo) = low.addingReportingOverflow(mask & 1)
    let (aHigh, bHigh) = (upperHalf(a), upperHalf(b) ^ mask)
    let high = aHigh &+ bHigh &+ (carries || carriesToo ? 1 : 0)
    // An overflow gives a sign that neither had.
    precondition(Int64(bitPattern: (aHigh ^ high) & (bHigh ^ high)) >= 0)
    return amountWord(rest, high)
}

/// Below, at, or above zero, as the first is the lesser, neither, or the greater: of numbers with a
/// sign, or of anything of which one asks only whether it is the same.
@inline(never) func order(_ a: UInt64, _ b: UInt64) -> Int64 {
    // The host compares only if one of them is an object.
    if UInt8(truncatingIfNeeded: a | b) < 64 {
        let (a, b) = (Int64(bitPattern: a), Int64(bitPattern: b))
        return a < b ? -1 : a > b ? 1 : 0
    }
    return Int64(bitPattern: hostObjCmp(a, b))
}

extension OpaqueUInt64: Comparable {
    /// Whether they are the same number.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        unsignedOrder(a.value.word, b.value.word) == 0
    }
    /// Whether the first is the lesser.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool {
        unsignedOrder(a.value.word, b.value.word) < 0
    }
}

@inline(never) func unsignedOrder(_ a: UInt64, _ b: UInt64) -> Int64 {
    // The host compares only if one of them is an object.
    if UInt8(truncatingIfNeeded: a | b) < 64 { return a < b ? -1 : a > b ? 1 : 0 }
    return Int64(bitPattern: hostObjCmp(a, b))
}

/// A 64-bit number that the contract passes on or compares, and does not compute with: it costs no
/// conversion.
@frozen public struct OpaqueUInt64: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(value.tag == Tag.u64.rawValue || value.tag == Tag.u64Object.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .u64 }
    #endif
}
