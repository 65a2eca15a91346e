internal import StellarXDR

// Wide numbers and the parts that the ledger writes them in.

extension UInt128 {
    init(_ parts: UInt128Parts) {
        self = UInt128(parts.hi) << 64 | UInt128(parts.lo)
    }
}

extension UInt128Parts {
    init(_ number: UInt128) {
        self.init(
            hi: UInt64(truncatingIfNeeded: number >> 64), lo: UInt64(truncatingIfNeeded: number))
    }
}

extension Int128 {
    init(_ parts: Int128Parts) {
        self = Int128(parts.hi) << 64 | Int128(parts.lo)
    }
}

extension Int128Parts {
    init(_ number: Int128) {
        self.init(
            hi: Int64(truncatingIfNeeded: number >> 64), lo: UInt64(truncatingIfNeeded: number))
    }
}

extension UInt256 {
    init(_ parts: UInt256Parts) {
        self.init(words: (parts.hiHi, parts.hiLo, parts.loHi, parts.loLo))
    }
}

extension UInt256Parts {
    init(_ number: UInt256) {
        let words = number.words
        self.init(hiHi: words.0, hiLo: words.1, loHi: words.2, loLo: words.3)
    }
}

extension Int256 {
    init(_ parts: Int256Parts) {
        self.init(
            bits: UInt256(
                words: (UInt64(bitPattern: parts.hiHi), parts.hiLo, parts.loHi, parts.loLo)))
    }
}

extension Int256Parts {
    init(_ number: Int256) {
        let words = number.bits.words
        self.init(
            hiHi: Int64(bitPattern: words.0), hiLo: words.1, loHi: words.2, loLo: words.3)
    }
}

extension Val {
    static func small(_ tag: Tag, _ value: UInt128) -> Val? {
        UInt64(exactly: value).flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: Int128) -> Val? {
        Int64(exactly: value).flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: UInt256) -> Val? {
        value.asUInt64.flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: Int256) -> Val? {
        value.asInt64.flatMap { small(tag, $0) }
    }
}
